"""Whether an amount can be sold, on which market, and what would stay behind. Exact: nothing here rounds."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from auditor.assessment.prices import Prices
from auditor.model.amounts import ZERO, less, product, remainder
from auditor.model.reference_data import Market


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One market as a way to sell an asset, as its base or as its quote.

    ``least``: the smallest sale, in the asset, None where it cannot be told; ``sellable``: None where it cannot be
    told; ``residue``: what a sale leaves behind because of the lot size, None where unknown or not foreseeable.
    """

    market: Market
    as_base: bool
    least: Decimal | None
    sellable: bool | None
    residue: Decimal | None

    @property
    def name(self) -> str:
        """The market as people write it."""
        return f"{self.market.base}/{self.market.quote}"


class Markets:
    """The spot markets of one account, by the assets they trade."""

    def __init__(self, markets: Iterable[Market], prices: Prices) -> None:
        """Index ``markets`` by base and quote."""
        self._prices = prices
        self._by_asset: dict[str, list[Market]] = defaultdict(list)
        for market in markets:
            for asset in (market.base, market.quote):
                self._by_asset[asset].append(market)

    def __bool__(self) -> bool:
        """Whether any market was read."""
        return bool(self._by_asset)

    def ways(self, asset: str, amount: Decimal, *, live: bool = True) -> tuple[Way, ...]:
        """Every live market of the asset (or every other one) as a way to sell ``amount``."""
        chosen = (market for market in self._by_asset.get(asset, ()) if market.live is live)
        return tuple(self._way(market, amount, as_base=market.base == asset) for market in chosen)

    def _way(self, market: Market, amount: Decimal, *, as_base: bool) -> Way:
        price = self._prices.pair(market.base, market.quote)
        if not as_base:
            least = _least_as_quote(market, price)
            return Way(
                market=market, as_base=False, least=least, sellable=_as_quote(market, amount, price), residue=None
            )
        residue = remainder(amount, market.lot) if market.lot else None
        sellable = _as_base(market, amount if residue is None else less(amount, residue), price)
        return Way(market=market, as_base=True, least=_least_as_base(market, price), sellable=sellable, residue=residue)


def sellable(ways: Sequence[Way]) -> bool | None:
    """Whether any way takes the amount: None where none is known to and one cannot be told."""
    answers = {way.sellable for way in ways}
    if True in answers:
        return True
    return None if None in answers else False


def nearest(ways: Sequence[Way]) -> Way | None:
    """Choose the way with the smallest minimum in the asset."""
    known = [(way.least, way.name, way) for way in ways if way.least is not None]
    return min(known, key=lambda entry: entry[:2])[2] if known else None


def tidiest(ways: Sequence[Way]) -> Way | None:
    """Choose, of the markets that sell the asset itself, the one that leaves the least behind."""
    known = [(way.residue, way.name, way) for way in ways if way.sellable and way.residue is not None]
    return min(known, key=lambda entry: entry[:2])[2] if known else None


def _all(answers: Sequence[bool | None]) -> bool | None:
    if False in answers:
        return False
    return None if None in answers else True


def _as_base(market: Market, amount: Decimal, price: Decimal | None) -> bool | None:
    enough = None if market.min_amount is None else amount >= market.min_amount
    worth: bool | None = True
    if market.min_notional:
        worth = None if price is None else product(amount, price) >= market.min_notional
    return _all((amount > ZERO, enough, worth))


def _as_quote(market: Market, amount: Decimal, price: Decimal | None) -> bool | None:
    enough: bool | None = None
    if market.min_amount is not None and price is not None:
        enough = amount >= product(market.min_amount, price)
    worth = market.min_notional is None or amount >= market.min_notional
    return _all((enough, worth))


def _least_as_base(market: Market, price: Decimal | None) -> Decimal | None:
    """Count the smallest whole number of lots that meets both minimums."""
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
