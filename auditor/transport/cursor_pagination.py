"""Read a list to its last page, newest first, and notice when a page was lost.

The cursor is set just above the oldest row, so that this row must come again as the overlap of two pages. When it does
not, or a full page brings nothing older, or the cursor cannot move, the list was not read: `PageLost`, never a short
one. A short page is asked beyond as well, for the day the exchange gives fewer rows than it was asked for. What goes on
is told by the cursor's own numbers and not by whole rows, whose prices change from one answer to the next.
"""

from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping
from datetime import datetime
from json import JSONEncoder

from auditor.i18n import _
from auditor.spec.surface import Paging, Query

Fetch = Callable[[Mapping[str, str]], Awaitable[list[object]]]
LONGEST_KEY = 32
_ENCODER = JSONEncoder(sort_keys=True, default=str)


class PageLost(Exception):  # noqa: N818 - it is what happened
    """The list changed or broke between two pages; its text says how."""


async def read_all(fetch: Fetch, query: Query, paging: Paging | None, now: datetime) -> list[object]:
    """Every row of the query, each once. Raises PageLost, and whatever ``fetch`` raises."""
    if paging is None:
        return await fetch(query.params)
    oldest = 0 if query.back is None else int((now - query.back).timestamp() * 1000)
    found = await _Pages(fetch, query, paging).until(oldest)
    return list({identity(row): row for row in found}.values())


class _Pages:
    """One list, asked page by page."""

    def __init__(self, fetch: Fetch, query: Query, paging: Paging) -> None:
        self._fetch = fetch
        self._query = query
        self._paging = paging
        self._longest = 0

    async def until(self, oldest: int) -> list[object]:
        """All rows, back to the cursor ``oldest``, some of them twice."""
        page = await self._page()
        rows = list(page)
        while (last := self._cursor(page)) is not None and last >= oldest:
            following = await self._page(last + 1)
            rows += following
            self._check_overlap(last, following)
            if self._goes_on(last, following):
                page = following
                continue
            await self._check_end(last, page, following)
            break
        return rows

    async def _page(self, cursor: int | None = None) -> list[object]:
        where = {} if cursor is None else {self._paging.cursor: str(cursor)}
        page = await self._fetch({**self._query.params, "limit": str(self._paging.size), **where})
        self._longest = max(self._longest, len(page))
        return page

    def _cursor(self, page: list[object]) -> int | None:
        """Where to go on from. A short page without a number to go on from is an end; a full one is a page lost."""
        keys = [self._key(row) for row in page]
        known = [key for key in keys if key is not None]
        if len(page) >= self._paging.size:
            if len(known) < len(page):
                raise PageLost(_("a row on a full page has no {key} to go on from").format(key=self._paging.key))
            if known[0] < known[-1]:
                raise PageLost(_("a full page began with its oldest row, so that nobody knows what came before"))
        return min(known, default=None)

    def _check_overlap(self, last: int, following: list[object]) -> None:
        if not self._count(last, following):
            raise PageLost(_("a page did not begin where the page before it ended"))

    def _goes_on(self, last: int, rows: Iterable[object]) -> bool:
        return any(key is not None and key < last for key in map(self._key, rows))

    async def _check_end(self, last: int, page: list[object], following: list[object]) -> None:
        """Nothing older is the end of a list, unless the page may have had no room for it."""
        if len(following) >= self._paging.size:
            raise PageLost(
                _("the page at {key} {last} came again instead of the next one").format(key=self._paging.key, last=last)
            )
        if len(following) < self._longest:
            return
        if self._more(last, page, following) or await self._more_beyond(last, following):
            raise PageLost(_("the pages are too short to be told apart"))

    async def _more_beyond(self, last: int, following: list[object]) -> bool:
        """Ask strictly beyond: some lists begin with the row at the cursor, most with the next one."""
        beyond = await self._page(last)
        if beyond and last and not self._more(last, following, beyond):
            beyond = await self._page(last - 1)
        return self._more(last, following, beyond)

    def _more(self, last: int, page: list[object], following: list[object]) -> bool:
        """Whether ``following`` shows rows that ``page`` had no room for."""
        return self._goes_on(last, following) or self._count(last, following) > self._count(last, page)

    def _count(self, key: int, rows: Iterable[object]) -> int:
        return sum(self._key(row) == key for row in rows)

    def _key(self, row: object) -> int | None:
        value = row.get(self._paging.key) if isinstance(row, dict) else None
        if not isinstance(value, str) or len(value) > LONGEST_KEY:
            return None
        return int(value) if value.isascii() and value.isdigit() else None


def identity(row: object) -> Hashable:
    """The same for rows that are equal in every field."""
    try:
        return frozenset(row.items()) if isinstance(row, dict) else _ENCODER.encode(row)
    except TypeError:
        return _ENCODER.encode(row)  # it holds lists or objects
