"""The benchmark cases: accounts of the embedded exchange, from an empty one to two hundred."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from auditor.demo import Account, account
from auditor.demo.okx.story import story_account

Row = dict[str, object]
MARKETS, ORDERS, FEW, MANY = 700, 1000, 50, 200
COPIED = {"accounts": "empty", "krakenfutures": "krakenfutures-empty", "binance": "binance-empty"}
"""Accounts of which a case may have any number: many requests, few (15), and limits by address."""
EVENTS = 30_000
"""Of a history: some 25,000 rows of the Funding ledger, and as many of Trading."""


@dataclass(frozen=True, slots=True)
class Case:
    """One benchmark.

    ``several``: accounts with a key each; ccxt is then timed without rate limits.

    ``slow``: ccxt's throttle needs many minutes for it, so ccxt is timed only on request.
    """

    name: str
    accounts: Callable[[], list[Account]]
    exchange: str = "okx"
    several: bool = False
    slow: bool = False


def _named(name: str) -> Callable[[], list[Account]]:
    return lambda: [account(name)]


def _copies(count: int, name: str = "empty") -> Callable[[], list[Account]]:
    return lambda: [_copy(account(name), number) for number in range(count)]


def _copy(one: Account, number: int) -> Account:
    uid, key = str(710000000000000000 + number), f"demo-{number}"
    numbered = replace(one, name=f"number-{number}", uid=uid, main_uid=uid, apikey=f"{key}-apikey")
    if one.exchange == "krakenfutures":  # its secret is a key in base64
        return numbered
    return replace(numbered, secret=f"{key}-secret", passphrase=f"{key}-passphrase")


def _with_markets() -> list[Account]:
    shape = {"instType": "SPOT", "quoteCcy": "USDT", "state": "live", "tickSz": "0.01", "lotSz": "0.001", "minSz": "1"}
    rows: list[Row] = [{**shape, "baseCcy": f"C{n}", "instId": f"C{n}-USDT"} for n in range(MARKETS)]
    return [account("dust").with_rows("account/instruments", rows)]


def _with_orders() -> list[Account]:
    shape = {"instId": "BTC-USDT", "instType": "SPOT", "ordType": "limit", "side": "sell", "sz": "0.001"}
    rows: list[Row] = [{**shape, "ordId": str(900000 + n), "state": "live", "px": "90000"} for n in range(ORDERS)]
    return [account("empty").with_rows("trade/orders-pending", rows)]


def _with_history() -> list[Account]:
    return [story_account(account("empty"), time.time(), events=EVENTS, days=80)]


CASES = (
    Case("empty", _named("empty")),
    Case("messy", _named("messy")),
    Case(f"{MARKETS} markets", _with_markets),
    Case(f"{ORDERS} orders", _with_orders),
    Case("binance empty", _named("binance-empty"), exchange="binance", slow=True),
    Case("binance messy", _named("binance-messy"), exchange="binance", slow=True),
    *(
        Case(f"{name} empty", _named(f"{name}-empty"), exchange=name, slow=True)
        for name in ("bybit", "kraken", "krakenfutures", "coinbase", "kucoin")
    ),
    Case(f"{FEW} accounts", _copies(FEW), several=True),
    Case(f"{MANY} accounts", _copies(MANY), several=True),
)
TINY = Case("tiny", _copies(1, "plain"))
ARCHIVE = Case("archive", _with_history)
"""Not audited: see `benchmarks.archive`."""


def find(name: str) -> Case:
    """Return the case of that name, or of so many accounts, such as ``500 accounts`` or ``9 binance``.

    Raises KeyError.
    """
    number, _space, kind = name.partition(" ")
    if number.isdigit() and kind in COPIED:
        copied = account(COPIED[kind])
        return Case(name, _copies(int(number), copied.name), exchange=copied.exchange, several=True)
    return {case.name: case for case in (*CASES, TINY, ARCHIVE)}[name]
