"""Kraken: the words of its answers in a reader's language.

Source: Kraken REST API, docs.kraken.com/api, Get Open Orders, Get Open Positions, June 2026.
"""

from collections.abc import Mapping

from auditor.i18n import mark

SIDES: Mapping[str, str] = {"buy": mark("buy"), "sell": mark("sell")}

ORDER_KINDS: Mapping[str, str] = {
    "market": mark("market"),
    "limit": mark("limit"),
    "iceberg": mark("iceberg"),
    "stop-loss": mark("stop loss"),
    "take-profit": mark("take profit"),
    "stop-loss-limit": mark("stop loss, limit"),
    "take-profit-limit": mark("take profit, limit"),
    "trailing-stop": mark("trailing stop"),
    "trailing-stop-limit": mark("trailing stop, limit"),
    "settle-position": mark("settle position"),
}

ORDER_STATES: Mapping[str, str] = {"open": mark("open"), "pending": mark("pending")}
