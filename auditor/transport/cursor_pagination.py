"""Read a list by cursor from new to old, and detect a lost page.

The cursor is set just above the oldest row, so that this row must be repeated as the overlap of two pages. If it is
not, or a full page has no older row, or the cursor cannot move, `PageLostError` is raised: no list is returned short.
The page after a short page is requested too, in case the exchange returns fewer rows than requested. Progress is
measured by the cursor's numbers, not by whole rows: their prices change from one answer to the next.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from json import JSONEncoder
from operator import itemgetter
from typing import cast

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


@dataclass(frozen=True, slots=True)
class _Read:
    """A page, and the key of each of its rows, None for one without."""

    page: Page
    keys: Sequence[int | None]

    def goes_beyond(self, last: int) -> bool:
        """Return whether it has rows older than ``last``."""
        return any(key is not None and key < last for key in self.keys)


class _CursorList:
    """One list, requested page by page."""

    def __init__(self, fetch: Fetch, query: Query, cursor: Cursor) -> None:
        self._fetch = fetch
        self._query = query
        self._paging = cursor
        self._longest = 0

    async def pages(self, oldest: int) -> AsyncIterator[Page]:
        """Yield the pages, back to the cursor ``oldest``."""
        read = await self._page()
        yield read.page
        while (last := self._cursor(read)) is not None and last >= oldest:
            following = await self._page(last + 1)
            _check_overlap(last, following)
            yield following.page
            if following.goes_beyond(last):
                read = following
                continue
            await self._check_end(last, read, following)
            break

    async def _page(self, cursor: int | None = None) -> _Read:
        position = {} if cursor is None else {self._paging.cursor: str(cursor)}
        page = await self._fetch({**self._query.params, self._paging.limit: str(self._paging.size), **position})
        self._longest = max(self._longest, len(page))
        name = self._paging.key
        numbers = whole_numbers(page, name)
        return _Read(page, numbers or [_number(row.get(name)) if isinstance(row, dict) else None for row in page])

    def _cursor(self, read: _Read) -> int | None:
        """Return the key to continue from: the oldest.

        A short page without one ends the list; a full one is lost.
        """
        page, numbers = read.page, [key for key in read.keys if key is not None]
        if len(page) >= self._paging.size:
            if len(numbers) < len(page):
                raise PageLostError(_("a row on a full page has no {key} to go on from").format(key=self._paging.key))
            if numbers[0] < numbers[-1]:
                raise PageLostError(_("a full page began with its oldest row, so that nobody knows what came before"))
        return min(numbers, default=None)

    async def _check_end(self, last: int, read: _Read, following: _Read) -> None:
        """Raise PageLostError unless a page without older rows is the end; a full one may have had no room for them."""
        if len(following.page) >= self._paging.size:
            raise PageLostError(
                _("the page at {key} {last} came again instead of the next one").format(key=self._paging.key, last=last)
            )
        if len(following.page) < self._longest:
            return
        if _more(last, read, following) or await self._more_beyond(last, following):
            raise PageLostError(_("the pages are too short to be told apart"))

    async def _more_beyond(self, last: int, following: _Read) -> bool:
        """Return whether rows older than ``last`` exist: some lists start at the cursor's row, most after it."""
        beyond = await self._page(last)
        if beyond.page and last and not _more(last, following, beyond):
            beyond = await self._page(last - 1)
        return _more(last, following, beyond)


def _check_overlap(last: int, following: _Read) -> None:
    if last not in following.keys:
        raise PageLostError(_("a page did not begin where the page before it ended"))


def _more(last: int, read: _Read, following: _Read) -> bool:
    """Return whether ``following`` has rows that ``read`` had no room for."""
    return following.goes_beyond(last) or following.keys.count(last) > read.keys.count(last)


def _number(value: object) -> int | None:
    if not isinstance(value, str) or len(value) > LONGEST_KEY:
        return None
    return int(value) if value.isascii() and value.isdigit() else None


def whole_numbers(page: Page, name: str) -> list[int] | None:
    """Return the whole numbers in a field of all rows of a page; None where each row must be looked at."""
    texts = texts_of(page, name)
    joined = "".join(texts or ())
    if not texts or not (joined.isascii() and joined.isdigit()):
        return None
    is_sane = min(map(len, texts)) > 0 and max(map(len, texts)) <= LONGEST_KEY
    return list(map(int, texts)) if is_sane else None


def texts_of(page: Page, name: str) -> list[str] | None:
    """Return the texts in a field of all rows of a page; None where not every row has one.

    In one go: a ledger has millions of rows.
    """
    try:
        texts = list(map(itemgetter(name), cast("list[dict[str, str]]", page)))
        "".join(texts)
    except (TypeError, KeyError):
        return None
    return texts


def row_key(row: object) -> Hashable:
    """Return a key that is the same for rows that are equal in every field."""
    try:
        return frozenset(row.items()) if isinstance(row, dict) else _ENCODER.encode(row)
    except TypeError:
        return _ENCODER.encode(row)  # it holds lists or objects
