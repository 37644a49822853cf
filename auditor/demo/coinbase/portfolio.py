"""Coinbase's portfolios and their breakdown, valued by the prices of the listed products."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from auditor.demo.coinbase.protocol import forbidden
from auditor.demo.model import Row
from auditor.demo.venue import Query

_ACCOUNTS, _FUTURES = "/api/v3/brokerage/accounts", "/api/v3/brokerage/cfm/balance_summary"
_PRODUCTS = "/api/v3/brokerage/market/products"
_LIST = "@list"
_LISTS = ("spot_positions", "perp_positions", "futures_positions", "prediction_markets_positions", "equity_positions")
_ROUNDED = Decimal("1e-8")


def portfolios(query: Query) -> Any:
    """List every portfolio of the user, whatever the key."""
    key = query.account.key
    own = {"name": "Default", "uuid": key["portfolio_uuid"], "type": key["portfolio_type"], "deleted": False}
    return {"portfolios": [own, *query.rows()]}


def breakdown(query: Query) -> Any:
    """Break down the key's portfolio: accounts, rounded, and what its book has beside them, each in its list.

    Raises RefusedError for another portfolio.
    """
    key = query.account.key
    if query.params.get("portfolio_uuid") != key["portfolio_uuid"]:
        raise forbidden()
    rows: dict[str, list[Row]] = {name: [] for name in _LISTS}
    rows["spot_positions"] = [_position(row) for row in query.account.rows(_ACCOUNTS) if _held(row)]
    for row in query.rows():
        shown = {name: value for name, value in row.items() if not name.startswith("@")}
        rows[row.get(_LIST, "spot_positions")].append(shown)
    own = {"name": "Default", "uuid": key["portfolio_uuid"], "type": key["portfolio_type"], "deleted": False}
    return {"breakdown": {"portfolio": own, "portfolio_balances": _balances(query, rows), **rows}}


def _held(row: Row) -> Decimal:
    return _number(row["available_balance"]["value"]) + _number(row["hold"]["value"])


def _number(text: object) -> Decimal:
    """Read an amount; 0 for what is none, as tests put it there."""
    try:
        return Decimal(str(text))
    except InvalidOperation:
        return Decimal(0)


def _position(row: Row) -> Row:
    kind = row["type"].replace("CRYPTO", "WALLET")
    figure = float(_held(row).quantize(_ROUNDED))
    return {
        "asset": row["currency"],
        "account_uuid": row["uuid"],
        "account_type": kind,
        "total_balance_crypto": figure,
        "is_cash": row["currency"] == "USD",
    }


def _balances(query: Query, rows: dict[str, list[Row]]) -> Row:
    prices = {row["product_id"]: Decimal(row["price"]) for row in query.listed[_PRODUCTS]["products"]}
    worth = {True: Decimal(0), False: Decimal(0)}
    for row in rows["spot_positions"]:
        price = Decimal(1) if row["asset"] == "USD" else prices.get(f"{row['asset']}-USD", Decimal(0))
        worth[row["asset"] == "USD"] += _number(row["total_balance_crypto"]) * price
    cash = sum((_number(row["cfm_usd_balance"]["value"]) for row in query.account.rows(_FUTURES)), Decimal(0))
    stocks = sum((_number(row["total_balance_fiat"]["value"]) for row in rows["equity_positions"]), Decimal(0))
    parts = {
        "total_futures_balance": cash,
        "total_cash_equivalent_balance": worth[True],
        "total_crypto_balance": worth[False],
        "total_equities_balance": stocks,
    }
    none = dict.fromkeys(("futures_unrealized_pnl", "perp_unrealized_pnl"), Decimal(0))
    figures = {"total_balance": sum(parts.values(), Decimal(0)), **parts, **none}
    return {name: {"value": f"{figure:f}", "currency": "USD"} for name, figure in figures.items()}
