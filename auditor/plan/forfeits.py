"""Assets that you would lose by closing now, by area and asset."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from auditor.model.amounts import ZERO, total
from auditor.model.records import Area
from auditor.model.report import Finding, Severity

# Orders, positions and debts are no assets: what they tie up is a balance.
ASSETS = (Area.BALANCES, Area.EARN, Area.DEBTS, Area.FLOWS, Area.BOTS)
OWED = "debt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forfeit:
    """The holdings of one asset in one area, over all accounts.

    ``value_usd``: of the amounts that are stated, None if part of them has no price or none is; ``unstated``: number of
    holdings whose amount the exchange does not state. Areas are not added up, since amounts in bots, flows and wallets
    may overlap.
    """

    area: Area
    asset: str
    amount: Decimal
    value_usd: Decimal | None
    unstated: int


def forfeits(findings: Iterable[Finding]) -> tuple[Forfeit, ...]:
    """Return what would be lost, by area, the most valuable first in each."""
    groups: dict[tuple[Area, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.asset is not None and _is_asset(finding):
            groups[finding.area, finding.asset].append(finding)
    lines = [_forfeit(area, asset, group) for (area, asset), group in groups.items()]
    return tuple(sorted(lines, key=lambda line: (ASSETS.index(line.area), -(line.value_usd or ZERO), line.asset)))


def is_owed(finding: Finding) -> bool:
    """Return whether it is a debt: of sub-accounts, a main account's key sees only what they owe, no collateral."""
    return finding.rule == OWED or (finding.area is Area.DEBTS and finding.owner is not None)


def _is_asset(finding: Finding) -> bool:
    blocks = finding.severity is Severity.BLOCKER and finding.area in ASSETS and not is_owed(finding)
    return blocks and (finding.amount is None or finding.amount > ZERO)


def _forfeit(area: Area, asset: str, group: list[Finding]) -> Forfeit:
    values = [finding.value_usd for finding in group if finding.amount is not None]
    known_values = [value for value in values if value is not None]
    return Forfeit(
        area=area,
        asset=asset,
        amount=total(finding.amount for finding in group if finding.amount is not None),
        value_usd=total(known_values) if values and len(known_values) == len(values) else None,
        unstated=sum(finding.amount is None for finding in group),
    )


def by_area(lines: Iterable[Forfeit]) -> tuple[tuple[Forfeit, ...], ...]:
    """Return the lines of each area together, in their order."""
    areas: dict[Area, list[Forfeit]] = defaultdict(list)
    for line in lines:
        areas[line.area].append(line)
    return tuple(map(tuple, areas.values()))
