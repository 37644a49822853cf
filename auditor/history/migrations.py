"""Migrations of the history's tables from each version to the next."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Table, insert, inspect, select, update

from auditor.history import schema as t
from auditor.history.dialect import lock_migration
from auditor.history.last_pass import fill_in
from auditor.i18n import _
from auditor.model.errors import UserError


def _create(connection: Connection) -> None:
    t.METADATA.create_all(connection)


def _add_marks(connection: Connection) -> None:
    if not _has_column(connection, t.results, "mark"):
        connection.exec_driver_sql("ALTER TABLE results ADD COLUMN mark VARCHAR")


def _add_commands(connection: Connection) -> None:
    if not _has_column(connection, t.passes, "command"):
        connection.exec_driver_sql("ALTER TABLE passes ADD COLUMN command VARCHAR")


def _claim_families(connection: Connection) -> None:
    # A watch of an older version ends at its next pass: it would claim the whole history.
    if not _has_column(connection, t.claims, "family"):
        t.claims.drop(connection)
        t.claims.create(connection)
        # Thousands of accounts share a history: each is found without reading the others.
        for index in {*t.accounts.indexes, *t.results.indexes}:
            index.create(connection, checkfirst=True)


def _add_fleet(connection: Connection) -> None:
    for table in t.FLEET:
        table.create(connection, checkfirst=True)


def _add_last_passes(connection: Connection) -> None:
    is_new = not inspect(connection).has_table(t.standings.name)
    for table in (t.standings, t.findings, t.dust, t.fleet_news):
        table.create(connection, checkfirst=True)
    if is_new:
        fill_in(connection)


def _has_column(connection: Connection, table: Table, name: str) -> bool:
    return name in {column["name"] for column in inspect(connection).get_columns(table.name)}


Migration = Callable[[Connection], None]
STEPS: Sequence[Migration] = (_create, _add_marks, _add_commands, _claim_families, _add_fleet, _add_last_passes)
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
    return inspect(connection).has_table(t.schema.name) and version(connection) == len(STEPS)


def version(connection: Connection) -> int:
    """Return the version of the tables; 0 if there are none.

    Raises UserError for the database of another program.
    """
    table_names = inspect(connection).get_table_names()
    if t.schema.name in table_names:
        return connection.execute(select(t.schema.c.version)).scalar_one_or_none() or 0
    if table_names:
        raise UserError(_("The history's database belongs to another program: name another file with --history."))
    return 0


def _set_version(connection: Connection, old: int, new: int) -> None:
    if connection.execute(select(t.schema.c.version)).first() is None:
        connection.execute(insert(t.schema).values(version=new))
    else:
        connection.execute(update(t.schema).where(t.schema.c.version == old).values(version=new))
