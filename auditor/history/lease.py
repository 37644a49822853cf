"""Lease that lets only one watch of a history make a pass at a time.

A second watch waits, and then sees the pass that the first one stored.
"""

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
from auditor.model.errors import UserError

Now = Callable[[], datetime]
PAUSE = 0.5
"""Seconds between two attempts."""


class Lease(Protocol):
    """The right to make a pass; one process has it at a time."""

    def take(self) -> bool:
        """Take it if it is free; return whether that worked."""

    def release(self) -> None:
        """Release it."""


class FileLease:
    """A lock file next to the history's file; the system releases it when its process dies."""

    def __init__(self, history: Path) -> None:
        """Prepare the lock of the file ``history``."""
        self._lock = FileLock(f"{history}.lock", mode=0o600)

    def take(self) -> bool:
        """Take it if it is free; return whether that worked."""
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            return False
        except OSError as error:
            message = _("{file} cannot be written: {why}.").format(file=self._lock.lock_file, why=error.strerror)
            raise UserError(message) from None
        return True

    def release(self) -> None:
        """Release it."""
        self._lock.release()


class RowLease:
    """A row in a database that several computers share.

    It expires, so that a computer that stopped does not block the others.
    """

    def __init__(self, history: History, lasts: timedelta, now: Now = lambda: datetime.now(UTC)) -> None:
        """Prepare a lease that expires after ``lasts``."""
        self._history, self._lasts, self._now = history, lasts, now
        self._holder = secrets.token_hex(16)

    def take(self) -> bool:
        """Take it if it is free or has expired; return whether that worked."""
        now, row = self._now(), t.claims.c
        own_values = {"holder": self._holder, "expires_at": now + self._lasts}
        free = or_(row.expires_at < now, row.holder == self._holder)
        with self._history.writing() as connection:
            if connection.execute(update(t.claims).where(row.id == 1, free).values(own_values)).rowcount:
                return True
            exists = connection.execute(select(row.id)).first() is not None
        return not exists and self._insert(own_values)

    def release(self) -> None:
        """Release it, unless another process has taken it since it expired."""
        with self._history.writing() as connection:
            connection.execute(delete(t.claims).where(t.claims.c.holder == self._holder))

    def _insert(self, own_values: dict[str, object]) -> bool:
        """Insert the row; return False if another process has just inserted it."""
        with suppress(IntegrityError), self._history.engine.begin() as connection:
            connection.execute(insert(t.claims).values(id=1, **own_values))
            return True
        return False


@asynccontextmanager
async def hold_lease(lease: Lease, patience: float) -> AsyncIterator[None]:
    """Wait for the lease and hold it while the block runs.

    Raises UserError after ``patience`` seconds.
    """
    deadline = time.monotonic() + patience
    while not lease.take():
        if time.monotonic() > deadline:
            raise UserError(_("Another watch has been checking for a very long time: end it or wait, then try again."))
        await asyncio.sleep(PAUSE)
    try:
        yield
    finally:
        lease.release()
