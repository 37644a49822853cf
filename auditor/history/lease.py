"""Lease that lets only one watch at a time make a pass over an account.

A second watch waits, and then sees the pass that the first one stored. In a file the lease is on the whole history, in
another database on the families of the watch's accounts.
"""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from auditor.history import claims
from auditor.history.database import HistoryAwayError
from auditor.history.models import ConfiguredAccount
from auditor.history.outage import wait_out
from auditor.history.store import History
from auditor.i18n import _
from auditor.model.errors import UserError

PAUSE = 0.5
"""Seconds between two attempts."""
LASTS = timedelta(minutes=2)
"""Time after which a claim that is not renewed is free, as when its computer lost power."""
RENEWAL = 20.0
"""Seconds between renewals: several may fail before a claim expires."""


class Lease(Protocol):
    """The right to make a pass; one process has it at a time."""

    def take(self) -> bool:
        """Take it if it is free; return whether that worked."""

    def renew(self) -> bool:
        """Prolong it; return False if another process has taken it."""

    def release(self) -> None:
        """Release it."""

    @property
    def holder(self) -> str | None:
        """The name under which the history knows the claims; None for a lease that cannot be lost."""


class FileLease:
    """A lock file next to the history's file; the system releases it when its process dies."""

    holder = None

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

    def renew(self) -> bool:
        """Do nothing: the system keeps it until this process dies."""
        return True

    def release(self) -> None:
        """Release it."""
        self._lock.release()


class RowLease:
    """Claims on the families of some accounts, in a database that several computers share.

    They expire, so that a computer that stopped does not block the others.
    """

    def __init__(
        self,
        history: History,
        accounts: Sequence[ConfiguredAccount],
        lasts: timedelta | None = None,
        holder: str | None = None,
    ) -> None:
        """Prepare claims that expire after ``lasts``, by default `LASTS`, unless they are renewed.

        ``holder``: the name of a lease whose claims these are added to.
        """
        self._history, self._accounts, self._lasts = history, tuple(accounts), lasts or LASTS
        self.holder = holder or secrets.token_hex(16)

    def take(self) -> bool:
        """Take all of them if all are free or have expired; return whether that worked."""
        with suppress(_TakenError), self._history.writing() as connection:
            families = claims.find_families(connection, self._accounts)
            is_taken = claims.take(connection, families, self.holder, self._lasts)
            # Whoever had them before may have found out meanwhile which accounts belong together.
            if not is_taken or families != claims.find_families(connection, self._accounts):
                raise _TakenError
            return True
        return False

    def renew(self) -> bool:
        """Prolong them; return False if another program has taken them."""
        with self._history.writing() as connection:
            return claims.renew(connection, self.holder, self._lasts)

    def release(self) -> None:
        """Release them, unless another program has taken them since they expired."""
        with self._history.writing() as connection:
            claims.release(connection, self.holder)


class _TakenError(Exception):
    """Another program has one of the families: what was taken beside it is rolled back."""


@asynccontextmanager
async def hold_lease(lease: Lease, patience: float) -> AsyncIterator[None]:
    """Wait for the lease and hold it while the block runs; what reads accounts in it is `keep_renewed`.

    Raises UserError after ``patience`` seconds.
    """
    deadline = time.monotonic() + patience
    while not await wait_out(lease.take):
        if time.monotonic() > deadline:
            raise UserError(_("Another watch has been checking for a very long time: end it or wait, then try again."))
        await asyncio.sleep(PAUSE)
    try:
        yield
    finally:
        with suppress(HistoryAwayError):  # then it expires
            lease.release()


@asynccontextmanager
async def keep_renewed(lease: Lease) -> AsyncIterator[None]:
    """Renew the lease while the block runs, which reads accounts.

    Raises ClaimLostError as soon as it may have expired: nobody else may read an account while this block still does.
    """
    if lease.holder is None:
        yield
        return
    limit = asyncio.timeout(LASTS.total_seconds())
    renewing = asyncio.create_task(_keep_renewing(lease, limit))
    try:
        async with limit:
            yield
    except TimeoutError:
        if not limit.expired():
            raise
        raise claims.ClaimLostError from None
    finally:
        renewing.cancel()


async def _keep_renewing(lease: Lease, limit: asyncio.Timeout) -> None:
    """Renew the lease again and again, and let ``limit`` end the block if that fails for too long."""
    loop, pause = asyncio.get_running_loop(), RENEWAL
    while True:
        await asyncio.sleep(pause)
        before = loop.time()
        try:
            is_held = await asyncio.to_thread(lease.renew)
        except UserError:  # the database may be back in a moment
            pause = PAUSE
            continue
        if limit.expired():
            return
        limit.reschedule(before + LASTS.total_seconds() if is_held else before)
        pause = RENEWAL
