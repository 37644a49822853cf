"""Kraken's endpoints (docs.kraken.com/api) that an audit reads, with the right that each needs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from auditor.demo.kraken.protocol import refusal, result
from auditor.demo.model import Row
from auditor.demo.pages import is_whole, page_by_offset
from auditor.demo.venue import Handler, Query

_CLASSES = ("currency", "tokenized_asset")
_CLASS = {"/0/public/Assets": "aclass", "/0/public/AssetPairs": "aclass_base", "/0/public/Ticker": "asset_class"}
"""The parameter by which each public list is asked for another class of assets."""
_PAGE = 50
_FIRST = "true"
"""The value of `cursor` that asks for pages, from the first one."""
_NEVER_FUNDED = "never funded"
"""The one field of a row that stands in the books of balances of an account that never had any."""
_NO_MARGIN = dict.fromkeys(("eb", "tb", "m", "n", "c", "v", "e", "mf"), "0.0000")


def _reference(query: Query) -> Any:
    """Answer what is known of one class of assets, currencies unless the query names another."""
    wanted = query.params.get(_CLASS[query.path], _CLASSES[0])
    if wanted not in _CLASSES:
        raise refusal("EGeneral:Invalid arguments")
    return result(query.listed[query.path if wanted == _CLASSES[0] else f"{query.path} {wanted}"])


def _permitted(handler: Handler, *rights: str) -> Handler:
    """Answer only a key that has one of these rights."""

    def check(query: Query) -> Any:
        if not set(rights) & set(query.account.key["permissions"]):
            raise refusal("EGeneral:Permission denied")
        return handler(query)

    return check


def _key(query: Query) -> Any:
    return result({"apiKey": query.account.apikey, **query.account.key})


def _status(_query: Query) -> Any:
    return result({"status": "online", "timestamp": "2026-06-01T00:00:00Z"})


def _keyed(field: str, query: Query) -> Row:
    """Return the rows as one object, by a field that they then lack."""
    return {row.pop(field): row for row in query.rows()}


def _never_funded(query: Query) -> bool:
    """Return whether the book says that this account never had any funding: it then answers without a result."""
    return any(_NEVER_FUNDED in row for row in query.rows())


def _extended_balances(query: Query) -> Any:
    return {"error": []} if _never_funded(query) else result(_keyed("asset", query))


def _balances(query: Query) -> Any:
    """Answer mere figures."""
    return {"error": []} if _never_funded(query) else result({row["asset"]: row["balance"] for row in query.rows()})


def _trade_balance(query: Query) -> Any:
    """Answer the book's figures, zeros without one: the demo does not value what an account holds."""
    return result({**_NO_MARGIN, **next(iter(query.rows()), {})})


def _credit_lines(query: Query) -> Any:
    """Answer null for an account without a credit line."""
    lines = _keyed("asset", query)
    return result({"asset_details": lines, "limits_monitor": {}} if lines else None)


def _orders(query: Query) -> Any:
    return result({"open": _keyed("txid", query)})


def _positions(query: Query) -> Any:
    return result(_keyed("txid", query))


def _ledger(query: Query) -> Any:
    return _by_offset("ledger", "id", query, _of_class(query))


def _trades(query: Query) -> Any:
    return _by_offset("trades", "txid", query, query.rows())


def _closed_orders(query: Query) -> Any:
    return _by_offset("closed", "txid", query, query.rows())


def _by_offset(name: str, key: str, query: Query, rows: list[Row]) -> Any:
    """Answer 50 rows after an offset, of those after `start` and up to `end`, the newest first, in an object."""
    since, until = (query.params.get(edge) for edge in ("start", "end"))
    found = [row for row in rows if since is None or _time(row) > float(since)]
    found = [row for row in found if until is None or _time(row) <= float(until)]
    page = page_by_offset(found, int(query.params.get("ofs", "0")), _PAGE)
    return result({name: {row.pop(key): row for row in page}, "count": len(found)})


def _time(row: Row) -> float:
    return float(row["time"] if "time" in row else row["closetm"])


def _of_class(query: Query) -> list[Row]:
    """Return the rows of the asset class that the query asks for, currencies unless it names one."""
    wanted = query.params.get("aclass", _CLASSES[0])
    if wanted not in _CLASSES:
        raise refusal("EGeneral:Invalid arguments:aclass")
    return [row for row in query.rows() if row.get("aclass", _CLASSES[0]) == wanted]


