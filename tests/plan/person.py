"""A person who follows the plan on the embedded exchange: each step changes the account as doing it would."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from auditor.demo import Account, account
from auditor.plan import Step
from auditor.plan.kinds import StepKind

Rows = list[dict[str, Any]]
WALLETS = {"funding": "asset/balances", "trading": "account/balance"}
PAYS_OUT = {
    "finance/savings/balance": "amt",
    "finance/stable-rewards/balance": "amt",
    "finance/okusd/account": "amt",
    "finance/simple-earn-fixed/order-list": "amt",
}
LISTS_OF_ORDERS = ("trade/orders-pending", "trade/orders-algo-pending", "sprd/orders-pending", "rfq/rfqs", "rfq/quotes")
DEBTS = (
    *("finance/flexible-loan/loan-info", "account/interest-limits", "trade/one-click-repay-currency-list"),
    *(
        "trade/one-click-repay-currency-list-v2",
        "account/vip-loan-order-list",
        "account/fixed-loan/borrowing-orders-list",
    ),
)
FLOWS = {
    "asset/deposit-history": ("state", "2"),
    "asset/withdrawal-history": ("state", "2"),
    "fiat/withdrawal-order-history": ("state", "completed"),
    "fiat/deposit-order-history": ("state", "completed"),
    "fiat/buy-sell/history": ("state", "completed"),
    "trade/easy-convert-history": ("status", "filled"),
    "finance/staking-defi/eth/purchase-redeem-history": ("status", "success"),
    "finance/staking-defi/sol/purchase-redeem-history": ("status", "success"),
    "finance/stable-rewards/subscribe-redeem-history": ("status", "success"),
    "finance/sfp/dcd/order-history": ("state", "redeemed"),
}
SUBACCOUNTS = (("attic", "710000000000000103"), ("icebox", "710000000000000102"))


def always(changes: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The same changes, whatever the row."""
    return lambda _row: changes


