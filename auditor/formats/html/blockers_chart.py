"""Blockers over the passes of a watch, as a curve."""

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.formats import Pass

WIDTH, HEIGHT, EDGE = 600, 120, 10


@dataclass(frozen=True, slots=True)
class Point:
    """One pass on the picture."""

    x: int
    y: int
    drawn: Pass


def curve(passes: Sequence[Pass]) -> tuple[Point, ...]:
    """Place each pass on the picture, by time and number of blockers; nothing for fewer than two."""
    if len(passes) < 2:  # noqa: PLR2004 - a curve has two ends
        return ()
    ordered = sorted(passes, key=lambda each: each.at)
    start, span = ordered[0].at, (ordered[-1].at - ordered[0].at).total_seconds() or 1
    most = max(each.blockers for each in ordered) or 1
    return tuple(
        Point(
            EDGE + round((each.at - start).total_seconds() / span * (WIDTH - 2 * EDGE)),
            HEIGHT - EDGE - each.blockers * (HEIGHT - 2 * EDGE) // most,
            each,
        )
        for each in ordered
    )
