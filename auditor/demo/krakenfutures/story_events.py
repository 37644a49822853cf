"""What a generated history at Kraken Futures says of orders, executions and positions, event by event.

Shapes: docs.kraken.com/api, Get execution events, order events, trigger events, position update events (2026); the
event of an execution as the answer of a real account spelled it in 2023.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from auditor.demo.krakenfutures.story_log import Log
from auditor.demo.model import Row

BASE = "/api/history/v3/"
EXECUTIONS, ORDERS, TRIGGERS, POSITIONS = (
    f"{BASE}{name}" for name in ("executions", "orders", "triggers", "positions")
)


class Events:
    """The lists of events of one account, the oldest first. ``log``: makes the ids."""

    def __init__(self, log: Log) -> None:
        """Begin with nothing."""
        self.books: dict[str, list[Row]] = {path: [] for path in (EXECUTIONS, ORDERS, TRIGGERS, POSITIONS)}
        self._uid = log.uid

    def executed(self, time: int, trade: dict[str, Any], sizes: tuple[Decimal, Decimal], fee: Decimal) -> None:
        """Place an order that is filled at once, which changes a position from one size to another."""
        size = sizes[1] - sizes[0]
        placed = self._order(time, trade["contract"], size)
        filled = {**placed, "filled": placed["quantity"]}
        self._write(ORDERS, time, {"OrderPlaced": {"order": placed, "reason": "new_user_order", "reducedQuantity": ""}})
        edited = {"oldOrder": placed, "newOrder": filled, "reason": "full_fill", "reducedQuantity": ""}
        self._write(ORDERS, time, {"OrderUpdated": edited})
        executed = {
            "uid": trade["execution"],
            "order": placed,
            "timestamp": time,
            "quantity": placed["quantity"],
            "price": str(trade["trade_price"]),
            "markPrice": str(trade["trade_price"]),
            "limitFilled": False,
            "executionType": "taker",
            "usdValue": "10.56",
            "orderData": {"positionSize": format(sizes[1], "f"), "fee": format(fee, "f")},
        }
        self._write(EXECUTIONS, time, {"execution": {"execution": executed, "takerReducedQuantity": ""}})
        self._write(POSITIONS, time, {"PositionUpdate": _change(time, trade, sizes, fee)})

    def cancelled(self, time: int, contract: str) -> None:
        """Place an order and take it back."""
        placed = self._order(time, contract, Decimal("0.01"))
        self._write(ORDERS, time, {"OrderPlaced": {"order": placed, "reason": "new_user_order", "reducedQuantity": ""}})
        self._write(ORDERS, time + 1, {"OrderCancelled": {"order": placed, "reason": "cancelled_by_user"}})

    def triggered(self, time: int, contract: str) -> None:
        """Place a stop order, move it and take it back."""
        order = self._order(time, contract, Decimal("-0.01"))
        options = {"triggerPrice": "10", "triggerSignal": "MarkPrice", "triggerSide": "Below"}
        stop = {**order, "orderType": "Stop", "accountId": 7, "triggerOptions": options}
        moved = {"oldOrderTrigger": stop, "newOrderTrigger": {**stop, "limitPrice": "11"}, "reason": "edited_by_user"}
        self._write(TRIGGERS, time, {"OrderTriggerPlaced": {"order": stop, "reason": "new_user_order"}})
        self._write(TRIGGERS, time, {"OrderTriggerUpdated": moved})
        self._write(TRIGGERS, time + 1, {"OrderTriggerCancelled": {"order": stop, "reason": "cancelled_by_user"}})

    def _order(self, time: int, contract: str, size: Decimal) -> dict[str, Any]:
        return {
            "uid": self._uid(),
            "accountUid": "8d3f0d2e-0000-4000-8000-000000000007",
            "tradeable": contract.upper(),
            "direction": "Buy" if size > 0 else "Sell",
            "quantity": format(abs(size), "f"),
            "filled": "0",
            "timestamp": time,
            "limitPrice": "10.6650000000",
            "orderType": "IoC",
            "clientId": "",
            "reduceOnly": False,
            "lastUpdateTimestamp": time,
        }

    def _write(self, path: str, time: int, event: dict[str, Any]) -> None:
        self.books[path].append({"uid": self._uid(), "timestamp": time, "event": event})


def _change(time: int, trade: dict[str, Any], sizes: tuple[Decimal, Decimal], fee: Decimal) -> dict[str, Any]:
    old, new = sizes
    return {
        "accountUid": "8d3f0d2e-0000-4000-8000-000000000007",
        "tradeable": trade["contract"].upper(),
        "oldPosition": format(old, "f"),
        "oldAverageEntryPrice": str(trade["trade_price"]) if old else None,
        "newPosition": format(new, "f"),
        "newAverageEntryPrice": str(trade["trade_price"]),
        "fillTime": time,
        "fee": format(fee, "f"),
        "feeCurrency": "USD",
        "realizedPnL": "0.05",
        "positionChange": "decrease" if new else "close",
        "executionUid": trade["execution"],
        "executionPrice": str(trade["trade_price"]),
        "executionSize": format(abs(new - old), "f"),
        "tradeType": "userExecution",
        "fundingRealizationTime": None,
        "realizedFunding": None,
        "timestamp": time,
        "updateReason": "trade",
    }