@dataclass
class Person:
    """Owns the messy account, and follows steps."""

    main: Account = field(default_factory=lambda: account("messy"))
    sold: set[str] = field(default_factory=set)
    withdrawn: set[str] = field(default_factory=set)
    keys_of_subaccounts: bool = False

    @property
    def accounts(self) -> list[Account]:
        """The accounts whose keys this person audits with."""
        return [self.main, *(self._sub(*each) for each in SUBACCOUNTS if self.keys_of_subaccounts)]

    def follow(self, step: Step) -> None:
        """Do what the step says."""
        done: dict[StepKind, Callable[[], None]] = {
            StepKind.READ: self._make_keys,
            StepKind.ASK_SUPPORT: self._have_support_move_what_is_stuck,
            StepKind.STOP_BOTS: self._stop_bots,
            StepKind.CANCEL_ORDERS: self._cancel_orders,
            StepKind.CLOSE_POSITIONS: lambda: self._clear("account/positions"),
            StepKind.REPAY_DEBTS: self._repay,
            StepKind.REDEEM_EARN: self._redeem,
            StepKind.WAIT: self._wait,
            StepKind.CONSOLIDATE: self._consolidate,
            StepKind.DELETE_SUBACCOUNTS: self._delete_subaccounts,
            StepKind.MERGE_WALLETS: lambda: self._merge(step),
            StepKind.SELL: lambda: self._sell(step),
            StepKind.CONVERT: lambda: self._exchange(step),
            StepKind.WITHDRAW: lambda: self._withdraw(step),
            StepKind.MOVE_TO_WITHDRAW: self._move_to_the_funding_wallet,
        }
        done.get(step.kind, lambda: self._give_away(step))()

    def _sub(self, name: str, uid: str) -> Account:
        keyed = Account(name, apikey=f"demo-{name}-key", secret=f"demo-{name}-secret", passphrase="demo-passphrase")
        return keyed.with_(uid=uid, main_uid=self.main.uid, kind="1", mode="3", ip="127.0.0.1")

    def _make_keys(self) -> None:
        self.keys_of_subaccounts = True

    def _have_support_move_what_is_stuck(self) -> None:
        for path in ("asset/deposit-history", "asset/withdrawal-history"):
            self._set(path, lambda row: {"state": "2"} if row["state"] in {"14", "5"} else {})
        self._free("asset/balances", "USDT", frozenBal="0", bal="1534.27")
        self._pay("USDT", "512.5")

    def _stop_bots(self) -> None:
        self._clear(*(path for path in self.main.books if path.startswith(("tradingBot/", "copytrading/"))))
        self._free("account/balance", "USDT", stgyEq="0", fixedBal="0", spotCopyTradingEq="0", smtSyncEq="0", upl="0")

    def _cancel_orders(self) -> None:
        self._clear(*LISTS_OF_ORDERS)
        for asset in ("USDT", "ETH"):
            self._free("account/balance", asset, ordFrozen="0", frozenBal="0")

    def _repay(self) -> None:
        self._clear(*DEBTS)
        self._drop("account/balance", "ADA")
        self._free("account/balance", "XRP", isoLiab="0", isoEq="0", liab="0")
        self._pay("LTC", "7.1")
        self._pay("DOT", "5")

    def _redeem(self) -> None:
        for path, amount in PAYS_OUT.items():
            for row in self.main.rows(path):
                self._pay(row["ccy"] if row["ccy"] != "OKUSD" else "USDT", row[amount])
        self._clear(*PAYS_OUT)
        self._set("finance/staking-defi/orders-active", lambda _row: {"state": "2"})
        self._set("finance/sfp/dcd/order-history", lambda _row: {"state": "pending_redeem"})
        self._free("account/balance", "ETH", autoLendStatus="off", autoLendMtAmt="0")
        for coin in ("eth", "sol"):
            self._begin_redemption(coin)

    def _begin_redemption(self, coin: str) -> None:
        balance, requests = (f"finance/staking-defi/{coin}/{end}" for end in ("balance", "purchase-redeem-history"))
        (held,) = self.main.rows(balance)
        (pattern, *_rest) = self.main.rows(requests)
        more = {**pattern, "requestTime": str(int(pattern["requestTime"]) + 1), "ordId": "9999"}
        self._rows(requests, [{**more, "amt": held["amt"], "redeemingAmt": held["amt"]}, *self.main.rows(requests)])
        self._clear(balance)

    def _wait(self) -> None:
        for path, (name, final) in FLOWS.items():
            self._set(path, always({name: final}))
        self._clear("finance/staking-defi/orders-active")
        self._free("asset/balances", "EUR", frozenBal="0", bal="62.4")
        self._pay("SOL", "3.4")

    def _consolidate(self) -> None:
        self._clear("asset/subaccount/balances", "account/subaccount/balances")
        self._set("users/subaccount/list", lambda _row: {"enable": True, "frozenFunc": []})
        self._pay("USDC", "64.2")
        self._pay("SOL", "0.31")

    def _delete_subaccounts(self) -> None:
        self._clear("users/subaccount/list", "users/subaccount/apikey")
        self.keys_of_subaccounts = False

    def _merge(self, step: Step) -> None:
        for finding in step.findings:
            self._drop(WALLETS[finding.wallet or ""], finding.asset or "")
            self._pay(finding.asset or "", str(finding.amount))

    def _sell(self, step: Step) -> None:
        self.sold |= {finding.asset or "" for finding in step.findings}
        self._exchange(step)

    def _withdraw(self, step: Step) -> None:
        """Withdraw as OKX does: from the funding wallet only."""
        assert {finding.wallet for finding in step.findings} <= {"funding", None}
        self.withdrawn |= {finding.asset or "" for finding in step.findings}
        self._give_away(step)

    def _move_to_the_funding_wallet(self) -> None:
        for row in self.main.rows("account/balance"):
            self._drop("account/balance", row["ccy"])
            self._pay(row["ccy"], row["cashBal"])

    def _exchange(self, step: Step) -> None:
        self._give_away(step)
        self._pay("USDT", "100")

    def _give_away(self, step: Step) -> None:
        for finding in step.findings:
            for path in (*WALLETS.values(), "asset/non-tradable-assets"):
                if finding.wallet is not None and WALLETS.get(finding.wallet, path) == path:
                    self._drop(path, finding.asset or "")
            self._drop("asset/non-tradable-assets", finding.asset or "")

    def _rows(self, path: str, rows: Iterable[dict[str, Any]]) -> None:
        self.main = self.main.with_rows(path, list(rows))

    def _clear(self, *paths: str) -> None:
        for path in paths:
            self._rows(path, [])

    def _set(self, path: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        self._rows(path, [{**row, **change(row)} for row in self.main.rows(path)])

    def _free(self, path: str, asset: str, **fields: str) -> None:
        self._set(path, lambda row: fields if row["ccy"] == asset else {})

    def _drop(self, path: str, asset: str) -> None:
        self._rows(path, [row for row in self.main.rows(path) if row["ccy"] != asset])

    def _pay(self, asset: str, amount: str) -> None:
        """Put it into the funding wallet."""
        rows = {row["ccy"]: row for row in self.main.rows("asset/balances")}
        before = Decimal(rows.get(asset, {}).get("bal", "0"))
        paid = {"bal": str(before + Decimal(amount)), "availBal": str(before + Decimal(amount)), "frozenBal": "0"}
        frozen = {"frozenBal": rows[asset]["frozenBal"]} if asset in rows else {}
        rows[asset] = {"ccy": asset, **paid, **frozen}
        self._rows("asset/balances", rows.values())
