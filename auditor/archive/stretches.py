"""Rows of several lists in the order of time, in stretches: rows of one list that no row of another lies between."""

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, islice
from math import inf

from auditor.archive.change_rows import SourcedChanges
from auditor.archive.filed_changes import FiledChange
from auditor.archive.pages import OddRow
from auditor.archive.rows import SourcedEntry
from auditor.spec.second_list import ListedRow

Sourced = SourcedEntry | ListedRow | SourcedChanges | FiledChange | OddRow
AT_ONCE = 100
"""Rows of a list that are read ahead."""
END = (inf, 0)
"""A time after all rows."""


@dataclass(slots=True)
class _Source:
    """A list: its next rows, and times by which they can be merged, which never fall, even where those of rows do."""

    number: int
    rows: Iterator[Sourced]
    next_rows: list[Sourced] = field(default_factory=list)
    times: list[int] = field(default_factory=list)

    def read(self) -> bool:
        """Read further rows where none is left, and return whether there are any."""
        if not self.next_rows:
            latest = self.times[-1:] or [0]
            self.next_rows = list(islice(self.rows, AT_ONCE))
            self.times = list(accumulate(map(_time, self.next_rows), max, initial=latest[0]))[1:]
        return bool(self.next_rows)

    def before(self, time: float, number: int) -> list[Sourced]:
        """Return the next rows before one of another list, which are then read."""
        count = (bisect_right if self.number < number else bisect_left)(self.times, time)
        found, self.next_rows = self.next_rows[:count], self.next_rows[count:]
        # The last time is kept: those of the rows that are read next begin with it.
        self.times = self.times[count:] or self.times[-1:]
        return found


def stretches(sources: Sequence[Iterator[Sourced]]) -> Iterator[tuple[int, Sequence[Sourced]]]:
    """Yield rows with the number of their list in the order of time, each list's in its own order.

    Of rows of one time those of the list that is named first come first. No row: that list is at its end.
    """
    lists = [_Source(number, rows) for number, rows in enumerate(sources)]
    heads: list[tuple[int, int]] = []
    for one in lists:
        yield from _waiting(one, heads)
    while heads:
        _time, number = heapq.heappop(heads)
        yield number, lists[number].before(*heads[0] if heads else END)
        yield from _waiting(lists[number], heads)


def _waiting(one: _Source, heads: list[tuple[int, int]]) -> Iterator[tuple[int, Sequence[Sourced]]]:
    """Let the next row of a list wait for its turn, or yield that it is at its end."""
    if one.read():
        heapq.heappush(heads, (one.times[0], one.number))
    else:
        yield one.number, ()


def _time(row: Sourced) -> int:
    """Return the time of a row, 0 of one without."""
    if isinstance(row, SourcedEntry):
        return row.entry.time
    if isinstance(row, ListedRow | FiledChange):
        return row.time
    return row.row.time if isinstance(row, SourcedChanges) else 0
