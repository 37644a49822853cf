"""The program and its commands: parse the arguments, return the function to call.

Heavy modules are imported only when a command needs them.
"""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import Annotated

import typer

from auditor.cli.commands import watch as cli_watch
from auditor.cli.options import common as opt
from auditor.cli.options import completion
from auditor.cli.options import types as values
from auditor.cli.options.anywhere import OptionsAnywhere
from auditor.cli.options.demo_syntax import DEFAULT as DEMO
from auditor.cli.options.everywhere import add_options_everywhere
from auditor.cli.options.groups import AccountOptions, expand_groups
from auditor.cli.options.help_text import add_help
from auditor.cli.options.results import HistoryOptions, NoDustOption, ResultOptions, dust_file
from auditor.cli.options.usage_errors import command_of, usage_error
from auditor.cli.runtime.process import INTERRUPTED
from auditor.cli.runtime.reader import Action, Runtime
from auditor.i18n import _, mark
from auditor.model.account import Options
from auditor.model.errors import UserError

PROGRAM = "audit"
TIMEOUT = Options().timeout
WINDOW = Options().window
DEMO_ACCOUNTS = mark(
    "messy (unless you name another), dust, empty, plain, subaccounts, restricted, wide (a key that is refused), "
    "binance-messy, binance-empty, kraken-messy; `audit list demos` has all."
)
app = typer.Typer(
    name=PROGRAM,
    cls=OptionsAnywhere,
    invoke_without_command=True,
    subcommand_metavar="[COMMAND] [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def run(arguments: Sequence[str], runtime: Runtime) -> int:
    """Run one command and return its exit code.

    Raises UserError for wrong use, and whatever the command raises.
    """
    try:
        command = typer.main.get_command(app)
        add_options_everywhere(command)
        add_help(command, runtime.console)
        outcome = command(list(arguments) or bare_arguments(), prog_name=PROGRAM, standalone_mode=False)
    except typer.TyperException as error:
        message = usage_error(error, runtime.console)
        raise UserError(
            _("{message} See `{command} --help`.").format(message=message, command=command_of(error))
        ) from None
    if outcome == INTERRUPTED:  # typer reports a Ctrl-C during parsing only by this code
        raise KeyboardInterrupt
    # Called here and not by typer, which handles Ctrl-C and closed pipes in its own way.
    if callable(outcome):
        code: int = outcome(runtime)
        return code
    if not arguments:
        runtime.note(_("Nothing is set up yet: `audit login` enters a key, `audit demo` shows an example."))
    return 0 if arguments else UserError.exit_code


def bare_arguments() -> list[str]:
    """Return what is meant without any argument: to audit what is configured, or else to see the help."""
    from auditor.settings.accounts_file import is_configured

    return [] if is_configured() else ["--help"]


@app.callback(help=mark("Find out what still blocks closing your exchange account. It can only read."))
@expand_groups
def audit(
    ctx: typer.Context,
    *,
    chosen: AccountOptions,
    results: ResultOptions,
    dust_csv: opt.DustCsvIfWantedOption = None,
    no_dust: NoDustOption = False,
    kept: HistoryOptions,
    timeout: opt.TimeoutOption = TIMEOUT,
    window: opt.WindowOption = WINDOW,
    expect_uid: opt.ExpectUidOption = None,
    evidence: opt.EvidenceOption = None,
    verbose: opt.VerboseOption = False,
    version: opt.VersionOption = False,  # noqa: ARG001 - its callback prints and exits
) -> Action | None:
    """Audit the selected accounts when no command is given."""
    if ctx.invoked_subcommand is not None:
        return None
    from auditor.cli.commands import audit as runs

    manner = chosen.manner(timeout=timeout, window=window, verbose=verbose, evidence=evidence)
    sink = results.request(dust_file(dust_csv, no_dust))
    request = runs.AuditRequest(choice=chosen.choice(expect_uid), manner=manner, output=sink, storage=kept.storage())
    return partial(runs.audit, request)


@app.command(help=mark("Try it with a built-in demo account. No key needed."))
@expand_groups
def demo(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", parser=values.text, autocompletion=completion.demo_accounts, help=DEMO_ACCOUNTS),
    ] = DEMO,
    *,
    exchange: opt.DemoExchangeOption = None,
    readonly: opt.ReadonlyOption = True,
    results: ResultOptions,
    dust_csv: opt.DustCsvIfWantedOption = None,
    timeout: opt.TimeoutOption = TIMEOUT,
    window: opt.WindowOption = WINDOW,
    evidence: opt.EvidenceOption = None,
    watch: cli_watch.DemoWatch = False,
    verbose: opt.VerboseOption = False,
) -> Action:
    """Audit one of the named demo accounts."""
    from auditor.cli.commands import audit as runs

    manner = runs.RunOptions(readonly=readonly, timeout=timeout, window=window, verbose=verbose, evidence=evidence)
    request = runs.AuditRequest(manner=manner, output=results.request(dust_csv))
    return cli_watch.demo(name, request, exchange) if watch else partial(runs.demo, name, request, exchange)


# Modules of `auditor.cli.commands` that register commands: one line each, in the order in which help lists them.
MODULES = (
    "plan",
    "watch",
    "fleet",
    "archive",
    "passes",
    "login",
    "logout",
    "setup",
    "doctor",
    "links",
    "lists",
    "record",
    "replay",
)
for module in MODULES:
    import_module(f"auditor.cli.commands.{module}").register(app)
