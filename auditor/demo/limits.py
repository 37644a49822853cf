"""The rate limiter of all venues; the limits themselves are in the venues' folders."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Hashable


class Limiter:
    """Counts requests in sliding windows, and weights in windows of the clock."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Start with nothing counted; `clock` returns seconds."""
        self._clock = clock
        self._admitted: dict[Hashable, deque[float]] = {}
        self._window: dict[float, int] = {}
        self._spent: dict[float, Counter[Hashable]] = {}
        self._bans: dict[Hashable, float] = {}

    def admit(self, key: Hashable, count: int, seconds: float) -> bool:
        """Return whether one more request fits into the last `seconds`, and count it if so.

        No period of that length has more than `count` requests; a refused request does not count.
        """
        now = self._clock()
        admitted = self._admitted.setdefault(key, deque())
        while admitted and admitted[0] <= now - seconds:
            admitted.popleft()
        if len(admitted) >= count:
            return False
        admitted.append(now)
        return True

    def spend(self, key: Hashable, weight: int, seconds: int) -> int:
        """Count a weight, refused or not, and return the sum in the clock's present window of `seconds`."""
        window = int(self._clock() // seconds)
        if self._window.get(seconds) != window:
            self._window[seconds] = window
            self._spent[seconds] = Counter()
        self._spent[seconds][key] += weight
        return self._spent[seconds][key]

    def remaining(self, seconds: int) -> float:
        """Return the seconds until the clock's next window of `seconds` begins."""
        return seconds - self._clock() % seconds

    def ban(self, key: Hashable, seconds: float) -> None:
        """Ban a client for so many seconds."""
        self._bans[key] = self._clock() + seconds

    def banned(self, key: Hashable) -> float:
        """Return the seconds for which a client is still banned, zero or less if it is not."""
        return self._bans.get(key, 0) - self._clock()
