"""The endpoints about what is over: past orders, positions, bots, loans, and the files of older quarters.

Sources: https://www.okx.com/docs-v5/en/#trading-account, #order-book-trading, #spread-trading, #block-trading and
#financial-product (June 2026).
"""

from __future__ import annotations

from auditor.demo.okx.spec import Bound, Endpoint, after_before, begin_end_id, one_of
from auditor.demo.okx.trading_endpoints import INST_TYPES

_ALGO = "conditional oco conditional,oco oco,conditional chase trigger move_order_stop iceberg twap smart_iceberg"
_TIMES = (Bound("beginTs", "ts", ">="), Bound("endTs", "ts", "<="))
_GRID, _DCA, _SIGNAL = one_of("grid contract_grid"), one_of("contract_dca spot_dca"), one_of("contract")


def _bots(path: str, kinds: frozenset[str] = frozenset()) -> Endpoint:
    required = ("algoOrdType",) if kinds else ()
    choices = {"algoOrdType": kinds} if kinds else {}
    return Endpoint(
        path, (20, 2), required, ("algoId", *required), choices=choices, bounds=after_before("algoId"), order="algoId"
    )


def _sub_orders(path: str, kinds: frozenset[str] = frozenset(), *required: str, named: bool = True) -> Endpoint:
    """Return the orders of one bot. `named`: an order says which bot it is of."""
    names = ("algoId", *(("algoOrdType",) if kinds else ()), *required)
    return Endpoint(
        path,
        (20, 2),
        names,
        selects=("type",) if named else ("algoId", "algoOrdType"),
        filters=(*(("algoId",) if named else ()), *(("state",) if "state" in required else ())),
        choices={"algoOrdType": kinds} if kinds else {},
        bounds=after_before("ordId"),
        order="ordId",
    )


_ORDERS = (
    Endpoint(
        "trade/orders-history-archive",
        (20, 2),
        ("instType",),
        filters=("instType", "instFamily", "instId", "ordType", "state"),
        choices={"instType": INST_TYPES},
        bounds=after_before("ordId"),
        order="ordId",
    ),
    Endpoint(
        "trade/orders-algo-history",
        (20, 2),
        ("ordType", "state"),
        filters=("ordType", "state", "algoId", "instType", "instId"),
        choices={"ordType": one_of(_ALGO), "state": one_of("effective canceled order_failed")},
        bounds=after_before("algoId"),
        order="algoId",
    ),
    Endpoint("sprd/orders-history-archive", (20, 2), bounds=begin_end_id("ordId"), order="ordId"),
    Endpoint("sprd/trades", (20, 2), bounds=begin_end_id("tradeId"), order="tradeId"),
    Endpoint("rfq/trades", (5, 2), bounds=begin_end_id("blockTdId"), order="blockTdId"),
)
_POSITIONS = (
    Endpoint("account/positions-history", (10, 2), bounds=after_before("uTime"), order="uTime"),
    Endpoint("copytrading/subpositions-history", (20, 2), bounds=after_before("subPosId"), order="subPosId"),
    Endpoint(
        "copytrading/profit-sharing-details", (5, 2), bounds=after_before("profitSharingId"), order="profitSharingId"
    ),
    Endpoint("account/move-positions-history", (2, 2), bounds=_TIMES, order="ts", main_only=True),
)
_MONEY = (
    Endpoint("trade/one-click-repay-history", (1, 2), bounds=after_before("uTime"), order="uTime"),
    Endpoint("trade/one-click-repay-history-v2", (1, 2), bounds=after_before("ts"), order="ts"),
    Endpoint("account/interest-accrued", (5, 2), bounds=after_before("ts"), order="ts"),
    Endpoint("account/spot-borrow-repay-history", (5, 2), bounds=after_before("ts"), order="ts"),
    Endpoint("finance/flexible-loan/loan-history", (5, 2), bounds=after_before("refId"), order="refId"),
    Endpoint("finance/flexible-loan/interest-accrued", (5, 2), bounds=after_before("refId"), order="refId"),
    Endpoint("finance/savings/lending-history", (6, 1), bounds=after_before("ts"), order="ts", live_only=True),
)
_BOTS = (
    _bots("tradingBot/grid/orders-algo-history", _GRID),
    _bots("tradingBot/dca/history-list", _DCA),
    _bots("tradingBot/recurring/orders-algo-history"),
    _bots("tradingBot/signal/orders-algo-history", _SIGNAL),
    _sub_orders("tradingBot/grid/sub-orders", _GRID, "type"),
    _sub_orders("tradingBot/dca/orders", _DCA, named=False),
    _sub_orders("tradingBot/recurring/sub-orders"),
    _sub_orders("tradingBot/signal/sub-orders", _SIGNAL, "state"),
    Endpoint(
        "tradingBot/signal/positions-history",
        (1, 10),
        ("algoId",),
        selects=("algoId",),
        bounds=after_before("uTime"),
        order="uTime",
    ),
)
HISTORY = (
    *_ORDERS,
    *_POSITIONS,
    *_MONEY,
    *_BOTS,
    Endpoint("account/bills-history-archive", (10, 2), ("year", "quarter"), selects=("year", "quarter")),
    Endpoint("account/subtypes", (20, 2)),
)
