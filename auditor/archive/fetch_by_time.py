"""Fetch a list by time: in windows, by offset, page number, token or from old to new, with ids that may be text.

Where it was left is a `Position`, kept with each page that is safe: a run that was broken off asks for the next page.
"""

import os
from dataclasses import dataclass, replace

from auditor.archive.fetch import GONE, ListFetch, keep_anchor
from auditor.archive.folder import raw_file
from auditor.archive.paging import REPEATED, FullError, Place, following, overlaps
from auditor.archive.position import (
    Position,
    check_window,
    first_position,
    first_time,
    from_text,
    halved,
    later_position,
    next_window,
    to_text,
)
from auditor.archive.remaining import Bounds, Way, way_of_page
from auditor.archive.row_marks import (
    MILLISECOND,
    Edge,
    RowMark,
    check_order,
    edge_of,
    marks_of,
    time_of,
)
from auditor.archive.state import ListState, Status
from auditor.spec.fields import MalformedError
from auditor.spec.times import EPOCH, MICROSECOND
from auditor.transport.cursor_pagination import Page, PageLostError


@dataclass(slots=True)
class TimedFetch(ListFetch):
    """A list by time; a later run reads from the newest row known on, which it must meet."""

    _lost: Place | None = None

    async def newer_rows(self) -> int:
        """Fetch the rows that are newer than all known, and return their number.

        Where no order is promised, a newer row may stand on any page: the list is read anew.
        """
        here = self.state.list_state(self.ledger.id)
        if not here.done or self._ends_early():
            return await ListFetch.newer_rows(self)
        await self.anew()
        return self.state.list_state(self.ledger.id).rows - here.rows

    def _next_run(self, here: ListState) -> ListState:
        position = later_position(self.ledger, from_text(here.position), self._now())
        return replace(here, position=to_text(position))

    async def _attempt(self) -> None:
        self._kept.clear()
        here = self.state.list_state(self.ledger.id)
        position = from_text(here.position) if here.position else self._first(here)
        while not here.done:
            here, position = await self._step(here, position)

    async def _step(self, here: ListState, position: Position) -> tuple[ListState, Position]:
        """Ask for one page, and return where the list is then."""
        if position.begins_window and position.began is None:
            length = self.state.length(raw_file(self.state.folder, here.id, here.segment))
            position = replace(position, length=length, rows=here.rows)
            position = replace(position, began=position)
        answer = await self._ask(position.page.params)
        page = self.ledger.endpoint.rows(answer)
        try:
            marks = self._marks(page, position)
            place = following(self.ledger, position.page, answer, page, marks)
        except FullError:
            began = position.began or position
            half = halved(began, self.ledger)
            if half is None:
                raise
            self._kept.pop()
            return self._cut_back(here, began, half), half
        except PageLostError:
            self._lose(here, position)
            raise
        return self._took(here, self._with_rows(position, marks), place, page, self._count(position, marks))

    def _took(
        self, here: ListState, position: Position, place: Place | None, page: Page, count: int
    ) -> tuple[ListState, Position]:
        """Make a page safe, and return where the list is then."""
        here = replace(here, rows=here.rows + count)
        beyond = replace(position, page=place) if place else next_window(position, self.ledger)
        limit = self._limit(position)
        is_over = limit is not None and position.edge is not None and position.edge.time < limit
        if beyond is None or is_over:
            return self._end(here, position, page, is_old=is_over and not here.segment), position
        here = replace(here, position=to_text(beyond))
        # Pages without a newer row are none of the list: they only say that nothing moved.
        if position.news or not here.segment:
            self._write(here, self._closings(page))
            self._tell(here, page, self._way(here, position, beyond, page))
        return here, beyond

    def _end(self, here: ListState, position: Position, page: Page, *, is_old: bool) -> ListState:
        """Note that the list ended. A run for newer rows must have met the newest one known."""
        if position.missing:
            raise MalformedError(GONE)
        is_cut = is_old or (not here.segment and self._cuts_windows())
        text = to_text(replace(position, began=None))
        here = replace(here, status=Status.ENDED, cut=max(here.cut, int(is_cut)), position=text)
        if position.news or not here.segment:
            self._write(here, self._closings(page))
            self._tell(here, page, None)
            return here
        keep_anchor(self.state, self._taken())
        here = replace(here, segment=here.segment - 1)
        self.state.commit(here, {})
        return here

    def _way(self, here: ListState, position: Position, beyond: Position, page: Page) -> Way | None:
        bounds = Bounds(self.session.time(), self.since)
        return None if here.segment else way_of_page(self.ledger, position, beyond, page, bounds)

    def _tell(self, here: ListState, page: Page, way: Way | None) -> None:
        last = time_of(page[-1], self.ledger) // MILLISECOND if page else 0
        if not page and way is not None and self.ledger.endpoint.windows is not None:
            last = way.here // MILLISECOND
        if page or way is not None:
            self.progress.page(self.ledger, here.rows, last, way)
        if here.done:
            self.progress.ended(self.ledger, None if here.cut or self.ledger.oldest_first or not page else last)

    def _limit(self, position: Position) -> int | None:
        """Return the time before which a list without windows need not be read."""
        if self.ledger.oldest_first or self.ledger.endpoint.windows is not None or not self._ends_early():
            return None
        if position.until is not None:
            return position.until.time
        return None if self.since is None else self.since * MILLISECOND

    def _ends_early(self) -> bool:
        """Return whether rows that are known say that no newer one follows: by their order, or within a window."""
        return self.ledger.ordered or self.ledger.endpoint.windows is not None

    def _cuts_windows(self) -> bool:
        if self.since is None or self.ledger.endpoint.windows is None:
            return False
        return first_time(self.ledger, self._now()) < self.since * MILLISECOND

    def _lose(self, here: ListState, position: Position) -> None:
        """Note that a page did not fit: the second time, its window is begun anew, since rows moved."""
        began = position.began
        if self._lost != position.page or began is None:
            self._lost = position.page
            return
        self._lost = None
        self._cut_back(here, began, began)

    def _cut_back(self, here: ListState, began: Position, beyond: Position) -> ListState:
        """Forget what was read of a window since it ``began``, and return where the list is then: at ``beyond``."""
        path = raw_file(self.state.folder, here.id, here.segment)
        here = replace(here, rows=began.rows, position=to_text(beyond))
        self.state.commit(here, {path: began.length})
        if path.exists():
            os.truncate(path, began.length)
        return here

    def _first(self, here: ListState) -> Position:
        """Return where the list is begun, which is safe before its first page: `now` is then the same for all runs."""
        since = None if self.since is None else self.since * MILLISECOND
        position = first_position(self.ledger, self._now(), since)
        self.state.commit(replace(here, position=to_text(position)), {})
        return position

    def _now(self) -> int:
        return (self.session.time() - EPOCH) // MICROSECOND

    def _marks(self, page: Page, position: Position) -> list[RowMark]:
        """Return the marks of a page's rows. Raises PageLostError for a page that cannot be the next one."""
        marks, edge = marks_of(page, self.ledger), None if position.begins_window else position.edge
        if self.ledger.ordered:
            check_order(marks, edge, rises=self.ledger.oldest_first)
            check_window(marks, position, self.ledger)
        if edge is not None and marks and not overlaps(self.ledger):
            again = [edge.has(mark) for mark in marks]
            # Rows without an id may be the same and yet be two.
            if any(again) if self.ledger.key else all(again):
                raise PageLostError(REPEATED)
        return marks

    def _with_rows(self, position: Position, marks: list[RowMark]) -> Position:
        ids = {mark.id for mark in marks}
        return replace(
            position,
            edge=edge_of(position.edge, marks, max if self.ledger.oldest_first else min),
            newest=edge_of(position.newest, marks, max),
            missing=tuple(one for one in position.missing if one not in ids),
            news=position.news or self._count(position, marks) > 0,
        )

    def _count(self, position: Position, marks: list[RowMark]) -> int:
        """Return how many of a page's rows came neither before in this run nor in one before it."""
        return sum(self._is_fresh(mark, position) and _is_newer(mark, position.until) for mark in marks)

    def _is_fresh(self, mark: RowMark, position: Position) -> bool:
        """Return whether a row is beyond those that came before it."""
        edge = position.edge
        if edge is None or edge.has(mark):
            return edge is None
        if not self.ledger.ordered:
            return not overlaps(self.ledger) or mark.id != position.page.last
        return mark.time >= edge.time if self.ledger.oldest_first else mark.time <= edge.time


def _is_newer(mark: RowMark, until: Edge | None) -> bool:
    """Return whether a row came since the run before."""
    return until is None or mark.time > until.time or (mark.time == until.time and mark.id not in until.ids)
