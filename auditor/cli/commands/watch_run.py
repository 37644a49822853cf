"""The run of `audit watch`: settings, history, lease, notifier and loop."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from auditor import formats
from auditor.cli.commands.audit import AuditRequest, options
from auditor.cli.runtime import log as logs
from auditor.cli.runtime import output
from auditor.cli.runtime.process import run_supervised
from auditor.cli.runtime.progress import write_json
from auditor.cli.runtime.progress_form import ProgressForm
from auditor.cli.runtime.progress_view import ProgressView
from auditor.cli.runtime.reader import Runtime
from auditor.formats import get_format
from auditor.history.database import DamagedHistoryError
from auditor.history.database_url import Location, beside, parse_location
from auditor.history.lease import FileLease, Lease, RowLease
from auditor.history.models import ConfiguredAccount
from auditor.history.serialization import Pass
from auditor.history.store import History
from auditor.i18n import _
from auditor.model.account import Account, ProgressEvent
from auditor.model.errors import UserError
from auditor.model.report import Report
from auditor.settings import selection as settings
from auditor.watch.audit_pass import pass_maker, to_configured_account
from auditor.watch.clock import RealClock, WatchClock
from auditor.watch.loop import MakePass, Watch
from auditor.watch.notify import channels as senders
from auditor.watch.notify.channels import Channel
from auditor.watch.notify.display import open_display
from auditor.watch.notify.notifier import STALE_AFTER, Notifier, NotifierOptions, ReportWriter, last_report
from auditor.watch.policy import Policy
from auditor.watch.scheduler import Planner

CURVE_PASSES = 200
"""Number of past passes in a page's curve of blockers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationRequest:
    """The notifications that the command line asks for."""

    apprise: tuple[str, ...] = ()
    webhooks: tuple[str, ...] = ()
    command: str | None = None
    amounts: bool = False
    metrics: Path | None = None
    stale_after: timedelta = STALE_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchRequest:
    """Everything that the command line asks for. ``form`` None: only one line per pass."""

    request: AuditRequest
    policy: Policy = field(default_factory=Policy)
    history: str | None = None
    form: str | None = None
    html: Path | None = None
    once: bool = False
    wait: bool = True
    notifications: NotificationRequest = field(default_factory=NotificationRequest)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchResources:
    """The collaborators of a watch: history, claim, clock, the function that makes a pass, and its progress."""

    history: History
    claim: Lease
    clock: WatchClock
    take: MakePass
    progress: ProgressView


def watch(wanted: WatchRequest, runtime: Runtime) -> int:
    """Watch the selected accounts and return the exit code. Raises UserError."""
    logs.configure(verbose=wanted.request.manner.verbose, translate=runtime.console)
    location, wishes = parse_location(wanted.history), _notifier_options(wanted)
    choice = settings.with_configured(wanted.request.choice)
    wanted = replace(wanted, request=replace(wanted.request, choice=choice))
    accounts = settings.select_accounts(wanted.request.choice, runtime.note)
    clock = RealClock()
    view, before = ProgressView(runtime.console), None
    take = pass_with_progress(
        pass_maker(accounts, replace(options(wanted.request), progress=progress_callback(view, runtime)), clock), view
    )
    while True:
        with open_intact(location, runtime) as history:
            claim = lease_for(history, [to_configured_account(account) for account in accounts])
            means = WatchResources(history=history, claim=claim, clock=clock, take=take, progress=view)
            try:
                return run(wanted, accounts, means, wishes, runtime)
            except DamagedHistoryError:  # it was damaged while the watch slept
                if history.location == before or history.location.file is None:
                    raise
                before = history.location


def progress_callback(view: ProgressView, runtime: Runtime) -> Callable[[ProgressEvent], None]:
    """Return the function that records the progress of a check."""
    return write_json if runtime.progress is ProgressForm.JSON else view.show


def pass_with_progress(take: MakePass, view: ProgressView) -> MakePass:
    """Return ``take``, after which the view of its progress is empty again."""

    async def taken(names: Sequence[str]) -> Pass:
        try:
            return await take(names)
        finally:
            view.clear()

    return taken


