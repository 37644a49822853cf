"""The exchange's own rate limits, for each user and path, or for all paths that share a pool.

A permit is given back one window after the *answer* arrived, not after the request was sent: whatever the network's
delay, no window on the exchange's side sees more than the limit. Limiters that count from the sending cannot guarantee
that (leaky buckets let nearly twice the limit through at first, sliding windows ignore the jitter).

Of a short window, the time is left off that an answer and the next request are surely under way. That the limit is
kept then rests on what `auditor.transport.round_trips` assumes; the first refusal for too many requests ends it. And a
request without an answer is taken to have counted by the time that it was given up: nothing tells when it did.
"""

import asyncio
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from auditor.i18n import _
from auditor.spec.endpoint import Limit
from auditor.transport.ccxt.answer_errors import ExchangeError
from auditor.transport.ccxt.latest_call import ANSWER_HEADERS, ANSWERED_AT, NO_HEADERS, answer_header
from auditor.transport.http_time import retry_after, whole_number
from auditor.transport.round_trips import RoundTrips
from auditor.transport.semaphore import PermitPool
from auditor.transport.silence import BAN, KEPT, SENT_AT, OnHoldError, Silence

__all__ = ["OnHoldError", "Permit", "RateLimits", "Share"]
TOO_MANY, BANNED = 429, 418
_LOGGER = logging.getLogger(__name__)
SHORT = 10.0
"""Seconds of the longest window in which a round trip counts for anything."""
DRIFT = 0.001
"""The part of a window by which two clocks may differ at its end, each being set right by half of it at most (NTP)."""
LONG_WAIT = 2.0
"""Seconds after which a wait is worth a line in the log."""


@dataclass(frozen=True, slots=True)
class Share:
    """What of each limit a process may use: ``part`` of its permits, never a longer window.

    ``former_at``: when another process last used them all, as far as is known, in the event loop's time.
    """

    part: Fraction = Fraction(1)
    former_at: float | None = None

    def permits(self, requests: int) -> int:
        """Return the permits of a limit of so many requests: one at least."""
        return max(1, int(requests * self.part))

    def spent_for(self, window: float) -> float:
        """Return the seconds until a window is free of the other process's requests."""
        return 0.0 if self.former_at is None else self.former_at + window - asyncio.get_running_loop().time()


WHOLE = Share()


class RateLimits:
    """Permits by path or pool, for one user.

    ``pace`` multiplies the windows; 0 turns the limits off.
    """

    def __init__(
        self,
        pace: float = 1.0,
        turns: PermitPool | None = None,
        silence: Silence | None = None,
        paused: Callable[[Limit | None, float], None] = lambda _limit, _seconds: None,
        share: Share = WHOLE,
        *,
        trips: RoundTrips | None = None,
    ) -> None:
        """Start with every permit free. ``turns``: permits for connections, None for no limit.

        ``silence``: the pause of the whole address, which a ban begins. ``paused`` is called when a request waits for
        ``seconds`` because of a limit, or of a pause that the exchange asked for (None). ``share``: what other
        processes leave of the limits; ``trips``: the round trips to the address, which its other limits note as well.
        """
        self._share = share
        self.trips = trips or RoundTrips()
        self.paused = paused
        self.pace = pace
        self.turns = turns or PermitPool(sys.maxsize)
        self.silence = silence or Silence(pace)
        self._pools: dict[str, PermitPool] = {}
        self._silences: dict[str, Silence] = {}
        self._logged_at = -LONG_WAIT

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
        others = figure - pool.taken - (limit.requests - pool.size)
        if self.pace and others > 0:
            pool.withhold(others)
            self.later(limit.seconds, pool, others)

    def silences(self, name: str, limit: Limit) -> tuple[Silence, Silence]:
        """Return the pauses that requests of one limit keep: the address's, and the pool's own."""
        return self.silence, self._silences.setdefault(limit.pool or name, Silence(self.pace))

    def pool(self, name: str, limit: Limit) -> PermitPool:
        """Return the permits of one limit."""
        key = limit.pool or name
        if key not in self._pools:
            pool = self._pools[key] = PermitPool(self._share.permits(limit.requests))
            if self.pace and (left := self._share.spent_for(limit.seconds * self.pace)) > 0:
                pool.withhold(pool.size)
                pool.give_later(left, pool.size)
        return self._pools[key]

    def log_wait(self, name: str, limit: Limit) -> None:
        """Log that a request waits for its limit, once for all that wait at the same time."""
        time = asyncio.get_running_loop().time()
        if time > self._logged_at + LONG_WAIT:
            self._logged_at = time
            text = _("Waiting for the exchange's rate limit: {requests} requests in {seconds} s ({name}).")
            _LOGGER.info(text.format(requests=limit.requests, seconds=limit.seconds, name=name))

    def later(self, seconds: float, pool: PermitPool, cost: int, passed: float = 0.0) -> None:
        """Give ``cost`` permits back to ``pool`` when a window of ``seconds`` is over, of which some have passed."""
        pool.give_later(max(0.0, seconds * self.pace - passed), cost)

    def passed(self, limit: Limit) -> float:
        """Return the seconds of a limit's window that are over for this task's latest request when the next arrives.

        Its answer was there before it was decoded. Without an answer nothing says when it was counted, if not now.
        """
        sent, answered = SENT_AT.get(), ANSWERED_AT.get()
        if answered is None:
            return 0.0
        if sent is not None:
            self.trips.note(answered - sent)
        under_way = self.trips.least - limit.seconds * DRIFT if limit.seconds <= SHORT else 0.0
        return asyncio.get_running_loop().time() - answered + max(0.0, under_way)


