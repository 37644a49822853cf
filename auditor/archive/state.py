"""What is safe of an archive that is not sealed yet: lengths of files, and where each list was left.

A row of this database is committed after the bytes that it counts are on the disk: what lies behind them is cut off.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from operator import attrgetter
from pathlib import Path
from typing import Self

from auditor.archive.folder import RAW, STATE
from auditor.archive.raw import DamagedError
from auditor.i18n import _
from auditor.spec.paged_list import OF_ROW

_SCHEMA = """
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS file (path TEXT PRIMARY KEY, length INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS list (
    id TEXT PRIMARY KEY, status TEXT NOT NULL, segment INTEGER NOT NULL, oldest INTEGER, newest INTEGER,
    until INTEGER, began INTEGER, rows INTEGER NOT NULL, cut INTEGER NOT NULL, reason TEXT NOT NULL,
    code TEXT NOT NULL, position TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS closing (list TEXT, asset TEXT, segment INTEGER, balance TEXT, PRIMARY KEY (list, asset));
"""
# Where a row is there, only what changes is written: in place of it, its index would be, too.
_SET_LENGTH = "INSERT INTO file VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET length = excluded.length"


class Status(StrEnum):
    """How a list stands.

    Being read; read to its end; refused for good; broken off, so that a further run goes on.
    """

    READING = "reading"
    ENDED = "ended"
    REFUSED = "refused"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListState:
    """Where a list was left.

    ``segment``: the run through it, 0 the first; ``oldest``: the id from which to go on; ``newest``: the newest id of
    all runs; ``until``: the id at which this run meets the one before; ``began``: the newest id of this run; ``rows``:
    rows so far; ``cut``: 1 where it ended at the day that the user named; ``position``: of a list read by time, in
    place of the ids.
    """

    id: str
    status: Status = Status.READING
    segment: int = 0
    oldest: int | None = None
    newest: int | None = None
    until: int | None = None
    began: int | None = None
    rows: int = 0
    cut: int = 0
    reason: str = ""
    code: str = ""
    position: str = ""

    @property
    def done(self) -> bool:
        """Whether it was read to its end."""
        return self.status is Status.ENDED

    def failed(self, status: Status, reason: str, code: str = "") -> "ListState":
        """Return the state of a list that cannot be read on."""
        return replace(self, status=status, reason=reason, code=code)


_NAMES = ListState.__slots__
_MARKS, _CHANGED = ", ".join("?" * len(_NAMES)), ", ".join(f"{name} = excluded.{name}" for name in _NAMES[1:])
_READ_LIST = f"SELECT {', '.join(_NAMES)} FROM list WHERE id = ?"  # noqa: S608 - names of this program's own
_SET_LIST = f"INSERT INTO list VALUES ({_MARKS}) ON CONFLICT (id) DO UPDATE SET {_CHANGED}"  # noqa: S608 - as above
_values_of = attrgetter(*_NAMES)
# The first balance of a run counts, or the last one.
_SET_CLOSING = (
    "INSERT INTO closing VALUES (?, ?, ?, ?) ON CONFLICT (list, asset) DO UPDATE SET "
    "segment = excluded.segment, balance = excluded.balance WHERE excluded.segment >= segment + ?"
)


@dataclass(frozen=True, slots=True)
class State:
    """The database of one folder."""

    folder: Path
    database: sqlite3.Connection = field(repr=False)
    _lengths: dict[Path, int] = field(default_factory=dict, repr=False)
    _names: dict[Path, str] = field(default_factory=dict, repr=False)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open or create the database, and cut every raw file to what is safe."""
        database = sqlite3.connect(folder / STATE, isolation_level=None)
        # One run writes it, under a lock: nothing is shared, so that this works on the disk of another computer, too.
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        # A page's commit is one write at the end of a file, in place of four with a journal. Each is durable.
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.executescript(_SCHEMA)
        state = cls(folder, database)
        state._cut_files()
        return state

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def fact(self, name: str) -> str | None:
        """Return what was noted under a name."""
        row = self.database.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def note(self, **facts: str) -> None:
        """Note facts, in place of earlier ones."""
        self.database.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?)", facts.items())

    def length(self, path: Path) -> int:
        """Return how many bytes of a file are safe."""
        if path not in self._lengths:
            row = self.database.execute("SELECT length FROM file WHERE path = ?", (self._name(path),)).fetchone()
            self._lengths[path] = 0 if row is None else int(row[0])
        return self._lengths[path]

    def _name(self, path: Path) -> str:
        if path not in self._names:
            self._names[path] = path.relative_to(self.folder).as_posix()
        return self._names[path]

    def list_state(self, list_id: str) -> ListState:
        """Return where a list was left; a list that was never read is being read."""
        row = self.database.execute(_READ_LIST, (list_id,)).fetchone()
        if row is None:
            return ListState(id=list_id)
        values = dict(zip(_NAMES, row, strict=True))
        return ListState(**{**values, "status": Status(values["status"])})

    def closings(self, list_id: str) -> dict[str, str]:
        """Return the newest balance of each coin in a ledger, as its newest row gives it.

        A coin in several parts of a list has none: which of its rows is the newest is not known here.
        """
        prefix = f"{list_id}{OF_ROW}"
        rows = self.database.execute(
            "SELECT asset, balance FROM closing WHERE list = ? OR substr(list, 1, ?) = ? "
            "GROUP BY asset HAVING count(*) = 1",
            (list_id, len(prefix), prefix),
        )
        return dict(rows.fetchall())

    def part_ids(self, list_id: str) -> list[str]:
        """Return the ids of the parts of a list that were begun."""
        prefix = f"{list_id}{OF_ROW}"
        rows = self.database.execute("SELECT id FROM list WHERE substr(id, 1, ?) = ?", (len(prefix), prefix))
        return [str(row[0]) for row in rows]

    def commit(
        self,
        lists: ListState | None,
        lengths: Mapping[Path, int],
        closings: Mapping[str, str] | None = None,
        *,
        is_last: bool = False,
    ) -> None:
        """Make the lengths of files, the state of a list and its newest balances safe in one step.

        ``closings``: balances of the rows of one page, the newest of each coin; the first of a run counts, or with
        ``is_last`` the last.
        """
        execute = self.database.execute
        execute("BEGIN IMMEDIATE")
        for path, length in lengths.items():
            execute(_SET_LENGTH, (self._name(path), length))
        if lists is not None:
            execute(_SET_LIST, _values_of(lists))
            for asset, text in (closings or {}).items():
                execute(_SET_CLOSING, (lists.id, asset, lists.segment, text, not is_last))
        execute("COMMIT")
        self._lengths.update(lengths)

    def _cut_files(self) -> None:
        for path in sorted((self.folder / RAW).rglob("*.gz")):
            length = self.length(path)
            if length == 0:
                path.unlink()
            elif path.stat().st_size < length:
                raise DamagedError(_("{path} is shorter than it was.").format(path=path))
            elif path.stat().st_size > length:
                with path.open("r+b") as file:
                    file.truncate(length)
