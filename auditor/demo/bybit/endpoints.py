"""Every endpoint that the demo exchange has, as Bybit's V5 documentation describes it (July 2026)."""

from __future__ import annotations

from auditor.demo.bybit.asset_endpoints import ASSET, SUB_ACCOUNTS
from auditor.demo.bybit.earn_endpoints import EARN, LOANS
from auditor.demo.bybit.history_endpoints import HISTORY
from auditor.demo.bybit.spec import Days, Endpoint, Numbers, Page, one_of

_FIFTY = (50, 1)
_TRADE = "ContractTrade.Order"
_CATEGORIES = {"category": one_of("spot linear inverse option")}
_SIDES = {"traderType": one_of("quote request")}
_ORDERS = {
    ("GET", "/v5/order/realtime"): Endpoint(
        limit=_FIFTY,
        right=_TRADE,
        required=("category",),
        choices=_CATEGORIES,
        selects=("category", "settleCoin", "baseCoin"),
        page=Page(),
    ),
    ("GET", "/v5/strategy/list"): Endpoint(
        limit=(200, 1),
        right=_TRADE,
        filters={"status": "status", "symbol": "symbol"},
        page=Page(size="pageSize", following="nextCursor"),
    ),
    ("GET", "/v5/spread/order/realtime"): Endpoint(limit=_FIFTY, right=_TRADE, page=Page()),
    ("GET", "/v5/rfq/rfq-realtime"): Endpoint(limit=_FIFTY, choices=_SIDES, selects=("traderType",)),
    ("GET", "/v5/rfq/quote-realtime"): Endpoint(limit=_FIFTY, choices=_SIDES, selects=("traderType",)),
}
_POSITIONS = {
    ("GET", "/v5/position/list"): Endpoint(
        limit=_FIFTY,
        right="ContractTrade.Position",
        required=("category",),
        choices={"category": one_of("linear inverse option")},
        selects=("category", "settleCoin"),
        page=Page(most=200),
    ),
}
_ALPHA = {
    ("POST", "/v5/alpha/trade/asset-list"): Endpoint("assetList"),
    ("POST", "/v5/alpha/lp/position-list"): Endpoint("positions", (3, 1)),
    ("POST", "/v5/alpha/prediction/position-list"): Endpoint(
        "positions", page=Numbers("pageIndex", "limit", total="total")
    ),
    ("POST", "/v5/alpha/trade/order-list"): Endpoint(
        "orders",
        page=Numbers("pageIndex", "limit", total="total", required=True),
        span=Days("createTime", 90, 90, 1000),
    ),
    ("POST", "/v5/alpha/lp/order-list"): Endpoint(
        "orders", (3, 1), page=Numbers("pageIndex", "limit", total="total"), span=Days("createTime", 365, 90, 1000)
    ),
    ("POST", "/v5/alpha/prediction/order-list"): Endpoint(
        "orders", page=Numbers("pageIndex", "limit", total="total"), span=Days("createdAt", 90, 90)
    ),
}
_P2P = {
    ("POST", "/v5/p2p/order/pending/simplifyList"): Endpoint(
        "items",
        right="FiatP2P.FiatP2POrder",
        page=Numbers("page", "size", most=30, total="count", required=True),
        main_only=True,
    ),
    ("POST", "/v5/p2p/item/personal/list"): Endpoint(
        "items", right="FiatP2P.Advertising", page=Numbers("page", "size", 10, 50, "count"), main_only=True
    ),
}
LISTS: dict[tuple[str, str], Endpoint] = {
    **ASSET,
    **SUB_ACCOUNTS,
    **EARN,
    **LOANS,
    **_ORDERS,
    **_POSITIONS,
    **_ALPHA,
    **_P2P,
    **HISTORY,
}
