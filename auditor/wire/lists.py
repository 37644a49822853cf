"""Read one query of a surface to its end, however its exchange pages it: by cursor, by number, by offset, by windows.

A list that cannot be shown to be whole is `PageLost`, never a short one.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from auditor.i18n import _
from auditor.wire.fields import Malformed
from auditor.wire.paging import PageLost, identity, read_all
from auditor.wire.surface import Numbered, Offset, Query, Surface, Windows
from auditor.wire.together import together

Ask = Callable[[Mapping[str, str]], Awaitable[object]]
MOST_PAGES = 1000


async def read_list(ask: Ask, surface: Surface, query: Query, now: datetime) -> list[object]:
    """Every row of the query. Raises PageLost, Malformed, and whatever ``ask`` raises."""
    if surface.windows is None:
        return await _one(ask, surface, query, now)
    parts = [replace(query, params={**query.params, **stretch}) for stretch in _stretches(surface.windows, query, now)]
    lists = await together(_one(ask, surface, part, now) for part in parts)
    return list({identity(row): row for rows in lists for row in rows}.values())


async def _one(ask: Ask, surface: Surface, query: Query, now: datetime) -> list[object]:
    async def fetch(params: Mapping[str, str]) -> list[object]:
        return surface.rows(await ask(params))

    if isinstance(surface.paging, Numbered):
        return await _numbered(ask, surface, surface.paging, query)
    if isinstance(surface.paging, Offset):
        return await _skipping(fetch, surface.paging, query)
    return await read_all(fetch, query, surface.paging, now)


def _stretches(windows: Windows, query: Query, now: datetime) -> Iterator[dict[str, str]]:
    """Stretches from now back, each beginning where the next one ends."""
    first = windows.first if query.back is None else max(windows.first, now - query.back)
    end = now
    while end > first:
        start = max(first, end - windows.span)
        yield {windows.start: _milliseconds(start), windows.end: _milliseconds(end)}
        end = start


def _milliseconds(moment: datetime) -> str:
    return str(int(moment.timestamp() * 1000))


async def _numbered(ask: Ask, surface: Surface, paging: Numbered, query: Query) -> list[object]:
    """Pages until the answer's own total is reached; where there is none, until a page has nothing new."""
    rows: list[object] = []
    seen: set[str] = set()
    total: int | None = None
    for number in range(1, MOST_PAGES):
        answer = await ask({**query.params, paging.number: str(number), paging.limit: str(paging.size)})
        page = surface.rows(answer)
        stated = None if paging.total is None else _count(answer, paging.total)
        if number > 1 and stated != total:
            raise PageLost(_("the list grew or shrank between two pages"))
        total = stated
        names = set(map(identity, page))
        if total is None and (not page or names <= seen):
            _check_end(page, paging.size)
            return rows
        if names & seen:
            raise PageLost(_("page {number} repeats rows of the page before it").format(number=number))
        seen |= names
        rows += page
        if total is not None and (not page or len(rows) >= total):
            return _whole(rows, total)
    raise PageLost(_("the list has no end"))


def _check_end(page: list[object], size: int) -> None:
    """A page that came before is the end of a list only when it was not full."""
    if len(page) >= size:
        raise PageLost(_("a full page came again instead of the next one"))


def _whole(rows: list[object], total: int) -> list[object]:
    if len(rows) != total:
        raise PageLost(_("the exchange counts {total} rows, {count} came").format(total=total, count=len(rows)))
    return rows


def _count(answer: object, name: str) -> int | None:
    value = answer.get(name) if isinstance(answer, dict) else None
    if not isinstance(value, str) or not value.isascii() or not value.isdigit():
        raise Malformed(_("{name} is not a count").format(name=name))
    return int(value)


async def _skipping(
    fetch: Callable[[Mapping[str, str]], Awaitable[list[object]]], paging: Offset, query: Query
) -> list[object]:
    """Pages by offset; the last row of a page must begin the next one, or rows moved meanwhile."""
    rows = await fetch({**query.params, paging.skip: "0", paging.limit: str(paging.size)})
    full = len(rows) >= paging.size
    while full:
        page = await fetch({**query.params, paging.skip: str(len(rows) - 1), paging.limit: str(paging.size)})
        if not page or identity(page[0]) != identity(rows[-1]):
            raise PageLost(_("a page did not begin where the page before it ended"))
        if len(page) >= paging.size and identity(page[-1]) == identity(rows[-1]):
            raise PageLost(_("a full page came again instead of the next one"))
        rows = [*rows, *page[1:]]
        full = len(page) >= paging.size
    return rows
