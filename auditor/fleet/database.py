"""Calls to the history's database from a worker: aside from its loop, and waiting while the database is away."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Connection

from auditor.history.database import HistoryAwayError
from auditor.history.dialect import read_clock
from auditor.history.outage import FIRST_PAUSE, LONGEST_PAUSE, PATIENCE
from auditor.history.store import History

T = TypeVar("T")
THREADS = 14
"""Calls at once: fewer than the connections of the history's pool."""


class Database:
    """The history of a worker, and the fleet's tables in it."""

    def __init__(self, history: History) -> None:
        """Call ``history``, which the caller closes."""
        self.history = history
        # Those who write into a file only wait for each other.
        at_once = THREADS if history.location.file is None else 1
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="history")

    async def ask(self, call: Callable[[], T], patience: float = PATIENCE) -> T:
        """Return what ``call`` returns, trying again while the database is away.

        Raises HistoryAwayError after ``patience`` seconds.
        """
        deadline, pause = time.monotonic() + patience, FIRST_PAUSE
        while True:
            try:
                return await self._aside(call)
            except HistoryAwayError:
                if time.monotonic() + pause > deadline:
                    raise
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def read(self, query: Callable[[Connection], T], patience: float = PATIENCE) -> T:
        """Return what ``query`` returns within a transaction that only reads."""

        def call() -> T:
            with self.history.reading() as connection:
                return query(connection)

        return await self.ask(call, patience)

    async def write(self, change: Callable[[Connection], T], patience: float = PATIENCE) -> T:
        """Return what ``change`` returns within a transaction of its own. It may run again: it must not add twice."""

        def call() -> T:
            with self.history.writing() as connection:
                return change(connection)

        return await self.ask(call, patience)

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _aside(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, copy_context().run, call)


class FleetClock:
    """The database's time, which all workers share; those of their computers may be minutes apart.

    ``since`` and ``speed``: for a simulation, in which time runs faster from that moment on.
    """

    def __init__(self, since: datetime | None = None, speed: float = 1.0) -> None:
        """Start; it must be set before it is read."""
        self._since, self.speed = since, speed
        self._seen: tuple[datetime, float] | None = None

    def set(self, connection: Connection) -> None:
        """Take the database's time."""
        before = time.monotonic()
        self._seen = (read_clock(connection), (before + time.monotonic()) / 2)

    def now(self) -> datetime:
        """Return the time."""
        if self._seen is None:
            raise RuntimeError("the clock was not set")
        seen, at = self._seen
        real = seen + timedelta(seconds=time.monotonic() - at)
        since = self._since or real
        return since + (real - since) * self.speed

    def after(self, delay: timedelta) -> datetime:
        """Return the time when that has really passed."""
        return self.now() + delay * self.speed

    def delay(self, until: datetime) -> timedelta:
        """Return how long it really takes until that moment."""
        return max(timedelta(0), (until - self.now()) / self.speed)
