"""Rows of several lists in the order of time, each once, in a database that is gone with the program.

SQLite sorts on the disk what is larger than its memory, so that lists of any order and size cost the same memory.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_SCHEMA = """
CREATE TABLE row (
    list INTEGER, id TEXT, time INTEGER, raw TEXT, source TEXT, PRIMARY KEY (list, id)
) WITHOUT ROWID
"""


class StoredRow(NamedTuple):
    """A row as it came. ``list``: the number of its list; ``source``: file and line."""

    list: int
    id: str
    raw: object
    source: str


def _open() -> sqlite3.Connection:
    # A database without a name lies in the system's folder for such files, and is deleted when it is closed.
    database = sqlite3.connect("", isolation_level=None)
    database.execute("PRAGMA journal_mode = OFF")
    database.execute(_SCHEMA)
    return database


@dataclass(slots=True)
class ChangeStore:
    """The rows of all lists of changes."""

    _database: sqlite3.Connection = field(default_factory=_open)

    def add(self, row: StoredRow, time: int) -> StoredRow | None:
        """Keep a row, and return the one of its id that is there already: that one stays."""
        added = self._database.execute("INSERT OR IGNORE INTO row VALUES (?, ?, ?, ?, ?)", _values(row, time))
        return None if added.rowcount else next(self._select("WHERE list = ? AND id = ?", (row.list, row.id)))

    def put(self, row: StoredRow, time: int) -> None:
        """Keep a row in place of the one of its id."""
        self._database.execute("INSERT OR REPLACE INTO row VALUES (?, ?, ?, ?, ?)", _values(row, time))

    def in_time(self) -> Iterator[StoredRow]:
        """Yield all rows in the order of time; those of one moment by list and id."""
        return self._select("ORDER BY time, list, length(id), id", ())

    def count_beyond(self, number: int, other: int) -> int:
        """Return the number of rows of a list that another one lacks."""
        query = "SELECT count(*) FROM row WHERE list = ? AND id NOT IN (SELECT id FROM row WHERE list = ?)"
        return int(self._database.execute(query, (number, other)).fetchone()[0])

    def close(self) -> None:
        """Delete the rows."""
        self._database.close()

    def _select(self, which: str, values: tuple[object, ...]) -> Iterator[StoredRow]:
        rows = self._database.execute(f"SELECT list, id, raw, source FROM row {which}", values)  # noqa: S608
        for number, row_id, raw, source in rows:
            yield StoredRow(number, row_id, json.loads(raw), source)


def _values(row: StoredRow, time: int) -> tuple[object, ...]:
    return row.list, row.id, time, json.dumps(row.raw, separators=(",", ":")), row.source