def _recent(name: str, size: int) -> Handler:
    """Answer deposits or withdrawals, newest first: in pages only to a query that names a cursor."""

    def handler(query: Query) -> Any:
        rows, cursor = _of_class(query), query.params.get("cursor")
        count = int(query.params.get("limit", size))
        if cursor is None or cursor == "false":
            return result(page_by_offset(rows, 0, count))
        if cursor != _FIRST and not is_whole(cursor):
            raise refusal("EGeneral:Invalid arguments:cursor")
        start = 0 if cursor == _FIRST else int(cursor)
        more = len(rows) > start + count
        following = str(start + count) if more else None
        return result({name: page_by_offset(rows, start, count), "next_cursor": following})

    return handler


def _allocations(query: Query) -> Any:
    """Answer the allocations with their total, which the demo makes of what the rows say."""
    items = query.rows()
    worth = sum((_worth(item) for item in items), Decimal("0.0000"))
    totals = {"total_allocated": str(worth), "total_rewarded": "0.0000"}
    return result({"converted_asset": "USD", **totals, "items": items})


def _strategies(query: Query) -> Any:
    """Answer the strategies in one page, whatever its cursor says."""
    return result({"next_cursor": "2", "items": query.rows()})


def _worth(item: Row) -> Decimal:
    """Return the worth of an allocation, 0 for one that says none."""
    allocated = item.get("amount_allocated")
    whole = allocated.get("total") if isinstance(allocated, dict) else None
    converted = whole.get("converted") if isinstance(whole, dict) else None
    return Decimal(converted) if isinstance(converted, str) and is_whole(converted.replace(".", "", 1)) else Decimal(0)


def _operation(query: Query) -> Any:
    """Answer whether an operation of a strategy is under way."""
    if "strategy_id" not in query.params:
        raise refusal("EGeneral:Invalid arguments:strategy_id")
    return result({"pending": any(row["pending"] for row in query.rows("strategy_id"))})


_FUNDS, _OPEN, _LEDGER = "query-funds", "query-open-trades", "query-ledger"
_CLOSED = "query-closed-trades"
_EARN = (_FUNDS, "earn-funds")
LISTED = frozenset(f"/0/public/{name}" for name in ("Assets", "AssetPairs", "Ticker"))
PUBLIC = LISTED | {"/0/public/SystemStatus"}
READS: dict[tuple[str, str], Handler] = {
    **{("GET", path): _reference for path in LISTED},
    ("GET", "/0/public/SystemStatus"): _status,
    ("POST", "/0/private/GetApiKeyInfo"): _key,
    ("POST", "/0/private/BalanceEx"): _permitted(_extended_balances, _FUNDS),
    ("POST", "/0/private/Balance"): _permitted(_balances, _FUNDS),
    ("POST", "/0/private/TradeBalance"): _permitted(_trade_balance, _OPEN),
    ("POST", "/0/private/CreditLines"): _permitted(_credit_lines, _FUNDS),
    ("POST", "/0/private/Ledgers"): _permitted(_ledger, _LEDGER),
    ("POST", "/0/private/TradesHistory"): _permitted(_trades, _CLOSED),
    ("POST", "/0/private/ClosedOrders"): _permitted(_closed_orders, _CLOSED),
    ("POST", "/0/private/Earn/Allocations"): _permitted(_allocations, *_EARN),
    ("POST", "/0/private/Earn/Strategies"): _strategies,
    ("POST", "/0/private/Earn/AllocateStatus"): _permitted(_operation, *_EARN),
    ("POST", "/0/private/Earn/DeallocateStatus"): _permitted(_operation, *_EARN),
    ("POST", "/0/private/OpenOrders"): _permitted(_orders, _OPEN),
    ("POST", "/0/private/OpenPositions"): _permitted(_positions, _OPEN),
    ("POST", "/0/private/DepositStatus"): _permitted(_recent("deposits", 25), _FUNDS),
    ("POST", "/0/private/WithdrawStatus"): _permitted(_recent("withdrawals", 500), _LEDGER, "withdraw-funds"),
}
