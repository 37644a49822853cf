"""Prices from one pass, in US dollars by way of the stablecoins and pairs that the exchange lists."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from auditor.amounts import product
from auditor.snapshot import Price

# Quotes that stand for a dollar, nearest first: exchanges list few pairs in dollars themselves.
DOLLARS = ("USD", "USDT", "USDC")
STEPS = (*DOLLARS, "BTC", "ETH")


class Prices:
    """Last prices by (base, quote)."""

    def __init__(self, prices: Iterable[Price]) -> None:
        """Index ``prices``; pairs without a trade are left out."""
        self._by_pair = {(p.base, p.quote): p.price for p in prices if p.price}

    def __bool__(self) -> bool:
        """Say whether any price was read."""
        return bool(self._by_pair)

    def usd(self, asset: str) -> Decimal | None:
        """Give dollars per unit of ``asset``, or None where no listed pair leads to one."""
        return next(self._routes(asset), None)

    def pair(self, base: str, quote: str) -> Decimal | None:
        """Give the last price of that very market."""
        return self._by_pair.get((base, quote))

    def _routes(self, asset: str) -> Iterator[Decimal]:
        if asset in DOLLARS:
            yield Decimal(1)
        for step in STEPS:
            first = self.pair(asset, step)
            second = Decimal(1) if step in DOLLARS else self._dollar(step)
            if first is not None and second is not None:
                yield product(first, second)

    def _dollar(self, step: str) -> Decimal | None:
        return next((price for quote in DOLLARS if (price := self.pair(step, quote))), None)
