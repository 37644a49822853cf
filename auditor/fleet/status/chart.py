"""The progress of a fleet as an inline SVG: layers of accounts by state, and bars of what blocks most."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.fleet.status.progress import LAYERS, Point

WIDTH, HEIGHT, BAR = 640, 180, 120
"""Pixels; ``BAR``: the longest bar."""
TWO = 2


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of the drawing: its name, and its outline as a path."""

    name: str
    path: str


def draw_layers(points: Sequence[Point], accounts: int) -> tuple[Layer, ...]:
    """Return the layers, the lowest first; none for fewer than two points."""
    if len(points) < TWO or not accounts:
        return ()
    xs = list(_xs(points))
    lower, layers = [0] * len(points), []
    for name, states in LAYERS:
        upper = [below + point.count(*states) for below, point in zip(lower, points, strict=True)]
        layers.append(Layer(name, _outline(xs, lower, upper, accounts)))
        lower = upper
    return tuple(layers)


def bar_width(number: int, most: int) -> int:
    """Return the width of a bar, of which something is always seen."""
    return max(1, BAR * number // max(most, 1)) if number else 0


def _xs(points: Sequence[Point]) -> Iterator[float]:
    first = points[0].at
    span = (points[-1].at - first).total_seconds() or 1
    yield from (round((point.at - first).total_seconds() / span * WIDTH, 1) for point in points)


def _outline(xs: Sequence[float], lower: Sequence[int], upper: Sequence[int], accounts: int) -> str:
    there = [(x, _y(number, accounts)) for x, number in zip(xs, upper, strict=True)]
    back = [(x, _y(number, accounts)) for x, number in zip(xs, lower, strict=True)]
    return "M" + "L".join(f"{x} {y}" for x, y in (*there, *reversed(back))) + "Z"


def _y(number: int, accounts: int) -> float:
    return round(HEIGHT - min(number / accounts, 1.0) * HEIGHT, 1)
