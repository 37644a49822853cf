"""Fetch a list that is paged by a number that falls from row to row: its id, or its time in milliseconds."""

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, replace

from auditor.archive.fetch import GONE, ListFetch, keep_anchor
from auditor.archive.page_ids import has_newer, ids_of, number_of
from auditor.archive.remaining import Bounds, way_of_times
from auditor.archive.state import ListState, Status
from auditor.i18n import _
from auditor.model.clock import now
from auditor.spec.endpoint import Cursor, Query
from auditor.spec.fields import MalformedError
from auditor.spec.paged_list import PagedList
from auditor.transport.cursor_pagination import Page, PageLostError
from auditor.transport.pagination import stream

# Far more than any ledger has; the check of each page is what ends a list that does not end.
MOST_PAGES = 10_000_000


@dataclass(slots=True)
class IdFetch(ListFetch):
    """A list by ids, from its newest row to its end; a later run goes down to the newest id known."""

    _first_row: int | None = None

    def _next_run(self, here: ListState) -> ListState:
        return replace(here, oldest=None, began=None, until=here.newest)

    async def _attempt(self) -> None:
        """Read on from the last page that is safe."""
        self._kept.clear()
        here = self.state.list_state(self.ledger.id)
        is_first = True
        async for page in self._pages(here):
            if is_first and here.oldest is not None and self.ledger.endpoint.pagination is not None:
                page = self._without_overlap(page, here.oldest)  # noqa: PLW2901 - the row that is safe already
            if is_first and here.oldest is None and here.segment and not has_newer(page, self.ledger.key, here.until):
                self._no_news(here, page)
                return
            is_first = False
            here = self._keep(here, page)
            if here.done:
                return
        self._end(here)

    def _pages(self, here: ListState) -> AsyncIterator[Page]:
        endpoint = self.ledger.endpoint
        query = endpoint.queries[-1]
        if here.oldest is not None and endpoint.pagination is not None:
            query = Query(params={**query.params, _cursor(self.ledger): str(here.oldest + 1)})
        return stream(self._ask, endpoint, query, now(), most_pages=MOST_PAGES)

    def _without_overlap(self, page: Page, oldest: int) -> Page:
        first = [number_of(row, self.ledger.key) for row in (page[:1] if self.ledger.ordered else page)]
        if oldest not in first:
            raise PageLostError(_("a page did not begin where the page before it ended"))
        if not self.ledger.ordered:
            return page
        # Rows with the key of the last saved one may be new: this answer repeats them.
        return [row for row in page if number_of(row, self.ledger.key) < oldest] if self.ledger.ties else page[1:]

    def _keep(self, here: ListState, page: Page) -> ListState:
        """Make a page safe, and return the state after it."""
        numbers = ids_of(page, self.ledger, here.oldest)
        until = here.until
        if until is not None and numbers and numbers[-1] < until and until not in numbers:
            raise MalformedError(GONE)
        began = here.began if here.began is not None else next(iter(numbers), None)
        is_old = self.since is not None and bool(page) and number_of(page[-1], self.ledger.time) < self.since
        is_met = until is not None and bool(numbers) and numbers[-1] <= until
        here = replace(
            here,
            oldest=numbers[-1] if numbers else here.oldest,
            newest=max((n for n in (here.newest, began) if n is not None), default=None),
            began=began,
            rows=here.rows + (len(numbers) if until is None else sum(number > until for number in numbers)),
            status=Status.ENDED if (is_old if until is None else is_met) else Status.READING,
            cut=int(is_old) if until is None else here.cut,
        )
        self._write(here, self._closings(page))
        if numbers:
            self._tell(here, page)
        return here

    def _tell(self, here: ListState, page: Page) -> None:
        """Tell how far the list is. A time that is not understood is looked at by the proof."""
        way, last = None, 0
        with suppress(MalformedError):
            first, last = (number_of(row, self.ledger.time) for row in (page[0], page[-1]))
            way = way_of_times(self.ledger, first, last, Bounds(self.session.time(), self.since))
        self._first_row = last
        self.progress.page(self.ledger, here.rows, last, None if here.segment or here.done else way)
        if here.done:
            self.progress.ended(self.ledger)

    def _end(self, here: ListState) -> None:
        """Note that the list ran out: a later run must meet the rows of the one before it first."""
        if here.until is not None:
            raise MalformedError(GONE)
        self._write(replace(here, status=Status.ENDED))
        self.progress.ended(self.ledger, self._first_row)

    def _no_news(self, here: ListState, page: Page) -> None:
        """Keep a page without newer rows beside the balances that it was asked for."""
        if here.until is not None and here.until not in {number_of(row, self.ledger.key) for row in page}:
            raise MalformedError(GONE)
        keep_anchor(self.state, self._taken())
        self.state.commit(replace(here, status=Status.ENDED, segment=here.segment - 1, until=None), {})


def _cursor(ledger: PagedList) -> str:
    if not isinstance(ledger.endpoint.pagination, Cursor):
        raise TypeError(ledger.id)
    return ledger.endpoint.pagination.cursor
