"""OKX: open orders, algo orders, spread orders and block trading."""

from collections.abc import Iterable

from auditor.exchanges.okx import services
from auditor.exchanges.okx.event_contracts import without_ordinary
from auditor.exchanges.okx.lists import AFTER_ALGO_ORDER, AFTER_ORDER, lists_by_state
from auditor.exchanges.okx.sources import ATK, DOC
from auditor.exchanges.okx.words import ORDER_KINDS, ORDER_STATES, SIDES
from auditor.exchanges.shared.readers import OrderWords, open_order
from auditor.model.records import Area, Order, Record
from auditor.model.snapshot import Standing
from auditor.spec.endpoint import Cursor, Endpoint, Limit, Query
from auditor.spec.fields import text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, reads
from auditor.spec.surface import Surface
from auditor.spec.words import kind_in_words, state_in_words

WORDS = OrderWords(ORDER_KINDS, SIDES, ORDER_STATES)
ordinary_order = open_order(WORDS, number="ordId", market="instId", kind="order", size="sz", kind_field="ordType")
OPEN_ORDERS = Surface(
    id="orders",
    area=Area.ORDERS,
    title="Open orders",
    endpoint=Endpoint(
        path="trade/orders-pending",
        limit=Limit(60, 2),
        pagination=AFTER_ORDER,
        source=f"{DOC}, Trade, Get order list",
    ),
    reader=ordinary_order,
    services=services.TRADING,
    value=False,
)

EVENT_ORDERS = Surface(
    id="event-orders",
    area=Area.ORDERS,
    title="Open orders in event contracts",
    endpoint=Endpoint(
        path="trade/orders-pending",
        limit=Limit(60, 2),
        queries=(Query(params={"instType": "EVENTS"}),),
        pagination=AFTER_ORDER,
        source=ATK,
    ),
    reader=without_ordinary(ordinary_order),
    standing=Standing.UNDOCUMENTED,
    services=services.TRADING,
    value=False,
)


def _algo_orders(surface: str, title: str, order_type: str) -> Surface:
    return Surface(
        id=surface,
        area=Area.ORDERS,
        title=title,
        endpoint=Endpoint(
            path="trade/orders-algo-pending",
            limit=Limit(20, 2),
            queries=(Query(params={"ordType": order_type}),),
            pagination=AFTER_ALGO_ORDER,
            source=f"{DOC}, Algo trading, Get algo order list",
        ),
        reader=open_order(WORDS, number="algoId", market="instId", kind=order_type, size="sz", kind_field="ordType"),
        services=services.TRADING,
        value=False,
    )


SPREAD_ORDERS = Surface(
    id="spread-orders",
    area=Area.ORDERS,
    title="Spread orders",
    endpoint=Endpoint(
        path="sprd/orders-pending",
        limit=Limit(10, 2),
        pagination=Cursor(cursor="endId", key="ordId"),
        source=f"{DOC}, Spread trading, Get active orders",
    ),
    reader=open_order(WORDS, number="ordId", market="sprdId", kind="spread", size="sz", kind_field="ordType"),
    services=services.SPREAD_TRADING,
    value=False,
)

FINISHED_BLOCK_STATES = frozenset({"canceled", "filled", "expired", "failed", "traded_away"})


def block_trade(*, number: str, kind: str) -> Reader:
    """Return the reader of requests for quote, or of quotes, that are not finished.

    ``number``: the field of its id.
    """

    @reads(text(number), text("state"))
    def read(row: Row, _context: Context) -> Iterable[Record]:
        state = row.text("state")
        if state in FINISHED_BLOCK_STATES:
            return
        yield Order(
            subject=row.text(number),
            row=row.raw,
            market=_markets_of_legs(row.raw.get("legs")),
            kind=kind_in_words(kind, ORDER_KINDS),
            side=None,
            amount=None,
            state=state_in_words(state, ORDER_STATES),
            started_at=row.hint_time("cTime"),
        )

    return read


def _markets_of_legs(legs: object) -> str:
    objects = [leg for leg in legs if isinstance(leg, dict)] if isinstance(legs, list) else []
    return ", ".join(str(leg.get("instId")) for leg in objects)


def _block_trades(surface: str, title: str, path: str, *, number: str, kind: str) -> Surface:
    return Surface(
        id=surface,
        area=Area.ORDERS,
        title=title,
        endpoint=Endpoint(
            path=path,
            limit=Limit(2, 2),
            queries=lists_by_state("state", ("active", "pending_fill")),
            pagination=Cursor(cursor="endId", key=number),
            source=f"{DOC}, Block trading, Get {kind}s",
        ),
        reader=block_trade(number=number, kind=kind),
        services=services.BLOCK_TRADING,
        value=False,
    )


ORDERS = (
    OPEN_ORDERS,
    EVENT_ORDERS,
    _algo_orders("algo-conditional-oco", "Algo orders: conditional and OCO", "conditional,oco"),
    _algo_orders("algo-chase", "Algo orders: chase", "chase"),
    _algo_orders("algo-trigger", "Algo orders: trigger", "trigger"),
    _algo_orders("algo-move-order-stop", "Algo orders: trailing stop", "move_order_stop"),
    _algo_orders("algo-iceberg", "Algo orders: iceberg", "iceberg"),
    _algo_orders("algo-twap", "Algo orders: TWAP", "twap"),
    _algo_orders("algo-smart-iceberg", "Algo orders: smart iceberg", "smart_iceberg"),
    SPREAD_ORDERS,
    _block_trades("rfqs", "Block trading: requests for quote", "rfq/rfqs", number="rfqId", kind="rfq"),
    _block_trades("quotes", "Block trading: quotes", "rfq/quotes", number="quoteId", kind="quote"),
)
