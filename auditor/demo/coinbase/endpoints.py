"""Coinbase's endpoints (docs.cdp.coinbase.com) that an audit reads, with pages of two to exercise pagination."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from auditor.demo.coinbase.portfolio import breakdown, portfolios
from auditor.demo.coinbase.protocol import session
from auditor.demo.model import Row
from auditor.demo.pages import page_after, page_by_offset
from auditor.demo.venue import Handler, Query

_PAGE = 2
_SOURCE = "order_placement_source"
_DEFAULT_SOURCE = "RETAIL_ADVANCED"
BROKERAGE = "/api/v3/brokerage/"
GATEWAY = "/api/v2/"


def shown(rows: Sequence[Row]) -> list[Row]:
    """Return rows without the fields that only select them."""
    return [{name: value for name, value in row.items() if not name.startswith("@")} for row in rows]


def _size(query: Query) -> int:
    """Return the rows of a page: two, but for an account with a long history."""
    most: int = query.account.key.get("@page", _PAGE)
    return most


def _by_cursor(name: str, rows: Sequence[Row], query: Query) -> dict[str, Any]:
    start, size = int(query.params.get("cursor") or 0), _size(query)
    more = len(rows) > start + size
    cursor = str(start + size) if more else ""
    return {name: shown(page_by_offset(rows, start, size)), "has_next": more, "cursor": cursor, "size": size}


def _accounts(query: Query) -> Any:
    return _by_cursor("accounts", query.rows(), query)


def _orders(query: Query) -> Any:
    """List orders: of the advanced trade page unless another source is asked for, in every state unless one is."""
    source, state = query.params.get(_SOURCE, _DEFAULT_SOURCE), query.params.get("order_status")
    rows = [row for row in query.rows() if row.get(_SOURCE, _DEFAULT_SOURCE) == source]
    rows = [row for row in rows if state in {None, row.get("status")}]
    withheld = any("@withheld" in row for row in rows)
    page = _by_cursor("orders", [] if withheld else rows, query)
    return {**page, "sequence": "0", "proof_token_required": withheld}


def _fills(query: Query) -> Any:
    """List fills of the key's portfolio; a blank cursor ends the list."""
    page = _by_cursor("fills", query.rows(), query)
    return {"fills": page["fills"], "cursor": page["cursor"], "proof_token_required": False}


def _by_last_id(query: Query) -> Any:
    """List rows of a wallet, newest first; the address of the next page has the id of the last row."""
    number = query.params.get("account_id")
    rows = [row for row in query.rows() if row.get("@account", number) == number]
    size = _size(query)
    page = page_after(rows, "id", query.params.get("starting_after"), size)
    last = page[-1]["id"] if page and page[-1] is not rows[-1] else None
    path = query.path.replace("{account_id}", number or "")
    following = None if last is None else f"{path}?limit={size}&starting_after={last}"
    pages = {"ending_before": None, "starting_after": None, "limit": size, "order": "desc", "previous_uri": None}
    return {"pagination": {**pages, "next_uri": following, "next_starting_after": last}, "data": shown(page)}


def _key(query: Query) -> Any:
    return shown([dict(query.account.key)])[0]


def _time(_query: Query) -> Any:
    moment = datetime.now(UTC)
    milliseconds = str(int(moment.timestamp() * 1000))
    return {"iso": moment.isoformat(), "epochSeconds": milliseconds[:-3], "epochMillis": milliseconds}


def _futures(query: Query) -> Any:
    return {"balance_summary": next(iter(shown(query.rows())), None)}


def _rows_in(name: str) -> Handler:
    return lambda query: {name: shown(query.rows())}


def _products(query: Query) -> Any:
    return {"products": []} if query.params.get("product_type") not in {None, "SPOT"} else query.listed[query.path]


def _result(result: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "result": result}


def _list(query: Query) -> Any:
    return _result(shown(query.rows()))


def _login(query: Query) -> Any:
    return _result(session(query.account))


def _status(_query: Query) -> Any:
    return _result({"locked": False, "locked_currencies": []})


def _summaries(query: Query) -> Any:
    return _result({"id": 10, "type": "main", "summaries": shown(query.rows())})


def _sub_accounts(query: Query) -> Any:
    main = {"id": 10, "username": "main", "type": "main", "portfolio": {}}
    rows = [main, *shown(query.rows())]
    if query.params.get("with_portfolio") != "true":
        rows = [{name: value for name, value in row.items() if name != "portfolio"} for row in rows]
    return _result(rows)


def _wallet_path(name: str) -> tuple[str, str]:
    return "GET", f"/v2/accounts/{{account_id}}/{name}"


PUBLIC = frozenset({f"{BROKERAGE}market/products", f"{BROKERAGE}time", f"{GATEWAY}public/status"})
LOGIN = f"{GATEWAY}public/auth"
READS: dict[tuple[str, str], Handler] = {
    ("GET", f"{BROKERAGE}market/products"): _products,
    ("GET", f"{BROKERAGE}time"): _time,
    ("GET", f"{BROKERAGE}key_permissions"): _key,
    ("GET", f"{BROKERAGE}accounts"): _accounts,
    ("GET", f"{BROKERAGE}portfolios"): portfolios,
    ("GET", f"{BROKERAGE}portfolios/{{portfolio_uuid}}"): breakdown,
    ("GET", f"{BROKERAGE}orders/historical/batch"): _orders,
    ("GET", f"{BROKERAGE}orders/historical/fills"): _fills,
    ("GET", f"{BROKERAGE}cfm/balance_summary"): _futures,
    ("GET", f"{BROKERAGE}cfm/positions"): _rows_in("positions"),
    ("GET", f"{BROKERAGE}cfm/sweeps"): _rows_in("sweeps"),
    ("GET", "/v2/accounts"): _by_last_id,
    _wallet_path("transactions"): _by_last_id,
    _wallet_path("deposits"): _by_last_id,
    _wallet_path("withdrawals"): _by_last_id,
    ("POST", LOGIN): _login,
    ("POST", f"{GATEWAY}public/status"): _status,
    ("POST", f"{GATEWAY}private/get_account_summaries"): _summaries,
    ("POST", f"{GATEWAY}private/get_subaccounts"): _sub_accounts,
    ("POST", f"{GATEWAY}private/get_positions"): _list,
    ("POST", f"{GATEWAY}private/get_open_orders"): _list,
    ("POST", f"{GATEWAY}private/get_user_locks"): _list,
}
