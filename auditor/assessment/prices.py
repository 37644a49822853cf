"""Prices of one pass in US dollars, by way of listed pairs and stablecoins.

Results are exact fractions.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from auditor.model.reference_data import Price

# Quotes that count as one dollar, closest first: exchanges list few pairs in US dollars.
DOLLARS = ("USD", "USDT", "USDC")
STEPS = (*DOLLARS, "BTC", "ETH")


class Prices:
    """Last prices by (base, quote)."""

    def __init__(self, prices: Iterable[Price], name: Callable[[str], str] = str) -> None:
        """Index ``prices``; pairs without a trade are left out. ``name``: returns the usual name of a coin."""
        self._by_pair = {(name(p.base), name(p.quote)): p.price for p in prices if p.price and p.price > 0}

    def __bool__(self) -> bool:
        """Return whether any price was read."""
        return bool(self._by_pair)

    def usd(self, asset: str) -> Fraction | None:
        """Return dollars per unit of ``asset``; None if no listed pairs lead to dollars."""
        return next(self._routes(asset), None)

    def pair(self, base: str, quote: str) -> Decimal | None:
        """Return the last price of exactly this market, in ``quote``; None if not read."""
        return self._by_pair.get((base, quote))

    def _routes(self, asset: str) -> Iterator[Fraction]:
        """Yield the price by each route of one or two steps to dollars.

        Markets with the asset as base come first, then those with the asset as quote.
        """
        if asset in DOLLARS:
            yield Fraction(1)
        steps = [(step, dollars) for step in STEPS if (dollars := self._dollars(step)) is not None]
        yield from (Fraction(price) * dollars for step, dollars in steps if (price := self.pair(asset, step)))
        yield from (dollars / Fraction(price) for step, dollars in steps if (price := self.pair(step, asset)))

    def _dollars(self, step: str) -> Fraction | None:
        if step in DOLLARS:
            return Fraction(1)
        return next((Fraction(price) for quote in DOLLARS if (price := self.pair(step, quote))), None)
