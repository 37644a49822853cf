"""Which stretches of time the API and the added files together have every row of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from auditor.archive.times import from_milliseconds, milliseconds_of, quarters

Stretch = tuple[int, int]
"""From and to in Unix milliseconds, the end not within."""
MONTHS = 3


@dataclass(frozen=True, slots=True)
class Coverage:
    """Stretches of time, apart from one another, the earliest first."""

    stretches: tuple[Stretch, ...]

    @classmethod
    def of(cls, stretches: Iterable[Stretch]) -> "Coverage":
        """Return the coverage of stretches that may lie over one another."""
        joined: list[Stretch] = []
        for first, end in sorted(stretches):
            if joined and first <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((first, end))
        return cls(tuple(joined))

    def covers(self, first: int, end: int) -> bool:
        """Return whether all of a stretch is within."""
        return first >= end or any(start <= first and end <= stop for start, stop in self.stretches)

    def start(self, moment: int) -> int:
        """Return since when everything up to a time is within; the time itself if it is not."""
        return next((start for start, stop in self.stretches if start <= moment <= stop), moment)

    def missing_quarters(self, first: datetime, last: datetime) -> tuple[str, ...]:
        """Return the quarters from one time to another of which a part between both is not within."""
        ends = (milliseconds_of(first), milliseconds_of(last))
        named = zip(quarters(first, last), _quarter_stretches(first, last), strict=True)
        return tuple(name for name, (start, end) in named if not self.covers(max(start, ends[0]), min(end, ends[1])))


def quarter_of(milliseconds: int) -> Stretch:
    """Return the quarter of a calendar, in UTC, that a time lies in."""
    moment = from_milliseconds(milliseconds)
    return next(_quarter_stretches(moment, moment))


def _quarter_stretches(first: datetime, last: datetime) -> Iterator[Stretch]:
    count = sum(1 for _name in quarters(first, last))
    begin = first.year * 4 + (first.month - 1) // MONTHS
    starts = [_start_of(begin + number) for number in range(count + 1)]
    yield from pairwise(starts)


def _start_of(number: int) -> int:
    return milliseconds_of(datetime(number // 4, number % 4 * MONTHS + 1, 1, tzinfo=UTC))
