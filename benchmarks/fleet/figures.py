"""A number that a fleet has to reach, as it was measured."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: what it is, how it came out, and its bound, an upper one unless ``at_least``."""

    what: str
    value: float
    bound: float
    at_least: bool = False

    @property
    def is_reached(self) -> bool:
        """Whether the bound is kept."""
        return self.value >= self.bound if self.at_least else self.value <= self.bound


def lines(figures: Iterable[Figure]) -> Iterator[str]:
    """Yield the table."""
    rows = [("what", "measured", "bound", "")]
    for figure in figures:
        bound = f"{'>=' if figure.at_least else '<='} {figure.bound:g}"
        rows.append((figure.what, f"{figure.value:.2f}", bound, "" if figure.is_reached else "MISSED"))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for what, value, bound, missed in rows:
        yield f"{what.ljust(widths[0])}  {value.rjust(widths[1])}  {bound.rjust(widths[2])}  {missed}".rstrip()
