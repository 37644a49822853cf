"""Read a whole list that a unified method returns in parts: pages, time windows, markets or accounts."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from auditor.exchanges.unified.answers import value_at
from auditor.exchanges.unified.call_answer import CallAnswer
from auditor.exchanges.unified.ccxt_account import CutOffError, UnifiedAccount
from auditor.exchanges.unified.errors import to_failure
from auditor.exchanges.unified.list_read import ListRead
from auditor.exchanges.unified.spec import ForEach, UnifiedCall, UnifiedPages, Window
from auditor.i18n import Message, _
from auditor.spec.fields import MalformedError
from auditor.transport.cursor_pagination import PageLostError
from auditor.transport.errors import RequestFailedError

MOST_PAGES = 500
MOST_EACH = 300
MILLISECONDS = 1000
# A shorter window with a full page cannot be split further.
SHORTEST = timedelta(minutes=10)
Params = Mapping[str, Any]
# Further parameters, and the market where the method needs one.
Asked = tuple[Params, str | None]
# Makes an attempt, again while its error is transient. Raises RequestFailedError.
Retrying = Callable[[Callable[[], Awaitable[Any]]], Awaitable[Any]]


class PageFullError(PageLostError):
    """There may be more rows than the page has, and no way to request the next one."""


@dataclass(frozen=True, slots=True)
class SeenAssets:
    """An account's assets so far, and the rows of surfaces that other lists are requested by."""

    assets: set[str] = field(default_factory=set)
    rows: dict[str, Sequence[Any]] = field(default_factory=dict)


