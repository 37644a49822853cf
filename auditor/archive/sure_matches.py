"""Which row of a list a row of a ledger is, where both have only coin and amount in common: none that is in doubt."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import NamedTuple

from auditor.archive.table_row import TableRow
from auditor.archive.waiting import HOUR
from auditor.spec.ledger import LedgerEntry

MOST = 10_000
"""Matches of which another row may be the better one."""


class _Match(NamedTuple):
    row: TableRow
    time: int


@dataclass(slots=True)
class SureMatches:
    """Matches of rows of a list, by their marks, which a later row of the list can put in doubt."""

    _last: OrderedDict[Hashable, _Match] = field(default_factory=OrderedDict)

    def expect(self, mark: Hashable, time: int, row: TableRow) -> None:
        """Take the next row of the list, of a time in Unix milliseconds.

        A row of the ledger shortly before it, which another row was matched with, may be its own.
        """
        last = self._last.get(mark)
        if last is not None and last.row is not row and last.time >= time - HOUR:
            last.row.doubt()
            row.doubt()

    def take(self, mark: Hashable, row: TableRow, time: int, entry: LedgerEntry, *, is_alone: bool) -> None:
        """Join a row of the ledger to a row of the list, which is of ``time``.

        ``is_alone``: no other pair was possible. A row of the ledger that is much older is of something else.
        """
        row.join(entry)
        if not is_alone or entry.time < time - HOUR:
            row.doubt()
        self._last[mark] = _Match(row, entry.time)
        self._last.move_to_end(mark)
        if len(self._last) > MOST:
            self._last.popitem(last=False)
