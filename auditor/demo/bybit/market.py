"""Bybit's public data: markets, prices, coins, the time and maintenance."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from auditor.demo.amounts import read_amount
from auditor.demo.bybit.lists import listed
from auditor.demo.bybit.protocol import refusal, result
from auditor.demo.bybit.spec import Endpoint, Page
from auditor.demo.venue import Query, read_reference

LISTED = read_reference(__file__)
_QUOTE, _DOLLARS = "USDT", frozenset({"USD", "USDT", "USDC"})
INSTRUMENTS, TICKERS = "/v5/market/instruments-info", "/v5/market/tickers"
_PAGED = Endpoint(page=Page(default=500, most=1000))


def price(coin: str) -> Decimal | None:
    """Return what a coin is worth in USD, None for one without a market."""
    if coin in _DOLLARS:
        return Decimal(1)
    found = [row["lastPrice"] for row in LISTED[TICKERS]["spot"] if row["symbol"] == coin + _QUOTE]
    return read_amount(found[0]) if found else None


def market(query: Query) -> Any:
    """Answer the markets or prices of a category; only contracts come in pages."""
    category = query.params.get("category", "")
    if category not in {"spot", "linear", "inverse", "option"}:
        raise refusal(10001, "params error: category is invalid")
    rows = LISTED[query.path].get(category, [])
    if category == "spot" or query.path == TICKERS:
        return result({"category": category, "list": rows, "nextPageCursor": ""})
    account = query.account.with_rows(query.path, rows)
    return result({"category": category, **listed(Query(query.path, query.params, account), _PAGED, 0)})


def coins(query: Query) -> Any:
    """Answer the coins and their networks."""
    return result({"rows": LISTED[query.path]})
