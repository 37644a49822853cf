"""When it can be over at the earliest: what must be waited for, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from auditor.model.records import Area
from auditor.model.report import Finding, Severity

# What ends by the exchange's doing only. Everything else its owner can end at once.
ONLY_TIME = frozenset({Area.FLOWS, Area.EARN, Area.STATUS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Something that takes time; ``until`` is None where nobody says how long."""

    finding: Finding
    until: datetime | None


def waits(findings: Iterable[Finding]) -> tuple[Wait, ...]:
    """Give what must be waited for: known dates first and in order, then what has none."""
    blockers = [finding for finding in findings if finding.severity is Severity.BLOCKER]
    found = [Wait(finding=f, until=f.ready_at) for f in blockers if f.ready_at is not None or _takes_time(f)]
    dated = [(wait.until, index) for index, wait in enumerate(found) if wait.until is not None]
    return (*(found[index] for _until, index in sorted(dated)), *(wait for wait in found if wait.until is None))


def earliest_clean(findings: Iterable[Finding]) -> datetime | None:
    """Give the latest date that something waits for; None where nothing waits, or one wait has no date."""
    dates = [wait.until for wait in waits(findings)]
    known = [date for date in dates if date is not None]
    return max(known) if known and len(known) == len(dates) else None


def _takes_time(finding: Finding) -> bool:
    """Whether it takes a time that nobody states: flows and redemptions on their way, stuck or restricted things.

    An earn product counts as well: until it is asked for, its exchange does not say how long its redemption takes.
    """
    return finding.area in ONLY_TIME
