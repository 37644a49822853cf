"""One pass at a time: of two watches on one history the second waits, and then sees what the first one found."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout
from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from auditor.history import schema as t
from auditor.history.store import History
from auditor.i18n import _
from auditor.model.errors import Problem

Now = Callable[[], datetime]
PAUSE = 0.5
"""Seconds between two tries."""


class Claim(Protocol):
    """The right to make a pass."""

    def take(self) -> bool:
        """Take it, if nobody else has it."""

    def release(self) -> None:
        """Give it back."""


class FileClaim:
    """A lock beside a history that is a file. The system takes it back from a process that dies."""

    def __init__(self, history: Path) -> None:
        """Claim ``history``."""
        self._lock = FileLock(f"{history}.lock", mode=0o600)

    def take(self) -> bool:
        """Take it, if nobody else has it."""
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            return False
        except OSError as error:
            message = _("{file} cannot be written: {why}.").format(file=self._lock.lock_file, why=error.strerror)
            raise Problem(message) from None
        return True

    def release(self) -> None:
        """Give it back."""
        self._lock.release()


class RowClaim:
    """A row in a database that several computers share. It expires, so that a dead one holds nobody up."""

    def __init__(self, history: History, lasts: timedelta, now: Now = lambda: datetime.now(UTC)) -> None:
        """Hold it for ``lasts`` at the longest."""
        self._history, self._lasts, self._now = history, lasts, now
        self._me = secrets.token_hex(16)

    def take(self) -> bool:
        """Take it, if nobody else has it, or no longer."""
        now, row = self._now(), t.claims.c
        mine = {"holder": self._me, "expires_at": now + self._lasts}
        free = or_(row.expires_at < now, row.holder == self._me)
        with self._history.writing() as connection:
            if connection.execute(update(t.claims).where(row.id == 1, free).values(mine)).rowcount:
                return True
            there = connection.execute(select(row.id)).first() is not None
        return not there and self._made(mine)

    def release(self) -> None:
        """Give it back, unless it went to somebody else meanwhile."""
        with self._history.writing() as connection:
            connection.execute(delete(t.claims).where(t.claims.c.holder == self._me))

    def _made(self, mine: dict[str, object]) -> bool:
        """Make the row. Somebody else may have made it in this very moment."""
        with suppress(IntegrityError), self._history.engine.begin() as connection:
            connection.execute(insert(t.claims).values(id=1, **mine))
            return True
        return False


@asynccontextmanager
async def held(claim: Claim, patience: float) -> AsyncIterator[None]:
    """Hold the claim while the block runs, once it is free. Raises Problem after ``patience`` seconds."""
    ends = time.monotonic() + patience
    while not claim.take():
        if time.monotonic() > ends:
            raise Problem(_("Another watch has been making a pass for very long: end it, or wait, and start again."))
        await asyncio.sleep(PAUSE)
    try:
        yield
    finally:
        claim.release()
