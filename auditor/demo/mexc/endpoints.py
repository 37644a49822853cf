"""MEXC's endpoints (www.mexc.com/api-docs, spot-v3 and futures) that an audit reads."""

from __future__ import annotations

from typing import Any

from auditor.demo.mexc.history_endpoints import HISTORY
from auditor.demo.mexc.protocol import FUTURES, SPOT
from auditor.demo.pages import page_by_number
from auditor.demo.venue import Handler, Query

PRIVATE = f"{FUTURES}private/"


def data(value: Any) -> dict[str, Any]:
    """Wrap the data of an answer of futures."""
    return {"success": True, "code": 0, "data": value}


def _key(query: Query) -> Any:
    """Say what the key may do: its own row alone."""
    known = {"note": "closure audit", "createTime": "2026-09-14T18:53:36.000+00:00", "remainingValidity": 82}
    return {**known, **query.account.key}


def _uid(query: Query) -> Any:
    return {"uid": query.account.uid}


def _account(query: Query) -> Any:
    fees = dict.fromkeys(("makerCommission", "takerCommission", "buyerCommission", "sellerCommission", "updateTime"))
    may = {"canTrade": True, "canWithdraw": True, "canDeposit": True, "accountType": "SPOT"}
    return {**fees, **may, "balances": query.rows(), "permissions": ["SPOT"]}


def _coins(query: Query) -> Any:
    return query.listed["coins"]


def _symbols(query: Query) -> Any:
    known = {"timezone": "CST", "serverTime": 1_770_000_000_000, "rateLimits": [], "exchangeFilters": []}
    return {**known, "symbols": query.listed["symbols"]}


def _prices(query: Query) -> Any:
    return query.listed["prices"]


def _contracts(query: Query) -> Any:
    return data(query.listed["contracts"])


def _spot_orders(query: Query) -> Any:
    return query.rows("symbol")


def _all(query: Query) -> Any:
    return data(query.rows())


def _page(query: Query) -> Any:
    number, size = int(query.params.get("page_num", 1)), int(query.params.get("page_size", 20))
    return data(page_by_number(query.rows("symbol"), number, size))


_SPOT: dict[str, Handler] = {
    "apiKeyInfo": _key,
    "uid": _uid,
    "account": _account,
    "openOrders": _spot_orders,
    "capital/config/getall": _coins,
}
_FUTURES: dict[str, Handler] = {
    "account/assets": _all,
    "order/list/open_orders": _page,
    "position/open_positions": _all,
}
PUBLIC = frozenset({f"{SPOT}exchangeInfo", f"{SPOT}ticker/24hr", f"{FUTURES}contract/detail"})
READS: dict[tuple[str, str], Handler] = {
    ("GET", f"{SPOT}exchangeInfo"): _symbols,
    ("GET", f"{SPOT}ticker/24hr"): _prices,
    ("GET", f"{FUTURES}contract/detail"): _contracts,
    **{("GET", SPOT + path): handler for path, handler in _SPOT.items()},
    **{("GET", PRIVATE + path): handler for path, handler in _FUTURES.items()},
    **{("GET", path): handler for path, handler in HISTORY.items()},
}
