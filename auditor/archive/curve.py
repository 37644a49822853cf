"""The course of a balance for a picture: a bounded number of points, however many rows there are."""

from dataclasses import dataclass, field
from decimal import Decimal

MOST_POINTS = 240
Point = tuple[int, Decimal]
"""Unix milliseconds and the balance from then on."""


@dataclass(slots=True)
class Curve:
    """The balance after each row, or after every second, fourth, eighth one.

    The fewer, the more rows there are; the last one always.
    """

    _points: list[Point] = field(default_factory=list)
    _last: Point | None = None
    _every: int = 1
    _count: int = 0

    def add(self, time: int, balance: Decimal) -> None:
        """Take the next row."""
        self._last = (time, balance)
        if self._count % self._every == 0:
            self._points.append(self._last)
        self._count += 1
        if len(self._points) > MOST_POINTS:
            self._points = self._points[::2]
            self._every *= 2

    @property
    def points(self) -> list[Point]:
        """The points in the order of time."""
        is_in = self._last is None or (self._points and self._points[-1] == self._last)
        return list(self._points) if is_in or self._last is None else [*self._points, self._last]
