"""A file that was added to an archive, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from auditor.archive.imports.coverage import Stretch, quarter_of
from auditor.archive.imports.formats import ImportFormat
from auditor.archive.imports.heading import Heading
from auditor.archive.imports.statement import StatementFormat
from auditor.archive.imports.store import StoredEntry
from auditor.i18n import EMPTY, Message


class CsvReader(Protocol):
    """What `csv.reader` returns."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]:
        """Return itself."""

    def __next__(self) -> list[str]:
        """Return the next row."""


@dataclass(slots=True, kw_only=True)
class ImportedFile:
    """One file that was added, or one in a zip, and what came of it.

    ``format``: of one ledger, ``statement``: of all wallets, None for what it is not; ``source``: its path in the
    archive; ``unread``: why it is kept and not read; ``matched``: number of its rows that
    the API gave too; ``other_time``: such a row that the API gave another time, and that time.
    """

    source: str
    format: ImportFormat | None = None
    statement: StatementFormat | None = None
    heading: Heading = field(default_factory=Heading)
    unread: Message = EMPTY
    rows: int = 0
    odd: int = 0
    first_time: int = 0
    last_time: int = 0
    matched: int = 0
    other_time: tuple[StoredEntry, int] | None = None

    @property
    def stretch(self) -> Stretch | None:
        """The time of which it has every row: its quarter, or from its first row to its last."""
        if self.format is None or self.unread or not self.rows:
            return None
        if self.format.is_quarter:
            quarter = quarter_of(self.first_time)
            return quarter if self.last_time < quarter[1] else None
        return self.first_time, self.last_time

    def refuse(self, reason: Message) -> None:
        """Keep the file without any of its rows."""
        self.unread, self.rows = reason, 0

    def count(self, time: int) -> None:
        """Count a row."""
        self.rows += 1
        self.first_time = min(self.first_time or time, time)
        self.last_time = max(self.last_time, time)
