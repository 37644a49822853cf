"""The demo's markets as Binance shows them: symbols with filters, prices, coins and networks."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from auditor.demo.model import Row

_FILE = Path(__file__).parent / "reference.json"


@cache
def symbols() -> tuple[Row, ...]:
    """List every symbol with the fields and filters of `exchangeInfo`."""
    return tuple(_symbol(*entry) for entry in _load()["symbols"])


def _symbol(base: str, quote: str, _price: str, step: str, least: str, notional: str, status: str) -> Row:  # noqa: PLR0917 - one entry of the file
    filters = [
        {"filterType": "PRICE_FILTER", "minPrice": "0.00000001", "maxPrice": "1000000", "tickSize": "0.00000001"},
        {"filterType": "LOT_SIZE", "minQty": least, "maxQty": "9000000", "stepSize": step},
        {"filterType": "NOTIONAL", "minNotional": notional, "applyMinToMarket": True, "maxNotional": "9000000"},
    ]
    precision = {"baseAssetPrecision": 8, "quotePrecision": 8, "quoteAssetPrecision": 8}
    may = {"isSpotTradingAllowed": status == "TRADING", "isMarginTradingAllowed": True, "permissions": []}
    names = {"symbol": base + quote, "status": status, "baseAsset": base, "quoteAsset": quote}
    return {**names, **precision, **may, "orderTypes": ["LIMIT", "MARKET"], "filters": filters}


def prices() -> list[Row]:
    """Return the last price of every symbol."""
    return [{"symbol": entry[0] + entry[1], "price": entry[2]} for entry in _load()["symbols"]]


@cache
def assets() -> tuple[str, ...]:
    """List every asset that is traded."""
    return tuple(dict.fromkeys(name for entry in _load()["symbols"] for name in entry[:2]))


def coins() -> list[Row]:
    """List every coin with its networks, as `capital/config/getall` does."""
    return [_coin(asset) for asset in assets()]


def _coin(asset: str) -> Row:
    networks = [_network(*entry) for entry in _load()["networks"] if entry[0] == asset]
    nothing = dict.fromkeys(("free", "locked", "freeze", "withdrawing", "ipoing", "ipoable", "storage"), "0")
    return {"coin": asset, "name": asset, "trading": True, "isLegalMoney": False, **nothing, "networkList": networks}


def _network(coin: str, network: str, least: str, fee: str, opened: bool) -> Row:
    amounts = {"withdrawMin": least, "withdrawFee": fee, "withdrawInternalMin": "0.00000001"}
    return {"coin": coin, "network": network, "withdrawEnable": opened, "depositEnable": opened, **amounts}


def price(asset: str, unit: str) -> Decimal | None:
    """Price one asset in another by way of dollars; None where nothing leads there."""
    one, other = _dollars(asset), _dollars(unit)
    return one / other if one is not None and other else None


@cache
def _dollars(asset: str) -> Decimal | None:
    if asset in {"USDT", "USD", "BFUSD", "RWUSD"}:
        return Decimal(1)
    for base, quote, last, *_rest in _load()["symbols"]:
        if base == asset:
            through = _dollars(quote)
            return None if through is None else Decimal(last) * through
    return None


@cache
def _load() -> Any:
    return json.loads(_FILE.read_text(encoding="utf-8"))
