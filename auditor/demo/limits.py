"""Rate limits as OKX documents them: so many requests in so many seconds, of one user (or address) at one endpoint."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable


class Limiter:
    """A true sliding window: no stretch of time of the window's length ever holds more than the limit.

    A refused request does not count against the limit.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        """Start with nothing seen; `clock` gives seconds."""
        self._clock = clock
        self._seen: dict[Hashable, deque[float]] = {}

    def admit(self, key: Hashable, count: int, seconds: float) -> bool:
        """Tell whether one more request fits, and take note of it if so."""
        now = self._clock()
        seen = self._seen.setdefault(key, deque())
        while seen and seen[0] <= now - seconds:
            seen.popleft()
        if len(seen) >= count:
            return False
        seen.append(now)
        return True
