"""Rows of a ledger that wait for the row that shows them over again, or for their other half."""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

from auditor.spec.history import LedgerEntry

HOUR = 3_600_000
"""Milliseconds."""
MONTH = 30 * 24 * HOUR


@dataclass(slots=True)
class _Entry:
    """A row of a ledger that waits for its other half."""

    entry: LedgerEntry
    mark: Hashable
    matched: bool = False


@dataclass(slots=True)
class Waiting:
    """Rows of a ledger that wait, by their marks.

    ``span``: milliseconds by which a row may be older than the one that it waits for.
    """

    span: int = HOUR
    _by_mark: dict[Hashable, deque[_Entry]] = field(default_factory=lambda: defaultdict(deque))
    _in_time: deque[_Entry] = field(default_factory=deque)

    def add(self, mark: Hashable, entry: LedgerEntry) -> None:
        """Let a row wait."""
        one = _Entry(entry, mark)
        self._by_mark[mark].append(one)
        self._in_time.append(one)

    def take(self, mark: Hashable) -> LedgerEntry | None:
        """Return the oldest row that waits with this mark, which then waits no more."""
        if mark not in self._by_mark:
            return None
        one = self._by_mark[mark].popleft()
        if not self._by_mark[mark]:
            del self._by_mark[mark]
        one.matched = True
        return one.entry

    def late(self, now: int | None) -> Iterator[LedgerEntry]:
        """Yield the rows that waited too long at a time; None: all that wait."""
        while self._in_time and (now is None or self._in_time[0].entry.time < now - self.span):
            one = self._in_time.popleft()
            if not one.matched:
                self.take(one.mark)
                yield one.entry
