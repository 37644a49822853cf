"""`audit fleet`: many accounts on several workers. Its arguments, and the functions to call."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from datetime import timedelta
from fractions import Fraction
from functools import partial
from pathlib import Path

import typer

from auditor.cli.commands import fleet_views
from auditor.cli.options import common as opt
from auditor.cli.options import fleet as f
from auditor.cli.options import watch as w
from auditor.cli.options.anywhere import OptionsAnywhere
from auditor.cli.options.fleet_groups import AccessOptions, FleetSchedule, NewsOptions, WorkRequest
from auditor.cli.options.groups import expand_groups
from auditor.cli.options.watch_groups import EVERY
from auditor.cli.runtime.reader import Action, Runtime
from auditor.fleet.choice import Choice
from auditor.i18n import _, mark
from auditor.model.account import Options
from auditor.model.errors import UserError

FAMILIES = 200
SLOTS, WHOLE, GRACE = 100, Fraction(1), timedelta(minutes=1)
TIMEOUT, WINDOW = Options().timeout, Options().window


def register(app: typer.Typer) -> None:
    """Add the command group of this module to ``app``."""
    group = typer.Typer(cls=OptionsAnywhere, invoke_without_command=True, rich_markup_mode=None)
    group.callback(help=mark("Check many accounts again and again on several machines, until each is ready."))(fleet)
    group.command(help=mark("Add the accounts of a list, or bring them up to date."))(add)
    group.command(help=mark("Check these accounts no more; what was seen stays."))(remove)
    group.command(help=mark("Check these accounts at once."))(now)
    group.command(help=mark("Work at one address: check its accounts when they are due, until all are ready."))(work)
    group.command(help=mark("Try it with built-in demo accounts, in sped-up time. No key needed."))(demo)
    fleet_views.register(group)
    app.add_typer(group, name="fleet")


def fleet(ctx: typer.Context) -> Action | None:
    """Print the help of the group when no command is named."""
    return None if ctx.invoked_subcommand is not None else partial(_print_help, ctx.get_help())


def _print_help(text: str, _runtime: Runtime) -> int:
    typer.echo(text)
    return UserError.exit_code


def add(accounts: f.ListArgument, *, spread: f.SpreadOption = EVERY, history: w.HistoryOption = None) -> Action:
    """Add the accounts of a list."""
    return partial(_add, accounts, spread, history)


def _add(accounts: Path, spread: timedelta, history: str | None, runtime: Runtime) -> int:
    from auditor.cli.commands import fleet_accounts as command

    return command.add_listed(accounts, spread, history, runtime)


def remove(names: f.NamesArgument = None, *, tag: f.TagOption = None, history: w.HistoryOption = None) -> Action:
    """Remove accounts."""
    return partial(_remove, _chosen(Choice(names=tuple(names or ()), tag=tag)), history)


def _remove(choice: Choice, history: str | None, runtime: Runtime) -> int:
    from auditor.cli.commands import fleet_accounts as command

    return command.remove_chosen(choice, history, runtime)


def now(
    names: f.NamesArgument = None,
    *,
    tag: f.TagOption = None,
    rule: f.RuleOption = None,
    verdict: f.VerdictOption = None,
    history: w.HistoryOption = None,
) -> Action:
    """Ask for a look at once."""
    choice = Choice(names=tuple(names or ()), tag=tag, rule=rule, verdict=verdict)
    return partial(_now, _chosen(choice), history)


def _now(choice: Choice, history: str | None, runtime: Runtime) -> int:
    from auditor.cli.commands import fleet_accounts as command

    return command.ask_chosen(choice, history, runtime)


@expand_groups
def work(
    *,
    egress: f.EgressOption = None,
    credentials: f.CredentialsOption = None,
    history: w.HistoryOption = None,
    rhythm: FleetSchedule,
    access: AccessOptions,
    news: NewsOptions,
    slots: f.SlotsOption = SLOTS,
    share: f.ShareOption = WHOLE,
    grace: f.GraceOption = GRACE,
    timeout: opt.TimeoutOption = TIMEOUT,
    window: opt.WindowOption = WINDOW,
    verbose: opt.VerboseOption = False,
    print_systemd: f.PrintUnitOption = False,
) -> Action:
    """Work at one egress."""
    if egress is None or credentials is None:
        raise UserError(_("A worker needs --egress NAME and --credentials: where it reads from, and where keys lie."))
    manner = access.manner(timeout=timeout, window=window, verbose=verbose)
    request = WorkRequest(
        egress=egress,
        credentials=credentials,
        history=history,
        schedule=rhythm,
        manner=manner,
        access=access,
        news=news,
        slots=slots,
        share=share,
        grace=grace,
    )
    return partial(_print_unit if print_systemd else _work, request)


def _work(request: WorkRequest, runtime: Runtime) -> int:
    from auditor.cli.commands import fleet_work as command

    return command.work(request, runtime)


def _print_unit(request: WorkRequest, runtime: Runtime) -> int:
    from auditor.cli.commands import fleet_unit as command

    return command.print_unit(request, runtime)


def demo(*, accounts: f.NumberOption = FAMILIES, history: w.HistoryOption = None) -> Action:
    """Run a fleet of demo accounts."""
    return partial(_demo, accounts, history)


def _demo(accounts: int, history: str | None, runtime: Runtime) -> int:
    from auditor.cli.commands import fleet_demo as command

    return command.demo(accounts, history, runtime)


def _chosen(choice: Choice) -> Choice:
    """Return a choice that chooses something. Raises UserError: all accounts are never meant by saying nothing."""
    if choice == Choice():
        raise UserError(_("Which accounts? Name them, or choose them by an option such as --tag."))
    return choice
