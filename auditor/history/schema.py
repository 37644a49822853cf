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


_meta = MetaData()
_holding = ("surface", "owner", "subject", "area", "rule", "severity", "asset")

schema = Table("schema_version", _meta, Column("version", Integer, nullable=False))
claims = Table(
    "claims",
    _meta,
    Column("id", Integer, primary_key=True),
    Column("holder", String, nullable=False),
    Column("expires_at", Moment, nullable=False),
)
passes = Table(
    "passes",
    _meta,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment, nullable=False, index=True),
    Column("verdict", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    # The command that made it, None for a watch: only a watch's passes count as steps of a watch.
    Column("command", String),
    # Numbers of pruned passes are not used again, so that PASS 7 always means the same pass.
    sqlite_autoincrement=True,
)
accounts = Table(
    "accounts",
    _meta,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("exchange", String, nullable=False),
    Column("environment", String, nullable=False),
    Column("uid", String, nullable=False),
    Column("name", String, nullable=False),
    Column("main_uid", String),
    UniqueConstraint("exchange", "environment", "uid"),
)
results = Table(
    "results",
    _meta,
    Column("pass_id", ForeignKey("passes.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), primary_key=True, index=True),
    Column("name", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("blockers", Integer, nullable=False),
    Column("unread", Integer, nullable=False),
    Column("passes", Integer, nullable=False),
    Column("quiet", Integer, nullable=False),
    Column("clean_since", Moment),
    Column("complete_at", Moment),
    Column("begun_at", Moment),
    Column("told", Boolean, nullable=False),
    Column("mark", String),
)
holdings = Table(
    "holdings",
    _meta,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    *(Column(name, String, nullable=name in {"owner", "asset"}) for name in _holding),
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
    Column("kind", String, nullable=False),
    *(Column(name, String, nullable=name in {"owner", "asset"}) for name in _holding),
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


def _has_column(connection: Connection, table: Table, name: str) -> bool:
    return name in {column["name"] for column in inspect(connection).get_columns(table.name)}


Migration = Callable[[Connection], None]
STEPS: Sequence[Migration] = (_create, _add_marks, _add_commands)
"""Step n migrates version n to version n + 1. Released steps never change; new ones are appended."""


def migrate(connection: Connection, steps: Sequence[Migration] = STEPS) -> None:
    """Migrate the database to this program's version, within the caller's transaction.

    Raises UserError for a newer version.
    """
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
