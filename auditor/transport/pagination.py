"""Read every row of one list: by cursor, by page number, by offset, by token, in time windows.

A list that cannot be proven complete raises `PageLostError`; it is never returned short, but the pages that came before
are handed to the caller, who tells what was seen on them. Where the exchange states a
total, the number of rows must equal it. Elsewhere the page after a short, non-empty page is requested too, in case the
exchange returns fewer rows than requested; if it only repeats that page, the list ends there.

`read_list` collects a list; `stream` yields it page by page in constant memory, with the same checks except one: it
compares a page's rows with those of the previous page only, not with all earlier rows.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from math import ceil

from auditor.i18n import _
from auditor.spec.endpoint import Cursor, Endpoint, Numbered, Offset, Query, Token, Windows
from auditor.spec.fields import MalformedError
from auditor.transport.cursor_pagination import Ask, Fetch, Page, PageLostError, cursor_pages, row_key
from auditor.transport.gather import gather_all
from auditor.transport.seen_rows import PageBefore, SeenRows
from auditor.transport.token_pagination import token_pages

MOST_PAGES = 1000


def _ignore(_page: Page) -> None:
    """Keep no page apart from the list."""


async def read_list(
    ask: Ask, endpoint: Endpoint, query: Query, now: datetime, keep: Callable[[Page], None] = _ignore
) -> list[object]:
    """Return every row of the query once. Raises PageLostError, MalformedError and the errors of ``ask``.

    ``keep`` gets each page as it comes. A window that cannot be read does not keep the others from being read.
    """
    if endpoint.windows is None:
        return await _read_window(ask, endpoint, query, now, keep)
    newest, *older = _window_queries(endpoint.windows, query, now)
    # If the newest window is refused, the older ones need not be requested.
    first = await _read_window(ask, endpoint, newest, now, keep)
    lists = await gather_all(_read_window(ask, endpoint, window, now, keep) for window in older)
    return unique_rows(row for rows in (first, *lists) for row in rows)


async def stream(
    ask: Ask, endpoint: Endpoint, query: Query, now: datetime, *, most_pages: int = MOST_PAGES
) -> AsyncIterator[Page]:
    """Yield the rows of the query page by page, each once, one time window after the other.

    Holds two pages in memory. Raises the errors of `read_list`; pages yielded before an error are an incomplete list.
    ``most_pages``: the limit for one window.
    """
    windows = [query] if endpoint.windows is None else _window_queries(endpoint.windows, query, now)
    before = PageBefore(endpoint.pagination.key if isinstance(endpoint.pagination, Cursor) else "")
    for window in windows:
        seen = SeenRows(last_page_only=True)
        async for page in _pages(ask, endpoint, window, now, seen=seen, most_pages=most_pages):
            yield before.new_rows(page)


def unique_rows(rows: Iterable[object]) -> list[object]:
    """Return the rows without duplicates: rows that are equal in every field."""
    return list({row_key(row): row for row in rows}.values())


async def _read_window(
    ask: Ask, endpoint: Endpoint, query: Query, now: datetime, keep: Callable[[Page], None]
) -> list[object]:
    pages = _pages(ask, endpoint, query, now, seen=SeenRows(), most_pages=MOST_PAGES, keep=keep)
    rows = [row async for page in pages for row in page]
    return unique_rows(rows) if isinstance(endpoint.pagination, Cursor) else rows


def _pages(
    ask: Ask,
    endpoint: Endpoint,
    query: Query,
    now: datetime,
    *,
    seen: SeenRows,
    most_pages: int,
    keep: Callable[[Page], None] = _ignore,
) -> AsyncIterator[Page]:
    def rows_of(answer: object) -> Page:
        # Kept before any check of the page: a page that does not fit still shows what it shows.
        try:
            page = endpoint.rows(answer)
        except MalformedError as error:
            keep(list(error.rows))
            raise
        keep(page)
        return page

    async def fetch(params: Mapping[str, str]) -> Page:
        return rows_of(await ask(params))

    pagination = endpoint.pagination
    if pagination is None:
        return _one_page(fetch, query)
    match pagination:
        case Numbered() as numbered:
            return _NumberedList(ask, rows_of, numbered, query, seen).pages(most_pages)
        case Offset(total=None) as offset:
            return _at_most(most_pages, _offset_pages(fetch, offset, query))
        case Offset() as offset:
            return _at_most(most_pages, _counted_pages(ask, rows_of, offset, query, seen))
        case Token() as token:
            return _at_most(most_pages, token_pages(ask, rows_of, token, query, seen))
        case Cursor() as cursor:
            return _at_most(most_pages, cursor_pages(fetch, query, cursor, now))


async def _at_most(most_pages: int, pages: AsyncIterator[Page]) -> AsyncIterator[Page]:
    """Yield the pages. Raises PageLostError for one more than ``most_pages``: such a list is made up as it is read."""
    count = 0
    async for page in pages:
        count += 1
        if count > most_pages:
            raise PageLostError(_("the list has no end"))
        yield page


async def _one_page(fetch: Fetch, query: Query) -> AsyncIterator[Page]:
    yield await fetch(query.params)


def _window_queries(windows: Windows, query: Query, now: datetime) -> Iterator[Query]:
    """Yield the query for each time window, newest first; each starts where the next one ends."""
    first = windows.first if query.back is None else max(windows.first, now - query.back)
    end = now
    while end > first:
        start = max(first, end - windows.span)
        times = {windows.start: _written(start, windows.unit), windows.end: _written(end, windows.unit)}
        yield replace(query, params={**query.params, **times})
        end = start


def _written(moment: datetime, unit: str) -> str:
    """Write a time as the exchange reads it; one in whole seconds is rounded up, as each is the end of a window."""
    if unit == "ms":
        return str(int(moment.timestamp() * 1000))
    seconds = ceil(moment.timestamp())
    return str(seconds) if unit == "s" else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class _NumberedList:
    """A list by page number, read to the answer's total, or to a page without new rows where there is no total."""

    def __init__(
        self, ask: Ask, rows_of: Callable[[object], Page], numbered: Numbered, query: Query, seen: SeenRows
    ) -> None:
        self._ask = ask
        self._rows_of = rows_of
        self._numbered = numbered
        self._query = query
        self._seen = seen
        self._total: int | None = None
        self._count = 0
        self._size = numbered.size

    async def pages(self, most_pages: int) -> AsyncIterator[Page]:
        for number in range(1, most_pages):
            page = await self._page(number)
            if self._total is None and (not page or self._seen.has_all(page)):
                _check_end(page, self._numbered.size)
                return
            if self._seen.repeats(page):
                raise PageLostError(_("page {number} repeats rows of the page before it").format(number=number))
            self._seen.add(page)
            self._count += len(page)
            yield page
            if self._total is not None and (not page or self._count >= self._total):
                _check_count(self._count, self._total)
                return
            # A short first page may be the exchange's real page size: continue with that size.
            self._size = min(self._size, len(page)) if number == 1 else self._size
        raise PageLostError(_("the list has no end"))

    def _stated(self, answer: object) -> int | None:
        name = self._numbered.total
        is_missing = self._numbered.may_lack_total and isinstance(answer, dict) and name not in answer
        return None if name is None or is_missing else stated_count(answer, name)

    async def _page(self, number: int) -> Page:
        page_params = {self._numbered.number: str(number), self._numbered.limit: str(self._size)}
        answer = await self._ask({**self._query.params, **page_params})
        page = self._rows_of(answer)
        total = self._stated(answer)
        if number > 1 and total != self._total:
            raise PageLostError(_("the list grew or shrank between two pages"))
        self._total = total
        return page


