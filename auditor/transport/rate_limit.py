"""The exchange's own rate limits, for each user and path, or for all paths that share a pool.

A permit is given back one window after the *answer* arrived, not after the request was sent: whatever the network's
delay, no window on the exchange's side sees more than the limit. Limiters that count from the sending cannot guarantee
that (leaky buckets let nearly twice the limit through at first, sliding windows ignore the jitter).
"""

import asyncio
import sys

from auditor.spec.endpoint import Limit
from auditor.transport.ccxt.exact import ANSWER_HEADERS, NO_HEADERS, ExchangeError, answer_header
from auditor.transport.semaphore import PermitPool

PATIENCE = 60.0
TOO_MANY = frozenset({429, 418})
LONGEST_COUNT = 10


class OnHoldError(Exception):
    """The exchange asked for a pause that is too long to wait for: ``seconds`` more."""

    def __init__(self, seconds: float) -> None:
        """Keep the seconds that are left of the pause."""
        super().__init__(seconds)
        self.seconds = seconds


class RateLimits:
    """Permits by path or pool, for one user.

    ``pace`` multiplies the windows; 0 turns the limits off.
    """

    def __init__(self, pace: float = 1.0, turns: PermitPool | None = None) -> None:
        """Start with every permit free. ``turns``: permits for connections, None for no limit."""
        self.pace = pace
        self.turns = turns or PermitPool(sys.maxsize)
        self._pools: dict[str, PermitPool] = {}

    def permit(self, name: str, limit: Limit, urgency: float = 0.0) -> "Permit":
        """Return the permit to hold during a request to ``name``.

        The most urgent request gets a connection first.
        """
        return Permit(self, name, limit, urgency)

    def used(self, name: str, limit: Limit, figure: int) -> None:
        """Withhold the permits that other programs used, for one window.

        ``figure``: the exchange's count of all.
        """
        pool = self.pool(name, limit)
        others = figure - pool.taken
        if self.pace and others > 0:
            pool.withhold(others)
            self.later(limit.seconds, pool, others)

    def hold(self, name: str, limit: Limit, seconds: float) -> None:
        """Send no request from this pool for ``seconds``, as the exchange asked."""
        pool = self.pool(name, limit)
        pool.silent_until = max(pool.silent_until, _now() + seconds)

    def pool(self, name: str, limit: Limit) -> PermitPool:
        """Return the permits of one limit."""
        key = limit.pool or name
        if key not in self._pools:
            self._pools[key] = PermitPool(limit.requests)
        return self._pools[key]

    def later(self, seconds: float, pool: PermitPool, cost: int) -> None:
        """Give ``cost`` permits back to ``pool`` after one window of ``seconds``."""
        asyncio.get_running_loop().call_later(seconds * self.pace, pool.give, cost)


class Permit:
    """A permit and a connection for one request.

    The permit is free again one window after the answer.

    Entering raises OnHoldError during a pause that is too long to wait for. Leaving applies the answer's headers: how
    much of the limit is used, and how long to pause.
    """

    __slots__ = ("_cost", "_limit", "_limits", "_name", "_pool", "_urgency")

    def __init__(self, limits: RateLimits, name: str, limit: Limit, urgency: float) -> None:
        """Prepare to wait for the permit."""
        self._limits, self._name, self._limit, self._urgency = limits, name, limit, urgency
        self._pool = limits.pool(name, limit)
        self._cost = min(limit.cost, limit.requests)

    async def __aenter__(self) -> None:
        """Wait for the limit, then for a connection."""
        await self._wait_for_pause()
        if self._limits.pace:
            await self._pool.take(self._cost)
        try:
            await self._wait_for_pause()
            await self._limits.turns.take(urgency=self._urgency)
        except BaseException:
            self._give()
            raise
        ANSWER_HEADERS.set(NO_HEADERS)

    async def __aexit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Give the connection to the next request."""
        self._limits.turns.give()
        self._apply_headers(error)
        self._give()

    def _apply_headers(self, error: BaseException | None) -> None:
        if isinstance(error, ExchangeError) and error.status in TOO_MANY:
            silence = _number(answer_header("retry-after"))
            if silence:
                self._limits.hold(self._name, self._limit, silence)
        used = _number(answer_header(self._limit.header)) if self._limit.header else None
        if used:
            self._limits.used(self._name, self._limit, used)

    def _give(self) -> None:
        if self._limits.pace:
            self._limits.later(self._limit.seconds, self._pool, self._cost)

    async def _wait_for_pause(self) -> None:
        if not self._pool.silent_until:
            return
        left = self._pool.silent_until - _now()
        if left > PATIENCE:
            raise OnHoldError(left)
        if left > 0:
            await asyncio.sleep(left * self._limits.pace)


def _now() -> float:
    return asyncio.get_running_loop().time()


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < LONGEST_COUNT else None
