"""OKX: past orders, algo orders, spread and block trading.

Orders that were cancelled without a fill are kept for two hours only.
"""

from dataclasses import replace

from auditor.exchanges.okx.archive_lists.explaining import (
    QUARTER,
    TRADING,
    WEEK,
    asked,
    explaining,
    in_table,
    shape,
)
from auditor.i18n import mark
from auditor.spec.endpoint import Limit
from auditor.spec.ledger import LedgerEntry
from auditor.spec.parsed_row import Row
from auditor.spec.second_list import ListedRow, SecondList

KINDS = ("SPOT", "MARGIN", "SWAP", "FUTURES", "OPTION", "EVENTS")
"""OKX gives the orders of one kind of instrument at a time."""
ALGO_TYPES = ("conditional,oco", "chase", "trigger", "move_order_stop", "iceberg", "twap", "smart_iceberg")
ALGO_STATES = ("effective", "canceled", "order_failed")
TRADES = frozenset({"2", "5", "9"})
"""Trade, liquidation and ADL: the types whose rows name an order."""
TRADED = {TRADING: TRADES}

ORDER = shape(
    "orders",
    "order",
    number="ordId",
    time="cTime",
    columns=(
        "instrument:instId side type:ordType price:px amount:sz filled:accFillSz average_price:avgPx fee "
        "fee_asset:feeCcy state parent_id:algoId client_id:clOrdId updated:uTime"
    ),
)


def order(row: Row) -> ListedRow:
    """Read an order. An ordinary one that was filled is in the Trading ledger; of others that is not documented."""
    is_ordinary = row.hint("category") in {"", "normal"} and not row.hint("algoId")
    marks = (row.text("ordId"),) if row.amount_or_none("accFillSz") else ()
    return replace(ORDER.read(row), marks=marks, due=False, expected=is_ordinary)


def order_mark(entry: LedgerEntry) -> str | None:
    """Return the order that a row of the Trading ledger is of; None for one of none."""
    return entry.order_id or None


def _orders(kind: str) -> SecondList:
    return explaining(
        id=f"orders-{kind.lower()}",
        title=mark("Orders"),
        **asked(
            "trade/orders-history-archive",
            "Order book trading, Get order history (last 3 months)",
            Limit(20, 2),
            by="ordId",
            params={"instType": kind},
        ),
        reach=QUARTER,
        used_by=TRADED,
        time=ORDER.time,
        fields=ORDER.fields,
        table=ORDER.table,
        # In the terms of the ledger's rows that it shows.
        read=order,
        types=TRADES,
        mark=order_mark,
        group="orders",
        shared=True,
    )


ALGO_ORDER = in_table(
    "orders",
    "algo order",
    number="algoId",
    time="cTime",
    columns=(
        "instrument:instId side type:ordType price:ordPx amount:sz filled:actualSz average_price:actualPx state "
        "client_id:algoClOrdId updated:uTime"
    ),
)


def _algo_orders(order_type: str, state: str) -> SecondList:
    return explaining(
        id=f"algo-orders-{order_type.replace(',', '-')}-{state}".replace("_", "-"),
        title=mark("Algo orders"),
        **asked(
            "trade/orders-algo-history",
            "Algo trading, Get algo order history",
            Limit(20, 2),
            by="algoId",
            params={"ordType": order_type, "state": state},
        ),
        **ALGO_ORDER,
        reach=QUARTER,
        used_by=TRADED,
    )


SPREAD_ORDERS = explaining(
    id="spread-orders",
    title=mark("Spread orders"),
    **asked(
        "sprd/orders-history-archive",
        "Spread trading, Get orders history (last 3 months)",
        Limit(20, 2),
        by="ordId",
        cursor="endId",
    ),
    reach=QUARTER,
    **in_table(
        "orders",
        "spread order",
        number="ordId",
        time="cTime",
        columns=(
            "instrument:sprdId side type:ordType price:px amount:sz filled:accFillSz average_price:avgPx state "
            "client_id:clOrdId updated:uTime"
        ),
    ),
    used_by={TRADING: frozenset({"24"})},
)
SPREAD_TRADES = explaining(
    id="spread-trades",
    title=mark("Spread trades"),
    **asked("sprd/trades", "Spread trading, Get trades (last 7 days)", Limit(20, 2), by="tradeId", cursor="endId"),
    reach=WEEK,
    **in_table(
        "orders",
        "spread trade",
        number="tradeId",
        time="ts",
        columns=(
            "instrument:sprdId side price:fillPx amount:fillSz filled:fillSz state parent_id:ordId client_id:clOrdId"
        ),
    ),
    used_by={TRADING: frozenset({"24"})},
)
BLOCK_TRADES = explaining(
    id="block-trades",
    title=mark("Block trades"),
    **asked("rfq/trades", "Block trading, Get trades", Limit(5, 2), by="blockTdId", cursor="endId"),
    **in_table(
        "orders",
        "block trade",
        number="blockTdId",
        time="cTime",
        columns=(
            "instrument:legs.instId side:legs.side price:legs.px amount:legs.sz filled:legs.sz fee:legs.fee "
            "fee_asset:legs.feeCcy parent_id:rfqId client_id:clRfqId"
        ),
    ),
    used_by={TRADING: frozenset({"14"})},
)
REQUESTS_FOR_QUOTE = explaining(
    id="requests-for-quote",
    title=mark("Requests for quote"),
    **asked("rfq/rfqs", "Block trading, Get rfqs", Limit(2, 2), by="rfqId", cursor="endId"),
    **in_table(
        "orders",
        "request for quote",
        number="rfqId",
        time="cTime",
        columns="instrument:legs.instId side:legs.side amount:legs.sz state client_id:clRfqId updated:uTime",
    ),
    used_by={TRADING: frozenset({"14"})},
)

ORDER_LISTS = (
    *map(_orders, KINDS),
    *(_algo_orders(order_type, state) for order_type in ALGO_TYPES for state in ALGO_STATES),
    SPREAD_ORDERS,
    SPREAD_TRADES,
    BLOCK_TRADES,
    REQUESTS_FOR_QUOTE,
)
