"""A priority semaphore: permits of a rate limit, or of the connections."""

import asyncio
from bisect import insort
from contextvars import Context
from heapq import heappop, heappush
from itertools import count
from math import ceil

_NOTHING = Context()
"""A timer of minutes would keep the answer and the headers of its request as long."""


class PermitPool:
    """A pool of ``size`` permits: the most urgent waiter is served first, equally urgent ones in order."""

    def __init__(self, size: int) -> None:
        """Start with every permit free."""
        self.size = size
        self._free = size
        self._queued = 0
        self._returns: list[tuple[float, int]] = []
        self._numbers = count()
        self._waiting: list[tuple[float, int, int, asyncio.Future[None]]] = []

    @property
    def taken(self) -> int:
        """The number of permits in use."""
        return self.size - self._free

    async def take(self, cost: int = 1, urgency: float = 0.0) -> None:
        """Wait for ``cost`` permits.

        A smaller request does not overtake an equally urgent larger one.
        """
        if not self._waiting and self._free >= cost:
            self._free -= cost
            return
        turn = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (-urgency, next(self._numbers), cost, turn))
        self._queued += cost
        try:
            await turn
        except asyncio.CancelledError:
            # Give back a permit that was granted before the cancellation, and serve the waiters behind this one.
            self.give(cost if turn.done() and not turn.cancelled() else 0)
            raise

    def give(self, cost: int = 1) -> None:
        """Give ``cost`` permits back and serve the next waiters."""
        self._free += cost
        while self._waiting:
            _urgency, _number, needed, turn = self._waiting[0]
            is_cancelled = turn.done()
            if not is_cancelled and self._free < needed:
                break
            heappop(self._waiting)
            self._queued -= needed
            if not is_cancelled:
                self._free -= needed
                turn.set_result(None)

    def give_later(self, seconds: float, cost: int) -> None:
        """Give ``cost`` permits back after ``seconds``."""
        loop = asyncio.get_running_loop()
        insort(self._returns, (loop.time() + seconds, cost))
        loop.call_later(seconds, self._give_due, cost, context=_NOTHING)

    def wait(self, cost: int, window: float) -> float:
        """Return the seconds, as far as is known, until ``cost`` permits are free behind all who wait already.

        ``window``: the seconds after which a permit comes back that is still in use.
        """
        missing = cost + self._queued - self._free
        due = now = asyncio.get_running_loop().time()
        for moment, returned in self._returns:
            if missing <= 0:
                break
            due, missing = moment, missing - returned
        rounds = ceil(max(0, missing) / self.size)
        return max(0.0, due - now) + rounds * window

    def _give_due(self, cost: int) -> None:
        del self._returns[0]
        self.give(cost)

    def withhold(self, cost: int) -> None:
        """Take ``cost`` permits without waiting; the number of free ones may become negative."""
        self._free -= cost
