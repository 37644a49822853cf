"""The account of USDT-margined contracts in a generated history at HTX: its bills have no balances.

The shape of a bill is that of HTX's page (v5, Get bills): amounts and times are texts, a transfer has no contract.
Orders and trades are as on its pages Get Order History and Get Execution Details, their times are numbers.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from random import Random

from auditor.demo.model import Row

TO_CONTRACTS, TO_SPOT = "14", "15"
OPENING_FEE, CLOSING_FEE = "5", "8"
CLOSED_LONG, CLOSED_SHORT = "3", "4"
FUNDING_PAID, FUNDING_RECEIVED = "31", "30"


class Contracts:
    """The account and its bills, oldest first."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.balance = Decimal(0)
        self.bills: list[Row] = []
        self.orders: list[Row] = []
        self.fills: list[Row] = []
        self.waiting: list[Row] = []
        self._ids = count(7_071_168)

    def bill(self, time: int, kind: str, amount: Decimal, contract: str = "BTC-USDT") -> None:
        """Change the balance, and write the bill of it."""
        self.balance += amount
        known = {"id": str(next(self._ids)), "type": kind, "currency": "USDT", "amount": format(amount, "f")}
        self.bills.append({**known, "contract_code": contract, "margin_mode": "cross", "created_time": str(time)})

    def trade(self, time: int, random: Random) -> None:
        """Open and close a contract, both for a fee."""
        if self.bills:
            self.bill(time, OPENING_FEE, Decimal("-0.018840000000000000"))
            self.bill(time + 40, random.choice((CLOSED_LONG, CLOSED_SHORT)), Decimal(random.randrange(-90, 100)) / 32)
            self.bill(time + 40, CLOSING_FEE, Decimal("-0.0094"))
            for side, moment, fee in (("buy", time, "0.018840000000000000"), ("sell", time + 40, "0.0094")):
                self._filled(moment, side, fee)
            self._waited(time + 20)

    def _filled(self, time: int, side: str, fee: str) -> None:
        """Write an order and its trade, on isolated margin now and then."""
        number = next(self._ids)
        mode = "cross" if number % 3 else "isolated"
        known = {"contract_code": "BTC-USDT", "side": side, "position_side": "both", "margin_mode": mode}
        known |= {"order_id": f"13435413412687{number}", "order_source": "api", "contract_type": "swap"}
        times = {"created_time": time, "updated_time": time, "fee_currency": "USDT", "profit": "0"}
        done = {"trade_avg_price": "31400", "trade_volume": "1", "trade_turnover": "31.4", "fee": fee}
        order = {"type": "limit", "price": "31400", "volume": "1", "state": "filled", "client_order_id": ""}
        self.orders.append({"id": str(number), **known, **order, **done, **times})
        traded = {"trade_id": f"1000000{number}", "order_type": "1", "type": "limit", "role": "TAKER"}
        figures = {"trade_price": "31400", "trade_volume": "1", "trade_turnover": "31.4", "trade_fee": fee}
        self.fills.append({"id": str(next(self._ids)), **known, **traded, **figures, **times})

    def _waited(self, time: int) -> None:
        """Write an order that waited for a price until the contract was closed."""
        number, kind = next(self._ids), ("trigger", "tp", "sl", "tpsl")[len(self.waiting) % 4]
        prices = {f"{name}_trigger_price": "70000" if name in kind else "" for name in ("tp", "sl")}
        known = {"id": str(number), "algo_id": f"1443541341{number}", "algo_client_order_id": "", "type": kind}
        order = {"contract_code": "BTC-USDT", "side": "sell", "position_side": "long", "margin_mode": "cross"}
        times = {"created_time": time, "updated_time": time + 20, "state": "canceled", "reduce_only": True}
        trigger = {"trigger_price": "60000"} if kind == "trigger" else {}
        self.waiting.append({**known, **order, **prices, **trigger, "volume": "1", "actual_volume": "0", **times})

    def fund(self, time: int, random: Random) -> None:
        """Pay a funding fee, or get one."""
        if self.bills:
            received, paid = (FUNDING_RECEIVED, Decimal("0.0031")), (FUNDING_PAID, Decimal("-0.0027"))
            self.bill(time, *random.choice((received, paid)))

    def shown(self) -> list[Row]:
        """Return what is there with a profit of 1.5 that is not realized, a part of it on isolated margin."""
        parts = {"equity": self.balance + 1, "profit_unreal": Decimal(1)}
        isolated = {"isolated_equity": "0.5", "isolated_profit_unreal": "0.5", "voucher": "", "voucher_value": ""}
        return [{"currency": "USDT", **{name: format(part, "f") for name, part in parts.items()}, **isolated}]
