"""Chart of the number of blockers over the passes of a watch."""

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.formats import PassCounts

WIDTH, HEIGHT, EDGE = 600, 120, 10


@dataclass(frozen=True, slots=True)
class Point:
    """One pass on the chart."""

    x: int
    y: int
    drawn: PassCounts


def curve(passes: Sequence[PassCounts]) -> tuple[Point, ...]:
    """Return the points of the chart, by time and blockers; none for fewer than two passes."""
    if len(passes) < 2:  # noqa: PLR2004 - a curve has two ends
        return ()
    ordered = sorted(passes, key=lambda watch_pass: watch_pass.at)
    start, span = ordered[0].at, (ordered[-1].at - ordered[0].at).total_seconds() or 1
    most = max(watch_pass.blockers for watch_pass in ordered) or 1
    return tuple(
        Point(
            EDGE + round((watch_pass.at - start).total_seconds() / span * (WIDTH - 2 * EDGE)),
            HEIGHT - EDGE - watch_pass.blockers * (HEIGHT - 2 * EDGE) // most,
            watch_pass,
        )
        for watch_pass in ordered
    )
