"""Read one query of a surface to its end, however its exchange pages it: by cursor, by number, by offset, by windows.

A list that cannot be shown to be whole is `PageLost`, never a short one. Where the exchange counts its rows the count
must agree. Elsewhere a short page that holds anything is asked beyond, for the day the exchange gives fewer rows than
it was asked for; a page that only comes again is then an end, as it would have been without that question.
"""

from collections.abc import Awaitable, Callable, Hashable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from auditor.i18n import _
from auditor.spec.fields import Malformed
from auditor.spec.surface import Numbered, Offset, Query, Surface, Windows
from auditor.transport.cursor_pagination import Fetch, PageLost, identity, read_all
from auditor.transport.gather import together

Ask = Callable[[Mapping[str, str]], Awaitable[object]]
MOST_PAGES = 1000


async def read_list(ask: Ask, surface: Surface, query: Query, now: datetime) -> list[object]:
    """Every row of the query. Raises PageLost, Malformed, and whatever ``ask`` raises."""
    if surface.windows is None:
        return await _one(ask, surface, query, now)
    newest, *older = (
        replace(query, params={**query.params, **stretch}) for stretch in _stretches(surface.windows, query, now)
    )
    # Where the newest is refused, the others need not be asked.
    first = await _one(ask, surface, newest, now)
    lists = await together(_one(ask, surface, part, now) for part in older)
    return list({identity(row): row for rows in (first, *lists) for row in rows}.values())


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
    seen: set[Hashable] = set()
    total: int | None = None
    size = paging.size
    for number in range(1, MOST_PAGES):
        answer = await ask({**query.params, paging.number: str(number), paging.limit: str(size)})
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
        # A short first page may be all that the exchange gives at once: the next page begins where it ended.
        size = min(size, len(page)) if number == 1 else size
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
    value = answer
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    if not isinstance(value, str) or not value.isascii() or not value.isdigit():
        raise Malformed(_("{name} is not a count").format(name=name))
    return int(value)


async def _skipping(fetch: Fetch, paging: Offset, query: Query) -> list[object]:
    """Pages by offset; the last row of a page must begin the next one, or rows moved meanwhile."""
    size = {paging.limit: str(paging.size)}
    rows = await fetch({**query.params, paging.skip: "0", **size})
    if not rows:
        return rows
    if len(rows) < paging.size:
        beyond = await fetch({**query.params, paging.skip: str(len(rows)), **size})
        if set(map(identity, beyond)) <= set(map(identity, rows)):
            return rows
    room = min(len(rows), paging.size)
    page = rows
    while len(page) >= room:
        page = await fetch({**query.params, paging.skip: str(len(rows) - 1), **size})
        if not page or identity(page[0]) != identity(rows[-1]):
            raise PageLost(_("a page did not begin where the page before it ended"))
        if len(page) >= room and identity(page[-1]) == identity(rows[-1]):
            raise PageLost(_("a full page came again instead of the next one"))
        rows = [*rows, *page[1:]]
    return rows
