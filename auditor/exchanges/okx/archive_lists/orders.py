"""OKX: past orders, algo orders, spread and block trading.

Orders that were cancelled without a fill are kept for two hours only.
"""

from dataclasses import replace

from auditor.exchanges.okx.archive_lists.explaining import (
    ALL,
    QUARTER,
    TRADING,
    WEEK,
    Listing,
    Shape,
    explaining,
)
from auditor.i18n import mark
from auditor.spec.endpoint import Limit
from auditor.spec.fields import Row
from auditor.spec.history import LedgerEntry, ListedRow, SecondList

KINDS = ("SPOT", "MARGIN", "SWAP", "FUTURES", "OPTION", "EVENTS")
"""OKX gives the orders of one kind of instrument at a time."""
ALGO_TYPES = ("conditional,oco", "chase", "trigger", "move_order_stop", "iceberg", "twap", "smart_iceberg")
ALGO_STATES = ("effective", "canceled", "order_failed")
TRADES = frozenset({"2", "5", "9"})
"""Trade, liquidation and ADL: the types whose rows name an order."""
TRADED = {TRADING: TRADES}

ORDER = Shape(
    number=("ordId",),
    time="cTime",
    table="orders",
    kind="order",
    columns={
        "instrument": "instId",
        "side": "side",
        "type": "ordType",
        "price": "px",
        "amount": "sz",
        "filled": "accFillSz",
        "average_price": "avgPx",
        "fee": "fee",
        "fee_asset": "feeCcy",
        "state": "state",
        "parent_id": "algoId",
        "client_id": "clOrdId",
        "updated": "uTime",
    },
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
    listing = Listing(
        id=f"orders-{kind.lower()}",
        title=mark("Orders"),
        path="trade/orders-history-archive",
        limit=Limit(20, 2),
        page="Order book trading, Get order history (last 3 months)",
        key="ordId",
        params={"instType": kind},
        span=QUARTER,
        used_by=TRADED,
    )
    return explaining(listing, ORDER, read=order, types=TRADES, mark=order_mark, group="orders")


ALGO_ORDER = Shape(
    number=("algoId",),
    time="cTime",
    table="orders",
    kind="algo order",
    columns={
        "instrument": "instId",
        "side": "side",
        "type": "ordType",
        "price": "ordPx",
        "amount": "sz",
        "filled": "actualSz",
        "average_price": "actualPx",
        "state": "state",
        "client_id": "algoClOrdId",
        "updated": "uTime",
    },
)


def _algo_orders(order_type: str, state: str) -> SecondList:
    listing = Listing(
        id=f"algo-orders-{order_type.replace(',', '-')}-{state}".replace("_", "-"),
        title=mark("Algo orders"),
        path="trade/orders-algo-history",
        limit=Limit(20, 2),
        page="Algo trading, Get algo order history",
        key="algoId",
        params={"ordType": order_type, "state": state},
        span=QUARTER,
        used_by=TRADED,
    )
    return explaining(listing, ALGO_ORDER)


SPREAD_ORDERS = explaining(
    Listing(
        id="spread-orders",
        title=mark("Spread orders"),
        path="sprd/orders-history-archive",
        limit=Limit(20, 2),
        page="Spread trading, Get orders history (last 3 months)",
        key="ordId",
        cursor="endId",
        span=QUARTER,
        used_by={TRADING: frozenset({"24"})},
    ),
    Shape(
        number=("ordId",),
        time="cTime",
        table="orders",
        kind="spread order",
        columns={
            "instrument": "sprdId",
            "side": "side",
            "type": "ordType",
            "price": "px",
            "amount": "sz",
            "filled": "accFillSz",
            "average_price": "avgPx",
            "state": "state",
            "client_id": "clOrdId",
            "updated": "uTime",
        },
    ),
)
SPREAD_TRADES = explaining(
    Listing(
        id="spread-trades",
        title=mark("Spread trades"),
        path="sprd/trades",
        limit=Limit(20, 2),
        page="Spread trading, Get trades (last 7 days)",
        key="tradeId",
        cursor="endId",
        span=WEEK,
        used_by={TRADING: frozenset({"24"})},
    ),
    Shape(
        number=("tradeId",),
        time="ts",
        table="orders",
        kind="spread trade",
        columns={
            "instrument": "sprdId",
            "side": "side",
            "price": "fillPx",
            "amount": "fillSz",
            "filled": "fillSz",
            "state": "state",
            "parent_id": "ordId",
            "client_id": "clOrdId",
        },
    ),
)
BLOCK_TRADES = explaining(
    Listing(
        id="block-trades",
        title=mark("Block trades"),
        path="rfq/trades",
        limit=Limit(5, 2),
        page="Block trading, Get trades",
        key="blockTdId",
        cursor="endId",
        span=ALL,
        used_by={TRADING: frozenset({"14"})},
    ),
    Shape(
        number=("blockTdId",),
        time="cTime",
        table="orders",
        kind="block trade",
        columns={
            "instrument": "legs.instId",
            "side": "legs.side",
            "price": "legs.px",
            "amount": "legs.sz",
            "filled": "legs.sz",
            "fee": "legs.fee",
            "fee_asset": "legs.feeCcy",
            "parent_id": "rfqId",
            "client_id": "clRfqId",
        },
    ),
)
REQUESTS_FOR_QUOTE = explaining(
    Listing(
        id="requests-for-quote",
        title=mark("Requests for quote"),
        path="rfq/rfqs",
        limit=Limit(2, 2),
        page="Block trading, Get rfqs",
        key="rfqId",
        cursor="endId",
        span=ALL,
        used_by={TRADING: frozenset({"14"})},
    ),
    Shape(
        number=("rfqId",),
        time="cTime",
        table="orders",
        kind="request for quote",
        columns={
            "instrument": "legs.instId",
            "side": "legs.side",
            "amount": "legs.sz",
            "state": "state",
            "client_id": "clRfqId",
            "updated": "uTime",
        },
    ),
)

ORDER_LISTS = (
    *map(_orders, KINDS),
    *(_algo_orders(order_type, state) for order_type in ALGO_TYPES for state in ALGO_STATES),
    SPREAD_ORDERS,
    SPREAD_TRADES,
    BLOCK_TRADES,
    REQUESTS_FOR_QUOTE,
)
