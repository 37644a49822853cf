"""KuCoin: open orders of the cross and isolated margin accounts."""

from auditor.exchanges.kucoin.errors import NO_LIST_OF_MARKETS, NO_MARGIN
from auditor.exchanges.kucoin.lists import ITEMS, pages
from auditor.exchanges.kucoin.open_markets import (
    IN_MARGIN_MARKETS,
    ISOLATED_TRADE,
    MARGIN_TRADE,
    MARGIN_TYPES,
    open_markets,
)
from auditor.exchanges.kucoin.order_readers import flagged_order, order, order_until
from auditor.exchanges.kucoin.orders import OCO_FINAL
from auditor.exchanges.kucoin.sites import V3, spot
from auditor.exchanges.kucoin.sources import documented, queries
from auditor.model.records import Area
from auditor.spec.rows import object_row
from auditor.spec.surface import Surface


def _markets(name: str, title: str, kind: str) -> Surface:
    return Surface(
        id=name,
        area=Area.ORDERS,
        title=title,
        endpoint=documented(
            V3, "hf/margin/order/active/symbols", spot(4), queries=queries("tradeType", kind), rows=object_row
        ),
        reader=open_markets,
        manual_check=NO_LIST_OF_MARKETS,
        value=False,
    )


ACTIVE = Surface(
    id="margin-orders",
    area=Area.ORDERS,
    title="Margin orders",
    endpoint=documented(V3, "hf/margin/orders/active", spot(4)),
    reader=flagged_order("active"),
    plan=IN_MARGIN_MARKETS,
    value=False,
)
STOPS = Surface(
    id="margin-stop-orders",
    area=Area.ORDERS,
    title="Margin stop orders",
    endpoint=documented(
        V3,
        "hf/margin/stop-orders",
        spot(8),
        queries=queries("tradeType", *MARGIN_TYPES),
        pagination=pages(500),
        rows=ITEMS,
    ),
    reader=order(kind="stop"),
    never_used=NO_MARGIN,
    value=False,
)
OCO = Surface(
    id="margin-oco-orders",
    area=Area.ORDERS,
    title="Margin OCO orders",
    endpoint=documented(
        V3,
        "hf/margin/oco-orders",
        spot(2),
        queries=queries("tradeType", *MARGIN_TYPES),
        pagination=pages(500),
        rows=ITEMS,
    ),
    reader=order_until(OCO_FINAL, "orderId", "oco"),
    never_used=NO_MARGIN,
    value=False,
)

MARGIN_ORDERS = (
    _markets("cross-order-markets", "Cross margin orders that hold no coins", MARGIN_TRADE),
    _markets("isolated-order-markets", "Isolated margin orders that hold no coins", ISOLATED_TRADE),
    ACTIVE,
    STOPS,
    OCO,
)
