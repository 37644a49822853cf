"""The course of a balance for a picture: a bounded number of stretches, however many rows there are.

No peak is lost: a stretch keeps the lowest and the highest balance of all its rows.
"""

from dataclasses import dataclass, field
from decimal import Decimal

MOST_STRETCHES = 240
"""An even number: full stretches are put together in pairs."""


@dataclass(slots=True)
class Stretch:
    """Rows that follow one another, from ``since`` to ``until`` (Unix ms), and the balance after the last of them."""

    since: int
    until: int
    lowest: Decimal
    highest: Decimal
    last: Decimal

    def take(self, time: int, balance: Decimal) -> None:
        """Take the next row. A ledger has millions: a comparison is less than `min` and `max`."""
        self.until, self.last = time, balance
        if balance < self.lowest:
            self.lowest = balance
        elif balance > self.highest:
            self.highest = balance

    def join(self, other: "Stretch") -> None:
        """Take what follows into this stretch."""
        self.until, self.last = other.until, other.last
        self.lowest, self.highest = min(self.lowest, other.lowest), max(self.highest, other.highest)


@dataclass(slots=True)
class Curve:
    """The balance after each row, or of two, four, eight rows together: the more, the more rows there are."""

    stretches: list[Stretch] = field(default_factory=list)
    _latest: Stretch = field(init=False)
    _every: int = 1
    _left: int = 0

    def add(self, time: int, balance: Decimal) -> None:
        """Take the next row."""
        if self._left:
            self._left -= 1
            self._latest.take(time, balance)
            return
        if len(self.stretches) == MOST_STRETCHES:
            self._halve()
        self._latest = Stretch(time, time, balance, balance, balance)
        self.stretches.append(self._latest)
        self._left = self._every - 1

    def rise(self, amount: Decimal) -> None:
        """Count what was there before the first row in every balance."""
        for one in self.stretches:
            one.lowest, one.highest, one.last = one.lowest + amount, one.highest + amount, one.last + amount

    def _halve(self) -> None:
        for first, second in zip(self.stretches[::2], self.stretches[1::2], strict=True):
            first.join(second)
        self.stretches = self.stretches[::2]
        self._every *= 2
