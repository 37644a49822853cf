"""The exchange's own limits, kept for each user and path.

A permit is given back one window after the *answer* came, not after the question left: whatever the network's delay,
no window on the exchange's side ever sees more than the limit. Limiters that count from the sending (leaky buckets let
nearly twice the limit through at first, sliding windows miss the jitter) cannot promise that.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from auditor.wire.surface import Limit


class Limits:
    """Permits by path, for one user. ``pace`` multiplies the windows; 0 leaves the limits out."""

    def __init__(self, pace: float = 1.0) -> None:
        """Start with every permit free."""
        self._pace = pace
        self._permits: dict[str, asyncio.Semaphore] = {}

    @asynccontextmanager
    async def permit(self, name: str, limit: Limit) -> AsyncIterator[None]:
        """Wait for a permit of ``name``; it is free again ``limit.seconds`` after the block ends."""
        if not self._pace:
            yield
            return
        permits = self._permits.setdefault(name, asyncio.Semaphore(limit.requests))
        await permits.acquire()
        try:
            yield
        finally:
            asyncio.get_running_loop().call_later(limit.seconds * self._pace, permits.release)
