"""The rows of a generated history at MEXC, list by list, in the shapes that its documentation and real answers show.

Spot writes amounts as texts, futures as numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from auditor.demo.mexc.protocol import FUTURES, SPOT
from auditor.demo.model import Row

FILLS, ORDERS = f"{SPOT}myTrades", f"{SPOT}allOrders"
DEPOSITS, WITHDRAWALS = f"{SPOT}capital/deposit/hisrec", f"{SPOT}capital/withdraw/history"
TRANSFERS, DUST = f"{SPOT}capital/transfer", f"{SPOT}capital/convert"
PRIVATE = f"{FUTURES}private/"
FUTURES_TRANSFERS, FUNDING = f"{PRIVATE}account/transfer_record", f"{PRIVATE}position/funding_records"
DEALS, FUTURES_ORDERS = f"{PRIVATE}order/list/order_deals/v3", f"{PRIVATE}order/list/history_orders"
TRIGGER_ORDERS, STOP_ORDERS = f"{PRIVATE}planorder/list/orders", f"{PRIVATE}stoporder/list/orders"
POSITIONS = f"{PRIVATE}position/list/history_positions"
CONTRACT = "BTC_USDT"
LONG, OPEN_LONG, CLOSE_LONG, MARKET, CLOSED = 1, 1, 4, 5, 3


def text(amount: Decimal) -> str:
    """Write an amount as spot does."""
    return format(amount, "f")


@dataclass
class Rows:
    """Every list, in the order in which things happened."""

    books: defaultdict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    _number: int = 300_000_000

    def fill(
        self,
        time: int,
        coin: str,
        price: Decimal,
        sizes: tuple[Decimal, Decimal],
        fee: tuple[Decimal, str],
        *,
        is_buyer: bool,
    ) -> None:
        """Write a fill of a coin for USDT, and its order. ``sizes``: of both coins."""
        order = f"C02__{self._next()}"
        figures = {"price": text(price), "qty": text(sizes[0]), "quoteQty": text(sizes[1])}
        kind = {"isBuyer": is_buyer, "isMaker": False, "isBestMatch": True, "isSelfTrade": False, "clientOrderId": None}
        ids = {"symbol": f"{coin}USDT", "id": f"{self._next()}X1", "orderId": order, "orderListId": -1}
        paid = {"commission": text(fee[0]), "commissionAsset": fee[1], "time": time}
        self.books[FILLS].append({**ids, **figures, **paid, **kind})
        known = {
            "symbol": f"{coin}USDT",
            "orderId": order,
            "orderListId": -1,
            "clientOrderId": "",
            "price": text(price),
        }
        sums = {"origQty": text(sizes[0]), "executedQty": text(sizes[0]), "cummulativeQuoteQty": text(sizes[1])}
        state = {"status": "FILLED", "timeInForce": "GTC", "type": "LIMIT", "side": "BUY" if is_buyer else "SELL"}
        self.books[ORDERS].append({**known, **sums, **state, "time": time, "updateTime": time, "isWorking": True})

    def deposit(self, time: int, coin: str, size: Decimal) -> None:
        """Write a deposit that was credited. It has no id, and its coin stands beside the network."""
        known = {"amount": text(size), "coin": f"{coin}-TRX" if coin == "USDT" else coin, "network": "TRX", "status": 5}
        sender = {"address": "demo-address", "txId": f"demo-tx-{self._next()}:0", "insertTime": time, "netWork": "TRX"}
        self.books[DEPOSITS].append({**known, **sender, "unlockConfirm": "20", "confirmTimes": "21", "memo": None})

    def withdrawal(self, time: int, coin: str, size: Decimal, fee: Decimal) -> None:
        """Write a withdrawal that arrived: its fee is a part of its amount."""
        known = {"id": f"demo-withdrawal-{self._next()}", "amount": text(size), "transactionFee": text(fee)}
        receiver = {"address": "demo-address", "txId": f"demo-tx-{self._next()}:0", "network": "TRX"}
        more = {"status": 7, "applyTime": time, "transferType": 0, "coin": f"{coin}-TRX" if coin == "USDT" else coin}
        self.books[WITHDRAWALS].append({**known, **receiver, **more, "confirmNo": None, "remark": "", "memo": None})

    def transfer(self, time: int, size: Decimal, *, is_in: bool) -> None:
        """Write a transfer of USDT to Futures, or back: each of the two accounts has a list of its own."""
        number = f"demo-transfer-{self._next()}"
        given, taken = ("SPOT", "FUTURES") if is_in else ("FUTURES", "SPOT")
        known = {"tranId": number, "clientTranId": None, "asset": "USDT", "amount": text(size), "symbol": None}
        sides = {"fromAccountType": given, "toAccountType": taken, "status": "SUCCESS", "timestamp": time}
        self.books[TRANSFERS].append({**known, **sides})
        here = {"id": self._next(), "txid": number, "currency": "USDT", "amount": float(size)}
        state = {"type": "IN" if is_in else "OUT", "state": "SUCCESS", "createTime": time, "updateTime": time}
        self.books[FUTURES_TRANSFERS].append({**here, **state})

    def dust(self, time: int, swept: Sequence[tuple[str, Decimal, Decimal, Decimal]]) -> None:
        """Write small balances that became MX at one time: coin, size, what was received, and the charge."""
        details = [
            {
                "id": f"demo-dust-{self._next()}",
                "convert": text(got),
                "fee": text(charge),
                "amount": text(size),
                "time": time,
                "asset": coin,
            }
            for coin, size, got, charge in swept
        ]
        sums = {
            "totalConvert": text(sum((one[2] for one in swept), Decimal(0))),
            "totalFee": text(sum((one[3] for one in swept), Decimal(0))),
        }
        self.books[DUST].append({**sums, "convertTime": time, "convertDetails": details})

    def position(self, time: int, closed: int, size: int, profit: Decimal, fees: tuple[Decimal, Decimal]) -> None:
        """Write a long position that was opened and closed. ``fees``: of both deals."""
        number = self._next()
        for moment, side, earned, fee in (
            (time, OPEN_LONG, Decimal(0), fees[0]),
            (closed, CLOSE_LONG, profit, fees[1]),
        ):
            order = f"{self._next()}000000000"
            known = {"symbol": CONTRACT, "side": side, "vol": size, "price": 64000.5, "feeCurrency": "USDT"}
            ids = {"id": f"{self._next()}", "orderId": order, "opponentOrderId": "", "positionMode": 1}
            paid = {"fee": float(fee), "profit": float(earned), "isTaker": True, "category": 1, "timestamp": moment}
            self.books[DEALS].append({**known, **ids, **paid})
            asked = {"orderId": order, "positionId": number, "leverage": 20, "category": 1, "orderType": MARKET}
            done = {"dealAvgPrice": 64000.5, "dealVol": size, "orderMargin": 0, "takerFee": float(fee), "makerFee": 0}
            state = {"profit": float(earned), "openType": 1, "state": CLOSED, "externalOid": "demo", "errorCode": 0}
            times = {"usedMargin": 0, "createTime": moment, "updateTime": moment}
            self.books[FUTURES_ORDERS].append({**known, **asked, **done, **state, **times})
        self._conditional(number, (time, closed), size)
        self._closed_position(number, (time, closed), size, profit, sum(fees, Decimal(0)))

    def _conditional(self, position: int, times: tuple[int, int], size: int) -> None:
        """Write a trigger order that was executed, and a stop order that was cancelled with its position."""
        known = {"symbol": CONTRACT, "vol": size, "errorCode": 0, "createTime": times[0], "updateTime": times[1]}
        trigger = {"side": OPEN_LONG, "triggerPrice": 64000, "orderType": MARKET, "executeCycle": 87600, "state": 3}
        self.books[TRIGGER_ORDERS].append({"id": f"{self._next()}", **known, **trigger, "trend": 1})
        stop = {"positionId": position, "positionType": LONG, "stopLossPrice": 61000, "realityVol": 0, "state": 2}
        self.books[STOP_ORDERS].append({"id": f"{self._next()}", **known, **stop, "isFinished": 1, "triggerSide": 2})

    def _closed_position(self, number: int, times: tuple[int, int], size: int, profit: Decimal, fee: Decimal) -> None:
        known = {"positionId": number, "symbol": CONTRACT, "positionType": LONG, "openType": 1, "state": CLOSED}
        sizes = {"holdVol": 0, "frozenVol": 0, "closeVol": size, "leverage": 20, "autoAddIm": False}
        prices = {"holdAvgPrice": 64000.5, "openAvgPrice": 64000.5, "closeAvgPrice": 64100.5, "liquidatePrice": 61000}
        paid = {"holdFee": 0, "realised": float(profit - fee), "fee": float(-fee), "closeProfitLoss": float(profit)}
        moments = {"oim": 1.25, "im": 1.25, "adlLevel": 0, "createTime": times[0], "updateTime": times[1]}
        self.books[POSITIONS].append({**known, **sizes, **prices, **paid, **moments})

    def funding(self, time: int, size: Decimal) -> None:
        """Write a funding fee: below zero for what was paid. Its row names no coin."""
        known = {"id": self._next(), "symbol": CONTRACT, "positionType": LONG, "positionValue": 640.5}
        self.books[FUNDING].append({**known, "funding": float(size), "rate": 0.0001, "settleTime": time})

    def _next(self) -> int:
        self._number += 1
        return self._number
