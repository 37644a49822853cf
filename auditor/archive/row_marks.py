"""What distinguishes the rows of a list that is read by time, and orders them: a time, which may tie, and an id.

Times are whole microseconds since 1970.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.i18n import _
from auditor.spec.fields import MalformedError
from auditor.spec.paged_list import PagedList
from auditor.spec.times import microseconds
from auditor.transport.cursor_pagination import Page, PageLostError

MILLISECOND, SECOND = 1_000, 1_000_000
"""Microseconds."""


@dataclass(frozen=True, slots=True)
class RowMark:
    """The time of a row, and what it is known by."""

    time: int
    id: str


@dataclass(frozen=True, slots=True)
class Edge:
    """The rows at one end of what was read: their time, which they share, and their ids."""

    time: int
    ids: tuple[str, ...]

    def has(self, mark: RowMark) -> bool:
        """Return whether a row is one of them."""
        return mark.time == self.time and mark.id in self.ids


def edge_of(before: Edge | None, marks: Sequence[RowMark], pick: Callable[..., int]) -> Edge | None:
    """Return the edge after further rows. ``pick``: `max` for the newest one, `min` for the oldest one."""
    times = [mark.time for mark in marks] + ([before.time] if before else [])
    if not times:
        return None
    time = pick(times)
    known = before.ids if before and before.time == time else ()
    return Edge(time, tuple(dict.fromkeys((*known, *(mark.id for mark in marks if mark.time == time)))))


def marks_of(page: Page, paged: PagedList) -> list[RowMark]:
    """Return the marks of a page's rows as they came. Raises MalformedError for a row without, or one that is twice."""
    if not paged.key:
        return [RowMark(time_of(row, paged), id_) for row, id_ in zip(page, contents_of(page), strict=True)]
    marks = [RowMark(time_of(row, paged), id_of(row, paged.key)) for row in page]
    if len({mark.id for mark in marks}) < len(marks):
        raise PageLostError(_("an answer has a row twice"))
    return marks


def check_order(marks: Sequence[RowMark], edge: Edge | None, *, rises: bool) -> None:
    """Raise PageLostError unless times fall from row to row, and from where the page before ended; or rise."""
    sign = -1 if rises else 1
    times = [sign * edge.time] if edge else []
    times += [sign * mark.time for mark in marks]
    if any(time > before for before, time in pairwise(times)):
        raise PageLostError(_("a row came twice, changed, or out of order"))


def contents_of(page: Sequence[object]) -> Iterable[str]:
    """Yield what a row without an id is known by: its content, and how many of the same came before on its page."""
    counts: Counter[str] = Counter()
    for row in page:
        text = json.dumps(row, sort_keys=True, default=str)
        digest = hashlib.sha256(text.encode()).hexdigest()[:32]
        yield f"{digest}-{counts[digest]}"
        counts[digest] += 1


def id_of(row: object, name: str) -> str:
    """Return the id in a row. Raises MalformedError."""
    value = row.get(name) if isinstance(row, Mapping) else None
    if not isinstance(value, str) or not value:
        raise MalformedError(_("{name} is missing").format(name=name))
    return value


def time_of(row: object, paged: PagedList) -> int:
    """Return the time of a row in microseconds. Raises MalformedError."""
    value = row.get(paged.time) if isinstance(row, Mapping) else None
    if not isinstance(value, str):
        raise MalformedError(_("{name} is missing").format(name=paged.time))
    try:
        return microseconds(value, paged.unit)
    except ValueError:
        raise MalformedError(_("{name} is not a time").format(name=paged.time)) from None
