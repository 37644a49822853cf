"""The exchange's own limits, kept for each user and path, or for all that share a pool.

A permit is given back one window after the *answer* came, not after the question left: whatever the network's delay,
no window on the exchange's side ever sees more than the limit. Limiters that count from the sending (leaky buckets let
nearly twice the limit through at first, sliding windows miss the jitter) cannot promise that.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from auditor.wire.surface import Limit
from auditor.wire.transport import ANSWER_HEADERS, Answered

PATIENCE = 60.0
TOO_MANY = frozenset({429, 418})
LONGEST_COUNT = 10


class OnHold(Exception):  # noqa: N818 - it is what the line is
    """The exchange asked for silence for longer than is worth waiting: ``seconds`` more."""

    def __init__(self, seconds: float) -> None:
        """Take what is left of the silence."""
        super().__init__(seconds)
        self.seconds = seconds


class _Pool:
    """Permits of one limit; whoever waits is served in order."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.silent_until = 0.0
        self._free = size
        self._waiting: deque[tuple[int, asyncio.Future[None]]] = deque()

    @property
    def taken(self) -> int:
        return self.size - self._free

    async def take(self, cost: int) -> None:
        if not self._waiting and self._free >= cost:
            self._free -= cost
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append((cost, turn))
        try:
            await turn
        except asyncio.CancelledError:
            # Given already, though not taken up any more; or else whoever is behind must not wait for this one.
            self.give(cost if turn.done() and not turn.cancelled() else 0)
            raise

    def give(self, cost: int) -> None:
        self._free += cost
        while self._waiting and (self._waiting[0][1].done() or self._free >= self._waiting[0][0]):
            waiting, turn = self._waiting.popleft()
            if not turn.done():
                self._free -= waiting
                turn.set_result(None)

    def withhold(self, cost: int) -> None:
        self._free -= cost


class Limits:
    """Permits by path or pool, for one user. ``pace`` multiplies the windows; 0 leaves the limits out."""

    def __init__(self, pace: float = 1.0) -> None:
        """Start with every permit free."""
        self._pace = pace
        self._pools: dict[str, _Pool] = {}

    @asynccontextmanager
    async def permit(self, name: str, limit: Limit) -> AsyncIterator[None]:
        """Wait for a permit of ``name``; it is free again ``limit.seconds`` after the block ends.

        Raises OnHold while the exchange wants silence for longer than is worth waiting.
        """
        pool, cost = self._pool(name, limit), min(limit.cost, limit.requests)
        await self._silence(pool)
        if not self._pace:
            yield
            return
        await pool.take(cost)
        try:
            await self._silence(pool)
            yield
        finally:
            self._later(limit.seconds, lambda: pool.give(cost))

    @asynccontextmanager
    async def listening(self, name: str, limit: Limit) -> AsyncIterator[None]:
        """Obey what the answer's headers say: how much of the limit is used, and for how long to be silent."""
        ANSWER_HEADERS.set({})
        try:
            yield
        except Answered as answer:
            silence = _number(ANSWER_HEADERS.get().get("retry-after"))
            if answer.status in TOO_MANY and silence:
                self.hold(name, limit, silence)
            raise
        finally:
            used = _number(ANSWER_HEADERS.get().get(limit.header.lower())) if limit.header else None
            if used:
                self.used(name, limit, used)

    def used(self, name: str, limit: Limit, figure: int) -> None:
        """Take note of what the exchange says is used: the share of other programs is withheld for one window."""
        pool = self._pool(name, limit)
        others = figure - pool.taken
        if self._pace and others > 0:
            pool.withhold(others)
            self._later(limit.seconds, lambda: pool.give(others))

    def hold(self, name: str, limit: Limit, seconds: float) -> None:
        """Ask nothing more of this pool for ``seconds``: the exchange said so."""
        pool = self._pool(name, limit)
        pool.silent_until = max(pool.silent_until, _now() + seconds)

    async def _silence(self, pool: _Pool) -> None:
        left = pool.silent_until - _now()
        if left > PATIENCE:
            raise OnHold(left)
        if left > 0:
            await asyncio.sleep(left * self._pace)

    def _pool(self, name: str, limit: Limit) -> _Pool:
        return self._pools.setdefault(limit.pool or name, _Pool(limit.requests))

    def _later(self, seconds: float, call: Callable[[], None]) -> None:
        asyncio.get_running_loop().call_later(seconds * self._pace, call)


def _now() -> float:
    return asyncio.get_running_loop().time()


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < LONGEST_COUNT else None
