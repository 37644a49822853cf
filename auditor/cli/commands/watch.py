"""The commands `watch` and `report`: their arguments, and the functions to call."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.cli.options import common as opt
from auditor.cli.options import watch as w
from auditor.cli.options.groups import AccountOptions, expand_groups
from auditor.cli.options.watch_groups import NotificationOptions, ScheduleOptions, UnitOptions
from auditor.cli.runtime.reader import Action
from auditor.i18n import _, mark
from auditor.model.account import Options
from auditor.model.errors import UserError

if TYPE_CHECKING:
    from auditor.cli.commands.audit import AuditRequest

DemoWatch = Annotated[
    bool, typer.Option("--watch", help=mark("Watch it while it is cleared step by step, in sped-up time."))
]
TIMEOUT = Options().timeout
WINDOW = Options().window


@expand_groups
def watch(
    *,
    chosen: AccountOptions,
    timeout: opt.TimeoutOption = TIMEOUT,
    window: opt.WindowOption = WINDOW,
    expect_uid: opt.ExpectUidOption = None,
    verbose: opt.VerboseOption = False,
    form: w.FormOption = None,
    output: opt.OutputOption = None,
    html: w.HtmlOption = None,
    history: w.HistoryOption = None,
    rhythm: ScheduleOptions,
    news: NotificationOptions,
    prints: UnitOptions,
) -> Action:
    """Watch the selected accounts, or print a unit that does."""
    from auditor.cli.commands import service_units as units
    from auditor.cli.commands import watch_run as command
    from auditor.cli.commands.audit import AuditRequest
    from auditor.cli.runtime.output import OutputRequest

    manner = chosen.manner(timeout=timeout, window=window, verbose=verbose)
    sink = OutputRequest(files=() if output is None else (output,))
    wanted = command.WatchRequest(
        request=AuditRequest(choice=chosen.choice(expect_uid), manner=manner, output=sink),
        policy=rhythm.policy(),
        history=history,
        form=form,
        html=html,
        once=rhythm.only_once(),
        wait=not rhythm.no_wait,
        notifications=news.notifications(),
    )
    kinds = prints.kinds()
    return partial(units.print_unit, kinds, wanted) if kinds else partial(command.watch, wanted)


def demo(name: str, request: "AuditRequest", exchange: str | None = None) -> Action:
    """Watch the demo account that is cleared step by step. Raises UserError for any other."""
    from auditor.cli.commands import watch_demo as story
    from auditor.cli.commands.audit import DEMO_EXCHANGE
    from auditor.cli.runtime.output import OutputRequest

    if (
        (name, exchange or DEMO_EXCHANGE) != ("messy", DEMO_EXCHANGE)
        or request.output != OutputRequest()
        or request.manner.evidence is not None
    ):
        raise UserError(_("--watch tells the story of the account messy, and writes no report."))
    return partial(story.demo, request)


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.command(help=mark("Check again and again until the account is ready, and say what changed."))(watch)
