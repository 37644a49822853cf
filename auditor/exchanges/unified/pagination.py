"""Read a whole list that a unified method returns in parts: pages, time windows, markets or accounts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from auditor.exchanges.unified.answers import value_at
from auditor.exchanges.unified.ccxt_account import UnifiedAccount
from auditor.exchanges.unified.records import CallAnswer
from auditor.exchanges.unified.spec import ForEach, UnifiedCall, UnifiedPages, Window
from auditor.i18n import _
from auditor.spec.fields import MalformedError
from auditor.transport.cursor_pagination import PageLostError

MOST_PAGES = 500
MOST_EACH = 300
MILLISECONDS = 1000
# A shorter window with a full page cannot be split further.
SHORTEST = timedelta(minutes=10)
Params = Mapping[str, Any]
# Further parameters, and the market where the method needs one.
Asked = tuple[Params, str | None]


class PageFullError(PageLostError):
    """There may be more rows than the page has, and no way to request the next one."""


@dataclass(frozen=True, slots=True)
class SeenAssets:
    """An account's assets so far, and the rows of surfaces that other lists are requested by."""

    assets: set[str] = field(default_factory=set)
    rows: dict[str, Sequence[Any]] = field(default_factory=dict)


class UnifiedList:
    """One surface, read to its last row. Raises PageLostError where that cannot be proven."""

    def __init__(self, made: UnifiedAccount, call: UnifiedCall, now: datetime) -> None:
        """Prepare to read ``call`` as of ``now``."""
        self._made = made
        self._call = call
        self._now = now

    async def all(self, seen: SeenAssets) -> list[CallAnswer]:
        """Return every answer; none where there was nothing to request."""
        each = [({}, None)] if self._call.each is None else [*self._each(self._call.each, seen)]
        return [answer for asked in each for answer in await self._windows(asked)]

    async def _windows(self, asked: Asked) -> list[CallAnswer]:
        window = self._call.window
        if window is None:
            return await self._pages(*asked)
        return [answer for ends in self._window_times(window) for answer in await self._window(window, asked, *ends)]

    async def _window(self, window: Window, asked: Asked, since: datetime, until: datetime) -> list[CallAnswer]:
        """Return the answers of one time window; a window that fills its page is split in halves."""
        unit = MILLISECONDS if window.unit == "ms" else 1
        times = {window.start: int(since.timestamp() * unit), window.end: int(until.timestamp() * unit)}
        try:
            return await self._pages({**asked[0], **times}, asked[1])
        except PageFullError:
            if until - since <= SHORTEST:
                raise
            middle = since + (until - since) / 2
            later = await self._window(window, asked, middle, until)
            return [*later, *await self._window(window, asked, since, middle)]

    async def _pages(self, params: Params, symbol: str | None) -> list[CallAnswer]:
        pages, answers = self._call.pages, []
        asked: Params = _first(pages)
        for number in range(1, MOST_PAGES):
            answer, bodies = await self._made.call(self._call, {**params, **asked}, symbol)
            answers.append(answer)
            following = self._next(pages, number, answers, bodies)
            if following is None:
                return answers
            if following == asked or [each.rows for each in answers[-2:-1]] == [answer.rows]:
                raise PageLostError(_("the next page is the same page again"))
            asked = following
        raise PageLostError(_("the list has more than {most} pages").format(most=MOST_PAGES))

    def _next(
        self, pages: UnifiedPages | None, number: int, answers: list[CallAnswer], bodies: list[Any]
    ) -> Params | None:
        last = answers[-1].rows
        if pages is None:
            if self._call.size and len(last) >= self._call.size:
                raise PageFullError(_("the page is full, and ccxt has no way to ask for the next one"))
            return None
        if pages.kind == "cursor":
            return _after(pages, bodies[-1], last)
        if not last:
            return None
        if pages.kind == "last":
            return {pages.param: _required_text(value_at(last[-1][1], pages.at), pages.at)}
        skipped = sum(len(answer.rows) for answer in answers)
        return {pages.param: number + pages.first if pages.kind == "page" else skipped}

    def _window_times(self, window: Window) -> Iterator[tuple[datetime, datetime]]:
        """Yield the time windows, newest first.

        Each starts where the next older one ends, without a gap.
        """
        until, oldest = self._now, self._now - timedelta(days=window.back)
        while until > oldest:
            since = max(oldest, until - timedelta(days=window.days))
            yield since, until
            until = since

    def _each(self, each: ForEach, seen: SeenAssets) -> Iterator[Asked]:
        """Yield the parameters of each request: one for each market, coin or row."""
        if each.what == "market":
            yield from (({}, symbol) for symbol in _limited(self._symbols(seen.assets)))
        else:
            values = self._coins() if each.what == "coin" else self._values(each, seen)
            yield from (({each.param: value}, None) for value in dict.fromkeys(_limited(values)))

    def _symbols(self, assets: set[str]) -> Iterator[str]:
        spot = [m for m in self._made.ccxt.markets.values() if m.get("spot") and m.get("active") is not False]
        yield from (m["symbol"] for m in spot if m["base"] in assets)

    def _coins(self) -> set[str]:
        """Return the coins that secure inverse contracts, including contracts that are no longer traded."""
        inverse = [market for market in self._made.ccxt.markets.values() if market.get("inverse")]
        coins = {str(m.get("settleId") or "") for m in inverse}
        coins |= {str(coin) for m in inverse for coin in m.get("info", {}).get("supportMarginCoins") or ()}
        if not coins - {""}:
            raise MalformedError(_("no coin is listed in which such contracts settle"))
        return coins - {""}

    def _values(self, each: ForEach, seen: SeenAssets) -> Iterator[str]:
        rows = (row for place in each.places for row in seen.rows[place])
        yield from (_required_text(value_at(row, each.field), each.field) for row in rows)


def _after(pages: UnifiedPages, body: object, rows: Sequence[Any]) -> Params | None:
    """Return the cursor of the next page.

    Raises PageLostError where the answer announces rows without a cursor.
    """
    cursor, more = value_at(body, pages.at), value_at(body, pages.more) if pages.more else None
    if more is False:
        return None
    if more and not cursor:
        raise PageLostError(_("the answer says that there are more rows, but not where"))
    return {pages.param: cursor} if cursor and (rows or more) else None


def _limited(names: Iterable[str]) -> list[str]:
    values = sorted(names)
    if len(values) > MOST_EACH:
        raise MalformedError(
            _("there are {count} of them to ask for, too many for one audit").format(count=len(values))
        )
    return values


def _required_text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value:
        raise PageLostError(_("the last row has no {name} to go on from").format(name=name))
    return value


def _first(pages: UnifiedPages | None) -> Params:
    return {pages.param: pages.first} if pages is not None and pages.kind == "page" else {}
