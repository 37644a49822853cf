"""The endpoints about trading: orders, bots, copy trading, positions.

Sources: https://www.okx.com/docs-v5/en/#order-book-trading, #block-trading and #spread-trading (June 2026). Event
contracts are reached with instType EVENTS; whether a call without instType shows them is not documented.
"""

from __future__ import annotations

from auditor.demo.okx.spec import Endpoint, after_before, begin_end_id, one_of

INST_TYPES = one_of("SPOT MARGIN SWAP FUTURES OPTION EVENTS")
"""The kinds of instrument."""

_ORDER_STATES = one_of("live partially_filled")
_BLOCK = "active canceled pending_fill filled expired failed"
_ALGO = one_of(
    "conditional oco conditional,oco oco,conditional chase trigger move_order_stop iceberg twap smart_iceberg"
)


def _algo(path: str, kinds: str, **more: tuple[str, ...]) -> Endpoint:
    required = ("algoOrdType",) if kinds else ()
    filters = ("algoId", *required, *more.get("filters", ()))
    choices = {"algoOrdType": one_of(kinds)} if kinds else {}
    bounds = after_before("algoId")
    return Endpoint(path, (20, 2), required, filters, choices=choices, bounds=bounds, order="algoId")


ORDERS = (
    Endpoint(
        "trade/orders-pending",
        (60, 2),
        filters=("instType", "instFamily", "instId", "ordType", "state"),
        choices={"instType": INST_TYPES, "state": _ORDER_STATES},
        bounds=after_before("ordId"),
        order="ordId",
    ),
    Endpoint(
        "trade/orders-algo-pending",
        (20, 2),
        ("ordType",),
        filters=("ordType", "algoId", "instType", "instId"),
        choices={"ordType": _ALGO, "instType": INST_TYPES},
        bounds=after_before("algoId"),
        order="algoId",
    ),
    Endpoint(
        "trade/fills-history",
        (10, 2),
        ("instType",),
        filters=("instType", "instFamily", "instId", "ordId"),
        choices={"instType": INST_TYPES},
        bounds=after_before("billId"),
        order="billId",
        reach=90,
    ),
    Endpoint(
        "sprd/orders-pending",
        (10, 2),
        filters=("sprdId", "ordType", "state"),
        choices={"state": _ORDER_STATES},
        bounds=begin_end_id("ordId"),
        order="ordId",
    ),
    Endpoint(
        "rfq/rfqs",
        (2, 2),
        filters=("rfqId", "clRfqId", "state"),
        choices={"state": one_of(f"{_BLOCK} traded_away")},
        bounds=begin_end_id("rfqId"),
        order="rfqId",
    ),
    Endpoint(
        "rfq/quotes",
        (2, 2),
        filters=("rfqId", "clRfqId", "quoteId", "clQuoteId", "state"),
        choices={"state": one_of(_BLOCK)},
        bounds=begin_end_id("quoteId"),
        order="quoteId",
    ),
)

BOTS_AND_POSITIONS = (
    _algo("tradingBot/grid/orders-algo-pending", "grid contract_grid", filters=("instId", "instType")),
    _algo("tradingBot/dca/ongoing-list", "contract_dca spot_dca"),
    _algo("tradingBot/recurring/orders-algo-pending", ""),
    _algo("tradingBot/signal/orders-algo-pending", "contract"),
    Endpoint(
        "copytrading/current-subpositions",
        (20, 2),
        filters=("instType", "instId"),
        choices={"instType": one_of("SPOT SWAP")},
        bounds=after_before("subPosId"),
        order="subPosId",
        page=500,
    ),
    Endpoint("copytrading/config", (5, 2)),
    Endpoint("copytrading/current-lead-traders", (5, 2), choices={"instType": one_of("SWAP")}),
    Endpoint("copytrading/total-unrealized-profit-sharing", (5, 2), choices={"instType": one_of("SWAP")}),
    Endpoint(
        "account/positions",
        (10, 2),
        filters=("instType", "instId", "posId"),
        choices={"instType": INST_TYPES},
    ),
)
