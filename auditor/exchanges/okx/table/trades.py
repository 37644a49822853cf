"""OKX: open orders and positions."""

from auditor.exchanges.okx.readers import trades
from auditor.exchanges.okx.sources import ATK, DOC
from auditor.exchanges.okx.table.shared import ALGO_ID, ID, TRADING, UNDOCUMENTED, filtered
from auditor.model.records import Area
from auditor.spec.fields import text
from auditor.spec.surface import Limit, Paging, Query, Surface

SPREAD, BLOCK = frozenset({"10"}), frozenset({"6"})
ALGO_TYPES = ("conditional,oco", "chase", "trigger", "move_order_stop", "iceberg", "twap", "smart_iceberg")
ORDERS = (
    Surface(
        id="orders",
        area=Area.ORDERS,
        title="Open orders",
        path="trade/orders-pending",
        limit=Limit(60, 2),
        paging=ID,
        proves=(text("ordId"),),
        value=False,
        read=trades.order("ordId", "instId", "order"),
        services=TRADING,
        source=f"{DOC}, Trade, Get order list",
    ),
    Surface(
        id="event-orders",
        area=Area.ORDERS,
        title="Open orders in event contracts",
        path="trade/orders-pending",
        limit=Limit(60, 2),
        queries=(Query(params={"instType": "EVENTS"}),),
        paging=ID,
        proves=(text("ordId"),),
        value=False,
        read=trades.events_only(trades.order("ordId", "instId", "order")),
        standing=UNDOCUMENTED,
        services=TRADING,
        source=ATK,
    ),
    *(
        Surface(
            id=f"algo-{kind.replace(',', '-').replace('_', '-')}",
            area=Area.ORDERS,
            title=f"Algo orders: {kind.replace(',', ' and ')}",
            path="trade/orders-algo-pending",
            limit=Limit(20, 2),
            queries=(Query(params={"ordType": kind}),),
            paging=ALGO_ID,
            proves=(text("algoId"),),
            value=False,
            read=trades.order("algoId", "instId", kind),
            services=TRADING,
            source=f"{DOC}, Algo trading, Get algo order list",
        )
        for kind in ALGO_TYPES
    ),
    Surface(
        id="spread-orders",
        area=Area.ORDERS,
        title="Spread orders",
        path="sprd/orders-pending",
        limit=Limit(10, 2),
        paging=Paging(cursor="endId", key="ordId"),
        proves=(text("ordId"),),
        value=False,
        read=trades.order("ordId", "sprdId", "spread"),
        services=SPREAD,
        source=f"{DOC}, Spread trading, Get active orders",
    ),
    *(
        Surface(
            id=f"{kind}s",
            area=Area.ORDERS,
            title=title,
            path=f"rfq/{kind}s",
            limit=Limit(2, 2),
            queries=filtered("state", ("active", "pending_fill")),
            paging=Paging(cursor="endId", key=number),
            proves=(text(number), text("state")),
            value=False,
            read=trades.rfq(number, kind),
            services=BLOCK,
            source=f"{DOC}, Block trading, Get {kind}s",
        )
        for kind, number, title in (
            ("rfq", "rfqId", "Block trading: requests for quote"),
            ("quote", "quoteId", "Block trading: quotes"),
        )
    ),
)

POSITIONS = (
    Surface(
        id="positions",
        area=Area.POSITIONS,
        title="Positions: margin, swap, futures, options",
        path="account/positions",
        limit=Limit(10, 2),
        proves=trades.POSITION_FIELDS,
        read=trades.position,
        services=TRADING,
        source=f"{DOC}, Trading account, Get positions",
    ),
    Surface(
        id="event-positions",
        area=Area.POSITIONS,
        title="Positions in event contracts",
        path="account/positions",
        limit=Limit(10, 2),
        queries=(Query(params={"instType": "EVENTS"}),),
        proves=trades.POSITION_FIELDS,
        read=trades.events_only(trades.position),
        standing=UNDOCUMENTED,
        services=TRADING,
        source=ATK,
    ),
)
