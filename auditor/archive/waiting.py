"""Rows of a ledger that wait for the row that shows them over again, or for their other half."""

from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field

from auditor.spec.ledger import LedgerEntry

HOUR = 3_600_000
"""Milliseconds."""
MONTH = 30 * 24 * HOUR
MOST = 5_000


_Waiting = tuple[int, Hashable, LedgerEntry]
"""A row of a ledger that waits for its other half: its time in Unix milliseconds, its mark, the row."""


@dataclass(slots=True)
class Waiting:
    """Rows of a ledger that wait, by their marks.

    ``span``: milliseconds by which a row may be older than the one that it waits for. Whatever the rows' times are,
    no more than `MOST` wait.
    """

    span: int = HOUR
    _by_mark: dict[Hashable, list[_Waiting]] = field(default_factory=dict)
    _in_time: deque[_Waiting] = field(default_factory=deque)

    def add(self, mark: Hashable, entry: LedgerEntry) -> None:
        """Let a row wait."""
        one = (entry.time, mark, entry)
        self._in_time.append(one)
        same = self._by_mark.get(mark)
        if same is None:
            self._by_mark[mark] = [one]
        else:
            same.append(one)

    def take(self, mark: Hashable) -> LedgerEntry | None:
        """Return the oldest row that waits with this mark, which then waits no more."""
        same = self._by_mark.get(mark)
        if same is None:
            return None
        entry = self._first(same)[2]
        while self._in_time and not self._waits(self._in_time[0]):
            self._in_time.popleft()
        return entry

    def waits_with(self, mark: Hashable) -> bool:
        """Return whether a row waits with this mark."""
        return mark in self._by_mark

    def has_late(self, now: int) -> bool:
        """Return whether the oldest row that came may have waited too long at a time: a look that costs little."""
        waiting = self._in_time
        return bool(waiting) and (waiting[0][0] < now - self.span or len(waiting) > MOST)

    def late(self, now: int | None) -> list[LedgerEntry]:
        """Return the rows that waited too long at a time, which then wait no more; None: all that wait."""
        found = []
        while self._in_time and (now is None or self.has_late(now)):
            one = self._in_time.popleft()
            if self._waits(one):
                found.append(self._first(self._by_mark[one[1]])[2])
        return found

    def _waits(self, one: _Waiting) -> bool:
        """Return whether the oldest row that came waits still: then it is the first of those with its mark."""
        same = self._by_mark.get(one[1])
        return same is not None and same[0] is one

    def _first(self, same: list[_Waiting]) -> _Waiting:
        """Return the first of rows with one mark, which then waits no more."""
        if len(same) > 1:
            return same.pop(0)
        del self._by_mark[same[0][1]]
        return same[0]
