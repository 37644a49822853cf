"""Sorting of findings into the kinds of steps that resolve them.

A rule that is not listed here is sorted by the area of its finding; test_new_rule.py lists those rules.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from auditor.assessment.asset_codes import Codes
from auditor.model.records import Area
from auditor.model.reference_data import Market
from auditor.model.report import DustKind, DustLine, Finding, Report, Route, Severity
from auditor.model.snapshot import AccountSnapshot, records
from auditor.plan.kinds import StepKind

BY_RULE: Mapping[str, StepKind] = {
    "account-restricted": StepKind.ASK_SUPPORT,
    "flow-stuck": StepKind.ASK_SUPPORT,
    "unexplained-bot-funds": StepKind.STOP_BOTS,
    "hidden-value": StepKind.LOOK,
    "debt": StepKind.REPAY_DEBTS,
    "redemption-under-way": StepKind.WAIT,
    "held-in-product": StepKind.REDEEM_EARN,
    "non-tradable-asset": StepKind.WITHDRAW,
    "sub-account-keys": StepKind.DELETE_SUBACCOUNTS,
    "sub-account-unseen": StepKind.READ,
    "trial-funds": StepKind.CONFIRM,
    "key-not-ip-bound": StepKind.CLOSE,
    "key-too-wide": StepKind.CLOSE,
}
BY_AREA: Mapping[Area, StepKind] = {
    Area.ORDERS: StepKind.CANCEL_ORDERS,
    Area.POSITIONS: StepKind.CLOSE_POSITIONS,
    Area.EARN: StepKind.REDEEM_EARN,
    Area.DEBTS: StepKind.REPAY_DEBTS,
    Area.FLOWS: StepKind.WAIT,
    Area.BOTS: StepKind.STOP_BOTS,
    Area.SUBACCOUNTS: StepKind.CONSOLIDATE,
    Area.STATUS: StepKind.ASK_SUPPORT,
}
BY_ROUTE: Mapping[Route, StepKind] = {
    Route.CONVERT: StepKind.CONVERT,
    Route.SELL: StepKind.SELL,
    Route.WITHDRAW: StepKind.WITHDRAW,
    Route.TRANSFER: StepKind.SEND,
    Route.WAIT: StepKind.WAIT_FOR_OPENING,
    Route.SUPPORT: StepKind.ASK_SUPPORT_LAST,
}
# Areas whose holdings can tie a balance up; it is free when they end.
TYING_AREAS = frozenset({Area.ORDERS, Area.POSITIONS, Area.EARN, Area.DEBTS, Area.FLOWS, Area.BOTS, Area.SUBACCOUNTS})
BalanceKey = tuple[str, str | None, str | None]


@dataclass(frozen=True)
class FindingSorter:
    """Sorter of the findings of one report into kinds of steps."""

    report: Report
    _dust: Mapping[BalanceKey, DustLine] = field(init=False)
    _wallets: Counter[tuple[str, str | None]] = field(init=False)
    _sold: Mapping[str, frozenset[str]] = field(init=False)
    _sub: frozenset[str] = field(init=False)
    _tied: frozenset[str] = field(init=False)
    _codes: Mapping[str, Codes] = field(init=False)

    def __post_init__(self) -> None:
        """Index dust lines, wallets and markets."""
        accounts = [account.snapshot for account in self.report.accounts]
        blocking = [f for f in self.report.findings if f.severity is Severity.BLOCKER]
        tying = (f for f in blocking if f.area in TYING_AREAS)
        held = [f for f in blocking if f.area is Area.BALANCES and f.owner is None]
        object.__setattr__(self, "_dust", {(d.account, d.wallet, d.asset): d for d in self.report.dust})
        object.__setattr__(self, "_wallets", Counter((f.account, f.asset) for f in held if f.wallet is not None))
        object.__setattr__(self, "_sold", {account.name: _sold(account) for account in accounts})
        object.__setattr__(self, "_codes", {account.name: Codes.of(account) for account in accounts})
        object.__setattr__(self, "_tied", frozenset(finding.account for finding in tying))
        object.__setattr__(self, "_sub", frozenset(account.name for account in accounts if account.kind == "sub"))

    def kind(self, finding: Finding) -> StepKind | None:
        """Return the kind of step that resolves ``finding``; None for a note."""
        if finding.severity is Severity.INFO:
            return None
        if finding.owner is not None:
            return _owners.get(finding.rule, StepKind.CONSOLIDATE)
        return BY_RULE.get(finding.rule) or BY_AREA.get(finding.area) or self._of_balance(finding)

    def _of_balance(self, finding: Finding) -> StepKind:
        if not finding.amount:
            return StepKind.LOOK
        if finding.account in self._sub:
            return StepKind.CONSOLIDATE
        if finding.rule == "frozen-balance" and finding.account not in self._tied:
            return StepKind.ASK_SUPPORT
        line = self._dust.get((finding.account, finding.wallet, finding.asset))
        if line is not None:
            return self._of_dust(finding, line)
        codes = self._codes.get(finding.account)
        coin = codes.coin(finding.asset) if codes is not None and finding.asset is not None else finding.asset
        sold = coin in self._sold.get(finding.account, ())
        return StepKind.SELL if sold else StepKind.WITHDRAW

    def _of_dust(self, finding: Finding, line: DustLine) -> StepKind:
        if line.kind is DustKind.LOT_RESIDUE and line.route is Route.SUPPORT:
            return StepKind.SELL
        if line.route is Route.TRANSFER and self._wallets[finding.account, finding.asset] > 1:
            return StepKind.MERGE_WALLETS
        return BY_ROUTE[line.route]


_owners: Mapping[str, StepKind] = {
    "sub-account-keys": StepKind.DELETE_SUBACCOUNTS,
    "sub-account-unseen": StepKind.READ,
    "account-restricted": StepKind.ASK_SUPPORT,
}


def _sold(account: AccountSnapshot) -> frozenset[str]:
    """Return the assets to sell: those with a live market, except the most common quote."""
    live_markets = [record for _reading, record in records(account) if isinstance(record, Market) and record.live]
    main_quote = _most_common(market.quote for market in live_markets)
    return frozenset(market.base for market in live_markets) - main_quote


def _most_common(assets: Iterable[str]) -> frozenset[str]:
    return frozenset(asset for asset, _count in Counter(assets).most_common(1))
