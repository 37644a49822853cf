"""When it can be over at the earliest."""

from collections.abc import Iterable
from datetime import datetime

from auditor.report import Finding, Severity


def earliest_clean(findings: Iterable[Finding]) -> datetime | None:
    """Give the latest date that the blockers wait for; None when there are none, or one of them has no date."""
    dates = [finding.ready_at for finding in findings if finding.severity is Severity.BLOCKER]
    known = [date for date in dates if date is not None]
    return max(known) if known and len(known) == len(dates) else None