class Permit:
    """A permit and a connection for one request.

    The permit is free again one window after the answer.

    Entering raises OnHoldError during a pause that is too long to wait for. Leaving applies the answer's headers: how
    much of the limit is used, and how long to pause.
    """

    __slots__ = ("_cost", "_limit", "_limits", "_name", "_pool", "_silences", "_urgency")

    def __init__(self, limits: RateLimits, name: str, limit: Limit, urgency: float) -> None:
        """Prepare to wait for the permit."""
        self._limits, self._name, self._limit, self._urgency = limits, name, limit, urgency
        self._pool = limits.pool(name, limit)
        self._silences = limits.silences(name, limit)
        self._cost = min(limit.cost, self._pool.size)

    async def __aenter__(self) -> None:
        """Wait for the limit, then for a connection."""
        SENT_AT.set(None)
        ANSWERED_AT.set(None)
        await self._wait_for_pause()
        if self._limits.pace:
            await self._wait_for_limit()
        try:
            await self._take_turn()
        except BaseException:
            self._give()
            raise
        ANSWER_HEADERS.set(NO_HEADERS)
        KEPT.set(self._silences)

    async def __aexit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Give the connection to the next request, which sees a pause that this answer began."""
        self._apply_headers(error)
        self._limits.turns.give()
        self._give()

    async def _wait_for_limit(self) -> None:
        seconds = self._pool.wait(self._cost, self._limit.seconds * self._limits.pace)
        if seconds >= LONG_WAIT:
            self._limits.paused(self._limit, seconds)
        notice = asyncio.get_running_loop().call_later(LONG_WAIT, self._limits.log_wait, self._name, self._limit)
        try:
            await self._pool.take(self._cost)
        finally:
            notice.cancel()

    async def _take_turn(self) -> None:
        """Wait for a connection, outside any pause: one may have begun meanwhile."""
        while True:
            await self._wait_for_pause()
            await self._limits.turns.take(urgency=self._urgency)
            if not any(silence.left() for silence in self._silences):
                return
            self._limits.turns.give()

    def _apply_headers(self, error: BaseException | None) -> None:
        headers = ANSWER_HEADERS.get()
        whole_address, pool = self._silences
        if isinstance(error, ExchangeError) and error.status in {TOO_MANY, BANNED}:
            self._limits.trips.refute()
        if isinstance(error, ExchangeError) and error.status == BANNED:
            whole_address.extend(retry_after(headers) or BAN)
        elif isinstance(error, ExchangeError) and error.status == TOO_MANY:
            pool.extend(retry_after(headers) or 0)
        used = whole_number(answer_header(self._limit.header)) if self._limit.header else None
        if used:
            self._limits.used(self._name, self._limit, used)

    def _give(self) -> None:
        if self._limits.pace:
            self._limits.later(self._limit.seconds, self._pool, self._cost, self._limits.passed(self._limit))

    async def _wait_for_pause(self) -> None:
        for silence in self._silences:
            if silence.left() >= LONG_WAIT:
                self._limits.paused(None, silence.left())
            await silence.wait()
