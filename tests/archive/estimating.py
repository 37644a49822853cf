"""The time that an archive needs at least by the table of its exchange, before anything is asked."""

import asyncio
from datetime import datetime
from pathlib import Path

from auditor.archive.progress import Progress
from auditor.archive.remaining import Bounds, least_of
from auditor.archive.state import State
from auditor.spec.history import History


def least_seconds(history: History, folder: Path, now: datetime) -> float:
    """The seconds that the slowest limit needs for all lists of an archive that begins in an empty folder."""
    state = State.open(folder)

    async def expected() -> float:
        progress = Progress()
        lists = (*history.ledgers, *history.seconds, *history.changes)
        progress.expect((one, least_of(one, state, Bounds(now))) for one in lists)
        return progress.seconds()

    try:
        return asyncio.run(expected())
    finally:
        state.close()
