"""Bitget's endpoints (bitget.com/api-doc) that an audit reads: v2 of classic, v3 of unified accounts."""

from __future__ import annotations

from typing import Any

from auditor.demo.bitget.history_endpoints import CLASSIC_LISTS, UNIFIED_LISTS
from auditor.demo.bitget.protocol import data, refusal
from auditor.demo.pages import is_whole, page_after, read_number
from auditor.demo.venue import Handler, Query

_LONGEST = 30 * 86400 * 1000
"""Milliseconds of history in one request."""


def _in_mode(mode: str, handler: Handler) -> Handler:
    """Refuse accounts of the other mode: classic and unified accounts have different paths."""

    def check(query: Query) -> Any:
        if query.account.key["mode"] != mode:
            raise refusal("40084" if mode == "unified" else "40085", f"The account is not a {mode} account")
        return handler(query)

    return check


def _plain(query: Query) -> Any:
    return data(query.rows("productType"))


def _positions(query: Query) -> Any:
    return data(query.rows("productType", "marginCoin"))


def _page(query: Query, rows: list[Any]) -> list[Any]:
    cursor, size = query.params.get("idLessThan") or query.params.get("cursor"), int(query.params.get("limit", 100))
    if cursor and is_whole(cursor):
        return [row for row in rows if read_number(row["orderId"]) < int(cursor)][:size]
    return page_after(rows, "orderId", cursor, size)


def _list(query: Query) -> Any:
    return data(_page(query, query.rows()))


def _within(name: str, *filters: str) -> Handler:
    """Answer rows in a list that is null when there are none."""

    def handler(query: Query) -> Any:
        rows = _page(query, query.rows(*filters))
        return data({name: rows or None, "endId": rows[-1]["orderId"] if rows else None})

    return handler


def _history(query: Query) -> Any:
    start, end = int(query.params["startTime"]), int(query.params["endTime"])
    if end - start > _LONGEST:
        raise refusal("00001", "startTime and endTime interval cannot be greater than 30 days")
    return data(_page(query, [row for row in query.rows() if start <= read_number(row["cTime"]) < end]))


def _key(query: Query) -> Any:
    return data({name: value for name, value in query.account.key.items() if name not in {"mode", "accountMode"}})


def _settings(query: Query) -> Any:
    return data({"accountMode": query.account.key.get("accountMode", "unified")})


def _assets(query: Query) -> Any:
    return data({"assets": query.rows()})


def _strategy_orders(query: Query) -> Any:
    return data(query.rows("category"))


def _reference(query: Query) -> Any:
    wanted = {name: query.params[name] for name in ("category", "productType") if name in query.params}
    rows = query.listed.get(query.path, [])
    return data([row for row in rows if all(row.get(name, value) == value for name, value in wanted.items())])


_CLASSIC: dict[str, Handler] = {
    "spot/account/info": _key,
    "spot/account/assets": _plain,
    "mix/account/accounts": _plain,
    "margin/crossed/account/assets": _plain,
    "margin/isolated/account/assets": _plain,
    "spot/trade/unfilled-orders": _list,
    "spot/trade/current-plan-order": _within("orderList"),
    "mix/order/orders-pending": _within("entrustedList", "productType"),
    "mix/order/orders-plan-pending": _within("entrustedList", "productType", "planType"),
    "margin/crossed/open-orders": _within("orderList"),
    "margin/isolated/open-orders": _within("orderList"),
    "mix/position/all-position": _positions,
    "spot/wallet/deposit-records": _history,
    "spot/wallet/withdrawal-records": _history,
}
_UNIFIED: dict[str, Handler] = {
    "account/settings": _settings,
    "account/info": _key,
    "account/assets": _assets,
    "account/funding-assets": _plain,
    "trade/unfilled-orders": _within("list", "category"),
    "trade/unfilled-strategy-orders": _strategy_orders,
    "position/current-position": _within("list", "category"),
    "account/deposit-records": _history,
    "account/withdrawal-records": _history,
}

PUBLIC = frozenset(
    {
        "/api/v2/spot/public/coins",
        "/api/v2/spot/public/symbols",
        "/api/v2/spot/market/tickers",
        "/api/v2/margin/currencies",
        "/api/v2/mix/market/contracts",
        "/api/v3/market/instruments",
        "/api/v3/market/tickers",
    }
)
READS: dict[tuple[str, str], Handler] = {
    **{("GET", path): _reference for path in PUBLIC},
    **{
        ("GET", f"/api/v2/{path}"): _in_mode("classic", handler) for path, handler in (_CLASSIC | CLASSIC_LISTS).items()
    },
    **{
        ("GET", f"/api/v3/{path}"): _in_mode("unified", handler) for path, handler in (_UNIFIED | UNIFIED_LISTS).items()
    },
}
