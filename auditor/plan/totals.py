"""Figures of a report's summary: what is still there, locked and owed in US dollars, and counts.

Every format shows these, so that a summary, a plan and a page agree.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from auditor.model.amounts import ZERO, total
from auditor.model.report import Finding, Report, Severity, Status
from auditor.model.snapshot import NotApplicable, Read, Reading, Standing, Unread
from auditor.plan.forfeits import ASSETS, OWED

LOCKED = "collateral-locked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """An approximate sum in US dollars over ``count`` things; ``unpriced`` of them have no price and are not in it."""

    value_usd: Decimal
    count: int
    unpriced: int

    @property
    def priced(self) -> int:
        """The number of things that are in the sum."""
        return self.count - self.unpriced


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Number of places by what came of reading them.

    ``unchecked``: documented places that were not read to the end; ``unreadable``: places that the exchange opens to no
    key, or does not document, which a person checks in the app; ``absent``: places that the account cannot have.
    """

    checked: int
    unchecked: int
    unreadable: int
    absent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The figures of a summary.

    ``left``: assets outside debts; ``locked``: assets that secure a loan; ``owed``: debts, as positive values;
    ``manual``: things for a person to check in the app, the unreadable places among them.
    """

    left: Sum
    locked: Sum
    owed: Sum
    blockers: int
    warnings: int
    notes: int
    places: Places
    manual: int


def totals(report: Report) -> Totals:
    """Return the figures of all accounts of ``report``."""
    blocking = [finding for finding in report.findings if finding.severity is Severity.BLOCKER]
    severities = Counter(finding.severity for finding in report.findings)
    return Totals(
        left=_sum(finding for finding in blocking if _is_left(finding)),
        locked=_sum(finding for finding in blocking if finding.rule == LOCKED),
        owed=_sum(finding for finding in blocking if finding.rule == OWED),
        blockers=severities[Severity.BLOCKER],
        warnings=severities[Severity.WARNING],
        notes=severities[Severity.INFO],
        places=places(reading for account in report.accounts for reading in account.snapshot.readings),
        manual=sum(requirement.status is Status.MANUAL for requirement in report.requirements),
    )


def places(readings: Iterable[Reading]) -> Places:
    """Count ``readings`` by their results."""
    results = [(reading.standing, reading.result) for reading in readings]
    unread = Counter(standing for standing, result in results if isinstance(result, Unread))
    return Places(
        checked=sum(isinstance(result, Read) for _standing, result in results),
        unchecked=unread[Standing.DOCUMENTED],
        unreadable=unread[Standing.UNDOCUMENTED],
        absent=sum(isinstance(result, NotApplicable) for _standing, result in results),
    )


def _is_left(finding: Finding) -> bool:
    """Return whether it is an asset to be emptied; an amount that the exchange does not state counts as one."""
    is_asset = finding.area in ASSETS and finding.rule not in {OWED, LOCKED}
    return is_asset and (finding.amount is None or finding.amount >= ZERO)


def _sum(findings: Iterable[Finding]) -> Sum:
    values = [finding.value_usd for finding in findings]
    known_values = [abs(value) for value in values if value is not None]
    return Sum(value_usd=total(known_values), count=len(values), unpriced=len(values) - len(known_values))
