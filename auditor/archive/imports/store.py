"""Rows of added files in the order of their ids, each once, in a database that is gone with the program.

SQLite sorts on the disk what is larger than its memory, so that a file of any order and size costs the same memory.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from auditor.spec.ledger import LedgerEntry

_TEXTS = ("asset", "kind", "type", "subtype", "description", "fee", "instrument", "order_id", "trade_id", "ref")
_SCHEMA = f"""
CREATE TABLE entry (
    ledger TEXT, number INTEGER, file INTEGER, source TEXT, time INTEGER, change TEXT, balance TEXT, slack TEXT,
    {", ".join(f"{name} TEXT" for name in _TEXTS)}, PRIMARY KEY (ledger, number)
) WITHOUT ROWID
"""
_COLUMNS = ("file", "source", "number", "time", "change", "balance", "slack", *_TEXTS)
SECOND = 1000
"""Milliseconds."""


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """A row with the number of its file, and where in it it stands."""

    file: int
    source: str
    entry: LedgerEntry


def _open() -> sqlite3.Connection:
    # A database without a name lies in the system's folder for such files, and is deleted when it is closed.
    database = sqlite3.connect("", isolation_level=None)
    database.execute("PRAGMA journal_mode = OFF")
    database.execute(_SCHEMA)
    return database


@dataclass(slots=True)
class ImportStore:
    """The rows of all added files."""

    _database: sqlite3.Connection = field(default_factory=_open)

    def add(self, ledger: str, stored: StoredEntry) -> bool:
        """Keep a row, and return whether a row with its id that is there already is of another file and says the same.

        Of two such rows the one that is not rounded is kept, else the one of the earlier file.
        """
        places = ", ".join("?" * (len(_COLUMNS) + 1))
        values = (ledger, *_values(stored))
        names = f"ledger, {', '.join(_COLUMNS)}"
        added = self._database.execute(f"INSERT OR IGNORE INTO entry ({names}) VALUES ({places})", values)  # noqa: S608
        if added.rowcount:
            return True
        known = self.find(ledger, stored.entry.number)
        if known is None:
            raise KeyError(stored.entry.number)
        if known.entry.slack > stored.entry.slack:
            self._database.execute(f"INSERT OR REPLACE INTO entry ({names}) VALUES ({places})", values)  # noqa: S608
        is_other = known.file != stored.file
        return is_other and is_same(known.entry, stored.entry) and is_same_second(known.entry, stored.entry)

    def find(self, ledger: str, number: int) -> StoredEntry | None:
        """Return the row of an id."""
        return next(self._select("WHERE ledger = ? AND number = ?", (ledger, number)), None)

    def entries(self, ledger: str) -> Iterator[StoredEntry]:
        """Yield the rows of a ledger in the order of their ids."""
        return self._select("WHERE ledger = ? ORDER BY number", (ledger,))

    def close(self) -> None:
        """Delete the rows."""
        self._database.close()

    def _select(self, which: str, values: tuple[object, ...]) -> Iterator[StoredEntry]:
        for row in self._database.execute(f"SELECT {', '.join(_COLUMNS)} FROM entry {which}", values):  # noqa: S608
            yield _stored(row)


def is_same(one: LedgerEntry, other: LedgerEntry) -> bool:
    """Return whether two rows say the same of a balance, as far as their digits go."""
    slack = max(one.slack, other.slack)
    near = (abs(one.change - other.change) <= slack, abs(one.balance - other.balance) <= slack)
    return one.asset == other.asset and all(near)


def is_same_second(one: LedgerEntry, other: LedgerEntry) -> bool:
    """Return whether two rows are of one second: exports of the site have no smaller part."""
    return one.time // SECOND == other.time // SECOND


def _values(stored: StoredEntry) -> tuple[object, ...]:
    entry = stored.entry
    figures = (entry.number, entry.time, *entry.digits, str(entry.slack))
    return (stored.file, stored.source, *figures, *(getattr(entry, name) for name in _TEXTS))


def _stored(row: tuple[object, ...]) -> StoredEntry:
    file, source, number, time, change, balance, slack, *texts = row
    named = dict(zip(_TEXTS, map(str, texts), strict=True))
    digits = (str(change), str(balance))
    entry = LedgerEntry(
        number=int(str(number)),
        time=int(str(time)),
        change=Decimal(digits[0]),
        balance=Decimal(digits[1]),
        digits=digits,
        slack=Decimal(str(slack)),
        **named,
    )
    return StoredEntry(int(str(file)), str(source), entry)
