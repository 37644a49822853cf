"""Tables of the history, and the migrations from each version to the next."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    insert,
    inspect,
    select,
    update,
)

from auditor.history.dialect import lock_migration
from auditor.history.stored_text import storable
from auditor.i18n import _
from auditor.model.errors import UserError


class Moment(TypeDecorator[datetime]):
    """An aware time, stored as UTC, since databases do not keep time zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - required by SQLAlchemy
        """Convert to UTC and drop the zone."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - required by SQLAlchemy
        """Add the zone UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class Amount(TypeDecorator[Decimal]):
    """An exact amount, stored as text, since no number type holds all of them exactly."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - required by SQLAlchemy
        """Convert to text."""
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002 - required by SQLAlchemy
        """Convert from text."""
        return None if value is None else Decimal(value)


class Words(TypeDecorator[str]):
    """A text in the form that every database can hold, in conditions as well as in rows."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - required by SQLAlchemy
        """Replace what a database refuses."""
        return None if value is None else storable(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 - required by SQLAlchemy
        """Replace it in rows that SQLite took before."""
        return None if value is None else storable(value)


_meta = MetaData()
_holding = ("surface", "owner", "subject", "area", "rule", "severity", "asset")

schema = Table("schema_version", _meta, Column("version", Integer, nullable=False))
claims = Table(
    "claims",
    _meta,
    Column("family", Words, primary_key=True),
    Column("holder", Words, nullable=False, index=True),
    Column("expires_at", Moment, nullable=False),
)
passes = Table(
    "passes",
    _meta,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment, nullable=False, index=True),
    Column("verdict", Words, nullable=False),
    Column("content", LargeBinary, nullable=False),
    # The command that made it, None for a watch: only a watch's passes count as steps of a watch.
    Column("command", Words),
    # Numbers of pruned passes are not used again, so that PASS 7 always means the same pass.
    sqlite_autoincrement=True,
)
accounts = Table(
    "accounts",
    _meta,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("exchange", Words, nullable=False),
    Column("environment", Words, nullable=False),
    Column("uid", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("main_uid", Words, index=True),
    UniqueConstraint("exchange", "environment", "uid"),
)
results = Table(
    "results",
    _meta,
    Column("pass_id", ForeignKey("passes.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), primary_key=True, index=True),
    Column("name", Words, nullable=False),
    Column("verdict", Words, nullable=False),
    Column("blockers", Integer, nullable=False),
    Column("unread", Integer, nullable=False),
    Column("passes", Integer, nullable=False),
    Column("quiet", Integer, nullable=False),
    Column("clean_since", Moment),
    Column("complete_at", Moment),
    Column("begun_at", Moment),
    Column("told", Boolean, nullable=False),
    Column("mark", Words),
    Index("ix_results_name_mark", "name", "mark"),
)
holdings = Table(
    "holdings",
    _meta,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    *(Column(name, Words, nullable=name in {"owner", "asset"}) for name in _holding),
    Column("amount", Amount),
    Column("ready_at", Moment),
    Column("open", Boolean, nullable=False),
    Column("since", Moment, nullable=False),
)
transitions = Table(
    "transitions",
    _meta,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("pass_id", ForeignKey("passes.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("kind", Words, nullable=False),
    *(Column(name, Words, nullable=name in {"owner", "asset"}) for name in _holding),
    Column("amount", Amount),
    Column("ready_at", Moment),
    Column("before", Amount),
    Column("other_rule", Boolean, nullable=False),
)


def _create(connection: Connection) -> None:
    _meta.create_all(connection)


def _add_marks(connection: Connection) -> None:
    if not _has_column(connection, results, "mark"):
        connection.exec_driver_sql("ALTER TABLE results ADD COLUMN mark VARCHAR")


def _add_commands(connection: Connection) -> None:
    if not _has_column(connection, passes, "command"):
        connection.exec_driver_sql("ALTER TABLE passes ADD COLUMN command VARCHAR")


def _claim_families(connection: Connection) -> None:
    # A watch of an older version ends at its next pass: it would claim the whole history.
    if not _has_column(connection, claims, "family"):
        claims.drop(connection)
        claims.create(connection)
        # Thousands of accounts share a history: each is found without reading the others.
        for index in {*accounts.indexes, *results.indexes}:
            index.create(connection, checkfirst=True)


def _has_column(connection: Connection, table: Table, name: str) -> bool:
    return name in {column["name"] for column in inspect(connection).get_columns(table.name)}


Migration = Callable[[Connection], None]
STEPS: Sequence[Migration] = (_create, _add_marks, _add_commands, _claim_families)
"""Step n migrates version n to version n + 1. Released steps never change; new ones are appended."""


def migrate(connection: Connection, steps: Sequence[Migration] = STEPS) -> None:
    """Migrate the database to this program's version, within the caller's transaction.

    Of several programs that come at once, one migrates and the others wait. Raises UserError for a newer version.
    """
    lock_migration(connection)
    current = version(connection)
    if current > len(steps):
        text = _("The history was written by a newer version of this program (its version {found}, known {known}): "
                 "update this one, or name another file with --history. Nothing was changed.")  # fmt: skip
        raise UserError(text.format(found=current, known=len(steps)))
    for step in steps[current:]:
        step(connection)
    if current < len(steps):
        _set_version(connection, current, len(steps))


def is_current(connection: Connection) -> bool:
    """Return whether the tables exist in this program's version, so that nothing is written."""
    return inspect(connection).has_table(schema.name) and version(connection) == len(STEPS)


def version(connection: Connection) -> int:
    """Return the version of the tables; 0 if there are none.

    Raises UserError for the database of another program.
    """
    table_names = inspect(connection).get_table_names()
    if schema.name in table_names:
        return connection.execute(select(schema.c.version)).scalar_one_or_none() or 0
    if table_names:
        raise UserError(_("The history's database belongs to another program: name another file with --history."))
    return 0


def _set_version(connection: Connection, old: int, new: int) -> None:
    if connection.execute(select(schema.c.version)).first() is None:
        connection.execute(insert(schema).values(version=new))
    else:
        connection.execute(update(schema).where(schema.c.version == old).values(version=new))
