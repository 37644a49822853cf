"""An engine within the worker's process, for a fleet of one worker: the sweep sets its alarms anew at each start."""

import asyncio
from datetime import timedelta

from auditor.fleet.engine import Look


class LocalEngine:
    """Timers of this process's event loop."""

    lasting = False

    def __init__(self) -> None:
        """Start without alarms."""
        self._keys: set[str] = set()
        self._timers: set[asyncio.TimerHandle] = set()
        self._running: set[asyncio.Task[None]] = set()
        self._look: Look | None = None
        self._slots = asyncio.Semaphore(1)

    async def later(self, family: str, delay: timedelta, key: str) -> None:
        """Ring for a family after ``delay``, once for each ``key``."""
        if key in self._keys:
            return
        self._keys.add(key)
        loop = asyncio.get_running_loop()
        self._timers.add(loop.call_later(max(0.0, delay.total_seconds()), self._ring, family, key))

    async def work(self, egress: str, slots: int, look: Look) -> None:  # noqa: ARG002 - one process has one egress
        """Begin to call ``look``, for so many families at once."""
        self._slots, self._look = asyncio.Semaphore(slots), look

    async def is_behind(self) -> bool:
        """Return whether alarms whose time has come wait for a slot."""
        return self._slots.locked()

    async def tidy(self) -> None:
        """Do nothing: what is done is forgotten at once."""

    async def close(self) -> None:
        """Forget all alarms."""
        for timer in self._timers:
            timer.cancel()
        for task in self._running:
            task.cancel()

    def _ring(self, family: str, key: str) -> None:
        self._timers = {timer for timer in self._timers if not timer.cancelled() and timer.when() > _time()}
        task = asyncio.ensure_future(self._call(family, key))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _call(self, family: str, key: str) -> None:
        async with self._slots:
            self._keys.discard(key)
            if self._look is not None:
                await self._look(family)


def _time() -> float:
    return asyncio.get_running_loop().time()
