"""Whether this computer's clock was set: it no longer goes side by side with one that nobody sets."""

from datetime import datetime
from time import monotonic

from auditor.model.clock import now

STEP = 1.0
"""Seconds. A clock that is only put right little by little goes by less."""


class ClockSteps:
    """Compares both times now and then. A computer that slept counts as one whose clock was set."""

    def __init__(self) -> None:
        """Begin to compare."""
        self._apart = _apart(now())

    def was_set(self, present: datetime) -> bool:
        """Return whether the clock was set since the last time that this was asked. ``present``: what it says now."""
        apart, before = _apart(present), self._apart
        self._apart = apart
        return abs(apart - before) > STEP


def _apart(present: datetime) -> float:
    return present.timestamp() - monotonic()
