"""The earliest date at which all is clear: what has to be waited for, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from auditor.model.records import Area
from auditor.model.report import Finding, Severity

# Only the exchange can end these; the owner can end everything else at once.
WAITING_AREAS = frozenset({Area.FLOWS, Area.EARN, Area.STATUS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """A finding that takes time; ``until`` is None if the exchange gives no date."""

    finding: Finding
    until: datetime | None


def waits(findings: Iterable[Finding]) -> tuple[Wait, ...]:
    """Return what has to be waited for: by date, then those without a date."""
    blockers = [finding for finding in findings if finding.severity is Severity.BLOCKER]
    all_waits = [Wait(finding=f, until=f.ready_at) for f in blockers if f.ready_at is not None or _takes_time(f)]
    dated = [(wait.until, index) for index, wait in enumerate(all_waits) if wait.until is not None]
    return (*(all_waits[index] for _until, index in sorted(dated)), *(wait for wait in all_waits if wait.until is None))


def earliest_clean(findings: Iterable[Finding]) -> datetime | None:
    """Return the latest date of the waits; None without waits, or if one has no date."""
    dates = [wait.until for wait in waits(findings)]
    known_dates = [date for date in dates if date is not None]
    return max(known_dates) if known_dates and len(known_dates) == len(dates) else None


def _takes_time(finding: Finding) -> bool:
    """Return whether it takes time without a date: flows, redemptions, restrictions.

    Any earn product counts as well: before its redemption is requested, the exchange does not say how long that takes.
    """
    return finding.area in WAITING_AREAS
