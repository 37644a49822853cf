"""The earliest date at which all is clear: what you have to wait for, and until when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from auditor.i18n import EMPTY, Message, joined
from auditor.model.records import Area
from auditor.model.report import Finding, Severity
from auditor.plan.grouping import Titles, amount_text, place

# Only the exchange can end these; the owner can end everything else at once.
WAITING_AREAS = frozenset({Area.FLOWS, Area.EARN, Area.STATUS})
NO_TITLES: Titles = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """A finding that takes time.

    ``until``: None if the exchange gives no date; ``label``: the place and the amount, without a date.
    """

    finding: Finding
    until: datetime | None
    label: Message = EMPTY


def waits(findings: Iterable[Finding], titles: Titles = NO_TITLES) -> tuple[Wait, ...]:
    """Return what you have to wait for: by date, then those without a date."""
    blockers = [finding for finding in findings if finding.severity is Severity.BLOCKER]
    waiting = [finding for finding in blockers if finding.ready_at is not None or _takes_time(finding)]
    all_waits = [Wait(finding=f, until=f.ready_at, label=_label(f, titles)) for f in waiting]
    dated = [(wait.until, index) for index, wait in enumerate(all_waits) if wait.until is not None]
    return (*(all_waits[index] for _until, index in sorted(dated)), *(wait for wait in all_waits if wait.until is None))


def earliest_clean(all_waits: Iterable[Wait]) -> datetime | None:
    """Return the latest date of the waits; None without waits, or if one has no date."""
    dates = [wait.until for wait in all_waits]
    known_dates = [date for date in dates if date is not None]
    return max(known_dates) if known_dates and len(known_dates) == len(dates) else None


def last_dated(all_waits: Iterable[Wait]) -> Wait | None:
    """Return the wait with the latest date; None if none has a date."""
    dated: Mapping[datetime, Wait] = {wait.until: wait for wait in all_waits if wait.until is not None}
    return dated[max(dated)] if dated else None


def _label(finding: Finding, titles: Titles) -> Message:
    return joined(" ", filter(None, (place(finding, titles), amount_text(finding))))


def _takes_time(finding: Finding) -> bool:
    """Return whether it takes time without a date: flows, redemptions, restrictions.

    Any earn product counts as well: before its redemption is requested, the exchange does not say how long that takes.
    """
    return finding.area in WAITING_AREAS
