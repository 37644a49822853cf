"""Amounts as whole numbers of their last digit, and the limits within which another amount may be drawn."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal
from math import ceil
from random import Random

EXACT = Context(prec=400)
TRIES = 40
# A figure is replaced by one of the same order, so that what it is part of keeps its number of digits.
FACTORS = (0.4, 2.5)


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount without its sign: ``units`` times the last of its ``decimals``, without zeros at the end."""

    units: int
    decimals: int

    @classmethod
    def of(cls, amount: Decimal) -> "Figure":
        """Return the figure of an amount other than zero."""
        plain = EXACT.normalize(amount.copy_abs())
        exponent = plain.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
        return cls(int(EXACT.scaleb(plain, decimals)), decimals)

    @property
    def amount(self) -> Decimal:
        """The amount."""
        return EXACT.scaleb(Decimal(self.units), -self.decimals)

    @property
    def digits(self) -> int:
        """The number of digits that are not zeros before the first other."""
        return len(str(self.units))


@dataclass(frozen=True, slots=True)
class Minimums:
    """The amounts of an asset at which an outcome changes, in order, and the steps in which it is sold."""

    limits: tuple[Decimal, ...] = ()
    lots: tuple[Decimal, ...] = ()

    def plus(self, other: "Minimums") -> "Minimums":
        """Return both."""
        return Minimums(tuple(sorted({*self.limits, *other.limits})), (*self.lots, *other.lots))


@dataclass(frozen=True, slots=True)
class Bounds:
    """The figures that may stand for another: as many digits, the same side of each limit, whole lots or not."""

    figure: Figure
    low: int
    high: int
    step: int
    odd_lots: tuple[Decimal, ...] = ()

    @classmethod
    def of(cls, figure: Figure, minimums: Minimums) -> "Bounds":
        """Return the bounds of a figure."""
        low, high = 10 ** (figure.digits - 1), 10**figure.digits - 1
        at = bisect_right(minimums.limits, figure.amount)
        if at:
            low = max(low, _units(minimums.limits[at - 1], figure))
        if at < len(minimums.limits):
            high = min(high, _units(minimums.limits[at], figure) - 1)
        whole = [lot for lot in minimums.lots if not _rest(figure, lot)]
        odd = tuple(lot for lot in minimums.lots if _rest(figure, lot))
        step = max([1, *(ceil(EXACT.scaleb(lot, figure.decimals)) for lot in whole)])
        return cls(figure, low, high, step if not figure.units % step else 1, odd)

    def draw(self, random: Random) -> Figure:
        """Return another figure within the bounds; the figure itself where there is no other."""
        low, high = -(-self.low // self.step), self.high // self.step
        for _attempt in range(TRIES if low < high else 0):
            factor = random.uniform(*FACTORS)
            drawn = self.near(Decimal(self.figure.units) * Decimal(repr(round(factor, 9))), random)
            if drawn != self.figure and self.allow(drawn):
                return drawn
        return self.figure

    def near(self, units: Decimal, random: Random | None = None) -> Figure:
        """Return the figure within the bounds that is nearest to so many units; any, where that is beyond them."""
        low, high = -(-self.low // self.step), self.high // self.step
        wanted = round(units / self.step)
        if random is not None and not low <= wanted <= high:
            wanted = random.randint(low, high)
        whole = min(max(wanted, low), high) * self.step
        odd = self.figure.decimals and not whole % 10 and self.step == 1
        return Figure(whole + (1 if odd and whole < self.high else -1 if odd else 0), self.figure.decimals)

    def allow(self, drawn: Figure) -> bool:
        """Return whether a figure may stand for this one."""
        if not self.low <= drawn.units <= self.high or drawn.units % self.step:
            return False
        if drawn.decimals != self.figure.decimals or (drawn.decimals and not drawn.units % 10):
            return False
        return all(_rest(drawn, lot) for lot in self.odd_lots)


def _rest(figure: Figure, lot: Decimal) -> Decimal:
    return EXACT.remainder(figure.amount, lot)


def _units(amount: Decimal, figure: Figure) -> int:
    return ceil(EXACT.scaleb(amount, figure.decimals))


@dataclass(slots=True)
class Survey:
    """The amounts of all answers: the assets that each was seen with, and what must hold between them."""

    assets: dict[Figure, set[str]] = field(default_factory=dict)
    sums: dict["Sum", int] = field(default_factory=dict)
    ratios: list["Ratio"] = field(default_factory=list)

    def add(self, amount: Decimal, assets: Iterable[str]) -> Figure:
        """Note an amount other than zero."""
        figure = Figure.of(amount)
        self.assets.setdefault(figure, set()).update(assets)
        return figure


Sum = tuple[tuple[Figure, int], ...]
"""Amounts with factors whose sum is zero."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A value that follows from other amounts by their prices: it is replaced in proportion."""

    total: Figure
    parts: tuple[tuple[Figure, Decimal], ...]

    def value(self, chosen: Mapping[Figure, Figure]) -> Decimal | None:
        """Return the units of the new total; None where its parts are worth nothing."""
        before = sum((EXACT.multiply(part.amount, weight) for part, weight in self.parts), Decimal(0))
        after = sum((EXACT.multiply(chosen[part].amount, weight) for part, weight in self.parts), Decimal(0))
        return None if not before else EXACT.divide(EXACT.multiply(Decimal(self.total.units), after), before)
