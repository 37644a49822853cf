"""Read a list to its last page, newest first, and notice when a page was lost.

The cursor is set just above the last row, so that this row must come again as the overlap of two pages. When it does
not, or a full page brings nothing new, or the cursor cannot move, the list was not read: `PageLost`, never a short one.
A short page is asked beyond as well, for the day the exchange gives fewer rows than it was asked for.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import datetime
from json import dumps

from auditor.wire.surface import Paging, Query

Fetch = Callable[[Mapping[str, str]], Awaitable[list[object]]]


class PageLost(Exception):  # noqa: N818 - it is what happened
    """The list changed or broke between two pages; its text says how."""


async def read_all(fetch: Fetch, query: Query, paging: Paging | None, now: datetime) -> list[object]:
    """Every row of the query, each once. Raises PageLost, and whatever ``fetch`` raises."""
    if paging is None:
        return await fetch(query.params)
    oldest = 0 if query.back is None else int((now - query.back).timestamp() * 1000)
    rows: dict[str, object] = {}
    async for page in _pages(fetch, query, paging, oldest):
        rows.update({identity(row): row for row in page})
    return list(rows.values())


async def _pages(fetch: Fetch, query: Query, paging: Paging, oldest: int) -> AsyncIterator[list[object]]:
    limit = {"limit": str(paging.size)}
    page = await fetch({**query.params, **limit})
    yield page
    seen = set(map(identity, page))
    while (cursor := _cursor(page, paging)) is not None and cursor >= oldest:
        following = await fetch({**query.params, **limit, paging.cursor: str(cursor + 1)})
        _check_overlap(cursor, following, paging)
        fresh = {identity(row) for row in following} - seen
        if not fresh:
            _check_end(cursor, following, paging)
            return
        yield following
        seen |= fresh
        page = following


def _cursor(page: list[object], paging: Paging) -> int | None:
    """Where to go on from. A short page without a number to go on from is an end; a full one is a page lost."""
    if not page:
        return None
    key = _key(page[-1], paging)
    if key is None and len(page) >= paging.size:
        raise PageLost(f"a row on a full page has no {paging.key} to go on from")
    return key


def _check_overlap(last: int, following: list[object], paging: Paging) -> None:
    if last not in {_key(row, paging) for row in following}:
        raise PageLost("a page did not begin where the page before it ended")


def _check_end(last: int, following: list[object], paging: Paging) -> None:
    """Nothing new is the end of a list, unless the page is full: then the same page came again."""
    if len(following) >= paging.size:
        raise PageLost(f"the page at {paging.key} {last} came again instead of the next one")


def _key(row: object, paging: Paging) -> int | None:
    value = row.get(paging.key) if isinstance(row, dict) else None
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else None


def identity(row: object) -> str:
    """The same for rows that are equal in every field."""
    return dumps(row, sort_keys=True, default=str)
