"""One ledger out of the API's rows and those of added files.

Rows that are older than all of the API's come from the files. Rows that the API gives too are compared: they must say
the same, which also shows the zone of a file's times.
"""

from collections.abc import Iterator

from auditor.archive.facts import RunFacts
from auditor.archive.imports.reading import Imports, answered_stretch
from auditor.archive.imports.store import StoredEntry, is_same, is_same_second
from auditor.archive.pages import OddRow
from auditor.archive.rows import SourcedEntry
from auditor.archive.times import milliseconds_of
from auditor.i18n import _
from auditor.spec.ledger import Ledger, LedgerEntry

IMPORTED = "imported"
DAY = 86_400_000
"""Milliseconds after the beginning of the API's reach within which a row may have just left it."""
Rows = Iterator[SourcedEntry | OddRow]


def joined(rows: Rows, ledger: Ledger, imports: Imports, facts: RunFacts) -> Rows:
    """Yield the rows of a ledger, the oldest first, and whatever is odd about them.

    ``rows``: those of the API. Raises DamagedError.
    """
    if not imports.of(ledger.id):
        yield from rows
        return
    yield from imports.odd.get(ledger.id, ())
    yield from _Joint(ledger, imports, facts).rows(rows)


class _Joint:
    """Rows of files and of the API, both in the order of their ids."""

    def __init__(self, ledger: Ledger, imports: Imports, facts: RunFacts) -> None:
        self._imports = imports
        self._stored = imports.store.entries(ledger.id)
        answered = answered_stretch(ledger, facts)
        self._answered = None if answered is None else answered[0] + DAY
        self._next = next(self._stored, None)
        self._end = milliseconds_of(facts.finished_at)

    def rows(self, rows: Rows) -> Rows:
        is_older = True
        for row in rows:
            if isinstance(row, SourcedEntry):
                yield from self._before(row.entry.number, is_older=is_older)
                yield from self._compared(row.entry)
                is_older = False
            yield row
        yield from self._before(None, is_older=is_older)

    def _before(self, number: int | None, *, is_older: bool) -> Rows:
        """Yield the rows of files before an id, None for all: those that are older than the API's, or the doubt."""
        while self._next is not None and (number is None or self._next.entry.number < number):
            stored = self._next
            self._next = next(self._stored, None)
            if is_older and (self._answered is None or stored.entry.time < self._answered):
                yield SourcedEntry(stored.entry, stored.source, IMPORTED)
            elif stored.entry.time <= self._end:
                text = _("row {number} is in this file and not in the answers of the exchange")
                yield OddRow(text.format(number=str(stored.entry.number)), stored.source)

    def _compared(self, entry: LedgerEntry) -> Rows:
        """Compare a row of the API with that of a file, and yield the doubt about it."""
        stored = self._next
        if stored is None or stored.entry.number != entry.number:
            return
        self._next = next(self._stored, None)
        if not is_same(stored.entry, entry):
            yield OddRow(
                _("row {number} is not the same wherever it came").format(number=str(entry.number)), stored.source
            )
        self._note(stored, entry)

    def _note(self, stored: StoredEntry, entry: LedgerEntry) -> None:
        file = self._imports.files[stored.file]
        if is_same_second(stored.entry, entry):
            file.matched += 1
        elif file.other_time is None:
            file.other_time = stored, entry.time
