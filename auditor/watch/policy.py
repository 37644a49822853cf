"""The time of the next pass, as a pure function of report, standing and policy."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from auditor.history.streaks import WatchState, is_complete
from auditor.i18n import Message, _, counted
from auditor.model.report import Finding, Report, Severity, Verdict
from auditor.model.snapshot import Trouble, Unread
from auditor.watch.cron import CronSchedule

SHORTEST_INTERVAL = timedelta(minutes=5)
"""Shortest interval, whatever the user asks: a pass is about two hundred requests."""
AFTER_LIMIT = timedelta(hours=1)
"""Shortest wait after a pass in which the exchange reported too many requests."""
GRACE = timedelta(minutes=5)
"""Time to add to a payout date: exchanges pay out a little after the time they name."""
OVERDUE = timedelta(days=3)
"""Period after a payout date during which passes follow at the shortest interval."""
PASSING_TROUBLES = frozenset(
    {Trouble.NETWORK, Trouble.GATEWAY, Trouble.LIMITED, Trouble.MAINTENANCE, Trouble.TIME, Trouble.UNSETTLED}
)
"""Troubles that pass by themselves: backing off after them would only waste days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The schedule that the user asked for.

    ``every``: shortest interval; ``longest``: upper limit of the backoff; ``confirm``: time between a clean pass and
    the one that confirms it; ``least``: lower limit of any interval but that of a confirming pass.
    """

    every: timedelta = timedelta(hours=6)
    longest: timedelta = timedelta(hours=24)
    confirm: timedelta = timedelta(minutes=30)
    cron: CronSchedule | None = None
    until: datetime | None = None
    max_passes: int | None = None
    least: timedelta = SHORTEST_INTERVAL

    @property
    def floor(self) -> timedelta:
        """Return the shortest interval between two passes; a confirming pass may come sooner."""
        return max(self.every, self.least)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextPass:
    """A next pass at ``at``, and the reason for that time."""

    at: datetime
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchEnd:
    """The end of a watch, and its reason. ``clean``: confirmed by a second full pass."""

    reason: Message
    clean: bool = False


def next_pass(report: Report, standing: WatchState | None = None, policy: Policy | None = None) -> NextPass | WatchEnd:
    """Return the next pass after ``report``, or the end of the watch.

    ``standing``: of the report's accounts, a new one by default.
    """
    current, schedule = standing or WatchState(begun_at=report.generated_at), policy or Policy()
    if report.verdict is Verdict.CLEAN and _is_confirmed(report.generated_at, current, schedule):
        return WatchEnd(reason=_("Ready to close: two full checks, one after the other, found nothing."), clean=True)
    if schedule.max_passes is not None and current.passes >= schedule.max_passes:
        return WatchEnd(
            reason=counted(
                schedule.max_passes,
                _("The check that you asked for is done."),
                _("The {count} checks that you asked for are done."),
            )
        )
    return _limit_to_end(report.generated_at, _wanted_look(report, current, schedule), schedule)


def _is_confirmed(now: datetime, standing: WatchState, policy: Policy) -> bool:
    since = standing.clean_since
    return since is not None and now > since and now - since >= policy.confirm


def _limit_to_end(now: datetime, look: NextPass, policy: Policy) -> NextPass | WatchEnd:
    """Move the last pass to ``until`` itself, unless that is too soon after the previous one."""
    if policy.until is None or look.at <= policy.until:
        return look
    if policy.until >= now + min(policy.floor, look.at - now):
        return NextPass(at=policy.until, reason=_("the last check that you asked for"))
    return WatchEnd(reason=_("The time that you set with --until is over."))


def _wanted_look(report: Report, standing: WatchState, policy: Policy) -> NextPass:
    now = report.generated_at
    if report.verdict is Verdict.CLEAN:
        due = max(now, (standing.clean_since or now) + policy.confirm)
        return NextPass(at=due, reason=_("ready; checking once more, because late fees and rebates arrive"))
    earliest = now + max(policy.floor, AFTER_LIMIT if _was_limited(report) else policy.least)
    if policy.cron is not None:
        return NextPass(at=policy.cron.after(earliest), reason=_("the time that you set with --cron"))
    return _look_by_blockers(report, standing, policy, earliest)


def _look_by_blockers(report: Report, standing: WatchState, policy: Policy, earliest: datetime) -> NextPass:
    dates = _dates(report)
    if dates and _all_dated(report):
        return NextPass(at=max(earliest, dates[0] + GRACE), reason=_("what is left should have arrived by then"))
    if standing.quiet == 0:
        return NextPass(at=earliest, reason=_("something changed"))
    if _is_overdue(report):
        return NextPass(at=earliest, reason=_("something that is under way is late"))
    if _has_passing_trouble(report):
        return NextPass(at=earliest, reason=_("a place that could not be checked may answer soon"))
    later = _backoff_time(report.generated_at, standing.quiet, policy)
    if dates and dates[0] + GRACE <= later:
        return NextPass(at=max(earliest, dates[0] + GRACE), reason=_("something under way should have arrived by then"))
    return NextPass(at=max(earliest, later), reason=_("nothing changed, so it waits longer"))


def _backoff_time(now: datetime, quiet: int, policy: Policy) -> datetime:
    longest = max(policy.longest, policy.floor)
    # The interval doubles each time; the exponent is capped because timedelta overflows.
    return now + min(longest, policy.floor * (1 << min(quiet, 16)))


def _blockers(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.severity is Severity.BLOCKER]


def _dates(report: Report) -> list[datetime]:
    """Return the dates of blockers that are still ahead, the nearest first."""
    dates = (finding.ready_at for finding in _blockers(report))
    return sorted(date for date in dates if date is not None and date + GRACE > report.generated_at)


def _is_overdue(report: Report) -> bool:
    """Return whether the date of a blocker passed within `OVERDUE`."""
    now, dates = report.generated_at, (finding.ready_at for finding in _blockers(report))
    return any(date is not None and date + GRACE <= now <= date + OVERDUE for date in dates)


def _all_dated(report: Report) -> bool:
    """Return whether every blocker has a date ahead and nothing unread might block as well."""
    dated = [f.ready_at is not None and f.ready_at + GRACE > report.generated_at for f in _blockers(report)]
    return all(dated) and all(is_complete(account) for account in report.accounts)


def _troubles(report: Report) -> set[Trouble]:
    results = (reading.result for account in report.accounts for reading in account.snapshot.readings)
    return {result.trouble for result in results if isinstance(result, Unread)}


def _was_limited(report: Report) -> bool:
    return Trouble.LIMITED in _troubles(report)


def _has_passing_trouble(report: Report) -> bool:
    return report.verdict is Verdict.INCOMPLETE and bool(_troubles(report) & PASSING_TROUBLES)
