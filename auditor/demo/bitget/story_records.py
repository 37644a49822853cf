"""The lists beside the ledgers of a generated history: what each event leaves in them.

Rows are as documented at www.bitget.com/api-doc/uta (December 2025): Get Deposit Records, Get Withdrawal Records, Get
Transfer Records of Main-Sub Account, Get Fill History, Get Order History, Get Positions History, Get Convert Records.
"""

from __future__ import annotations

from decimal import Decimal

from auditor.demo.bitget.story_wallets import plain
from auditor.demo.model import Row

CREDITED = 1_500_000
"""Milliseconds between a deposit and its row in the ledger."""


class Records:
    """The rows of each list, oldest first, by the end of its path. ``uid``: of the account."""

    def __init__(self, uid: str) -> None:
        """Begin with nothing."""
        self.uid = uid
        self.lists: dict[str, list[Row]] = {}
        self._ids = 1_320_000_000_000_000_000

    def _add(self, path: str, row: Row) -> Row:
        self.lists.setdefault(path, []).append(row)
        return row

    def _id(self) -> str:
        self._ids += 11
        return str(self._ids)

    def _movement(self, kind: str, time: int, coin: str, size: Decimal, **more: str) -> None:
        created = str(time)
        about = {"orderId": self._id(), "recordId": f"demo-tx-{self._ids}", "coin": coin, "type": kind}
        where = {"dest": "on_chain", "chain": "TRC20", "fromAddress": "demo-from", "toAddress": "demo-to"}
        times = {"createdTime": created, "updatedTime": created, "cTime": created, "uTime": created}
        self._add(
            f"account/{more.pop('path')}-records",
            {**about, **where, "size": plain(size), "status": "success", "clientOid": None, **times, **more},
        )

    def received(self, time: int, coin: str, size: Decimal) -> None:
        """Write a deposit, which is credited some time after it was made."""
        self._movement("deposit", time - CREDITED, coin, size, path="deposit")

    def sent(self, time: int, coin: str, size: Decimal, fee: Decimal) -> None:
        """Write a withdrawal, whose size has the fee in it."""
        self._movement("withdraw", time, coin, size, path="withdrawal", fee=plain(-fee), confirm="5")

    def moved(self, time: int, coin: str, size: Decimal, wallets: tuple[str, str], **parties: str) -> None:
        """Write a transfer between two wallets, of which one may be another account's."""
        parties = {"fromUserId": self.uid, "toUserId": self.uid, **parties}
        about = {"transferId": self._id(), "fromType": wallets[0], "toType": wallets[1], "coin": coin, **parties}
        times = {"createdTime": str(time), "updatedTime": str(time)}
        status = {"status": "Successful", "clientOid": self._id(), "oldTransferId": "1"}
        self._add("account/sub-transfer-record", {**about, "amount": plain(size), **status, **times})

    def filled(self, time: int, symbol: str, side: str, price: Decimal, size: Decimal, **more: str) -> None:
        """Write a fill, and the order that it filled. ``more``: category, fee, fee coin, profit."""
        order = self._id()
        about = {"category": more["category"], "symbol": symbol, "side": side, "orderId": order, "orderType": "market"}
        fee = [{"feeCoin": more["coin"], "fee": more["fee"]}]
        times = {"createdTime": str(time), "updatedTime": str(time)}
        figures = {"execPrice": plain(price), "execQty": plain(size), "execValue": plain(price * size)}
        trade = {"execId": self._id(), "execLinkId": self._id(), "clientOid": order, "tradeScope": "taker"}
        closing = {"tradeSide": more.get("trade_side", ""), "execPnl": more.get("profit", "0")}
        self._add("trade/fills", {**about, **trade, **figures, "feeDetail": fee, **closing, **times})
        done = {"cumExecQty": plain(size), "cumExecValue": plain(price * size), "avgPrice": plain(price)}
        terms = {"price": "0", "qty": plain(size), "amount": "0", "orderStatus": "filled", "clientOid": order}
        self._add("trade/history-orders", {**about, **terms, **done, "feeDetail": fee, **times})

    def closed(self, time: int, symbol: str, size: Decimal, profit: Decimal, fee: Decimal) -> None:
        """Write a position that was closed."""
        about = {"positionId": self._id(), "category": "USDT-FUTURES", "symbol": symbol, "marginCoin": "USDT"}
        prices = {"openPriceAvg": "2600", "closePriceAvg": "2610"}
        sizes = {"openTotalPos": plain(size), "closeTotalPos": plain(size), "totalFunding": "0"}
        result = {"cumRealisedPnl": plain(profit), "netProfit": plain(profit - fee)}
        modes = {"holdMode": "one_way_mode", "posSide": "long", "marginMode": "crossed"}
        times = {"createdTime": str(time - 9000), "updatedTime": str(time)}
        self._add("position/history-position", {**about, **modes, **prices, **sizes, **result, **times})

    def converted(self, time: int, given: tuple[str, Decimal], received: tuple[str, Decimal]) -> None:
        """Write a conversion, whose list has no ids."""
        sizes = {"fromCoinSize": plain(given[1]), "toCoinSize": plain(received[1]), "price": "1"}
        self._add(
            "account/convert-records",
            {"fromCoin": given[0], "toCoin": received[0], **sizes, "ts": str(time)},
        )

    def books(self) -> dict[str, list[Row]]:
        """Return each list by its path, newest row first."""
        return {f"/api/v3/{path}": rows[::-1] for path, rows in self.lists.items()}
