"""Rows of a ledger that wait for the row that shows them over again, or for their other half."""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

from auditor.spec.history import LedgerEntry

HOUR = 3_600_000
"""Milliseconds."""
MONTH = 30 * 24 * HOUR
MOST = 5_000


@dataclass(slots=True)
class _Entry:
    """A row of a ledger that waits for its other half."""

    entry: LedgerEntry
    mark: Hashable
    matched: bool = False


@dataclass(slots=True)
class Waiting:
    """Rows of a ledger that wait, by their marks.

    ``span``: milliseconds by which a row may be older than the one that it waits for. Whatever the rows' times are,
    no more than `MOST` wait.
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
        while self._in_time and self._in_time[0].matched:
            self._in_time.popleft()
        return one.entry

    def has_late(self, now: int) -> bool:
        """Return whether the oldest row that came may have waited too long at a time: a look that costs little."""
        waiting = self._in_time
        return bool(waiting) and (waiting[0].entry.time < now - self.span or len(waiting) > MOST)

    def late(self, now: int | None) -> Iterator[LedgerEntry]:
        """Yield the rows that waited too long at a time; None: all that wait."""
        while self._in_time and (now is None or self.has_late(now)):
            one = self._in_time[0]
            if one.matched:
                self._in_time.popleft()
            else:
                # The oldest of its mark, which is taken out of the line with it.
                self.take(one.mark)
                yield one.entry
