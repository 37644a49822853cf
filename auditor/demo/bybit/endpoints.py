"""Bybit's V5 endpoints (bybit-exchange.github.io/docs/v5) that an audit reads."""

from __future__ import annotations

from typing import Any

from auditor.demo.bybit.protocol import refusal, result
from auditor.demo.pages import page_by_number, rows_where
from auditor.demo.venue import Handler, Query

_LONGEST = 30 * 86400 * 1000
"""Milliseconds of history in one request."""


def _pages(name: str, rows: list[Any], query: Query, **more: Any) -> dict[str, Any]:
    size, number = int(query.params.get("limit", 20)), int(query.params.get("cursor") or 1)
    following = str(number + 1) if len(rows) > size * number else ""
    return result({name: page_by_number(rows, number, size), "nextPageCursor": following, **more})


def _by_category(query: Query) -> Any:
    """List a category's rows; a field such as `_settleCoin` only selects its row."""
    category = query.params["category"]
    if category == "linear" and not {"settleCoin", "symbol", "baseCoin"} & set(query.params):
        raise refusal(10001, "params error: missing settleCoin, symbol or baseCoin")
    rows = query.account.rows(f"{query.path}#{category}")
    wanted = {f"_{name}": query.params[name] for name in ("settleCoin", "baseCoin") if name in query.params}
    rows = [row for row in rows if all(row.get(name, value) == value for name, value in wanted.items())]
    shown = [{name: value for name, value in row.items() if not name.startswith("_")} for row in rows]
    return _pages("list", shown, query, category=category)


def _history(field: str) -> Handler:
    def handler(query: Query) -> Any:
        start, end = int(query.params["startTime"]), int(query.params["endTime"])
        if end - start > _LONGEST:
            raise refusal(10001, "the interval between startTime and endTime is more than 30 days")
        rows = rows_where(rows_where(query.rows(), field, ">=", start), field, "<", end)
        return _pages("rows", rows, query)

    return handler


def _key(query: Query) -> Any:
    return result({"apiKey": query.account.apikey, **query.account.key})


def _account(_query: Query) -> Any:
    return result({"unifiedMarginStatus": 6, "marginMode": "REGULAR_MARGIN"})


def _coins(query: Query) -> Any:
    return result({"rows": query.listed[query.path]})


def _wallet(query: Query) -> Any:
    return result({"list": [{"accountType": query.params["accountType"], "coin": query.rows()}]})


def _funding(query: Query) -> Any:
    return result({"memberId": "1", "accountType": "FUND", "balance": query.rows()})


def _market(query: Query) -> Any:
    rows = query.listed[query.path].get(query.params["category"], [])
    return result({"category": query.params["category"], "list": rows, "nextPageCursor": ""})


PUBLIC = frozenset({"/v5/market/instruments-info", "/v5/market/tickers"})
READS: dict[tuple[str, str], Handler] = {
    **{("GET", path): _market for path in PUBLIC},
    ("GET", "/v5/user/query-api"): _key,
    ("GET", "/v5/account/info"): _account,
    ("GET", "/v5/asset/coin/query-info"): _coins,
    ("GET", "/v5/account/wallet-balance"): _wallet,
    ("GET", "/v5/asset/transfer/query-account-coins-balance"): _funding,
    ("GET", "/v5/order/realtime"): _by_category,
    ("GET", "/v5/position/list"): _by_category,
    ("GET", "/v5/asset/deposit/query-record"): _history("successAt"),
    ("GET", "/v5/asset/withdraw/query-record"): _history("createTime"),
}
