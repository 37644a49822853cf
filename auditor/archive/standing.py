"""Which rows of a list stand, where several files have one: a row stands as the newest file has it.

Files come of readings anew, the earlier ones first, and of later runs that read on. Which file has a row last is noted
in a database that is gone with the program, so that rows of any number cost the same memory.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from auditor.archive.folder import earlier_files, raw_files
from auditor.archive.pages import OddRow, SourcedPage, answered_in
from auditor.archive.row_marks import contents_of
from auditor.spec.exchange import Exchange
from auditor.spec.fields import MalformedError
from auditor.spec.paged_list import PagedList
from auditor.spec.second_list import SecondList

Pages = Iterator[SourcedPage | OddRow]


def _open() -> sqlite3.Connection:
    # A database without a name lies in the system's folder for such files, and is deleted when it is closed.
    database = sqlite3.connect("", isolation_level=None)
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("CREATE TABLE row (name TEXT PRIMARY KEY, file INTEGER) WITHOUT ROWID")
    database.execute("CREATE TABLE counted (name TEXT PRIMARY KEY) WITHOUT ROWID")
    # Never ended: each note by itself would take longer.
    database.execute("BEGIN")
    return database


@dataclass(slots=True)
class Standing:
    """The files of a list, the oldest first, and which of them has each row last."""

    folder: Path
    paged: PagedList
    exchange: Exchange
    files: Sequence[Path]
    _opened: list[sqlite3.Connection] = field(default_factory=list)

    def find(self) -> None:
        """Note which file has each row last. Rows of the first file alone need no note."""
        for number, path in list(enumerate(self.files))[1:]:
            for page in self._answered(path):
                if not isinstance(page, OddRow):
                    noted = dict.fromkeys(name for names in names_of(page[0], self.paged) for name in names)
                    self._last.executemany(
                        "INSERT OR REPLACE INTO row VALUES (?, ?)", ((name, number) for name in noted)
                    )

    def pages(self) -> list[Pages]:
        """Return the pages of each file, without the rows that a later one has."""
        return [self._pages(number) for number in range(len(self.files))]

    def count_in(self, number: int) -> int:
        """Return how many rows stand in a file, each once, and answers that cannot be read."""
        odd = 0
        self._last.execute("DELETE FROM counted")
        for page in self._pages(number):
            if isinstance(page, OddRow):
                odd += 1
            else:
                # Pages overlap: a row comes again.
                names = ((names[0],) for names in names_of(page[0], self.paged))
                self._last.executemany("INSERT OR IGNORE INTO counted VALUES (?)", names)
        return odd + int(self._last.execute("SELECT count(*) FROM counted").fetchone()[0])

    def close(self) -> None:
        """Delete the notes."""
        for database in self._opened:
            database.close()

    @property
    def _last(self) -> sqlite3.Connection:
        """The notes, which most lists need not have: they are in one file."""
        if not self._opened:
            self._opened.append(_open())
        return self._opened[0]

    def _pages(self, number: int) -> Pages:
        for page in self._answered(self.files[number]):
            if isinstance(page, OddRow) or number + 1 == len(self.files):
                yield page
                continue
            rows, source = page
            named = zip(rows, names_of(rows, self.paged), strict=True)
            yield [row for row, names in named if self._file_of(names[0]) <= number], source

    def _answered(self, path: Path) -> Pages:
        return answered_in(self.folder, path, self.paged, self.exchange)

    def _file_of(self, name: str) -> int:
        """Return the number of the file that has a row last, -1 where none is noted."""
        found = self._last.execute("SELECT file FROM row WHERE name = ?", (name,)).fetchone()
        return -1 if found is None else int(found[0])


@contextmanager
def standing(folder: Path, paged: PagedList, exchange: Exchange) -> Iterator[Standing]:
    """Find which rows of a list stand, for the time of the block. Raises DamagedError."""
    files = [*earlier_files(folder, paged.id), *raw_files(folder, paged.id)]
    found = Standing(folder, paged, exchange, files)
    try:
        found.find()
        yield found
    finally:
        found.close()


def names_of(rows: Sequence[object], paged: PagedList) -> list[tuple[str, ...]]:
    """Return what each row of a page is known by whatever its state is; a later file that has the first name has it."""
    return [(*_meant(row, paged), *names) for row, names in zip(rows, _given(rows, paged), strict=True)]


def _meant(row: object, paged: PagedList) -> tuple[str, ...]:
    """Return the id of a row of a second list, none where it is not understood."""
    if not isinstance(paged, SecondList):
        return ()
    try:
        return (f"id {paged.listed(row).id}",)
    except (MalformedError, ValueError, TypeError):
        return ()


def _given(rows: Sequence[object], paged: PagedList) -> list[tuple[str, ...]]:
    """Return the names of each row by its key, or by its content without one.

    Several rows may have one key, such as a time: a later file has them when it has as many.
    """
    keys = [_key(row, paged) for row in rows]
    contents = list(contents_of(rows)) if None in keys else [""] * len(rows)
    counts = Counter(keys)
    numbers = {key: count(1) for key in counts}
    return [
        (content,) if key is None else (f"key {key} {counts[key]}", f"key {key} {next(numbers[key])}")
        for key, content in zip(keys, contents, strict=True)
    ]


def _key(row: object, paged: PagedList) -> str | None:
    key = row.get(paged.key) if paged.key and isinstance(row, dict) else None
    return key if isinstance(key, str) and key else None
