"""Waiting while the history's database is away: restarted, moved, or behind a network that fails."""

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

from auditor.history.database import HistoryAwayError

T = TypeVar("T")
PATIENCE = 1800.0
"""Seconds after which a database that is away is the operator's problem."""
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 15.0
"""Seconds between attempts: a restart takes a moment, and many programs must not crowd a server that starts."""


async def wait_out(call: Callable[[], T], patience: float = PATIENCE) -> T:
    """Return what ``call`` returns, trying again while the database is away.

    Raises HistoryAwayError after ``patience`` seconds.
    """
    deadline, pause = time.monotonic() + patience, FIRST_PAUSE
    while True:
        try:
            return call()
        except HistoryAwayError:
            if time.monotonic() + pause > deadline:
                raise
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)
