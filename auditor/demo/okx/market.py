"""The demo's own markets: instruments, tickers, currencies, and the prices derived from them."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from typing import Any

from auditor.demo.model import Row
from auditor.demo.okx.protocol import REFERENCE

_DOLLARS = ("USD", "USDT")


@cache
def instruments() -> tuple[Row, ...]:
    """List every instrument, with the fields of https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-instruments."""
    data = _load("instruments.json")
    return tuple({**data["defaults"], **data[kind], **row} for kind in ("SPOT", "SWAP") for row in data[f"{kind} rows"])


def tickers(now_ms: str) -> list[Row]:
    """Return a ticker of every instrument that trades, with bid and ask one tick around the last price."""
    return [_ticker(row, now_ms) for row in instruments() if row["instId"] in _last()]


@cache
def currencies() -> tuple[Row, ...]:
    """List currencies and chains, as https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-currencies does."""
    data = _load("currencies.json")
    return tuple({**data["defaults"], **row} for row in data["rows"])


def price(ccy: str, unit: str = "BTC") -> Decimal | None:
    """Price a currency in BTC, USD, USDT, EUR or another priced currency.

    None if it trades against nothing.
    """
    one, other = _in_dollars(ccy), _in_dollars(unit)
    return one / other if one is not None and other else None


@cache
def _in_dollars(ccy: str) -> Decimal | None:
    if ccy in _DOLLARS:
        return Decimal(1)
    last = _last()
    if f"{ccy}-USDT" in last:
        return Decimal(last[f"{ccy}-USDT"])
    if f"BTC-{ccy}" in last:
        return Decimal(last["BTC-USDT"]) / Decimal(last[f"BTC-{ccy}"])
    return None


def _ticker(row: Row, now_ms: str) -> Row:
    last, tick = Decimal(_last()[row["instId"]]), Decimal(row["tickSz"])
    bid, ask = format(max(last - tick, tick), "f"), format(last + tick, "f")
    names = ("last", "open24h", "high24h", "low24h", "sodUtc0", "sodUtc8")
    figures = {name: format(last, "f") for name in names}
    volume = {"lastSz": "1", "askSz": "25", "bidSz": "31", "volCcy24h": "740000", "vol24h": "5200"}
    ids = {"instType": row["instType"], "instId": row["instId"], "ts": now_ms}
    return ids | figures | volume | {"askPx": ask, "bidPx": bid}


def _last() -> dict[str, str]:
    last: dict[str, str] = _load("tickers.json")
    return last


@cache
def _load(name: str) -> Any:
    return json.loads((REFERENCE / name).read_text(encoding="utf-8"))
