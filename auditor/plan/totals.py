"""Figures of a report's summary: what is still there, locked and owed in US dollars, and counts.

Every format shows these, so that a summary, a plan and a page agree.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from auditor.model.amounts import ZERO, total
from auditor.model.report import Finding, Report, Severity, Status
from auditor.model.snapshot import REFUSALS, NotApplicable, Read, Reading, Standing, Trouble, Unread
from auditor.plan.forfeits import ASSETS, is_owed

LOCKED = "collateral-locked"
# Troubles that another try, another key or another time does not end where the exchange documents nothing.
LASTING = REFUSALS | {Trouble.MALFORMED, Trouble.NO_METHOD}


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

    ``unchecked``: places that were not read to the end; ``unreadable``: undocumented places that the exchange opens to
    no key, which a person checks in the app; ``absent``: places that the account cannot have.
    """

    checked: int
    unchecked: int
    unreadable: int
    absent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The figures of a summary.

    ``left``: assets outside debts, at most: amounts in bots, on their way and in wallets may overlap; ``locked``:
    assets that secure a loan; ``owed``: debts, as positive values; ``manual``: things for a person to check in the app,
    the unreadable places among them.
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
        left=sum_usd(finding for finding in blocking if _is_left(finding)),
        locked=sum_usd(finding for finding in blocking if finding.rule == LOCKED),
        owed=sum_usd(finding for finding in blocking if is_owed(finding)),
        blockers=severities[Severity.BLOCKER],
        warnings=severities[Severity.WARNING],
        notes=severities[Severity.INFO],
        places=places(reading for account in report.accounts for reading in account.snapshot.readings),
        manual=sum(requirement.status is Status.MANUAL for requirement in report.requirements),
    )


def places(readings: Iterable[Reading]) -> Places:
    """Count ``readings`` by their results."""
    counted = list(readings)
    results = Counter(type(reading.result) for reading in counted)
    unreadable = sum(map(is_unreadable, counted))
    return Places(
        checked=results[Read],
        unchecked=results[Unread] - unreadable,
        unreadable=unreadable,
        absent=results[NotApplicable],
    )


def is_unreadable(reading: Reading) -> bool:
    """Return whether no key can read the place, as far as the exchange documents it."""
    if reading.standing is Standing.DOCUMENTED or not isinstance(reading.result, Unread):
        return False
    return bool(reading.told_in) or reading.result.trouble in LASTING


def sum_usd(findings: Iterable[Finding]) -> Sum:
    """Return the approximate sum of ``findings``; what is owed counts as a positive value."""
    values = [finding.value_usd for finding in findings]
    known_values = [abs(value) for value in values if value is not None]
    return Sum(value_usd=total(known_values), count=len(values), unpriced=len(values) - len(known_values))


def _is_left(finding: Finding) -> bool:
    """Return whether it is an asset to be emptied; an amount that the exchange does not state counts as one."""
    is_asset = finding.area in ASSETS and finding.rule != LOCKED and not is_owed(finding)
    return is_asset and (finding.amount is None or finding.amount >= ZERO)
