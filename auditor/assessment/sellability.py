"""Whether an amount can be sold, on which market, and with what residue.

The arithmetic is exact: nothing is rounded.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from auditor.assessment.prices import Prices
from auditor.model.amounts import ZERO, product, remainder, subtract
from auditor.model.reference_data import Market


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleOption:
    """One market as a way to sell an asset, as its base or as its quote.

    ``least``: the smallest possible sale, in the asset, None if unknown; ``sellable``: None if unknown;
    ``residue``: what a sale leaves behind because of the lot size, None if unknown or not predictable.
    """

    market: Market
    as_base: bool
    least: Decimal | None
    sellable: bool | None
    residue: Decimal | None

    @property
    def name(self) -> str:
        """The usual name of the market: base and quote."""
        return f"{self.market.base}/{self.market.quote}"


class Markets:
    """The spot markets of one account, indexed by asset."""

    def __init__(self, markets: Iterable[Market], prices: Prices) -> None:
        """Index ``markets`` by base and quote."""
        self._prices = prices
        self._by_asset: dict[str, list[Market]] = defaultdict(list)
        for market in markets:
            for asset in (market.base, market.quote):
                self._by_asset[asset].append(market)

    def __bool__(self) -> bool:
        """Return whether any market was read."""
        return bool(self._by_asset)

    def ways(self, asset: str, amount: Decimal, *, live: bool = True) -> tuple[SaleOption, ...]:
        """Return every live market of the asset, or every closed one, as a way to sell ``amount``."""
        chosen = (market for market in self._by_asset.get(asset, ()) if market.live is live)
        return tuple(self._way(market, amount, as_base=market.base == asset) for market in chosen)

    def _way(self, market: Market, amount: Decimal, *, as_base: bool) -> SaleOption:
        price = self._prices.pair(market.base, market.quote)
        if not as_base:
            least = _least_as_quote(market, price)
            return SaleOption(
                market=market,
                as_base=False,
                least=least,
                sellable=_accepts_as_quote(market, amount, price),
                residue=None,
            )
        residue = remainder(amount, market.lot) if market.lot else None
        sellable = _accepts_as_base(market, amount if residue is None else subtract(amount, residue), price)
        return SaleOption(
            market=market, as_base=True, least=_least_as_base(market, price), sellable=sellable, residue=residue
        )


def sellable(ways: Sequence[SaleOption]) -> bool | None:
    """Return whether any market accepts the amount; None if none surely does and one might."""
    answers = {way.sellable for way in ways}
    if True in answers:
        return True
    return None if None in answers else False


def lowest_minimum(ways: Sequence[SaleOption]) -> SaleOption | None:
    """Return the way with the smallest minimum, in the asset; None if no minimum is known."""
    candidates = [(way.least, way.name, way) for way in ways if way.least is not None]
    return min(candidates, key=lambda entry: entry[:2])[2] if candidates else None


def smallest_residue(ways: Sequence[SaleOption]) -> SaleOption | None:
    """Return the way with the asset as base that leaves the smallest residue; None if unknown."""
    candidates = [(way.residue, way.name, way) for way in ways if way.sellable and way.residue is not None]
    return min(candidates, key=lambda entry: entry[:2])[2] if candidates else None


def _all(answers: Sequence[bool | None]) -> bool | None:
    """Return whether all are True; None if none is False and one is unknown."""
    if False in answers:
        return False
    return None if None in answers else True


def _accepts_as_base(market: Market, amount: Decimal, price: Decimal | None) -> bool | None:
    meets_amount = None if market.min_amount is None else amount >= market.min_amount
    meets_notional: bool | None = True
    if market.min_notional:
        meets_notional = None if price is None else product(amount, price) >= market.min_notional
    return _all((amount > ZERO, meets_amount, meets_notional))


def _accepts_as_quote(market: Market, amount: Decimal, price: Decimal | None) -> bool | None:
    meets_amount: bool | None = None
    if market.min_amount is not None and price is not None:
        meets_amount = amount >= product(market.min_amount, price)
    meets_notional = market.min_notional is None or amount >= market.min_notional
    return _all((meets_amount, meets_notional))


def _least_as_base(market: Market, price: Decimal | None) -> Decimal | None:
    """Return the smallest whole number of lots that meets both minimums, in the asset."""
    if market.min_amount is None:
        return None
    if not market.lot:
        return None if market.min_notional else market.min_amount
    needed = Fraction(market.min_amount)
    if market.min_notional:
        if price is None:
            return None
        needed = max(needed, Fraction(market.min_notional) / Fraction(price))
    lots = max(1, ceil(needed / Fraction(market.lot)))
    return product(Decimal(lots), market.lot)


def _least_as_quote(market: Market, price: Decimal | None) -> Decimal | None:
    if market.min_amount is None or price is None:
        return None
    return max(product(market.min_amount, price), market.min_notional or ZERO)
