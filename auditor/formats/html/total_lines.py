"""What the findings come to, by area and by asset."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from auditor.formats.terminal.labels import WORKING_ORDER, area_title
from auditor.i18n import Text
from auditor.model.amounts import total
from auditor.model.records import Area
from auditor.model.report import Finding, Report, Severity
from auditor.plan.forfeits import ASSETS, OWED

PLACES = (*ASSETS, Area.SUBACCOUNTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalLine:
    """The blockers of one area or of one asset.

    ``there_usd`` and ``owed_usd``: sums of approximate values; ``unpriced``: findings of an asset without a price.
    """

    name: Text
    count: int
    there_usd: Decimal
    owed_usd: Decimal
    unpriced: int


def totals_by_area(report: Report) -> tuple[TotalLine, ...]:
    """Return the totals of every area that has blockers, in the order for clearing."""
    by_area = {area: [finding for finding in _blockers(report) if finding.area is area] for area in WORKING_ORDER}
    return tuple(_total(area_title(area), findings) for area, findings in by_area.items() if findings)


def totals_by_asset(report: Report) -> tuple[TotalLine, ...]:
    """Return the totals of every asset that is left or owed, the most valuable first."""
    blockers = [finding for finding in _blockers(report) if finding.asset and finding.area in PLACES]
    assets = dict.fromkeys(finding.asset or "" for finding in blockers)
    lines = [_total(asset, [finding for finding in blockers if finding.asset == asset]) for asset in sorted(assets)]
    return tuple(sorted(lines, key=lambda line: -max(line.there_usd, line.owed_usd)))


def _blockers(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.severity is Severity.BLOCKER]


def _total(name: Text, findings: list[Finding]) -> TotalLine:
    there = [finding for finding in findings if finding.area in PLACES and not _is_owed(finding)]
    return TotalLine(
        name=name,
        count=len(findings),
        there_usd=_sum(there),
        owed_usd=_sum(finding for finding in findings if _is_owed(finding)),
        unpriced=sum(finding.asset is not None and finding.value_usd is None for finding in findings),
    )


def _is_owed(finding: Finding) -> bool:
    return finding.rule == OWED


def _sum(findings: Iterable[Finding]) -> Decimal:
    return total(abs(finding.value_usd) for finding in findings if finding.value_usd is not None)
