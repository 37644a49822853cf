"""Kraken Futures: the words of its answers in a reader's language.

Source: docs.kraken.com/api, Futures REST API, Get open orders, Get open positions, June 2026.
"""

from collections.abc import Mapping

from auditor.i18n import mark

SIDES: Mapping[str, str] = {
    "buy": mark("buy"),
    "sell": mark("sell"),
    "long": mark("long"),
    "short": mark("short"),
}
ORDER_KINDS: Mapping[str, str] = {
    "lmt": mark("limit"),
    "post": mark("post only"),
    "ioc": mark("immediate or cancel"),
    "mkt": mark("market"),
    "stp": mark("stop"),
    "stop": mark("stop"),
    "take_profit": mark("take profit"),
    "trailing_stop": mark("trailing stop"),
}
ORDER_STATES: Mapping[str, str] = {"untouched": mark("open"), "partiallyFilled": mark("partly filled")}
