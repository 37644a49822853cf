"""Kraken's endpoints (docs.kraken.com/api) that an audit reads, with the right that each needs."""

from __future__ import annotations

from typing import Any

from auditor.demo.kraken.protocol import refusal, result
from auditor.demo.pages import is_whole, page_by_offset
from auditor.demo.venue import Handler, Query

_PAGE = 25


def _reference(query: Query) -> Any:
    return result(query.listed[query.path])


def _permitted(right: str, handler: Handler) -> Handler:
    def check(query: Query) -> Any:
        if right not in query.account.key["permissions"]:
            raise refusal("EGeneral:Permission denied")
        return handler(query)

    return check


def _key(query: Query) -> Any:
    return result({"apiKey": query.account.apikey, **query.account.key})


def _balances(query: Query) -> Any:
    return result({row.pop("asset"): row for row in query.rows()})


def _trade_balance(_query: Query) -> Any:
    """Answer zeros: the demo does not value what an account holds."""
    figures = ("eb", "tb", "m", "n", "c", "v", "e", "mf")
    return result(dict.fromkeys(figures, "0.0000"))


def _orders(query: Query) -> Any:
    return result({"open": {row.pop("txid"): row for row in query.rows()}})


def _positions(query: Query) -> Any:
    return result(query.rows())


def _recent(query: Query) -> list[Any]:
    start, end = float(query.params.get("start", 0)), float(query.params.get("end", "inf"))
    return [row for row in query.rows() if start <= row["time"] <= end]


def _deposits(query: Query) -> Any:
    return result(page_by_offset(_recent(query), 0, _PAGE))


def _withdrawals(query: Query) -> Any:
    """List withdrawals; in pages only for a request that names a cursor."""
    rows, cursor = _recent(query), query.params.get("cursor")
    if cursor is None:
        return result(page_by_offset(rows, 0, _PAGE))
    start = int(cursor) if is_whole(cursor) else 0
    more = {"next_cursor": str(start + _PAGE)} if len(rows) > start + _PAGE else {}
    return result({"withdrawals": page_by_offset(rows, start, _PAGE), **more})


PUBLIC = frozenset(f"/0/public/{name}" for name in ("Assets", "AssetPairs", "Ticker"))
READS: dict[tuple[str, str], Handler] = {
    **{("GET", path): _reference for path in PUBLIC},
    ("POST", "/0/private/GetApiKeyInfo"): _key,
    ("POST", "/0/private/BalanceEx"): _permitted("query-funds", _balances),
    ("POST", "/0/private/TradeBalance"): _permitted("query-open-trades", _trade_balance),
    ("POST", "/0/private/OpenOrders"): _permitted("query-open-trades", _orders),
    ("POST", "/0/private/OpenPositions"): _permitted("query-open-trades", _positions),
    ("POST", "/0/private/DepositStatus"): _permitted("query-funds", _deposits),
    ("POST", "/0/private/WithdrawStatus"): _permitted("query-funds", _withdrawals),
}
