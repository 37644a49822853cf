"""All of a list that a unified method gives only in part: its pages, its stretches of time, its markets or accounts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from auditor.exchanges.unified.answers import dig
from auditor.exchanges.unified.ccxt_account import Made
from auditor.exchanges.unified.records import Answer
from auditor.exchanges.unified.spec import Call, Each, Pages, Window
from auditor.i18n import _
from auditor.spec.fields import Malformed
from auditor.transport.cursor_pagination import PageLost

MOST_PAGES = 500
MOST_EACH = 300
MILLISECONDS = 1000
# Below that a full page is no matter of time.
SHORTEST = timedelta(minutes=10)
Params = Mapping[str, Any]
# Further parameters, and the market where one is named.
Asked = tuple[Params, str | None]


class PageFull(PageLost):
    """There may be more rows than the page has, and no way to ask for the next one."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What an account was seen to have: its assets, and the rows of places that other lists are asked by."""

    assets: set[str] = field(default_factory=set)
    rows: dict[str, Sequence[Any]] = field(default_factory=dict)


class Lists:
    """One place, asked until nothing more comes. Raises PageLost where that cannot be told."""

    def __init__(self, made: Made, call: Call, now: datetime) -> None:
        """Prepare to read ``call`` as of ``now``."""
        self._made = made
        self._call = call
        self._now = now

    async def all(self, seen: Seen) -> list[Answer]:
        """Every answer; none where there was nothing to ask for."""
        each = [({}, None)] if self._call.each is None else [*self._each(self._call.each, seen)]
        return [answer for asked in each for answer in await self._stretched(asked)]

    async def _stretched(self, asked: Asked) -> list[Answer]:
        window = self._call.window
        if window is None:
            return await self._pages(*asked)
        return [answer for ends in self._ends(window) for answer in await self._stretch(window, asked, *ends)]

    async def _stretch(self, window: Window, asked: Asked, since: datetime, until: datetime) -> list[Answer]:
        """One stretch of time; one that fills its page is asked again in halves."""
        unit = MILLISECONDS if window.unit == "ms" else 1
        times = {window.start: int(since.timestamp() * unit), window.end: int(until.timestamp() * unit)}
        try:
            return await self._pages({**asked[0], **times}, asked[1])
        except PageFull:
            if until - since <= SHORTEST:
                raise
            middle = since + (until - since) / 2
            later = await self._stretch(window, asked, middle, until)
            return [*later, *await self._stretch(window, asked, since, middle)]

    async def _pages(self, params: Params, symbol: str | None) -> list[Answer]:
        pages, answers = self._call.pages, []
        asked: Params = _first(pages)
        for number in range(1, MOST_PAGES):
            answer, bodies = await self._made.call(self._call, {**params, **asked}, symbol)
            answers.append(answer)
            following = self._next(pages, number, answers, bodies)
            if following is None:
                return answers
            if following == asked or [each.rows for each in answers[-2:-1]] == [answer.rows]:
                raise PageLost(_("the next page is the same page again"))
            asked = following
        raise PageLost(_("the list has more than {most} pages").format(most=MOST_PAGES))

    def _next(self, pages: Pages | None, number: int, answers: list[Answer], bodies: list[Any]) -> Params | None:
        last = answers[-1].rows
        if pages is None:
            if self._call.size and len(last) >= self._call.size:
                raise PageFull(_("the page is full, and ccxt has no way to ask for the next one"))
            return None
        if pages.kind == "cursor":
            return _after(pages, bodies[-1], last)
        if not last:
            return None
        if pages.kind == "last":
            return {pages.param: _said(dig(last[-1][1], pages.at), pages.at)}
        skipped = sum(len(answer.rows) for answer in answers)
        return {pages.param: number + pages.first if pages.kind == "page" else skipped}

    def _ends(self, window: Window) -> Iterator[tuple[datetime, datetime]]:
        """Newest first; each begins where the next older one ends, so that no moment is left out."""
        until, oldest = self._now, self._now - timedelta(days=window.back)
        while until > oldest:
            since = max(oldest, until - timedelta(days=window.days))
            yield since, until
            until = since

    def _each(self, each: Each, seen: Seen) -> Iterator[Asked]:
        """What to ask for, one by one."""
        if each.what == "market":
            yield from (({}, symbol) for symbol in _few(self._symbols(seen.assets)))
        else:
            values = self._coins() if each.what == "coin" else self._values(each, seen)
            yield from (({each.param: value}, None) for value in dict.fromkeys(_few(values)))

    def _symbols(self, assets: set[str]) -> Iterator[str]:
        spot = [m for m in self._made.ccxt.markets.values() if m.get("spot") and m.get("active") is not False]
        yield from (m["symbol"] for m in spot if m["base"] in assets)

    def _coins(self) -> set[str]:
        """The coins that secure inverse contracts, those that are no longer traded among them."""
        inverse = [market for market in self._made.ccxt.markets.values() if market.get("inverse")]
        coins = {str(m.get("settleId") or "") for m in inverse}
        coins |= {str(coin) for m in inverse for coin in m.get("info", {}).get("supportMarginCoins") or ()}
        if not coins - {""}:
            raise Malformed(_("no coin is listed in which such contracts settle"))
        return coins - {""}

    def _values(self, each: Each, seen: Seen) -> Iterator[str]:
        rows = (row for place in each.places for row in seen.rows[place])
        yield from (_said(dig(row, each.field), each.field) for row in rows)


def _after(pages: Pages, body: object, rows: Sequence[Any]) -> Params | None:
    """The cursor of the next page. Raises PageLost where the answer says that there are more rows, but not which."""
    cursor, more = dig(body, pages.at), dig(body, pages.more) if pages.more else None
    if more is False:
        return None
    if more and not cursor:
        raise PageLost(_("the answer says that there are more rows, but not where"))
    return {pages.param: cursor} if cursor and (rows or more) else None


def _few(names: Iterable[str]) -> list[str]:
    found = sorted(names)
    if len(found) > MOST_EACH:
        raise Malformed(_("there are {count} of them to ask for, too many for one audit").format(count=len(found)))
    return found


def _said(value: object, name: str) -> str:
    if not isinstance(value, str) or not value:
        raise PageLost(_("the last row has no {name} to go on from").format(name=name))
    return value


def _first(pages: Pages | None) -> Params:
    return {pages.param: pages.first} if pages is not None and pages.kind == "page" else {}
