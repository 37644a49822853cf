"""Binance's endpoints about the history of margin: capital flow, interest, loans, transfers, trades and orders.

Source: https://developers.binance.com/docs/margin_trading (2026). Without a symbol the rows of the cross account are
given, with one those of an isolated account.
"""

from __future__ import annotations

from typing import Any

from auditor.demo.binance.query import BinanceQuery, list_rows
from auditor.demo.binance.spec import CURRENT, MARGIN, Endpoint, TimeWindow

QUARTER_YEAR = 90
"""Days that Binance keeps some lists."""
TOO_LONG = -4047
_MARGIN: dict[str, Any] = {"product": MARGIN, "product_code": -3003}
_ROWS: dict[str, Any] = {"pages": CURRENT, "within": "rows", "total": True, **_MARGIN}
_PAIR = ("isolatedSymbol",)
MARGIN_HISTORY = (
    Endpoint(
        "sapi/v1/margin/capital-flow",
        100,
        params=("symbol", "fromId", "limit"),
        filters={"asset": "asset", "type": "type"},
        window=TimeWindow("timestamp", days=7, default=7, code=TOO_LONG),
        reach=QUARTER_YEAR,
        most=1000,
        **_MARGIN,
    ),
    Endpoint(
        "sapi/v1/margin/interestHistory",
        1,
        params=_PAIR,
        filters={"asset": "asset"},
        window=TimeWindow("interestAccuredTime", days=30, default=7),
        reach=QUARTER_YEAR,
        **_ROWS,
    ),
    Endpoint(
        "sapi/v1/margin/borrow-repay",
        10,
        required=("type",),
        params=_PAIR,
        filters={"type": "@type", "asset": "asset"},
        window=TimeWindow("timestamp", days=7, default=7),
        **_ROWS,
    ),
    Endpoint(
        "sapi/v1/margin/transfer",
        1,
        params=_PAIR,
        filters={"type": "type", "asset": "asset"},
        window=TimeWindow("timestamp", days=30, default=7),
        **_ROWS,
    ),
    *(
        Endpoint(
            f"sapi/v1/margin/{name}",
            weight,
            required=("symbol",),
            params=("isIsolated", cursor, "limit"),
            filters={"symbol": "symbol"},
            **_MARGIN,
        )
        for name, weight, cursor in (("myTrades", 10, "fromId"), ("allOrders", 200, "orderId"))
    ),
)
ACCOUNTS = {
    "sapi/v1/margin/capital-flow": "symbol",
    "sapi/v1/margin/interestHistory": "isolatedSymbol",
    "sapi/v1/margin/borrow-repay": "isolatedSymbol",
    "sapi/v1/margin/transfer": "isolatedSymbol",
}
"""The parameter that names an isolated account, by path."""


def of_account(query: BinanceQuery) -> Any:
    """Return the rows of the account that is asked for."""
    name = ACCOUNTS[query.path]
    wanted = query.params.get(name, "")
    return list_rows(query, [row for row in query.select() if row.get(name, "") == wanted])


def isolated_or_not(query: BinanceQuery) -> list[Any]:
    """Return the trades or orders of isolated accounts, or of the cross account."""
    wanted = query.params.get("isIsolated", "FALSE").upper() == "TRUE"
    return [row for row in query.select() if row.get("isIsolated", False) is wanted]
