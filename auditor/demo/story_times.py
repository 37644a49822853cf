"""The times at which things happen in a generated history."""

from __future__ import annotations

from collections.abc import Iterator


def story_times(first: int, step: int, events: int) -> Iterator[int]:
    """Yield the times (Unix ms) of all but the first of so many events, a step apart.

    Every ninth is that of the one before it: rows of one millisecond have no order by time.
    """
    for number in range(1, events):
        yield first + (number - (number % 9 == 0)) * step
