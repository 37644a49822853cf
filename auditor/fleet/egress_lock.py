"""The lock of an egress: one process at a time uses an address, since an exchange counts requests by address."""

from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, text

from auditor.history import lease
from auditor.history.database import convert_errors
from auditor.history.store import History
from auditor.i18n import _
from auditor.model.errors import UserError


class EgressTakenError(UserError):
    """Another process has the egress."""

    def __init__(self, egress: str) -> None:
        """Say which one."""
        super().__init__(
            _("Another process works at the egress {name}: end it, or give this one a name of its own.").format(
                name=egress
            )
        )


class EgressLock(Protocol):
    """The right to use an egress; it goes with its process, or with the connection to the database."""

    def take(self) -> None:
        """Take it. Raises EgressTakenError."""

    def keep(self) -> None:
        """See to it that it is still held, and take it again where the connection was cut. Raises EgressTakenError."""

    def release(self) -> None:
        """Give it back."""


class FileEgressLock:
    """The lock of a history in a file, which belongs to one worker whatever its egress is called."""

    def __init__(self, file: Path) -> None:
        """Prepare the lock of the file."""
        self._lease = lease.FileLease(file)

    def take(self) -> None:
        """Take it. Raises EgressTakenError."""
        if not self._lease.take():
            raise UserError(
                _("Another worker or watch uses this history. For several workers it must be in PostgreSQL.")
            )

    def keep(self) -> None:
        """Do nothing: the system keeps it until this process dies."""

    def release(self) -> None:
        """Give it back."""
        self._lease.release()


class ServerEgressLock:
    """An advisory lock of PostgreSQL, on a connection of its own."""

    def __init__(self, history: History, egress: str) -> None:
        """Prepare the lock."""
        self._history, self._egress = history, egress
        self._connection: Connection | None = None

    def take(self) -> None:
        """Take it. Raises EgressTakenError, and HistoryAwayError."""
        with convert_errors(self._history.location):
            connection = self._history.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            if not connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _key(self._egress)}).scalar():
                connection.close()
                raise EgressTakenError(self._egress)
            self._connection = connection

    def keep(self) -> None:
        """See to it that it is still held. Raises EgressTakenError, and HistoryAwayError while it cannot be known."""
        if self._connection is not None:
            try:
                with convert_errors(self._history.location):
                    self._connection.execute(text("SELECT 1"))
            except UserError:
                self._drop()
        if self._connection is None:
            self.take()

    def release(self) -> None:
        """Give it back, with its connection."""
        self._drop()

    def _drop(self) -> None:
        if self._connection is not None:
            with suppress(Exception):  # it was cut: the server has given the lock back
                self._connection.invalidate()
                self._connection.close()
            self._connection = None


def lock_for(history: History, egress: str) -> EgressLock:
    """Return the lock of an egress. Raises UserError for a database that cannot keep one."""
    if history.location.file is not None:
        return FileEgressLock(history.location.file)
    if history.engine.dialect.name != "postgresql":
        raise UserError(_("Several workers need the history in PostgreSQL: --history env:NAME."))
    return ServerEgressLock(history, egress)


def _key(egress: str) -> int:
    return int.from_bytes(blake2b(f"egress {egress}".encode(), digest_size=8).digest(), signed=True)
