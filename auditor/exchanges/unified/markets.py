"""ccxt's reference data for dust: spot markets, prices and networks, no user data."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from auditor.model import amounts
from auditor.model.records import Record
from auditor.model.reference_data import Market, Network, Price

DECIMAL_PLACES, TICK_SIZE = 2, 4
MOST_PLACES = 30


def markets(ccxt: Any) -> Iterator[Record]:
    """Yield every spot market."""
    for market in ccxt.markets.values():
        if market.get("spot"):
            yield Market(
                subject=str(market["id"]),
                row={},
                base=market["base"],
                quote=market["quote"],
                live=bool(market.get("active")),
                min_amount=_minimum(market, "amount"),
                min_notional=_minimum(market, "cost"),
                lot=_lot(ccxt.precisionMode, market),
            )


def prices(ccxt: Any, tickers: Mapping[str, Any]) -> Iterator[Record]:
    """Yield the last price of every spot market."""
    for symbol, ticker in tickers.items():
        market = ccxt.markets.get(symbol)
        if market and market.get("spot"):
            last = amounts.bounded(ticker.get("last"))
            yield Price(subject=str(market["id"]), row={}, base=market["base"], quote=market["quote"], price=last)


def networks(ccxt: Any) -> Iterator[Record]:
    """Yield every network of every asset that ccxt lists with its networks."""
    for code, currency in (ccxt.currencies or {}).items():
        for name, network in (currency.get("networks") or {}).items():
            yield Network(
                subject=f"{code}:{name}",
                row={},
                asset=code,
                chain=str(name),
                can_withdraw=network.get("withdraw") is True,
                min_withdrawal=_minimum(network, "withdraw"),
                fee=amounts.bounded(network.get("fee")),
                fee_asset=code,
                can_send=False,
                min_send=None,
                reopens_at=None,
            )


def _minimum(entry: Mapping[str, Any], name: str) -> Decimal | None:
    limits = entry.get("limits") or {}
    return amounts.bounded((limits.get(name) or {}).get("min"))


def _lot(mode: int, market: Mapping[str, Any]) -> Decimal | None:
    """Return the step of an amount.

    None where ccxt counts significant digits, which are not a step.
    """
    value = amounts.bounded((market.get("precision") or {}).get("amount"))
    if value is None or mode == TICK_SIZE:
        return value
    whole = mode == DECIMAL_PLACES and value == int(value) and abs(value) < MOST_PLACES
    return Decimal(1).scaleb(-int(value)) if whole else None
