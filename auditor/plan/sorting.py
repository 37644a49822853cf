"""Sorting of findings into the kinds of steps that resolve them.

A rule that is not listed here is sorted by the area of its finding; test_new_rule.py lists those rules.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from auditor.assessment.money import is_money
from auditor.i18n import EMPTY, Message
from auditor.model.amounts import ZERO, total
from auditor.model.records import Area
from auditor.model.reference_data import Market
from auditor.model.report import DustKind, DustLine, Finding, Report, Route, Severity
from auditor.model.snapshot import AccountSnapshot, records
from auditor.plan.kinds import StepKind
from auditor.plan.preference import Preference, Preferences
from auditor.plan.withdrawals import Withdrawals

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
    preferences: Preferences = field(default_factory=Preferences)
    _dust: Mapping[BalanceKey, DustLine] = field(init=False)
    _wallets: Counter[tuple[str, str]] = field(init=False)
    _sold: Mapping[str, frozenset[str]] = field(init=False)
    _sub: frozenset[str] = field(init=False)
    _tied: frozenset[str] = field(init=False)
    _withdrawals: Mapping[str, Withdrawals] = field(init=False)
    _amounts: Mapping[tuple[str, str], Decimal] = field(init=False)

    def __post_init__(self) -> None:
        """Index dust lines, wallets, markets and networks."""
        accounts = [account.snapshot for account in self.report.accounts]
        blocking = [f for f in self.report.findings if f.severity is Severity.BLOCKER]
        tying = (f for f in blocking if f.area in TYING_AREAS)
        held = [f for f in blocking if f.area is Area.BALANCES and f.owner is None]
        object.__setattr__(self, "_dust", {(d.account, d.wallet, d.asset): d for d in self.report.dust})
        object.__setattr__(self, "_sold", {account.name: _sold(account) for account in accounts})
        object.__setattr__(self, "_withdrawals", {account.name: Withdrawals.of(account) for account in accounts})
        in_wallets = ((f.account, self._coin(f)) for f in held if f.wallet is not None)
        object.__setattr__(self, "_wallets", Counter(in_wallets))
        object.__setattr__(self, "_tied", frozenset(finding.account for finding in tying))
        object.__setattr__(self, "_sub", frozenset(account.name for account in accounts if account.kind == "sub"))
        object.__setattr__(self, "_amounts", self._amounts_by_coin(held))

    def kind(self, finding: Finding) -> StepKind | None:
        """Return the kind of step that resolves ``finding``; None for a note."""
        if finding.severity is Severity.INFO:
            return None
        if finding.owner is not None:
            return _owners.get(finding.rule, StepKind.CONSOLIDATE)
        return BY_RULE.get(finding.rule) or BY_AREA.get(finding.area) or self._of_balance(finding)

    def way_to_withdraw(self, finding: Finding) -> Message:
        """Return how to withdraw a balance; empty if no network is known."""
        if finding.account not in self._withdrawals:
            return EMPTY
        coin = self._coin(finding)
        return self._withdrawals[finding.account].way(coin, self._amount(finding.account, coin))

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
        return self._of_whole(finding)

    def _of_dust(self, finding: Finding, line: DustLine) -> StepKind:
        if line.route is Route.TRANSFER and self._wallets[finding.account, self._coin(finding)] > 1:
            return StepKind.MERGE_WALLETS
        may_be_sold = line.kind is DustKind.LOT_RESIDUE or line.route is Route.SELL
        if may_be_sold and self._is_to_be_withdrawn(finding):
            return StepKind.WITHDRAW
        if line.kind is DustKind.LOT_RESIDUE and line.route is Route.SUPPORT:
            return StepKind.SELL
        return BY_ROUTE[line.route]

    def _of_whole(self, finding: Finding) -> StepKind:
        """Return the step of a balance that can be sold to the last digit, or that no list explains."""
        is_sold = self._coin(finding) in self._sold.get(finding.account, ())
        return StepKind.SELL if is_sold and not self._is_to_be_withdrawn(finding) else StepKind.WITHDRAW

    def _is_to_be_withdrawn(self, finding: Finding) -> bool:
        """Return whether the owner wants to withdraw it and nothing says that it cannot be. Money is never sold."""
        coin = self._coin(finding)
        preferred = is_money(coin) or self.preferences.of(coin) is Preference.WITHDRAW
        return preferred and self._can_withdraw(finding.account, coin) is not False

    def _can_withdraw(self, account: str, coin: str) -> bool | None:
        networks = self._withdrawals.get(account)
        return None if networks is None else networks.possible(coin, self._amount(account, coin))

    def _coin(self, finding: Finding) -> str:
        networks, asset = self._withdrawals.get(finding.account), finding.asset or ""
        return asset if networks is None else networks.coin(asset)

    def _amount(self, account: str, coin: str) -> Decimal:
        return self._amounts.get((account, coin), ZERO)

    def _amounts_by_coin(self, held: Iterable[Finding]) -> Mapping[tuple[str, str], Decimal]:
        """Return what lies in all wallets of an account together: it is withdrawn from one of them."""
        amounts: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
        for finding in held:
            if finding.amount is not None and finding.amount > ZERO:
                amounts[finding.account, self._coin(finding)].append(finding.amount)
        return {key: total(values) for key, values in amounts.items()}


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