def open_intact(location: Location, runtime: Runtime) -> History:
    """Open a history, or a new one beside it if it is damaged: nothing is deleted. Raises UserError."""
    for place in (location, *beside(location)):
        history = None
        try:
            history = History(place)
            history.check()
        except DamagedHistoryError as problem:
            if history is not None:
                history.close()
            if place.file is None:
                raise
            runtime.say(problem.message)
            continue
        if place is not location:
            runtime.say(_("The watch goes on with another history: {file}").format(file=place.file))
        return history
    raise UserError(
        _("Every history beside {where} is damaged as well: look after the disk.").format(where=location.shown)
    )


def run(
    wanted: WatchRequest, accounts: Sequence[Account], means: WatchResources, wishes: NotifierOptions, runtime: Runtime
) -> int:
    """Watch ``accounts`` to the end, or once, and return the exit code. Raises UserError."""
    wishes = replace(wishes, keep=tuple(_report_writers(wanted, means.history, runtime)))
    planner = Planner(means.history, [to_configured_account(account) for account in accounts], wanted.policy)
    report_last = wanted.form is not None and wanted.request.output.file is None
    with open_display(
        sys.stderr if report_last else sys.stdout,
        live=not wanted.once,
        translate=runtime.console,
        now=means.clock.now,
        running=means.progress.lines,
    ) as screen:
        notifier = Notifier(
            planner=planner,
            wishes=wishes,
            screen=screen,
            now=means.clock.now,
            translate=runtime.console,
            warn=runtime.say,
        )
        watching = Watch(take=means.take, planner=planner, claim=means.claim, clock=means.clock, observer=notifier)
        code = run_supervised(_run_notified(watching, notifier, wanted))
    if report_last:
        _print_last(planner, str(wanted.form), runtime)
    return code


async def _run_notified(watching: Watch, notifier: Notifier, wanted: WatchRequest) -> int:
    """Run the watch; notify when it stops with a problem that only the user can fix."""
    try:
        return await (watching.once(wait=wanted.wait) if wanted.once else watching.run())
    except UserError as problem:
        goes_on = isinstance(problem, DamagedHistoryError) and watching.planner.history.location.file is not None
        if not goes_on:
            await notifier.stopped(problem.message)
        raise


def lease_for(history: History, accounts: Sequence[ConfiguredAccount]) -> Lease:
    """Return the claim for a watch: on the history's file, or on the accounts' families in its database."""
    location: Location = history.location
    if location.file is not None:
        return FileLease(location.file)
    return RowLease(history, accounts)


def _notifier_options(wanted: WatchRequest) -> NotifierOptions:
    notifications = wanted.notifications
    channels: list[Channel] = [
        *map(senders.apprise, notifications.apprise),
        *map(senders.webhook, notifications.webhooks),
        *([senders.command(notifications.command)] if notifications.command else []),
    ]
    for path in filter(None, (wanted.request.output.file, wanted.html, notifications.metrics)):
        output.check_writable(path)
    return NotifierOptions(
        senders=tuple(channels),
        amounts=notifications.amounts,
        metrics=notifications.metrics,
        stale_after=notifications.stale_after,
    )


def _report_writers(wanted: WatchRequest, history: History, runtime: Runtime) -> Iterator[ReportWriter]:
    file = wanted.request.output.file
    if file is not None:
        yield partial(_keep, history, runtime, wanted.form or "terminal", file)
    if wanted.html is not None:
        get_format("html")
        yield partial(_keep, history, runtime, "html", wanted.html)


def _keep(history: History, runtime: Runtime, form: str, file: Path, report: Report) -> None:
    output.write_report(report, form, file, runtime, tuple(_curve(history, report)))


def _curve(history: History, report: Report) -> Iterator[formats.PassCounts]:
    """Yield the passes over the accounts of ``report``, the oldest first."""
    names = {account.snapshot.name for account in report.accounts}
    for entry in reversed(history.entries(CURVE_PASSES)):
        results = [result for result in entry.results if result.name in names]
        if {result.name for result in results} == names:
            blockers, unread = (sum(counts) for counts in zip(*((r.blockers, r.unread) for r in results), strict=True))
            yield formats.PassCounts(entry.finished_at, blockers, unread)


def _print_last(planner: Planner, form: str, runtime: Runtime) -> None:
    report = last_report(planner.history, planner.states())
    if report is not None:
        output.write_report(report, form, None, runtime)


@contextmanager
def temporary_history() -> Iterator[Path]:
    """Yield the path of a history that is deleted afterwards."""
    import tempfile  # noqa: PLC0415 - only demos need it

    with tempfile.TemporaryDirectory(prefix="audit-", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / "history.sqlite3"
