"""All of a list that a unified method gives only in part: its pages, its stretches of time, its markets."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from auditor.exchanges._unified.answers import dig
from auditor.exchanges._unified.facts import Call, Pages, Window
from auditor.exchanges._unified.made import Made
from auditor.exchanges._unified.records import Answer
from auditor.i18n import _
from auditor.wire.fields import Malformed
from auditor.wire.paging import PageLost

MOST_PAGES = 500
MOST_MARKETS = 300
MILLISECONDS = 1000
Params = Mapping[str, Any]


class Lists:
    """One place, asked until nothing more comes. Raises PageLost where that cannot be told."""

    def __init__(self, made: Made, call: Call, now: datetime) -> None:
        """Prepare to read ``call`` as of ``now``."""
        self._made = made
        self._call = call
        self._now = now

    async def all(self, assets: set[str]) -> list[Answer]:
        """Every answer. ``assets``: those whose markets are asked where a list must name its market."""
        symbols: list[str | None] = [*self._symbols(assets)] if self._call.each_market else [None]
        stretches = [*self._stretches(self._call.window)] if self._call.window else [{}]
        return [
            answer for symbol in symbols for stretch in stretches for answer in await self._pages(stretch, symbol)
        ]  # fmt: skip

    async def _pages(self, stretch: Params, symbol: str | None) -> list[Answer]:
        pages, answers = self._call.pages, []
        asked: Params = _first(pages)
        for number in range(1, MOST_PAGES):
            answer, bodies = await self._made.call(self._call, {**stretch, **asked}, symbol)
            answers.append(answer)
            following = self._next(pages, number, answers, bodies)
            if following is None:
                return answers
            if following == asked:
                raise PageLost(_("the next page is the same page again"))
            asked = following
        raise PageLost(_("the list has more than {most} pages").format(most=MOST_PAGES))

    def _next(self, pages: Pages | None, number: int, answers: list[Answer], bodies: list[Any]) -> Params | None:
        last = answers[-1].rows
        if pages is None:
            if self._call.size and len(last) >= self._call.size:
                raise PageLost(_("the page is full, and ccxt has no way to ask for the next one"))
            return None
        if pages.kind == "cursor":
            cursor = dig(bodies[-1], pages.at)
            return {pages.param: cursor} if cursor and last else None
        if not last:
            return None
        if pages.kind == "last":
            return {pages.param: _said(dig(last[-1][1], pages.at), pages.at)}
        skipped = sum(len(answer.rows) for answer in answers)
        return {pages.param: number + pages.first if pages.kind == "page" else skipped}

    def _stretches(self, window: Window) -> Iterator[Params]:
        """Newest first; each begins where the next older one ends, so that no moment is left out."""
        unit = MILLISECONDS if window.unit == "ms" else 1
        until, oldest = self._now, self._now - timedelta(days=window.back)
        while until > oldest:
            since = max(oldest, until - timedelta(days=window.days))
            yield {window.start: int(since.timestamp() * unit), window.end: int(until.timestamp() * unit)}
            until = since

    def _symbols(self, assets: set[str]) -> Iterator[str]:
        spot = [m for m in self._made.ccxt.markets.values() if m.get("spot") and m.get("active") is not False]
        chosen = [m["symbol"] for m in spot if m["base"] in assets]
        if len(chosen) > MOST_MARKETS:
            raise Malformed(_("there are {count} markets to ask, too many for one audit").format(count=len(chosen)))
        yield from chosen


def _said(value: object, name: str) -> str:
    if not isinstance(value, str) or not value:
        raise PageLost(_("the last row has no {name} to go on from").format(name=name))
    return value


def _first(pages: Pages | None) -> Params:
    return {pages.param: pages.first} if pages is not None and pages.kind == "page" else {}
