"""How long a request and its answer are under way at the least, as far as the answers so far tell.

A request counts at the exchange before its answer is on the way back, and the next one counts when it is there. Between
the two lie a way back and a way there, even if the next one is sent the moment the answer has come: a rate limit need
not wait for that time once more. At most the least of it may be left off: the shortest way back of any request and the
shortest way there of any other, with the work that the exchange always does before it counts, or always after. Work
that is done now before and now after it counts is in neither.

No shortest round trip proves what that is: an answer can have been slow on its way there, another one on its way back,
and none quick on both. Hence a tenth is left on, and nothing is left off before several answers were about as quick as
the quickest. The assumption that remains is that one of them took at most a ninth longer than the least. A network or
an exchange that becomes slower, or slower for a while, does no harm; one that becomes quicker is noticed by the first
answer that is. A connection's opening is not measured: requests are timed from when they leave on it.
"""

from bisect import insort
from time import get_clock_info

ENOUGH = 10
"""Answers about as quick as the quickest, before which no time is left off."""
SURE = 0.9
"""The part of the shortest round trip that is left off."""
_BLUR = 2 * get_clock_info("monotonic").resolution


class RoundTrips:
    """The shortest round trips to one address, of all accounts and paths: one quick answer counts for all of them."""

    def __init__(self) -> None:
        """Start without one."""
        self._shortest: list[float] = []
        self._is_refuted = False

    def note(self, seconds: float) -> None:
        """Note the time from when a request left on an open connection to when its answer was there."""
        insort(self._shortest, seconds)
        del self._shortest[ENOUGH:]

    def refute(self) -> None:
        """Leave nothing off from now on: the exchange said that it was asked too often."""
        self._is_refuted = True

    @property
    def least(self) -> float:
        """Return the seconds that an answer and the next request are surely under way, 0 while that is not known."""
        if self._is_refuted or len(self._shortest) < ENOUGH:
            return 0.0
        quickest, slowest = self._shortest[0], self._shortest[-1]
        return max(0.0, SURE * quickest - _BLUR) if SURE * slowest <= quickest else 0.0
