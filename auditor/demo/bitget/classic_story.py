"""The generated history of a classic account: its spot, USDT futures and cross margin wallets, and their ledgers.

Rows are as documented at www.bitget.com/api-doc (December 2025): spot/account/Get-Account-Bills,
contract/account/Get-Account-Bill, margin/cross/record/Get-Cross-Finance-Flow-History, and the lists beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

from auditor.demo.bitget.story_wallets import EIGHT, NOTHING, cut, plain
from auditor.demo.model import Account, Row

DAY = 86_400_000
"""Milliseconds."""
SPOT, FUTURES = "/api/v2/spot/account/bills", "/api/v2/mix/account/bill"
CROSS = "/api/v2/margin/crossed/financial-records"
SHOWN = {
    SPOT: "/api/v2/spot/account/assets",
    FUTURES: "/api/v2/mix/account/accounts",
    CROSS: "/api/v2/margin/crossed/account/assets",
}
TAX = "/api/v2/tax/"
DEBTS = "/api/v2/margin/crossed/"
SAVINGS = "/api/v2/earn/savings/records"
PRICE, FEE = Decimal(2600), Decimal("0.001")
USDT = "USDT-FUTURES"


class ClassicStory:
    """What happens to one classic account.

    ``fee_inside``: amounts of spot rows have their fee in them.
    """

    def __init__(self, seed: int, *, fee_inside: bool) -> None:
        """Begin with nothing."""
        self.random, self.fee_inside = Random(seed), fee_inside  # noqa: S311 - a made-up history
        self.books: defaultdict[str, list[Row]] = defaultdict(list)
        self.balances: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
        self._ids, self._last = 1_111_499_608_327_000_000, 0

    def tell(self, events: int, first: int, last: int) -> ClassicStory:
        """Let so many things happen between two times (Unix ms), the first of which is a deposit."""
        parts: list[Callable[[int], None]] = [
            self.deposit, self.withdraw, self.buy, self.sell, self.to_futures, self.close, self.pay_funding,
            self.invest, self.to_margin, self.borrow, self.trade_isolated,
        ]  # fmt: skip
        step = max((last - first) // events, 1)
        self.deposit(first)
        for number in range(1, events):
            time = first + (number - (number % 9 == 0)) * step
            self.random.choice(parts)(time)
        return self

    def deposit(self, time: int) -> None:
        """Receive USDT."""
        size = Decimal(self.random.randrange(500, 5000))
        self._spot(time, "USDT", size, "deposit/DEPOSIT")
        self._movement("deposit", size)

    def withdraw(self, time: int) -> None:
        """Send out a part of the USDT; the fee is in it."""
        size = self._part(SPOT, "USDT")
        if size:
            self._spot(time, "USDT", -size, "withdraw/WITHDRAW")
            self._movement("withdraw", size, fee="-1")

    def buy(self, time: int) -> None:
        """Buy ETH for a part of the USDT."""
        spent = self._part(SPOT, "USDT")
        if spent:
            received = (spent / PRICE).quantize(EIGHT)
            self._spot(time, "ETH", received, "transaction/BUY", fee=-(received * FEE))
            self._spot(time, "USDT", -spent, "transaction/SELL")
            self._trade("buy", received)

    def sell(self, time: int) -> None:
        """Sell a part of the ETH."""
        sold = self._part(SPOT, "ETH")
        if sold:
            received = (sold * PRICE).quantize(EIGHT)
            self._spot(time, "USDT", received, "transaction/BUY", fee=-(received * FEE))
            self._spot(time, "ETH", -sold, "transaction/SELL")
            self._trade("sell", sold)

    def to_futures(self, time: int) -> None:
        """Move a part of the USDT to the futures account."""
        size = self._part(SPOT, "USDT")
        if size:
            self._spot(time, "USDT", -size, "transfer/TRANSFER_OUT")
            self._futures(time, size, "trans_from_exchange")

    def to_margin(self, time: int) -> None:
        """Move a part of the USDT to the cross margin account."""
        size = self._part(SPOT, "USDT")
        if size:
            self._spot(time, "USDT", -size, "transfer/TRANSFER_OUT")
            row = {"marginType": "transfer_in", "fee": "0", "uTime": str(time)}
            self._post(CROSS, time, "USDT", size, marginId=self._id(), amount=plain(size), **row)

    def borrow(self, time: int) -> None:
        """Borrow on cross margin, pay interest and repay: lists of their own show it."""
        about = {"coin": "USDT", **dict.fromkeys(("cTime", "uTime"), str(time))}
        repaid = {"repayType": "manual_repay", "repayInterest": "0.0001", "repayPrincipal": "12"}
        charged = {"interestCoin": "USDT", "loanCoin": "USDT", "dailyInterestRate": "0.00041", "interstType": "first"}
        lost = {"liqStartTime": str(time), "liqEndTime": str(time), "totalAssets": "154", "totalDebt": "123"}
        rows = {
            "borrow": {"loanId": self._id(), "borrowAmount": "12", "borrowType": "manual_loan", **about},
            "repay": {"repayId": self._id(), "repayAmount": "12.0001", **repaid, **about},
            "interest": {"interestId": self._id(), "interestAmount": "0.0001", **charged, **about},
            "liquidation": {"liqId": self._id(), "liqRiskRatio": "1", "liqFee": "31.1", **lost, **about},
        }
        for kind, row in rows.items():
            self.books[f"{DEBTS}{kind}-history"].append(row)

    def trade_isolated(self, time: int) -> None:
        """Move coins to isolated margin and trade P2P: tax records alone show them."""
        about = {"coin": "USDT", "ts": str(time)}
        moved = {"marginTaxType": "transfer_in", "amount": "13333", "fee": "0", "total": "13333", "symbol": "BTCUSDT"}
        self.books[f"{TAX}margin-record"].append({"id": self._id(), **moved, "marginType": "isolated", **about})
        self.books[f"{TAX}p2p-record"].append({"id": self._id(), "p2pTaxType": "buy", "total": "100", **about})

    def close(self, time: int) -> None:
        """Close a contract: the change is profit and fee."""
        if self.balances[FUTURES, "USDT"] > 30:  # noqa: PLR2004 - more than is lost
            self._futures(time, Decimal(self.random.randrange(-200, 300)) / 10, "close_long", fee=Decimal("-0.31"))

    def pay_funding(self, time: int) -> None:
        """Pay the funding fee of a contract."""
        if self.balances[FUTURES, "USDT"] > 1:
            self._futures(time, Decimal("-0.004992"), "contract_settle_fee")

    def invest(self, time: int) -> None:
        """Put a part of the ETH into Earn."""
        size = self._part(SPOT, "ETH")
        if size:
            self._spot(time, "ETH", -size, "financial/FINANCIAL_USER_OUT")
            put = {"orderType": "subscribe", "coinName": "ETH", "settleCoinName": "ETH", "productType": "flexible"}
            row = {"orderId": self._id(), **put, "amount": plain(size), "ts": str(self._last)}
            self.books[SAVINGS].append({**row, "periodType": "flexible"})

    def account(self, account: Account, opened: int) -> Account:
        """Return ``account`` with these ledgers and balances, opened at a time (Unix ms)."""
        books = {path: rows[::-1] for path, rows in self.books.items()}
        key = {**account.key, "regisTime": str(opened)}
        return account.with_(books={**books, **self._shown()}, key=key)

    def _spot(self, time: int, coin: str, size: Decimal, kind: str, fee: Decimal = NOTHING) -> None:
        """Change the spot wallet. ``kind``: group and type, such as `transfer/TRANSFER_OUT`."""
        change, (group, _slash, business) = size + fee, kind.partition("/")
        figures = {"size": plain(change if self.fee_inside else size), "fees": plain(fee)}
        about = {"billId": self._id(), "groupType": group, "businessType": business, "bizOrderId": self._id()}
        self._post(SPOT, time, coin, change, **about, **figures)
        row = self.books[SPOT][-1]
        taxed = {"spotTaxType": business.capitalize(), "bizOrderId": row["bizOrderId"], "balance": row["balance"]}
        self._tax("spot", {"id": row["billId"], "coin": coin, "amount": row["size"], "fee": row["fees"], **taxed})

    def _futures(self, time: int, amount: Decimal, kind: str, fee: Decimal = NOTHING) -> None:
        about = {"billId": self._id(), "symbol": "ETHUSDT", "businessType": kind, "feeByCoupon": ""}
        figures = {"amount": plain(amount), "fee": plain(fee)}
        self._post(FUTURES, time, "USDT", amount + fee, productType=USDT, **about, **figures)
        taxed = {"symbol": "ETHUSDT", "marginCoin": "USDT", "futureTaxType": kind}
        self._tax("future", {"id": about["billId"], **taxed, **figures})

    def _tax(self, kind: str, row: Row) -> None:
        self.books[f"{TAX}{kind}-record"].append({**row, "ts": str(self._last)})

    def _post(self, path: str, time: int, coin: str, change: Decimal, **row: str) -> None:
        self.balances[path, coin] += change
        self._last = max(time, self._last)
        balance = plain(self.balances[path, coin])
        self.books[path].append({**row, "coin": coin, "balance": balance, "cTime": str(self._last)})

    def _movement(self, kind: str, size: Decimal, **more: str) -> None:
        path = f"/api/v2/spot/wallet/{kind if kind == 'deposit' else 'withdrawal'}-records"
        about = {"orderId": self._id(), "tradeId": f"demo-tx-{self._ids}", "coin": "USDT", "type": kind}
        where = {"dest": "on_chain", "chain": "TRC20", "fromAddress": "demo-from", "toAddress": "demo-to"}
        times = dict.fromkeys(("cTime", "uTime"), str(self._last))
        self.books[path].append({**about, **where, "size": plain(size), "status": "success", **times, **more})

    def _trade(self, side: str, size: Decimal) -> None:
        about = {"symbol": "ETHUSDT", "orderId": self._id(), "side": side, "orderType": "market", "size": plain(size)}
        times: dict[str, Any] = dict.fromkeys(("cTime", "uTime"), str(self._last))
        fill = {"tradeId": self._id(), "priceAvg": plain(PRICE), "tradeScope": "taker", "feeDetail": {}}
        self.books["/api/v2/spot/trade/fills"].append({**about, **fill, **times})
        order = {"clientOid": "", "price": "0", "baseVolume": plain(size), "priceAvg": plain(PRICE), "status": "filled"}
        self.books["/api/v2/spot/trade/history-orders"].append({**about, **order, "tpslType": "normal", **times})

    def _part(self, path: str, coin: str) -> Decimal:
        return (self.balances[path, coin] / 4).quantize(EIGHT)

    def _id(self) -> str:
        self._ids += 3
        return str(self._ids)

    def _shown(self) -> dict[str, list[Row]]:
        shown: dict[str, list[Row]] = {path: [] for path in SHOWN.values()}
        blank = {"frozen": "0", "locked": "0", "limitAvailable": "0"}
        for (path, coin), amount in self.balances.items():
            figures = {
                SPOT: {"coin": coin, "available": cut(amount), **blank},
                FUTURES: {"marginCoin": coin, "productType": USDT, "accountEquity": cut(amount), "unrealizedPL": ""},
                CROSS: {"coin": coin, "totalAmount": cut(amount), "borrow": "0", "interest": "0"},
            }
            shown[SHOWN[path]].append(dict(figures[path]))
        return shown


def classic_account(
    account: Account, now: float, *, seed: int = 1, events: int = 200, days: int = 60, fee_inside: bool = False
) -> Account:
    """Return ``account`` with a history of so many ``days`` up to ``now`` (Unix seconds)."""
    last = int(now * 1000) - 60_000
    first = last - days * DAY
    story = ClassicStory(seed, fee_inside=fee_inside).tell(events, first, last)
    return story.account(account, first - DAY)
