"""KuCoin: open orders in spot and convert, and in futures.

The states of a list default to finished ones, and stop orders to those of spot trading, so each list is asked for by
name. Stop orders hold nothing.
"""

from auditor.exchanges.kucoin.errors import NO_LIST_OF_MARKETS, REFUSED_TO_READERS
from auditor.exchanges.kucoin.lists import ITEMS, pages
from auditor.exchanges.kucoin.open_markets import IN_SPOT_MARKETS, MARGIN_TYPES, TRADE, open_markets
from auditor.exchanges.kucoin.order_readers import flagged_order, order, order_until
from auditor.exchanges.kucoin.sites import FUTURES, V1, V3, futures, spot
from auditor.exchanges.kucoin.sources import ABANDONED, CONVERT, documented, queries
from auditor.model.records import Area
from auditor.model.snapshot import Standing
from auditor.spec.endpoint import Endpoint, Query
from auditor.spec.reader import Reader
from auditor.spec.rows import object_row
from auditor.spec.surface import ManualCheck, RequestPlan, Surface

EVERY_TYPE = (TRADE, *MARGIN_TYPES)
# A triggered OCO order lives on as an ordinary order, which the list of those has, or is filled.
OCO_FINAL = frozenset({"TRIGGERED", "DONE", "CANCELLED", "CANCELED"})


def orders(
    name: str,
    title: str,
    endpoint: Endpoint,
    reader: Reader,
    *,
    standing: Standing = Standing.DOCUMENTED,
    plan: RequestPlan | None = None,
    manual_check: ManualCheck | None = None,
) -> Surface:
    """Return a surface of orders."""
    return Surface(
        id=name,
        area=Area.ORDERS,
        title=title,
        endpoint=endpoint,
        reader=reader,
        standing=standing,
        plan=plan,
        manual_check=manual_check or ManualCheck(),
        value=False,
    )


ORDERS = (
    orders(
        "old-orders",
        "Orders in the old list (all markets)",
        documented(
            V1,
            "orders",
            spot(2),
            queries=queries("tradeType", *EVERY_TYPE, status="active"),
            pagination=pages(500),
            rows=ITEMS,
            source=ABANDONED,
        ),
        flagged_order("isActive"),
        standing=Standing.UNDOCUMENTED,
    ),
    orders(
        "order-markets",
        "Spot orders that hold no coins",
        documented(V1, "hf/orders/active/symbols", spot(2), rows=object_row),
        open_markets,
        manual_check=NO_LIST_OF_MARKETS,
    ),
    orders(
        "orders",
        "Spot orders",
        documented(V1, "hf/orders/active/page", spot(2), pagination=pages(50, "pageNum"), rows=ITEMS),
        flagged_order("active"),
        plan=IN_SPOT_MARKETS,
    ),
    orders(
        "stop-orders",
        "Stop orders",
        documented(
            V1, "stop-order", spot(8), queries=queries("tradeType", *EVERY_TYPE), pagination=pages(500), rows=ITEMS
        ),
        order(),
    ),
    orders(
        "oco-orders",
        "OCO orders",
        documented(V3, "oco/orders", spot(2), pagination=pages(500), rows=ITEMS),
        order_until(OCO_FINAL, "orderId", "oco"),
    ),
    orders(
        "convert-orders",
        "Convert limit orders",
        documented(
            V1,
            "convert/limit/orders",
            spot(5),
            queries=(Query(params={"status": "OPEN"}), Query()),
            pagination=pages(100, "page"),
            rows=ITEMS,
            source=CONVERT,
        ),
        order_until(frozenset({"SUCCESS", "FAIL", "CANCELLED"}), "orderId", "convert limit"),
        manual_check=REFUSED_TO_READERS,
    ),
    orders(
        "futures-orders",
        "Futures orders",
        documented(
            FUTURES, "orders", futures(2), queries=queries("status", "active"), pagination=pages(1000), rows=ITEMS
        ),
        flagged_order("isActive"),
    ),
    orders(
        "futures-stop-orders",
        "Futures stop orders",
        documented(FUTURES, "stopOrders", futures(6), pagination=pages(1000), rows=ITEMS),
        order(),
    ),
)
