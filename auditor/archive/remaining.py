"""How many pages of a list are left, where its windows, the exchange's count or its reach say so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from auditor.archive.position import Position, first_position, from_text, unit_of
from auditor.archive.row_marks import MILLISECOND, time_of
from auditor.archive.state import ListState, State
from auditor.archive.times import milliseconds_of
from auditor.spec.paged_list import PagedList
from auditor.spec.times import EPOCH, MICROSECOND
from auditor.transport.cursor_pagination import Page

FEW = 3
"""Pages after which a list's rows for each day say how many pages an older day may have."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The time in which rows are wanted. ``since``: Unix ms, None for all of it."""

    now: datetime
    since: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The way of a list to its end, before and after a page, in microseconds of windows or rows, or in counted rows.

    ``goal``: where it ends, None where that is unknown; ``step``: of a window or page, 0 where only the pages so far
    tell; ``at_most``: it may end before.
    """

    start: int
    here: int
    goal: int | None
    step: int = 0
    at_most: bool = False

    def pages(self, read: int) -> int | None:
        """Return how many pages are left after ``read`` ones from ``start`` on, None where nothing says so."""
        if self.goal is None:
            return None
        sign = 1 if self.goal >= self.start else -1
        left, passed = max((self.goal - self.here) * sign, 1), max((self.here - self.start) * sign, 0)
        if self.step:
            steps = ceil(left / self.step)
            return steps if not read else ceil(steps * max(1, read / max(1, round(passed / self.step))))
        return ceil(read * left / passed) if passed and read >= FEW else None


def way_in_windows(paged: PagedList, before: Position, beyond: Position) -> Way | None:
    """Return the way through time windows; None for a list without."""
    windows, bounds = paged.endpoint.windows, before.bounds
    if windows is None or bounds is None or before.span is None or beyond.span is None:
        return None
    # Windows overlap by a unit.
    unit, step = unit_of(windows), windows.span // MICROSECOND
    if paged.oldest_first:
        return Way(start=before.span.start, here=beyond.span.start, goal=bounds.end - unit, step=step)
    return Way(start=before.span.end, here=beyond.span.end, goal=bounds.start + unit, step=step)


def way_of_page(paged: PagedList, before: Position, beyond: Position, page: Page, bounds: Bounds) -> Way | None:
    """Return the way of a list that is read by time: through its windows, its counted rows, or the time of its rows."""
    if paged.endpoint.windows is not None:
        return way_in_windows(paged, before, beyond)
    if beyond.page.total is not None:
        total, step = beyond.page.total, max(beyond.page.longest, 1)
        return Way(start=before.page.count, here=beyond.page.count, goal=total, step=step)
    if not page or not paged.ordered:
        return None
    first, last = (time_of(row, paged) // MILLISECOND for row in (page[0], page[-1]))
    return way_of_times(paged, first, last, bounds)


def way_of_times(paged: PagedList, first: int, last: int, bounds: Bounds) -> Way | None:
    """Return the way by the times of a page's first and last row, Unix ms; None where rows have no time."""
    if first <= 0 or last <= 0:
        return None
    if paged.oldest_first:
        return Way(start=first, here=last, goal=milliseconds_of(bounds.now))
    return Way(start=first, here=last, goal=reach_of(paged, bounds), at_most=True)


def reach_of(paged: PagedList, bounds: Bounds) -> int | None:
    """Return from when rows of a list are read, Unix ms: an account may be younger. None where that is unknown."""
    backs = (paged.reach.back, paged.endpoint.queries[-1].back)
    moments = [bounds.now - back for back in backs if back is not None]
    moments += [paged.reach.first] if paged.reach.first is not None else []
    days = [] if bounds.since is None else [bounds.since]
    return max([*map(milliseconds_of, moments), *days], default=None)


@dataclass(frozen=True, slots=True)
class Least:
    """What a list needs at least from where it was left: ``parts`` that are not read, ``requests`` of each."""

    parts: int
    requests: int


def least_of(paged: PagedList, state: State, bounds: Bounds) -> Least:
    """Return what a list needs at least."""
    if state.list_state(paged.id).done:
        return Least(0, 0)
    moment = (bounds.now - EPOCH) // MICROSECOND
    day = None if bounds.since is None else bounds.since * MILLISECOND
    if paged.partition is None:
        here = state.list_state(paged.id)
        return Least(1, _requests(paged, from_text(here.position) if here.position else None, moment, day))
    known: Mapping[str, ListState] = {one: state.list_state(one) for one in state.part_ids(paged.id)}
    parts = max(len(paged.partition.values), paged.partition.about, len(known), 1)
    return Least(parts - sum(one.done for one in known.values()), _requests(paged, None, moment, day))


def _requests(paged: PagedList, here: Position | None, now: int, since: int | None) -> int:
    position = here or first_position(paged, now, since)
    way = way_in_windows(paged, position, position)
    return 1 if way is None else way.pages(0) or 1
