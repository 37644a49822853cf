"""Permits to be taken and given back: of a limit, or for a connection."""

import asyncio
from heapq import heappop, heappush
from itertools import count


class Pool:
    """``size`` permits. Of those who wait the most urgent is served first, and equals in the order they came."""

    def __init__(self, size: int) -> None:
        """Start with every permit free."""
        self.size = size
        self.silent_until = 0.0
        self._free = size
        self._numbers = count()
        self._waiting: list[tuple[float, int, int, asyncio.Future[None]]] = []

    @property
    def taken(self) -> int:
        """How many are not free."""
        return self.size - self._free

    async def take(self, cost: int = 1, urgency: float = 0.0) -> None:
        """Wait for ``cost`` permits. Nobody who needs less overtakes an equal who needs more."""
        if not self._waiting and self._free >= cost:
            self._free -= cost
            return
        turn = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (-urgency, next(self._numbers), cost, turn))
        try:
            await turn
        except asyncio.CancelledError:
            # Given already, though not taken up any more; or else whoever is behind must not wait for this one.
            self.give(cost if turn.done() and not turn.cancelled() else 0)
            raise

    def give(self, cost: int = 1) -> None:
        """Give ``cost`` permits back, to whoever is next."""
        self._free += cost
        while self._waiting:
            _urgency, _number, needed, turn = self._waiting[0]
            gave_up = turn.done()
            if not gave_up and self._free < needed:
                break
            heappop(self._waiting)
            if not gave_up:
                self._free -= needed
                turn.set_result(None)

    def withhold(self, cost: int) -> None:
        """Take ``cost`` permits without waiting for them."""
        self._free -= cost