class UnifiedList:
    """One surface, read to its last row. A part that cannot be read does not keep the others from being read."""

    def __init__(self, account: UnifiedAccount, call: UnifiedCall, now: datetime, retrying: Retrying) -> None:
        """Prepare to read ``call`` as of ``now``. ``retrying``: makes an attempt until it fails for good."""
        self._account = account
        self._call = call
        self._now = now
        self._retrying = retrying

    async def all(self, seen: SeenAssets) -> ListRead:
        """Return every answer; none where there was nothing to request."""
        read = ListRead()
        each = [({}, None)] if self._call.each is None else [*self._each_of(self._call.each, seen, read)]
        for asked in each:
            if not read.is_hopeless:
                await self._windows(asked, read)
        return read

    async def _windows(self, asked: Asked, read: ListRead) -> None:
        window = self._call.window
        if window is None:
            _add_full(await self._part(asked, read), read)
            return
        for ends in self._window_times(window):
            await self._window(window, asked, read, *ends)

    async def _window(self, window: Window, asked: Asked, read: ListRead, since: datetime, until: datetime) -> None:
        """Read one time window; a window that fills its page is split in halves."""
        if read.is_hopeless:
            return
        unit = MILLISECONDS if window.unit == "ms" else 1
        times = {window.start: int(since.timestamp() * unit), window.end: int(until.timestamp() * unit)}
        full = await self._part(({**asked[0], **times}, asked[1]), read)
        if full is None or until - since <= SHORTEST:
            _add_full(full, read)
            return
        middle = since + (until - since) / 2
        await self._window(window, asked, read, middle, until)
        await self._window(window, asked, read, since, middle)

    async def _part(self, asked: Asked, read: ListRead) -> "FullPage | None":
        """Read one list. Return its answers apart where its page is full, so that it may be read in smaller parts."""
        attempts: list[list[CallAnswer]] = []

        async def attempt() -> PageFullError | None:
            attempts.append([])
            try:
                await self._pages(*asked, attempts[-1])
            except PageFullError as full:
                return full
            return None

        full: PageFullError | None = None
        try:
            full = await self._retrying(attempt)
        except RequestFailedError as failure:
            (read.cut if any(attempts) else read.failures).append(failure)
        read.broken += filter(None, attempts[:-1])
        if full is not None:
            return FullPage(attempts[-1], full)
        read.answers += attempts[-1]
        return None

    async def _pages(self, params: Params, symbol: str | None, answers: list[CallAnswer]) -> None:
        """Read one list page by page into ``answers``. Raises PageLostError where its end cannot be proven."""
        pages = self._call.pages
        asked: Params = _first(pages)
        for number in range(1, MOST_PAGES):
            try:
                answer, bodies = await self._account.call(self._call, {**params, **asked}, symbol)
            except CutOffError as cut:
                answers.append(cut.answer)
                raise cut.trouble from cut
            answers.append(answer)
            following = self._next(pages, number, answers, bodies)
            if following is None:
                return
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

    def _each_of(self, each: ForEach, seen: SeenAssets, read: ListRead) -> Iterator[Asked]:
        """Yield the parameters of each request: one for each market, coin or row."""
        if each.what == "market":
            yield from (({}, symbol) for symbol in _limited(self._symbols(seen.assets), read))
        else:
            values = self._names(each, seen, read)
            names = dict.fromkeys(_limited(values, read))
            yield from (({each.param: name, **each.spelled.get(name, {})}, None) for name in names)

    def _names(self, each: ForEach, seen: SeenAssets, read: ListRead) -> Iterable[str]:
        if each.what == "row":
            return self._values(each, seen, read)
        if each.what == "coin":
            return self._coins()
        self._account.know_coins(each.least)
        return {*each.least, *self._securities()}

    def _securities(self) -> Iterator[str]:
        """Yield the assets that secure contracts, including contracts that are no longer traded."""
        contracts = (market for market in self._account.ccxt.markets.values() if market.get("contract"))
        yield from (str(market["settle"]) for market in contracts if market.get("settle"))

    def _symbols(self, assets: set[str]) -> Iterator[str]:
        spot = [m for m in self._account.ccxt.markets.values() if m.get("spot") and m.get("active") is not False]
        yield from (m["symbol"] for m in spot if m["base"] in assets)

    def _coins(self) -> set[str]:
        """Return the coins that secure inverse contracts, including contracts that are no longer traded."""
        inverse = [market for market in self._account.ccxt.markets.values() if market.get("inverse")]
        coins = {str(m.get("settleId") or "") for m in inverse}
        coins |= {str(coin) for m in inverse for coin in m.get("info", {}).get("supportMarginCoins") or ()}
        if not coins - {""}:
            raise MalformedError(_("no coin is listed in which such contracts settle"))
        return coins - {""}

    def _values(self, each: ForEach, seen: SeenAssets, read: ListRead) -> Iterator[str]:
        for row in (row for place in each.places for row in seen.rows.get(place, ())):
            value = value_at(row, each.field)
            if isinstance(value, str) and value:
                yield value
            else:
                _fail(read, _("a row has no {name} to ask by").format(name=each.field))


def _fail(read: ListRead, problem: Message) -> None:
    read.failures.append(to_failure(MalformedError(problem)))


@dataclass(frozen=True, slots=True)
class FullPage:
    """The answers of a list whose page is full, with the error that says so."""

    answers: list[CallAnswer]
    error: PageFullError


def _add_full(full: FullPage | None, read: ListRead) -> None:
    """Add a full page that cannot be split: what it shows, and that there may be more."""
    if full is not None:
        read.answers += full.answers
        read.failures.append(to_failure(full.error))


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


def _limited(names: Iterable[str], read: ListRead) -> list[str]:
    """Return as many of the names as one audit asks for; the others are a failure."""
    values = sorted(names)
    if len(values) > MOST_EACH:
        _fail(read, _("there are {count} of them to ask for, too many for one audit").format(count=len(values)))
    return values[:MOST_EACH]


def _required_text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value:
        raise PageLostError(_("the last row has no {name} to go on from").format(name=name))
    return value


def _first(pages: UnifiedPages | None) -> Params:
    return {pages.param: pages.first} if pages is not None and pages.kind == "page" else {}
