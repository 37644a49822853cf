"""The exchange's own limits, kept for each user and path, or for all that share a pool.

A permit is given back one window after the *answer* came, not after the question left: whatever the network's delay,
no window on the exchange's side ever sees more than the limit. Limiters that count from the sending (leaky buckets let
nearly twice the limit through at first, sliding windows miss the jitter) cannot promise that.
"""

import asyncio
import sys

from auditor.spec.endpoint import Limit
from auditor.transport.ccxt.exact import ANSWER_HEADERS, NO_HEADERS, Answered, header
from auditor.transport.semaphore import Pool

PATIENCE = 60.0
TOO_MANY = frozenset({429, 418})
LONGEST_COUNT = 10


class OnHold(Exception):  # noqa: N818 - it is what the line is
    """The exchange asked for silence for longer than is worth waiting: ``seconds`` more."""

    def __init__(self, seconds: float) -> None:
        """Take what is left of the silence."""
        super().__init__(seconds)
        self.seconds = seconds


class Limits:
    """Permits by path or pool, for one user. ``pace`` multiplies the windows; 0 leaves the limits out."""

    def __init__(self, pace: float = 1.0, turns: Pool | None = None) -> None:
        """Start with every permit free. ``turns``: the connections, when they are fewer than who waits for one."""
        self.pace = pace
        self.turns = turns or Pool(sys.maxsize)
        self._pools: dict[str, Pool] = {}

    def permit(self, name: str, limit: Limit, urgency: float = 0.0) -> "Permit":
        """What to hold while asking ``name``; of those who wait for a connection the most urgent is first."""
        return Permit(self, name, limit, urgency)

    def used(self, name: str, limit: Limit, figure: int) -> None:
        """Take note of what the exchange says is used: the share of other programs is withheld for one window."""
        pool = self.pool(name, limit)
        others = figure - pool.taken
        if self.pace and others > 0:
            pool.withhold(others)
            self.later(limit.seconds, pool, others)

    def hold(self, name: str, limit: Limit, seconds: float) -> None:
        """Ask nothing more of this pool for ``seconds``: the exchange said so."""
        pool = self.pool(name, limit)
        pool.silent_until = max(pool.silent_until, _now() + seconds)

    def pool(self, name: str, limit: Limit) -> Pool:
        """The permits of one limit."""
        key = limit.pool or name
        if key not in self._pools:
            self._pools[key] = Pool(limit.requests)
        return self._pools[key]

    def later(self, seconds: float, pool: Pool, cost: int) -> None:
        """Give ``cost`` permits back to ``pool`` after one window."""
        asyncio.get_running_loop().call_later(seconds * self.pace, pool.give, cost)


class Permit:
    """Held while one request is under way, with a connection; it is free again one window after that.

    Entering raises OnHold while the exchange wants silence for longer than is worth waiting. Leaving obeys what the
    answer's headers say: how much of the limit is used, and for how long to be silent.
    """

    __slots__ = ("_cost", "_limit", "_limits", "_name", "_pool", "_urgency")

    def __init__(self, limits: Limits, name: str, limit: Limit, urgency: float) -> None:
        """Prepare to wait."""
        self._limits, self._name, self._limit, self._urgency = limits, name, limit, urgency
        self._pool = limits.pool(name, limit)
        self._cost = min(limit.cost, limit.requests)

    async def __aenter__(self) -> None:
        """Wait for the limit, then for a connection."""
        await self._silence()
        if self._limits.pace:
            await self._pool.take(self._cost)
        try:
            await self._silence()
            await self._limits.turns.take(urgency=self._urgency)
        except BaseException:
            self._give()
            raise
        ANSWER_HEADERS.set(NO_HEADERS)

    async def __aexit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Let the next one have the connection."""
        self._limits.turns.give()
        self._obey(error)
        self._give()

    def _obey(self, error: BaseException | None) -> None:
        if isinstance(error, Answered) and error.status in TOO_MANY:
            silence = _number(header("retry-after"))
            if silence:
                self._limits.hold(self._name, self._limit, silence)
        used = _number(header(self._limit.header)) if self._limit.header else None
        if used:
            self._limits.used(self._name, self._limit, used)

    def _give(self) -> None:
        if self._limits.pace:
            self._limits.later(self._limit.seconds, self._pool, self._cost)

    async def _silence(self) -> None:
        if not self._pool.silent_until:
            return
        left = self._pool.silent_until - _now()
        if left > PATIENCE:
            raise OnHold(left)
        if left > 0:
            await asyncio.sleep(left * self._limits.pace)


def _now() -> float:
    return asyncio.get_running_loop().time()


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < LONGEST_COUNT else None
