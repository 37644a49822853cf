"""Read a list by cursor from new to old, and detect a lost page.

The cursor is set just above the oldest row, so that this row must be repeated as the overlap of two pages. If it is
not, or a full page has no older row, or the cursor cannot move, `PageLostError` is raised: no list is returned short.
The page after a short page is requested too, in case the exchange returns fewer rows than requested. Progress is
measured by the cursor's numbers, not by whole rows: their prices change from one answer to the next.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Iterable, Mapping
from datetime import datetime
from json import JSONEncoder

from auditor.i18n import _
from auditor.spec.endpoint import Cursor, Query

Page = list[object]
Ask = Callable[[Mapping[str, str]], Awaitable[object]]
Fetch = Callable[[Mapping[str, str]], Awaitable[Page]]
LONGEST_KEY = 32
_ENCODER = JSONEncoder(sort_keys=True, default=str)


class PageLostError(Exception):
    """The list changed or broke between two pages; the message says how."""


async def cursor_pages(fetch: Fetch, query: Query, cursor: Cursor, now: datetime) -> AsyncIterator[Page]:
    """Yield the pages of the query from new to old; rows where two pages overlap are in both.

    Raises PageLostError and the errors of ``fetch``. Holds two pages in memory.
    """
    oldest = 0 if query.back is None else int((now - query.back).timestamp() * 1000)
    async for page in _CursorList(fetch, query, cursor).pages(oldest):
        yield page


class _CursorList:
    """One list, requested page by page."""

    def __init__(self, fetch: Fetch, query: Query, cursor: Cursor) -> None:
        self._fetch = fetch
        self._query = query
        self._paging = cursor
        self._longest = 0

    async def pages(self, oldest: int) -> AsyncIterator[Page]:
        """Yield the pages, back to the cursor ``oldest``."""
        page = await self._page()
        yield page
        while (last := self._cursor(page)) is not None and last >= oldest:
            following = await self._page(last + 1)
            self._check_overlap(last, following)
            yield following
            if self._goes_on(last, following):
                page = following
                continue
            await self._check_end(last, page, following)
            break

    async def _page(self, cursor: int | None = None) -> Page:
        position = {} if cursor is None else {self._paging.cursor: str(cursor)}
        page = await self._fetch({**self._query.params, self._paging.limit: str(self._paging.size), **position})
        self._longest = max(self._longest, len(page))
        return page

    def _cursor(self, page: Page) -> int | None:
        """Return the key to continue from: the oldest.

        A short page without one ends the list; a full one is lost.
        """
        keys = [self._key(row) for row in page]
        numbers = [key for key in keys if key is not None]
        if len(page) >= self._paging.size:
            if len(numbers) < len(page):
                raise PageLostError(_("a row on a full page has no {key} to go on from").format(key=self._paging.key))
            if numbers[0] < numbers[-1]:
                raise PageLostError(_("a full page began with its oldest row, so that nobody knows what came before"))
        return min(numbers, default=None)

    def _check_overlap(self, last: int, following: Page) -> None:
        if not self._count(last, following):
            raise PageLostError(_("a page did not begin where the page before it ended"))

    def _goes_on(self, last: int, rows: Iterable[object]) -> bool:
        return any(key is not None and key < last for key in map(self._key, rows))

    async def _check_end(self, last: int, page: Page, following: Page) -> None:
        """Raise PageLostError unless a page without older rows is the end; a full one may have had no room for them."""
        if len(following) >= self._paging.size:
            raise PageLostError(
                _("the page at {key} {last} came again instead of the next one").format(key=self._paging.key, last=last)
            )
        if len(following) < self._longest:
            return
        if self._more(last, page, following) or await self._more_beyond(last, following):
            raise PageLostError(_("the pages are too short to be told apart"))

    async def _more_beyond(self, last: int, following: Page) -> bool:
        """Return whether rows older than ``last`` exist: some lists start at the cursor's row, most after it."""
        beyond = await self._page(last)
        if beyond and last and not self._more(last, following, beyond):
            beyond = await self._page(last - 1)
        return self._more(last, following, beyond)

    def _more(self, last: int, page: Page, following: Page) -> bool:
        """Return whether ``following`` has rows that ``page`` had no room for."""
        return self._goes_on(last, following) or self._count(last, following) > self._count(last, page)

    def _count(self, key: int, rows: Iterable[object]) -> int:
        return sum(self._key(row) == key for row in rows)

    def _key(self, row: object) -> int | None:
        value = row.get(self._paging.key) if isinstance(row, dict) else None
        if not isinstance(value, str) or len(value) > LONGEST_KEY:
            return None
        return int(value) if value.isascii() and value.isdigit() else None


def row_key(row: object) -> Hashable:
    """Return a key that is the same for rows that are equal in every field."""
    try:
        return frozenset(row.items()) if isinstance(row, dict) else _ENCODER.encode(row)
    except TypeError:
        return _ENCODER.encode(row)  # it holds lists or objects
