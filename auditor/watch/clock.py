"""Clocks of a watch: the real one, which survives sleep, and a fast one for simulations."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

CHECK_SECONDS = 30.0
"""Seconds between checks of the wall clock: only they notice that the computer slept."""


class WatchClock(Protocol):
    """A source of the current time that can also wait."""

    def now(self) -> datetime:
        """Return the current time, aware, in UTC."""

    async def sleep_until(self, moment: datetime) -> None:
        """Wait until ``moment``, or until the clock is set back; the caller then plans again."""


class RealClock:
    """The clock of this computer."""

    def now(self) -> datetime:
        """Return the current time."""
        return datetime.now(UTC)

    async def sleep_until(self, moment: datetime) -> None:
        """Wait until the wall clock shows ``moment``, even through sleep, or is set back."""
        before = self.now()
        while before < moment:
            await asyncio.sleep(min((moment - before).total_seconds(), CHECK_SECONDS))
            now = self.now()
            if now < before:
                return
            before = now


@dataclass
class FastClock:
    """A simulated clock on which every wait takes ``nap`` real seconds.

    ``woken`` is called with the new time after each wait.
    """

    time: datetime = field(default_factory=lambda: datetime.now(UTC))
    nap: float = 0.0
    woken: Callable[[datetime], None] = lambda _now: None

    def now(self) -> datetime:
        """Return the simulated time."""
        return self.time

    async def sleep_until(self, moment: datetime) -> None:
        """Advance the simulated time to ``moment``."""
        await asyncio.sleep(self.nap)
        self.time = max(self.time, moment)
        self.woken(self.time)
