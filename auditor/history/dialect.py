"""What SQLite and PostgreSQL do differently: clocks, locks, and what their errors mean.

Other databases that SQLAlchemy knows take the general way; no test tries them.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Interval,
    String,
    Table,
    bindparam,
    cast,
    func,
    literal,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from auditor.history.columns import Moment

POSTGRESQL = "postgresql"
MIGRATION = 6_013_141_592
"""Number of the lock that a migration holds: any, as long as each release has the same."""
_CLOCKS = {
    # That of the transaction's start would be too early for one that waited for a lock.
    POSTGRESQL: "SELECT clock_timestamp()",
    "sqlite": "SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')",
}
_AWAY = ("08", "57P")
"""Beginnings of PostgreSQL's codes for a connection that failed, and for a server that stops or starts."""
_INSERTS = {POSTGRESQL: postgresql.insert, "sqlite": sqlite.insert}
LONGEST = 300
"""Characters of a server's words in one sentence."""


def read_clock(connection: Connection) -> datetime:
    """Return the database's time: that of the programs which share it may be minutes apart."""
    query = _CLOCKS.get(connection.dialect.name)
    if query is None:
        return datetime.now(UTC)
    now = connection.execute(text(query)).scalar_one()
    found: datetime = datetime.fromisoformat(now).replace(tzinfo=UTC) if isinstance(now, str) else now
    return found.astimezone(UTC)


def clock_after(connection: Connection, delay: timedelta = timedelta(0)) -> ColumnElement[datetime] | datetime:
    """Return the database's time after a delay, as a value of a column: where possible it is asked for on the way."""
    if connection.dialect.name == POSTGRESQL:
        return func.timezone("UTC", func.clock_timestamp(), type_=DateTime) + literal(delay, Interval)
    return read_clock(connection) + delay


def clock_terms(dialect: str) -> tuple[ColumnElement[datetime], ColumnElement[datetime]]:
    """Return the database's time, and that after a delay, for a statement that gets `clock_values`."""
    if dialect == POSTGRESQL:
        now = func.timezone("UTC", func.clock_timestamp(), type_=DateTime)
        return now, now + bindparam("delay", type_=Interval)
    return bindparam("now", type_=Moment), bindparam("later", type_=Moment)


def clock_values(connection: Connection, delay: timedelta) -> Mapping[str, Any]:
    """Return the values of `clock_terms`: where possible the time is asked for on the way."""
    if connection.dialect.name == POSTGRESQL:
        return {"delay": delay}
    now = read_clock(connection)
    return {"now": now, "later": now + delay}


def insert_or_update(dialect: str, table: Table) -> Any:
    """Return an INSERT that can update the row that is there already; None where the database knows none."""
    insert = _INSERTS.get(dialect)
    return None if insert is None else insert(table)


def hour_of(moment: ColumnElement[datetime], connection: Connection) -> ColumnElement[str]:
    """Return the hour of a stored time as text, such as ``2026-12-31 18``."""
    if connection.dialect.name == POSTGRESQL:
        return func.to_char(moment, "YYYY-MM-DD HH24")
    return func.substr(cast(moment, String), 1, 13)


def lock_migration(connection: Connection) -> None:
    """Wait until no other program makes tables, and keep them waiting until this transaction ends."""
    if connection.dialect.name == POSTGRESQL:  # SQLite's transactions that write wait for each other
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": MIGRATION})


def is_away(error: DBAPIError) -> bool:
    """Return whether a server could not be reached, or went away."""
    code = getattr(error.orig, "sqlstate", None)
    if isinstance(code, str):
        return code.startswith(_AWAY)
    return error.connection_invalidated or type(error.orig).__name__ == "OperationalError"


def server_words(error: DBAPIError) -> str:
    """Return what a server said in one line. It may name hosts and users; rows and parameters are left out."""
    message = getattr(getattr(error.orig, "diag", None), "message_primary", None) or str(error.orig)
    return " ".join(message.split())[:LONGEST] or type(error.orig).__name__
