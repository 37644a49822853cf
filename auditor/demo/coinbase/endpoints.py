"""Coinbase's endpoints (docs.cdp.coinbase.com) that an audit reads, with pages of two to exercise pagination."""

from __future__ import annotations

from typing import Any

from auditor.demo.pages import page_after, page_by_offset
from auditor.demo.venue import Handler, Query

_PAGE = 2


def _by_cursor(name: str) -> Handler:
    def handler(query: Query) -> Any:
        rows, start = query.rows(), int(query.params.get("cursor") or 0)
        more = len(rows) > start + _PAGE
        cursor = str(start + _PAGE) if more else ""
        return {name: page_by_offset(rows, start, _PAGE), "has_next": more, "cursor": cursor, "size": _PAGE}

    return handler


def _by_last_id(query: Query) -> Any:
    rows = query.rows()
    page = page_after(rows, "id", query.params.get("starting_after"), _PAGE)
    following = page[-1]["id"] if page and page[-1] is not rows[-1] else None
    return {"pagination": {"limit": _PAGE, "order": "desc", "next_starting_after": following}, "data": page}


def _key(query: Query) -> Any:
    return dict(query.account.key)


def _fees(_query: Query) -> Any:
    tier = {"taker_fee_rate": "0.006", "maker_fee_rate": "0.004"}
    return {"total_volume": 0, "total_fees": 0, "fee_tier": tier}


def _futures(query: Query) -> Any:
    return {"balance_summary": next(iter(query.rows()), None)}


def _positions(query: Query) -> Any:
    return {"positions": query.rows()}


def _reference(query: Query) -> Any:
    kind = query.params.get("product_type")
    return {"products": []} if kind not in {None, "SPOT"} else query.listed[query.path]


PUBLIC = frozenset(
    {
        "/v2/currencies",
        "/v2/currencies/crypto",
        "/v2/exchange-rates",
        "/api/v3/brokerage/market/products",
    }
)
READS: dict[tuple[str, str], Handler] = {
    **{("GET", path): _reference for path in PUBLIC},
    ("GET", "/api/v3/brokerage/key_permissions"): _key,
    ("GET", "/api/v3/brokerage/transaction_summary"): _fees,
    ("GET", "/api/v3/brokerage/accounts"): _by_cursor("accounts"),
    ("GET", "/v2/accounts"): _by_last_id,
    ("GET", "/v2/accounts/*/transactions"): _by_last_id,
    ("GET", "/api/v3/brokerage/cfm/balance_summary"): _futures,
    ("GET", "/api/v3/brokerage/cfm/positions"): _positions,
    ("GET", "/api/v3/brokerage/orders/historical/batch"): _by_cursor("orders"),
}
