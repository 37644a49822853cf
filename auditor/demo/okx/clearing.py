"""Clear OKX's messy account step by step, as its owner and the exchange would."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from auditor.demo.model import Account, Row

ORDERS = ("trade/orders-pending", "trade/orders-algo-pending", "sprd/orders-pending", "rfq/rfqs", "rfq/quotes")
BOTS = tuple(f"tradingBot/{kind}" for kind in (
    "grid/orders-algo-pending", "dca/ongoing-list", "recurring/orders-algo-pending", "signal/orders-algo-pending",
))  # fmt: skip
COPIES = tuple(f"copytrading/{name}" for name in (
    "current-subpositions", "config", "current-lead-traders", "total-unrealized-profit-sharing",
))  # fmt: skip
DEBTS = (
    "finance/flexible-loan/loan-info",
    "account/interest-limits",
    "trade/one-click-repay-currency-list",
    "trade/one-click-repay-currency-list-v2",
    "account/vip-loan-order-list",
    "account/fixed-loan/borrowing-orders-list",
)
EARN = (
    "finance/savings/balance",
    "finance/staking-defi/eth/balance",
    "finance/staking-defi/sol/balance",
    "finance/staking-defi/sol/purchase-redeem-history",
    "finance/sfp/dcd/order-history",
    "finance/stable-rewards/balance",
    "finance/stable-rewards/subscribe-redeem-history",
    "finance/okusd/account",
    "finance/simple-earn-fixed/order-list",
)
STAKING, ETH_REQUESTS = "finance/staking-defi/orders-active", "finance/staking-defi/eth/purchase-redeem-history"
FLOWS = (
    "asset/deposit-history",
    "fiat/withdrawal-order-history",
    "fiat/deposit-order-history",
    "fiat/buy-sell/history",
    "trade/easy-convert-history",
)
SUBACCOUNTS = (
    "users/subaccount/list",
    "users/subaccount/apikey",
    "asset/subaccount/balances",
    "account/subaccount/balances",
)
FUNDING, TRADING, WITHDRAWALS = "asset/balances", "account/balance", "asset/withdrawal-history"
DUST = frozenset({"DOGE", "SHIB", "NA", "GONE"})


class AccountStore(Protocol):
    """The store of the account: the running demo exchange."""

    def put(self, account: Account) -> None:
        """Replace the account with this key."""


@dataclass(frozen=True)
class ClearingStep:
    """One change of the account, not before ``after`` if given."""

    title: str
    change: Callable[[Account], Account]
    after: datetime | None = None


@dataclass
class Clearing:
    """Takes the steps one by one, whenever `advance` is called.

    ``announce`` gets each step's title.
    """

    store: AccountStore
    account: Account
    steps: Sequence[ClearingStep]
    announce: Callable[[str], None] = lambda _title: None
    done: int = field(default=0, init=False)

    def advance(self, now: datetime) -> None:
        """Take the next step, if it is due."""
        if self.done == len(self.steps):
            return
        step = self.steps[self.done]
        if step.after is None or step.after <= now:
            self.account, self.done = step.change(self.account), self.done + 1
            self.store.put(self.account)
            self.announce(step.title)


def clearing_steps(account: Account) -> tuple[ClearingStep, ...]:
    """Return the steps that make the messy account clean, with a late rebate that leaves dust once more."""
    staked, eth = _latest(account, STAKING, "estSettlementTime"), _latest(account, ETH_REQUESTS, "estCompletedTime")
    return (
        ClearingStep("orders cancelled", _cleared(ORDERS)),
        ClearingStep("bots, plans and copy trading stopped", _stopped),
        ClearingStep("positions closed, loans repaid", _cleared(("account/positions", *DEBTS))),
        ClearingStep("everything redeemed from earn; two redemptions take days", _redeemed),
        ClearingStep("sub-accounts emptied and deleted", _cleared(SUBACCOUNTS)),
        ClearingStep("everything sold and withdrawn but the dust", _sold),
        ClearingStep("deposits and payments arrived", _cleared(FLOWS)),
        ClearingStep("dust converted", _cleared((FUNDING, "asset/non-tradable-assets"))),
        ClearingStep("the withdrawal completed", _withdrawn),
        ClearingStep("a redemption arrived", _arrived(STAKING, "SOL", "3.4"), staked),
        ClearingStep("it was sold and withdrawn", _cleared((FUNDING,))),
        ClearingStep("the last redemption arrived", _arrived(ETH_REQUESTS, "ETH", "0.12"), eth),
        ClearingStep("it was sold and withdrawn", _cleared((FUNDING,))),
        ClearingStep("a rebate dropped dust", _rebate),
        ClearingStep("dust converted", _cleared((FUNDING,))),
    )


def _cleared(paths: Iterable[str]) -> Callable[[Account], Account]:
    kept = tuple(paths)

    def change(account: Account) -> Account:
        for path in kept:
            account = account.with_rows(path, [])
        return account

    return change


def _stopped(account: Account) -> Account:
    cash: list[Row] = [
        {"ccy": "USDT", "cashBal": "2210.5"},
        {"ccy": "ETH", "cashBal": "0.512"},
        {"ccy": "XRP", "cashBal": "41.3"},
    ]
    return _cleared((*BOTS, *COPIES))(account).with_rows(TRADING, cash)


def _redeemed(account: Account) -> Account:
    redeeming = [row for row in account.rows(STAKING) if row["state"] == "2"]
    return _cleared(EARN)(account).with_rows(STAKING, redeeming)


def _sold(account: Account) -> Account:
    dust = [row for row in account.rows(FUNDING) if row["ccy"] in DUST]
    return account.with_rows(FUNDING, dust).with_rows(TRADING, [])


def _withdrawn(account: Account) -> Account:
    return account.with_rows(WITHDRAWALS, [{**row, "state": "2"} for row in account.rows(WITHDRAWALS)])


def _arrived(path: str, ccy: str, amount: str) -> Callable[[Account], Account]:
    def change(account: Account) -> Account:
        paid: Row = {"ccy": ccy, "bal": amount, "availBal": amount, "frozenBal": "0"}
        return account.with_rows(path, []).with_rows(FUNDING, [paid])

    return change


def _rebate(account: Account) -> Account:
    dust: Row = {"ccy": "USDT", "bal": "0.00000213", "availBal": "0.00000213", "frozenBal": "0"}
    return account.with_rows(FUNDING, [dust])


def _latest(account: Account, path: str, name: str) -> datetime | None:
    """Return the latest expected date of the rows that are still under way, which `_redeemed` keeps."""
    rows = [row for row in account.rows(path) if row.get("state", "2") == "2" and row.get(name)]
    return max((datetime.fromtimestamp(int(row[name]) / 1000, UTC) for row in rows), default=None)