def _check_end(page: Page, size: int) -> None:
    """Raise PageLostError for a full page that repeats earlier rows: only a short one ends a list."""
    if len(page) >= size:
        raise PageLostError(_("a full page came again instead of the next one"))


def _check_count(count: int, total: int) -> None:
    if count != total:
        raise PageLostError(_("the exchange counts {total} rows, {count} came").format(total=total, count=count))


def stated_count(answer: object, name: str) -> int:
    """Return the row count at a dotted path of an answer. Raises MalformedError."""
    value = answer
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    if not isinstance(value, str) or not value.isascii() or not value.isdigit():
        raise MalformedError(_("{name} is not a count").format(name=name))
    return int(value)


async def _counted_pages(
    ask: Ask, rows_of: Callable[[object], Page], offset: Offset, query: Query, seen: SeenRows
) -> AsyncIterator[Page]:
    """Yield pages by offset, until as many rows came as each answer counts."""
    size = {offset.limit: str(offset.size)} if offset.limit else {}
    count, total = 0, None
    while True:
        answer = await ask({**query.params, offset.skip: str(count), **size})
        page, stated = rows_of(answer), stated_count(answer, offset.total or "")
        if total not in {None, stated}:
            raise PageLostError(_("the list grew or shrank between two pages"))
        if seen.repeats(page):
            raise PageLostError(_("a page repeats rows of the page before it"))
        seen.add(page)
        count, total = count + len(page), stated
        yield page
        if not page or count >= total:
            _check_count(count, total)
            return


async def _offset_pages(fetch: Fetch, offset: Offset, query: Query) -> AsyncIterator[Page]:
    """Yield pages by offset.

    Each page must start with the previous page's last row, else rows moved in between.
    """
    size = {offset.limit: str(offset.size)}
    page = await fetch({**query.params, offset.skip: "0", **size})
    yield page
    if not page:
        return
    if len(page) < offset.size:
        beyond = await fetch({**query.params, offset.skip: str(len(page)), **size})
        if set(map(row_key, beyond)) <= set(map(row_key, page)):
            return
    page_size, count, last = min(len(page), offset.size), len(page), page[-1]
    while len(page) >= page_size:
        page = await fetch({**query.params, offset.skip: str(count - 1), **size})
        if not page or row_key(page[0]) != row_key(last):
            raise PageLostError(_("a page did not begin where the page before it ended"))
        if len(page) >= page_size and row_key(page[-1]) == row_key(last):
            raise PageLostError(_("a full page came again instead of the next one"))
        yield page[1:]
        count, last = count + len(page) - 1, page[-1]
