"""KuCoin's endpoints (kucoin.com/docs-new) that an audit reads, of the spot, margin and futures hosts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from auditor.demo.kucoin.protocol import data, refusal
from auditor.demo.pages import page_by_number
from auditor.demo.venue import Handler, Query


def _items(book: str) -> Handler:
    def handler(query: Query) -> Any:
        rows = query.account.rows(book)
        number, size = int(query.params.get("currentPage", 1)), int(query.params.get("pageSize", 50))
        head = {"currentPage": number, "pageSize": size, "totalNum": len(rows), "totalPage": -(-len(rows) // size)}
        return data({**head, "items": page_by_number(rows, number, size)})

    return handler


def _orders(query: Query) -> Any:
    """One path of two hosts: spot orders name what they trade as, futures orders do not."""
    return _items("orders" if "tradeType" in query.params else "futures-orders")(query)


def _futures(handler: Handler) -> Handler:
    """Refuse keys without the futures right, which can trade as well; positions are open to all since 2025-09-25."""

    def check(query: Query) -> Any:
        if "Futures" not in query.account.key["permission"]:
            raise refusal("400007", "Access denied, require more permission")
        return handler(query)

    return check


def _active_orders(query: Query) -> Any:
    if "symbol" not in query.params:
        raise refusal("400100", "symbol cannot be empty")
    return data(query.rows("symbol"))


def _overview(query: Query) -> Any:
    names = ("accountEquity", "availableBalance", "positionMargin", "orderMargin", "frozenFunds")
    zero = {**dict.fromkeys(names, "0"), "currency": query.params["currency"]}
    return data(next(iter(query.rows("currency")), zero))


def _key(query: Query) -> Any:
    return data({"apiKey": query.account.apikey, **query.account.key})


def _constant(value: Any) -> Handler:
    return lambda _query: data(value)


def _accounts(query: Query) -> Any:
    return data(query.rows("type"))


def _positions(query: Query) -> Any:
    return data(query.rows())


def _cross(query: Query) -> Any:
    return data({"debtRatio": "0", "accounts": query.rows()})


def _isolated(query: Query) -> Any:
    rows = query.rows()
    quoted = sum((Decimal(row["quoteAsset"]["total"]) for row in rows), Decimal(0))
    return data({"totalAssetOfQuoteCurrency": str(quoted), "totalLiabilityOfQuoteCurrency": "0", "assets": rows})


def _reference(query: Query) -> Any:
    return data(query.listed[query.path])


PUBLIC = frozenset(
    {
        "/api/v3/currencies",
        "/api/v2/symbols",
        "/api/v1/market/allTickers",
        "/api/v1/contracts/active",
    }
)
READS: dict[tuple[str, str], Handler] = {
    **{("GET", path): _reference for path in PUBLIC},
    ("GET", "/api/v1/user/api-key"): _key,
    ("GET", "/api/ua/v1/account/mode"): _constant({"selfAccountMode": "CLASSIC"}),
    ("GET", "/api/v3/margin/symbols"): _constant({"timestamp": 0, "items": []}),
    ("GET", "/api/v1/isolated/symbols"): _constant([]),
    ("GET", "/api/v1/hf/accounts/opened"): _constant(value=True),
    ("GET", "/api/v1/accounts"): _accounts,
    ("GET", "/api/v1/margin/account"): _cross,
    ("GET", "/api/v3/margin/accounts"): _cross,
    ("GET", "/api/v3/isolated/accounts"): _isolated,
    ("GET", "/api/v1/account-overview"): _futures(_overview),
    ("GET", "/api/v1/positions"): _positions,
    ("GET", "/api/v1/orders"): _orders,
    ("GET", "/api/v1/hf/orders/active"): _active_orders,
    ("GET", "/api/v1/stop-order"): _items("stop-orders"),
    ("GET", "/api/v1/stopOrders"): _items("futures-stop-orders"),
    ("GET", "/api/v1/deposits"): _items("deposits"),
    ("GET", "/api/v1/withdrawals"): _items("withdrawals"),
}
