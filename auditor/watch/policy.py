"""When to look again, and when not to: a pure function of a report and of where its accounts stand."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from auditor.history.streaks import Standing, is_complete
from auditor.i18n import Message, _
from auditor.model.report import Finding, Report, Severity, Verdict
from auditor.model.snapshot import Trouble, Unread
from auditor.watch.cron import Cron

LEAST = timedelta(minutes=5)
"""Never more often than this, whatever is asked: a pass is some two hundred requests."""
AFTER_LIMIT = timedelta(hours=1)
"""Distance to a pass in which the exchange said that there were too many requests."""
GRACE = timedelta(minutes=5)
"""Exchanges pay out a little after the time they name."""
OVERDUE = timedelta(days=3)
"""For so long after its date a payout is looked for at the shortest distance."""
PASSING = frozenset({Trouble.NETWORK, Trouble.LIMITED, Trouble.MAINTENANCE, Trouble.TIME, Trouble.UNSETTLED})
"""Troubles that go away by themselves, so that waiting longer each time would only waste days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the user asked for. ``every``: never more often; ``longest``: how far backing off goes."""

    every: timedelta = timedelta(hours=6)
    longest: timedelta = timedelta(hours=24)
    confirm: timedelta = timedelta(minutes=30)
    cron: Cron | None = None
    until: datetime | None = None
    max_passes: int | None = None
    least: timedelta = LEAST

    @property
    def floor(self) -> timedelta:
        """The shortest time between two looks, but for a confirming one."""
        return max(self.every, self.least)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Look again at that time, and why then."""

    at: datetime
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Look no more, and why. ``clean``: confirmed by a second full pass."""

    reason: Message
    clean: bool = False


def next_check(report: Report, standing: Standing | None = None, policy: Policy | None = None) -> Look | Done:
    """When to look again after ``report``, whose accounts stand at ``standing``; or that it is over."""
    where, chosen = standing or Standing(begun_at=report.generated_at), policy or Policy()
    if report.verdict is Verdict.CLEAN and _is_confirmed(report.generated_at, where, chosen):
        return Done(reason=_("Clean, and confirmed by a second full pass."), clean=True)
    if chosen.max_passes is not None and where.passes >= chosen.max_passes:
        return Done(reason=_("The {count} passes asked for are made.").format(count=chosen.max_passes))
    return _in_time(report.generated_at, _wanted(report, where, chosen), chosen)


def _is_confirmed(now: datetime, standing: Standing, policy: Policy) -> bool:
    since = standing.clean_since
    return since is not None and now > since and now - since >= policy.confirm


def _in_time(now: datetime, look: Look, policy: Policy) -> Look | Done:
    """The last look is at ``until`` itself, unless that is sooner than one may look."""
    if policy.until is None or look.at <= policy.until:
        return look
    if policy.until >= now + min(policy.floor, look.at - now):
        return Look(at=policy.until, reason=_("the last look that was asked for"))
    return Done(reason=_("The time asked for is over."))


def _wanted(report: Report, standing: Standing, policy: Policy) -> Look:
    now = report.generated_at
    if report.verdict is Verdict.CLEAN:
        due = max(now, (standing.clean_since or now) + policy.confirm)
        return Look(at=due, reason=_("clean; a second full pass must say so too, fees and rebates arrive late"))
    earliest = now + max(policy.floor, AFTER_LIMIT if _was_limited(report) else policy.least)
    if policy.cron is not None:
        return Look(at=policy.cron.after(earliest), reason=_("the time that --cron says"))
    return _by_what_is_left(report, standing, policy, earliest)


def _by_what_is_left(report: Report, standing: Standing, policy: Policy, earliest: datetime) -> Look:
    dates = _dates(report)
    if dates and _only_waits(report):
        return Look(at=max(earliest, dates[0] + GRACE), reason=_("the date of what is left to wait for"))
    if standing.quiet == 0:
        return Look(at=earliest, reason=_("something moved"))
    if _is_overdue(report):
        return Look(at=earliest, reason=_("something that is under way should have arrived"))
    if _passes_by(report):
        return Look(at=earliest, reason=_("something could not be read that may be readable soon"))
    backed_off = _backed_off(report.generated_at, standing.quiet, policy)
    if dates and dates[0] + GRACE <= backed_off:
        return Look(at=max(earliest, dates[0] + GRACE), reason=_("the date of something that is under way"))
    return Look(at=max(earliest, backed_off), reason=_("nothing moved, so it waits longer"))


def _backed_off(now: datetime, quiet: int, policy: Policy) -> datetime:
    longest = max(policy.longest, policy.floor)
    # Twice as long each time; sixteen times are longer than anybody's longest, and timedelta has an end.
    return now + min(longest, policy.floor * (1 << min(quiet, 16)))


def _blockers(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.severity is Severity.BLOCKER]


def _dates(report: Report) -> list[datetime]:
    """Dates ahead, the nearest first."""
    given = (finding.ready_at for finding in _blockers(report))
    return sorted(date for date in given if date is not None and date + GRACE > report.generated_at)


def _is_overdue(report: Report) -> bool:
    """Whether the date of something passed a short while ago."""
    now, given = report.generated_at, (finding.ready_at for finding in _blockers(report))
    return any(date is not None and date + GRACE <= now <= date + OVERDUE for date in given)


def _only_waits(report: Report) -> bool:
    """Whether all that blocks has a date ahead, and nothing was left unread that might block, too."""
    dated = [f.ready_at is not None and f.ready_at + GRACE > report.generated_at for f in _blockers(report)]
    return all(dated) and all(is_complete(account) for account in report.accounts)


def _troubles(report: Report) -> set[Trouble]:
    every = (reading.result for account in report.accounts for reading in account.snapshot.readings)
    return {result.trouble for result in every if isinstance(result, Unread)}


def _was_limited(report: Report) -> bool:
    return Trouble.LIMITED in _troubles(report)


def _passes_by(report: Report) -> bool:
    return report.verdict is Verdict.INCOMPLETE and bool(_troubles(report) & PASSING)
