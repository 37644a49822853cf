"""Select the rows of a list at HTX: time windows that reach back so far, and pages by a row's id."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from auditor.demo.model import Row
from auditor.demo.pages import is_whole, read_number
from auditor.demo.venue import Query, RefusedError

HOUR = 3_600_000
"""Milliseconds."""
DAY = 24 * HOUR
NOW = "now"
"""The parameter in which the venue hands the exchange's time to its endpoints, in Unix milliseconds."""
_LATE = 5_000
"""Milliseconds by which the end of a window may be ahead of the exchange's clock."""


@dataclass(frozen=True)
class Span:
    """Time windows: the row's field, the longest one, how far back its end may lie, and both parameters' names."""

    field: str
    longest: int
    back: int
    start: str = "start-time"
    end: str = "end-time"


def within(query: Query, rows: Sequence[Row], span: Span, refuse: Callable[[], RefusedError]) -> list[Row]:
    """Return the rows of a time window, both of whose ends are within. Raises RefusedError for one that is too long."""
    now = int(query.params[NOW])
    end = _number(query, span.end, now, refuse)
    start = _number(query, span.start, end - span.longest, refuse)
    if not now - span.back <= end <= now + _LATE or not end - span.longest <= start <= end:
        raise refuse()
    return [row for row in rows if start <= read_number(row[span.field]) <= end]


def size_of(query: Query, name: str, default: int, most: int, refuse: Callable[[], RefusedError]) -> int:
    """Return the rows of a page. Raises RefusedError for a number that is not allowed."""
    size = _number(query, name, default, refuse)
    if not 1 <= size <= most:
        raise refuse()
    return size


def from_row(rows: Sequence[Row], field: str, wanted: str, size: int) -> tuple[list[Row], str]:
    """Return a page that begins with the row of an id, and the id of the row after it, "" at the end."""
    ids = [str(row[field]) for row in rows]
    start = ids.index(wanted) if wanted in ids else 0
    beyond = start + size
    return list(rows[start:beyond]), ids[beyond] if beyond < len(ids) else ""


def _number(query: Query, name: str, default: int, refuse: Callable[[], RefusedError]) -> int:
    value = query.params.get(name, str(default))
    if not is_whole(value):
        raise refuse()
    return int(value)
