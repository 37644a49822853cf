"""Coinbase's endpoints (docs.cdp.coinbase.com) that an audit reads, with pages of two to exercise pagination."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from auditor.demo.coinbase.protocol import forbidden
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


def _portfolios(query: Query) -> Any:
    key = query.account.key
    row = {"name": "Default", "uuid": key["portfolio_uuid"], "type": key["portfolio_type"], "deleted": False}
    return {"portfolios": [row]}


def _breakdown(query: Query) -> Any:
    """Value the key's portfolio; a book of this path has the positions that the list of accounts leaves out."""
    if not query.path.endswith(f"/{query.account.key['portfolio_uuid']}"):
        raise forbidden()
    crypto, cash = (_worth(query, is_cash=is_cash) for is_cash in (False, True))
    balances = {"total_balance": crypto + cash, "total_crypto_balance": crypto, "total_cash_equivalent_balance": cash}
    balances |= dict.fromkeys(("total_futures_balance", "total_equities_balance"), Decimal(0))
    shown = {name: {"value": str(worth), "currency": "USD"} for name, worth in balances.items()}
    lists: dict[str, list[Any]] = {name: [] for name in ("perp_positions", "futures_positions", "equity_positions")}
    return {"breakdown": {"portfolio_balances": shown, "spot_positions": query.rows(), **lists}}


def _worth(query: Query, *, is_cash: bool) -> Decimal:
    """Return what the accounts hold, in dollars, by the prices of the listed products."""
    products = query.listed["/api/v3/brokerage/market/products"]["products"]
    prices = {product["product_id"]: Decimal(product["price"]) for product in products}
    rows = [row for row in query.account.rows("/api/v3/brokerage/accounts") if (row["currency"] == "USD") is is_cash]
    held = ((row, Decimal(row["available_balance"]["value"]) + Decimal(row["hold"]["value"])) for row in rows)
    worths = (one * (1 if is_cash else prices.get(f"{row['currency']}-USD", Decimal(0))) for row, one in held)
    return sum(worths, Decimal(0))


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
    ("GET", "/api/v3/brokerage/portfolios"): _portfolios,
    ("GET", "/api/v3/brokerage/portfolios/*"): _breakdown,
    ("GET", "/api/v3/brokerage/cfm/balance_summary"): _futures,
    ("GET", "/api/v3/brokerage/cfm/positions"): _positions,
    ("GET", "/api/v3/brokerage/orders/historical/batch"): _by_cursor("orders"),
}
