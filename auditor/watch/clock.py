"""Time as a watch needs it: a clock that goes on while the computer sleeps, and can be sped up."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

SLICE = 30.0
"""Seconds between looks at the clock: a laptop that was closed in between shows it only there."""


class Clock(Protocol):
    """What time it is, and waiting."""

    def now(self) -> datetime:
        """Give the time, aware, UTC."""

    async def sleep_until(self, moment: datetime) -> None:
        """Wait until then, or until the clock is set back: whoever waits plans anew."""


class RealClock:
    """The computer's own."""

    def now(self) -> datetime:
        """Give the time."""
        return datetime.now(UTC)

    async def sleep_until(self, moment: datetime) -> None:
        """Wait until the wall clock shows ``moment``, however long the computer slept, or until it is set back."""
        before = self.now()
        while before < moment:
            await asyncio.sleep(min((moment - before).total_seconds(), SLICE))
            now = self.now()
            if now < before:
                return
            before = now


@dataclass
class FastClock:
    """A clock on which waiting takes ``nap`` seconds, however long it is."""

    time: datetime = field(default_factory=lambda: datetime.now(UTC))
    nap: float = 0.0
    woken: Callable[[datetime], None] = lambda _now: None

    def now(self) -> datetime:
        """Give the time that it would be."""
        return self.time

    async def sleep_until(self, moment: datetime) -> None:
        """Let time pass."""
        await asyncio.sleep(self.nap)
        self.time = max(self.time, moment)
        self.woken(self.time)
