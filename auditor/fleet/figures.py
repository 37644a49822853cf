"""What a worker counts between two signs of life."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

BANNED = 418
SETTLED = 0.05
"""Seconds from an answer that is a ban until its pause has begun."""
LIMITED = frozenset({BANNED, 429})
"""HTTP statuses of answers that ask for fewer requests."""


@dataclass(slots=True)
class Figures:
    """What a worker counts between two signs of life."""

    passes: int = 0
    limited: int = 0
    _banned: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self) -> tuple[int, int]:
        """Return the figures, and count from 0 again."""
        taken = self.passes, self.limited
        self.passes = self.limited = 0
        return taken

    def keep(self, _method: str, _url: str, status: int, _body: str) -> None:
        """Count an answer that asked for fewer requests: see `Options.keep`."""
        self.limited += status in LIMITED
        if status == BANNED:
            self._banned.set()

    async def until_banned(self, seconds: float) -> None:
        """Wait for so long, or until an answer is a ban: whoever comes next must know of it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._banned.wait()
                self._banned.clear()
                await asyncio.sleep(SETTLED)
