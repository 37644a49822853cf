"""The program and its commands: parse the arguments, return the function to call.

Heavy modules are imported only when a command needs them.
"""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from collections.abc import Sequence
from functools import partial
from typing import Annotated

import typer

from auditor.cli.commands import watch as cli_watch
from auditor.cli.commands.plan import register
from auditor.cli.options import common as opt
from auditor.cli.options import types as values
from auditor.cli.options.anywhere import OptionsAnywhere
from auditor.cli.options.groups import Chosen, flat
from auditor.cli.options.language import prepare, wrong_use
from auditor.cli.runtime.output import DUST_FILE, Output
from auditor.cli.runtime.process import INTERRUPTED
from auditor.cli.runtime.reader import Action, Runtime
from auditor.i18n import _, mark
from auditor.model.account import Options
from auditor.model.errors import Problem

PROGRAM = "audit"
TIMEOUT = Options().timeout
WINDOW = Options().window
app = typer.Typer(
    name=PROGRAM,
    cls=OptionsAnywhere,
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def run(arguments: Sequence[str], runtime: Runtime) -> int:
    """Run one command and return its exit code.

    Raises Problem for wrong use, and whatever the command raises.
    """
    try:
        command = prepare(typer.main.get_command(app), runtime.console)
        outcome = command(list(arguments) or ["--help"], prog_name=PROGRAM, standalone_mode=False)
    except typer.TyperException as error:
        message = wrong_use(error, runtime.console)
        raise Problem(_("{message} See `audit --help`.").format(message=message)) from None
    if outcome == INTERRUPTED:  # typer reports a Ctrl-C during parsing only by this code
        raise KeyboardInterrupt
    # Called here and not by typer, which handles Ctrl-C and closed pipes in its own way.
    code = outcome(runtime) if callable(outcome) else 0
    return code if arguments else Problem.exit_code


@app.callback(help=mark("Read what still blocks closing an exchange account. Never sends anything but reads."))
@flat
def audit(
    ctx: typer.Context,
    *,
    chosen: Chosen,
    form: opt.Format = "terminal",
    output: opt.Output = None,
    dust_csv: opt.DustCsv = DUST_FILE,
    timeout: opt.Timeout = TIMEOUT,
    window: opt.Window = WINDOW,
    expect_uid: opt.ExpectUid = None,
    evidence: opt.Evidence = None,
    verbose: opt.Verbose = False,
    version: opt.Version = False,  # noqa: ARG001 - its callback prints and exits
) -> Action | None:
    """Audit the selected accounts when no command is given."""
    if ctx.invoked_subcommand is not None:
        return None
    from auditor.cli.commands import audit as runs

    manner = chosen.manner(timeout=timeout, window=window, verbose=verbose, evidence=evidence)
    sink = Output(format=form, file=output, dust_csv=dust_csv)
    return partial(runs.audit, runs.Request(choice=chosen.choice(expect_uid), manner=manner, output=sink))


@app.command(help=mark("Audit an account of the embedded exchange. Needs no key."))
def demo(
    name: Annotated[str, typer.Argument(metavar="NAME", parser=values.text)] = "messy",
    *,
    exchange: opt.DemoExchange = None,
    readonly: opt.Readonly = True,
    form: opt.Format = "terminal",
    output: opt.Output = None,
    dust_csv: opt.DustCsv = DUST_FILE,
    timeout: opt.Timeout = TIMEOUT,
    window: opt.Window = WINDOW,
    evidence: opt.Evidence = None,
    watch: cli_watch.DemoWatch = False,
    verbose: opt.Verbose = False,
) -> Action:
    """Audit one of the named demo accounts."""
    from auditor.cli.commands import audit as runs

    manner = runs.Manner(readonly=readonly, timeout=timeout, window=window, verbose=verbose, evidence=evidence)
    sink = Output(format=form, file=output, dust_csv=dust_csv)
    request = runs.Request(manner=manner, output=sink)
    return cli_watch.demo(name, request, exchange) if watch else partial(runs.demo, name, request, exchange)


@app.command(help=mark("Prove the keys and say what each may do."))
def keys(
    *,
    exchange: opt.Exchange = None,
    account: opt.AccountName = None,
    config: opt.Config = None,
    base_url: opt.BaseUrl = None,
    trust_host: opt.TrustHost = None,
    sandbox: opt.Sandbox = False,
    proxy: opt.Proxy = None,
    timeout: opt.Timeout = TIMEOUT,
    expect_uid: opt.ExpectUid = None,
    verbose: opt.Verbose = False,
) -> Action:
    """Prove the keys of the selected accounts."""
    from auditor.cli.commands import audit as runs
    from auditor.settings.selection import Choice

    choice = Choice(
        exchanges=tuple(exchange or ()),
        accounts=tuple(account or ()),
        config=config,
        base_url=base_url,
        trust_hosts=tuple(trust_host or ()),
        sandbox=sandbox,
        proxy=proxy,
        expect_uid=expect_uid,
    )
    return partial(runs.keys, runs.Request(choice=choice, manner=runs.Manner(timeout=timeout, verbose=verbose)))


@app.command(help=mark("Write a configuration file, and say how to create a key that can only read."))
def init(*, exchange: opt.Exchange = None, output: opt.Output = None, force: opt.Force = False) -> Action:
    """Write a first configuration file."""
    from auditor.cli.commands import init as starter

    return partial(starter.init, exchange or (), output, force=force)


@app.command(help=mark("List every place that is read, and the request that reads it."))
def surfaces(*, exchange: opt.Exchange = None) -> Action:
    """List the surfaces."""
    from auditor.cli.commands import listings

    return partial(listings.surfaces, exchange or ())


@app.command(help=mark("List the rules."))
def rules() -> Action:
    """List the rules."""
    from auditor.cli.commands import listings

    return listings.rules


@app.command(help=mark("Say what a rule finds, why it blocks, and what to do."))
def explain(rule: Annotated[str, typer.Argument(metavar="RULE", parser=values.text)]) -> Action:
    """Explain one rule."""
    from auditor.cli.commands import listings

    return partial(listings.explain, rule)


@app.command(help=mark("List what each exchange asks for closing, with source and date."))
def requirements(*, exchange: opt.Exchange = None) -> Action:
    """List the requirements."""
    from auditor.cli.commands import listings

    return partial(listings.requirements, exchange or ())


@app.command(help=mark("List every exchange: what can be read there, and whether a key can prove itself."))
def exchanges(*, form: opt.ListFormat = "terminal") -> Action:
    """List the exchanges."""
    from auditor.cli.commands import exchanges as matrix

    return partial(matrix.show, form)


cli_watch.register(app)


register(app)
