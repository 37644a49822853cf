"""Connection to the history: private file, transactions, and errors as sentences."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, NoSuchModuleError, SQLAlchemyError

from auditor.history.database_url import Location
from auditor.history.dialect import is_away, server_words
from auditor.history.migrations import is_current, migrate
from auditor.i18n import _, mark
from auditor.model.errors import UserError
from auditor.security.locks import install_command
from auditor.security.paths import check_owner, make_private_folders
from auditor.security.redaction import SECRETS

PATIENCE = 30.0
"""Seconds to wait for another process that is writing."""
PSYCOPG = frozenset({"postgresql", "postgresql+psycopg"})
CONNECTION_LIMITS = {"connect_timeout": 10, "tcp_user_timeout": 30_000}
"""Seconds until a connection stands, and milliseconds until one is given up whose other end has gone silent."""
CONNECTIONS = 16
"""Connections that stay open once they were needed at the same time: to open one takes several round trips."""
WRITES = {"writes": True}
SIDE_FILES = ("-journal", "-wal", "-shm", ".lock")
"""Endings of the files that SQLite and the lease keep beside the history."""
_DAMAGED = mark("{where} is damaged: restore a copy, or name another file with --history. It was left as it is.")
_DAMAGE = frozenset({"NOTADB", "CORRUPT", "ERROR"})
"""SQLite's errors for a file that is none of ours any more; ERROR: a table or a column is missing."""
_SENTENCES = {
    "BUSY": mark("{where} is locked by another program: end that one, or wait. Nothing was lost."),
    "LOCKED": mark("{where} is locked by another program: end that one, or wait. Nothing was lost."),
    "FULL": mark("The disk is full, so nothing more was written to {where}; what it held is whole. Free some space."),
    "NOTADB": mark("{where} is not a history file, or it is damaged: restore a copy, or name another with --history."),
    "CORRUPT": _DAMAGED,
    "ERROR": _DAMAGED,
    "READONLY": mark("You may not write to {where}: change its permissions, or name another file with --history."),
    "CANTOPEN": mark("{where} cannot be opened: name another file with --history."),
    "IOERR": mark("{where} could not be read or written: check the disk. What it held was left as it is."),
}


class HistoryAwayError(UserError):
    """The history's database cannot be reached, or went away. Nothing of the transaction was stored."""


class DamagedHistoryError(UserError):
    """A history that holds what this program cannot have written. It is left as it is."""


def connect(location: Location, *, patience: float = PATIENCE) -> Engine:
    """Open the history; create or migrate it where needed. Raises UserError."""
    with convert_errors(location):
        engine = _file_engine(location.file, patience) if location.file else _server_engine(str(location.url))
        with engine.begin() as connection:
            current = is_current(connection)
        if not current:
            with engine.execution_options(**WRITES).begin() as connection:
                migrate(connection)
    return engine


def shrink(engine: Engine) -> None:
    """Free the disk space of dropped passes, if the history is a file.

    Does nothing if the disk has no room for the copy that this needs.
    """
    if engine.dialect.name == "sqlite":
        with suppress(sqlite3.Error), closing(engine.raw_connection()) as raw:
            raw.cursor().execute("VACUUM")


@contextmanager
def convert_errors(location: Location) -> Iterator[None]:
    """Convert errors of the database into UserError."""
    try:
        yield
    except DBAPIError as error:
        raise _problem(error, location) from None
    except (NoSuchModuleError, ModuleNotFoundError):
        text = _("No driver for the history's database is installed. For PostgreSQL: {command}, "
                 "and an address that begins with postgresql+psycopg://.")  # fmt: skip
        raise UserError(text.format(command=install_command())) from None
    except SQLAlchemyError as error:
        text = _("The history cannot be used ({why}).")
        raise UserError(text.format(why=type(error).__name__)) from None
    except (ValueError, TypeError, LookupError, ArithmeticError):  # what stands in a column is none of ours
        raise DamagedHistoryError(_(_DAMAGED).format(where=location.shown)) from None
    except OSError as error:
        text = _("{where} cannot be opened: {why}.")
        raise UserError(text.format(where=location.shown, why=error.strerror)) from None


def check_file(connection: Connection) -> None:
    """Check the pages of a history that is a file. Raises ValueError for damage, and what SQLite raises."""
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        if found != "ok":
            raise ValueError(found)


def _problem(error: DBAPIError, location: Location) -> UserError:
    if location.file is None:
        return _server_problem(error, location)
    kind = getattr(error.orig, "sqlite_errorname", "").removeprefix("SQLITE_").partition("_")[0]
    if not kind and isinstance(error.orig, sqlite3.OperationalError):  # Python's own: a text that is no UTF-8
        kind = "CORRUPT"
    if kind not in _SENTENCES:
        text = _("{where} refused to store it ({why}). Nothing was lost.")
        return UserError(text.format(where=location.shown, why=type(error.orig).__name__))
    problem = DamagedHistoryError if kind in _DAMAGE else UserError
    return problem(_(_SENTENCES[kind]).format(where=location.shown))


def _server_problem(error: DBAPIError, location: Location) -> UserError:
    why = SECRETS.text(server_words(error))
    if is_away(error):
        return HistoryAwayError(_("{where} cannot be reached: {why}.").format(where=location.shown, why=why))
    return UserError(_("{where} refused it: {why}. Nothing was lost.").format(where=location.shown, why=why))


def _server_engine(url: str) -> Engine:
    """Return an engine that tries a connection before it uses it: a restart or a firewall may have cut it."""
    given = make_url(url)
    limits = CONNECTION_LIMITS if given.drivername in PSYCOPG else {}
    arguments = {name: value for name, value in limits.items() if name not in given.query}
    return create_engine(given, pool_size=CONNECTIONS, pool_pre_ping=True, hide_parameters=True, connect_args=arguments)


def _file_engine(file: Path, patience: float) -> Engine:
    _make_private(file)
    # SQLite's own timeout applies to every statement; waiting in the driver may report a failure late.
    engine = create_engine(URL.create("sqlite", database=str(file)), connect_args={"timeout": patience})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _make_private(file: Path) -> None:
    """Create the file with mode 0600 at once: others could open it before a later chmod."""
    make_private_folders(file.parent)
    for part in ("", *SIDE_FILES):
        check_owner(Path(f"{file}{part}"))
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        if os.name == "posix" and file.is_file() and file.stat().st_mode & 0o077:
            file.chmod(0o600)


def _on_connect(connection: Any, _record: object) -> None:
    """Leave transactions to `_on_begin`: the driver begins them late and commits before DDL."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # overwrites deleted rows in the file


def _on_begin(connection: Connection) -> None:
    # A transaction that starts with a read may find the file changed when it writes.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
