"""Rows of a table that wait for the ledger's rows that they are of."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from auditor.archive.tables import text_cell
from auditor.archive.times import iso
from auditor.spec.history_tables import CREDITED, JOINED, LEDGER_IDS, TABLES
from auditor.spec.ledger import LedgerEntry

MOST = 5_000
"""Rows of a table that wait: the newest ones."""


@dataclass(slots=True, eq=False)
class TableRow:
    """A row of a table.

    ``credited``: when a balance changed, as the exchange lists it, in Unix milliseconds, 0 where it does not;
    ``entries``: its rows of the ledger. ``unsure``: they may be of another row as well.
    """

    cells: Sequence[str]
    credited: int = 0
    entries: list[LedgerEntry] = field(default_factory=list)
    unsure: bool = False

    def join(self, entry: LedgerEntry) -> None:
        """Take a row of the ledger as one of its own."""
        self.entries.append(entry)

    def doubt(self) -> None:
        """Take no row of the ledger as its own."""
        self.unsure = True


class Writer(Protocol):
    """What writes rows into a table."""

    def writerow(self, row: Sequence[str], /) -> None:
        """Write one row."""


@dataclass(slots=True)
class JoinedTable:
    """A table whose last rows wait: they are written in the order in which they came.

    What finds its row of the ledger after `MOST` further rows stays without it.
    """

    name: str
    writer: Writer
    _names: bool = field(init=False)
    _waiting: deque[TableRow] = field(default_factory=deque)

    def __post_init__(self) -> None:
        """Look whether its rows name those of the ledger."""
        self._names = LEDGER_IDS in (*TABLES[self.name], *JOINED.get(self.name, ()))

    def add(self, row: TableRow) -> None:
        """Take the next row."""
        if not self._names:
            self.writer.writerow(row.cells)
            return
        self._waiting.append(row)
        if len(self._waiting) > MOST:
            self.writer.writerow(self._cells(self._waiting.popleft()))

    def close(self) -> None:
        """Write the rows that wait."""
        while self._waiting:
            self.writer.writerow(self._cells(self._waiting.popleft()))

    def _cells(self, row: TableRow) -> Sequence[str]:
        entries = () if row.unsure else row.entries
        # Rows of one trade may share one id.
        ids = " ".join(dict.fromkeys(text_cell(entry.label) for entry in entries))
        if self.name not in JOINED:
            return (*row.cells[:-1], ids) if ids else row.cells
        if CREDITED not in JOINED[self.name]:
            return (*row.cells, ids)
        time = row.credited or (entries[0].time if entries else 0)
        return (*row.cells, iso(time) if time else "", ids)
