"""Taking an egress over from the process that had it before, which may not know yet that it lost it."""

import asyncio
import logging
import os
import platform
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from sqlalchemy import Connection, select

from auditor.fleet.database import Database
from auditor.fleet.egresses import begin
from auditor.history import lease
from auditor.history import schema as t
from auditor.history.dialect import read_clock
from auditor.i18n import _

NOTICED = timedelta(seconds=15)
"""Time that a process needs to see that its claims expired, and what it had asked by then to be answered."""
_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Former:
    """The process that had an egress before.

    ``silence``: how long the next one must ask nothing; ``ago``: how long ago, at least, it last asked something.
    """

    silence: timedelta
    ago: timedelta


async def take_over(database: Database, egress: str) -> float:
    """Wait until nobody else uses an egress, and note that this process has it.

    Return when it was last used, as far as is known, in the event loop's time. Raises HistoryAwayError.
    """
    before = await database.read(lambda connection: find_former(connection, egress))
    if before.silence:
        seconds = before.silence.total_seconds()
        template = _("Waiting {seconds} s: the process that had the egress {name} before may still be at work.")
        _LOGGER.warning(template.format(seconds=ceil(seconds), name=egress))
        await asyncio.sleep(seconds)
    await database.write(lambda connection: begin(connection, egress, _host(), os.getpid(), read_clock(connection)))
    return asyncio.get_running_loop().time() - before.ago.total_seconds()


def find_former(connection: Connection, egress: str) -> Former:
    """Return what is known of the process that had an egress before.

    One that ended, or whose computer is this one and knows it no more, asks nothing. Any other one may be cut off from
    the database alone: it reads on until its claims expire.
    """
    none, row = timedelta(0), connection.execute(select(t.egresses).where(t.egresses.c.name == egress)).first()
    if row is None:
        return Former(none, timedelta(days=1))
    ago = max(none, read_clock(connection) - row.seen_at)
    if row.ended_at is not None:
        return Former(none, ago)
    is_gone = row.host == _host() and not _lives(row.process)
    silence = none if is_gone else max(none, lease.LASTS + NOTICED - ago)
    return Former(silence, max(none, ago - lease.LASTS))


def _host() -> str:
    return platform.node() or "?"


def _lives(process: int) -> bool:
    if process == os.getpid():
        return False
    with suppress(PermissionError):
        try:
            os.kill(process, 0)
        except (ProcessLookupError, OverflowError):
            return False
    return True
