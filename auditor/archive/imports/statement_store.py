"""The rows of all statements, and the API's changes that they are compared with, in a database gone with the program.

SQLite sorts on the disk what is larger than its memory, so that files of any order and size cost the same memory.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from auditor.archive.imports.statement import StatementRow

_SCHEMA = """
CREATE TABLE row (
    id INTEGER PRIMARY KEY, file INTEGER, source TEXT, second INTEGER, account TEXT, wallet TEXT, place TEXT,
    asset TEXT, amount TEXT, digits TEXT, kind TEXT, operation TEXT, remark TEXT, state TEXT, ledger TEXT
);
CREATE TABLE api (
    id INTEGER PRIMARY KEY, second INTEGER, wallet TEXT, asset TEXT, amount TEXT, kind TEXT, perhaps TEXT, entry TEXT,
    state TEXT, moved TEXT
);
"""
_INDEXES = """
CREATE INDEX row_by_time ON row (second, id);
CREATE INDEX api_by_entry ON api (entry);
"""
_COLUMNS = "id, file, source, second, account, wallet, asset, amount, digits, kind, operation, remark, state, ledger"
_TWICE = """
UPDATE row SET state = 'again' WHERE state = '' AND id IN (
    SELECT id FROM (
        SELECT id, ROW_NUMBER() OVER (PARTITION BY second, place, asset, amount, turn ORDER BY file) AS copy FROM (
            SELECT id, file, second, place, asset, amount,
                ROW_NUMBER() OVER (PARTITION BY file, second, place, asset, amount ORDER BY id) AS turn
            FROM row
        )
    ) WHERE copy > 1
)
"""
# Inside the time of both files, without its first and last second, of which either may have a part.
_ONE_SIDED = """
SELECT count(*) FROM (
    SELECT second, place, asset, amount, count(*) FILTER (WHERE file = :one) AS here,
        count(*) FILTER (WHERE file = :other) AS there
    FROM row WHERE file IN (:one, :other) AND second > :first AND second < :last
    GROUP BY second, place, asset, amount
) WHERE here <> there
"""


_LONE = """
SELECT count(*) FROM row AS one WHERE kind = 'transfer' AND state NOT IN ('again', 'later') AND NOT EXISTS (
    SELECT 1 FROM row AS other WHERE other.second BETWEEN one.second - :near AND one.second + :near
        AND other.asset = one.asset AND other.place <> one.place AND other.kind = 'transfer'
        AND other.amount = CASE WHEN one.amount LIKE '-%' THEN substr(one.amount, 2) ELSE '-' || one.amount END
)
"""


class State(StrEnum):
    """What a row of a statement is beside the API's.

    ``ONLY``: only files have it; ``API``: one change of the API's is the same; ``SUM``: several together are;
    ``AGAIN``: an earlier file has it too; ``LATER``: than the archive's answers; ``CONTRADICTED``: the API says another
    amount; ``INSIDE``: a change inside a product; ``UNKNOWN``: of a wallet that this program does not know.
    """

    ONLY = ""
    API = "api"
    SUM = "api-sum"
    AGAIN = "again"
    LATER = "later"
    CONTRADICTED = "contradicted"
    INSIDE = "inside"
    UNKNOWN = "unknown"


class ApiChange(NamedTuple):
    """A change that the API gave. ``entry``: the id of its row in the ledger; ``perhaps``: see `ChangedRow`."""

    second: int
    wallet: str
    asset: str
    amount: str
    kind: str
    perhaps: str
    entry: str


class FiledRow(NamedTuple):
    """A row of a statement as it is kept. ``ledger``: the id of the API's row that it is, "" for none."""

    id: int
    file: int
    source: str
    second: int
    account: str
    wallet: str
    asset: str
    amount: str
    digits: str
    kind: str
    operation: str
    remark: str
    state: str
    ledger: str


def _open() -> sqlite3.Connection:
    # A database without a name lies in the system's folder for such files, and is deleted when it is closed.
    database = sqlite3.connect("", isolation_level=None)
    database.execute("PRAGMA journal_mode = OFF")
    database.executescript(_SCHEMA)
    return database


@dataclass(slots=True)
class StatementStore:
    """The rows of all statements."""

    _opened: sqlite3.Connection | None = None

    @property
    def database(self) -> sqlite3.Connection:
        """The database, which most archives have no need of."""
        self._opened = self._opened or _open()
        return self._opened

    def add(self, file: int, source: str, row: StatementRow) -> None:
        """Keep a row of a file, which is known by its number."""
        place = row.wallet or row.account
        values = (file, source, row.second, row.account, row.wallet, place, row.asset, row.amount, row.digits)
        texts = (row.kind, row.operation, row.remark)
        self.database.execute(
            "INSERT INTO row VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '')", (*values, *texts)
        )

    def add_api(self, change: ApiChange) -> None:
        """Keep a change that the API gave."""
        self.database.execute("INSERT INTO api VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, '', '')", change)

    def index(self) -> None:
        """Take all rows as there."""
        self.database.executescript(_INDEXES)

    def drop(self, file: int) -> None:
        """Forget the rows of a file."""
        self.database.execute("DELETE FROM row WHERE file = ?", (file,))

    def mark_twice(self) -> None:
        """Mark what several files have as `State.AGAIN`, as often as each has it: one file's alike rows are two."""
        self.database.execute(_TWICE)

    def set_state(self, state: State, which: str, *values: object) -> None:
        """Give rows that were not looked at yet a state. ``which``: a condition in SQL."""
        self.database.execute(f"UPDATE row SET state = ? WHERE state = '' AND ({which})", (state.value, *values))  # noqa: S608

    def one_sided(self, one: int, other: int, between: tuple[int, int]) -> int:
        """Return how many changes two files do not have alike, of the time (Unix seconds) that both have."""
        values = {"one": one, "other": other, "first": between[0], "last": between[1]}
        return int(self.database.execute(_ONE_SIDED, values).fetchone()[0])

    def lone_halves(self, near: int) -> int:
        """Return of how many transfers only one half is in files. ``near``: seconds between both halves at most."""
        return int(self.database.execute(_LONE, {"near": near}).fetchone()[0])

    def rows(self, which: str = "1", *values: object) -> Iterator[FiledRow]:
        """Yield rows in the order of time. ``which``: a condition in SQL."""
        query = f"SELECT {_COLUMNS} FROM row WHERE {which} ORDER BY second, id"  # noqa: S608
        yield from map(FiledRow._make, self.database.execute(query, values))

    def counted(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """Return the rows of a query that counts."""
        return self.database.execute(query, values).fetchall()

    def place_of(self, entry: str) -> str:
        """Return the wallet in which a statement has a change of the API's, "" where none has it."""
        found = self.database.execute("SELECT moved FROM api WHERE entry = ?", (entry,)).fetchone()
        return "" if found is None else str(found[0])

    def close(self) -> None:
        """Delete the rows."""
        if self._opened is not None:
            self._opened.close()
