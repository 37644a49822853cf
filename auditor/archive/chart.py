"""The balance of one coin over time as an inline SVG: what is not proved is marked."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from auditor.archive.curve import Stretch
from auditor.model.amounts import ZERO

WIDTH, HEIGHT, EDGE, UNKNOWN = 640, 96, 6, 48
"""Pixels; ``UNKNOWN``: the width of the part before the first row, where there was a balance already."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, in pixels: ``path`` of the balance in steps, where it is zero, and breaks."""

    path: str
    zero: float
    breaks: tuple[float, ...]
    unknown: int


def draw(course: Sequence[Stretch], breaks: Sequence[int], span: tuple[int, int], opening: Decimal = ZERO) -> Chart:
    """Return the drawing of a balance between two times (Unix ms).

    ``breaks``: their times; ``opening``: what was there before the first row.
    """
    left = UNKNOWN if opening else EDGE
    first, last = span
    scale = (WIDTH - EDGE - left) / max(last - first, 1)
    lowest = min(ZERO, opening, *(one.lowest for one in course))
    highest = max(ZERO, opening, *(one.highest for one in course))

    def x(time: int) -> float:
        return round(left + (time - first) * scale, 1)

    def y(balance: Decimal) -> float:
        # A picture needs no exact figure.
        share = float((highest - balance) / (highest - lowest)) if highest != lowest else 1.0
        return round(EDGE + share * (HEIGHT - 2 * EDGE), 1)

    steps = [f"M{left} {y(opening)}", *(f"H{x(one.since)}{''.join(_ups_and_downs(one, y))}" for one in course)]
    return Chart(
        path="".join((*steps, f"H{x(last)}")),
        zero=y(ZERO),
        breaks=tuple(x(time) for time in breaks),
        unknown=left if opening else 0,
    )


def _ups_and_downs(stretch: Stretch, y: Callable[[Decimal], float]) -> Iterator[str]:
    """Yield the strokes of a stretch: to its lowest and highest balance where it has more than one row, to its last."""
    if stretch.lowest != stretch.highest:
        yield f"V{y(stretch.lowest)}V{y(stretch.highest)}"
    yield f"V{y(stretch.last)}"
