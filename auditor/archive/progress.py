"""How far the lists of one archive are, how long they may take, and the question whether so long is wanted."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from auditor.archive.estimate import pool_of, seconds_of_request
from auditor.archive.remaining import FEW, Least, Way
from auditor.spec.ledger import Ledger
from auditor.spec.paged_list import OF_ROW, PagedList

HOUR = 3600.0
OFTEN = 1.0
"""Seconds after which all lists are looked at again: an account may have thousands of parts."""
NONE = Least(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListProgress:
    """How far one list is, after a page.

    ``last``: the time of the page's last row, Unix ms, 0 without; ``rises``: the list is read from its oldest row on;
    ``seconds``: what is left, None where nothing says so; ``at_most``: it may be less; ``pace``: pages a second that
    the exchange's limit allows, None without a limit.
    """

    title: str
    rows: int
    last: int
    rises: bool
    seconds: float | None
    at_most: bool
    pace: float | None


class Watcher(Protocol):
    """Receives the progress of an archive, and decides whether a long one goes on."""

    def begin(self, seconds: float) -> None:
        """Take the time that an archive needs at least, before its lists are read."""

    def show(self, progress: ListProgress) -> None:
        """Take how far a list is."""

    def go_on(self, seconds: float) -> bool:
        """Return whether to go on where that takes so long, which is more than an hour."""


class Unwatched:
    """Shows no progress and asks nothing."""

    def begin(self, seconds: float) -> None:
        """Take no notice."""

    def show(self, progress: ListProgress) -> None:
        """Take no notice."""

    def go_on(self, seconds: float) -> bool:  # noqa: ARG002 - whoever is asked needs it
        """Go on."""
        return True


@dataclass(slots=True)
class _Part:
    """A list, or one value of it, that is being read in this run."""

    pages: int = 0
    way: Way | None = None

    def left(self, first: int | None) -> int | None:
        """Return how many pages are left. ``first``: the time of the account's first row, Unix ms, None if unknown."""
        way = self.way
        if way is None:
            return None
        if way.at_most and first is not None and first < way.here:
            way = replace(way, goal=max(first, way.goal or first))
        return way.pages(self.pages)


@dataclass(slots=True)
class _Reading:
    """A list with its parts that are being read.

    ``least``: of those that are not begun; ``rows``: so far, by part; ``began``: when this run had its first page;
    ``pages``: since then.
    """

    paged: PagedList
    least: Least = NONE
    parts: dict[str, _Part] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    total: int = 0
    began: float = 0.0
    pages: int = 0

    def count(self, part_id: str, rows: int) -> None:
        """Take how many rows a part has; from its first time on, it is none of those that wait."""
        if part_id not in self.rows:
            self.least = replace(self.least, parts=max(0, self.least.parts - 1))
        self.total += rows - self.rows.get(part_id, 0)
        self.rows[part_id] = rows

    def end(self, part_id: str, *, is_whole: bool) -> None:
        """Take a part, or all of the list, as read."""
        if part_id not in self.rows:
            self.count(part_id, 0)
        self.parts.pop(part_id, None)
        if is_whole:
            self.parts.clear()
            self.least = NONE

    def left(self, first: int | None) -> int | None:
        """Return how many pages are left, None where that is unknown of one part."""
        left = self.least.parts * self.least.requests
        for part in self.parts.values():
            pages = part.left(first)
            if pages is None:
                return None
            left += pages
        return left


class Progress:
    """How far the lists of one archive are. Requests go through `turn`, which stands still while a person is asked."""

    def __init__(
        self, watcher: Watcher | None = None, pace: float = 1.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """``pace`` multiplies the seconds of limits; ``clock``: in seconds."""
        self._watcher, self._pace, self._clock = watcher or Unwatched(), pace, clock
        self._lists: dict[str, _Reading] = {}
        self._first: int | None = None
        self._under_way, self._next = 0, 0.0
        self._due = self._was_asked = self._is_stopped = False
        self._answered = asyncio.Event()
        self._run: asyncio.Task[object] | None = None

    def expect(self, lists: Iterable[tuple[PagedList, Least]]) -> None:
        """Take the lists that are to be read, and what they need at least. The running task is ended by a "no"."""
        self._run = asyncio.current_task()
        for paged, least in lists:
            self._lists.setdefault(paged.id, _Reading(paged)).least = least
        self._watcher.begin(self.seconds())
        self._consider()

    def page(self, paged: PagedList, rows: int, last: int, way: Way | None) -> None:
        """Take a page of a list, or of a part of it. ``rows``: so far; ``last``: time of its last row, Unix ms."""
        reading = self._lists.setdefault(base(paged), _Reading(paged))
        part = reading.parts.setdefault(paged.id, _Part())
        if way is not None and part.way is not None:
            way = replace(way, start=part.way.start)
        part.pages, part.way = part.pages + 1, way
        reading.count(paged.id, rows)
        reading.began = reading.began if reading.pages else self._clock()
        reading.pages += 1
        self._watcher.show(self._of(reading, last))
        self._consider()

    def ended(self, paged: PagedList, first: int | None = None) -> None:
        """Take that a list, or a part of it, is read no further. ``first``: its oldest row, Unix ms, if it has all."""
        reading = self._lists.setdefault(base(paged), _Reading(paged))
        reading.end(paged.id, is_whole=paged.id == base(paged))
        if first and isinstance(paged, Ledger) and paged.reach.back is None:
            self._first = first if self._first is None else min(first, self._first)

    def seconds(self) -> float:
        """Return how long all takes, as far as anything says so: the slowest limit's time, or that of a list."""
        lists = list(self._lists.values())
        pools = {pool_of(one.paged) for one in lists}
        by_limit = [sum(self._work(one) or 0 for one in lists if pool_of(one.paged) == pool) for pool in pools]
        by_list = [self._left(one) or 0 for one in lists]
        return max((*by_limit, *by_list), default=0.0)

    async def turn(self, request: Callable[[], Coroutine[Any, Any, object]]) -> object:
        """Make a request and return its answer. While a person is asked, none is under way that could time out."""
        if self._due and not self._under_way:
            self._ask()
        while self._due:
            await self._answered.wait()
        if self._is_stopped:
            raise asyncio.CancelledError
        self._under_way += 1
        try:
            return await request()
        finally:
            self._under_way -= 1
            if self._due and not self._under_way:
                self._ask()

    def _consider(self) -> None:
        """Have the person asked before the next request, once, where the archive takes more than an hour."""
        if self._was_asked or self._clock() < self._next:
            return
        self._next = self._clock() + OFTEN
        if self.seconds() > HOUR:
            self._was_asked = self._due = True
            self._answered.clear()

    def _ask(self) -> None:
        self._due = False
        self._is_stopped = not self._watcher.go_on(self.seconds())
        for reading in self._lists.values():
            # The time that a person takes says nothing about the exchange.
            reading.pages = 0
        self._answered.set()
        if self._is_stopped and self._run is not None:
            self._run.cancel()

    def _of(self, reading: _Reading, last: int) -> ListProgress:
        each = self._each(reading)
        ways = [part.way for part in reading.parts.values() if part.way is not None]
        return ListProgress(
            title=reading.paged.title,
            rows=reading.total,
            last=last,
            rises=reading.paged.oldest_first,
            seconds=self._left(reading) if ways else None,
            at_most=any(way.at_most for way in ways),
            pace=1 / each if each else None,
        )

    def _each(self, reading: _Reading) -> float:
        return seconds_of_request(reading.paged.endpoint.limit) * self._pace

    def _work(self, reading: _Reading) -> float | None:
        """Return the seconds that its limit needs for a list alone; of what is unknown at least what waits."""
        left = reading.left(self._first)
        return None if left is None else left * self._each(reading)

    def _left(self, reading: _Reading) -> float | None:
        """Return the seconds that are left of a list beside those that share its limit, no sooner than at its speed."""
        work, pages = self._work(reading), reading.left(self._first)
        if work is None or pages is None:
            return None
        pool = pool_of(reading.paged)
        beside = [self._work(one) for one in self._lists.values() if one is not reading and pool_of(one.paged) == pool]
        by_limit = work + sum(min(work, other) for other in beside if other is not None)
        if reading.pages <= FEW:
            return by_limit
        return max(by_limit, pages * (self._clock() - reading.began) / (reading.pages - 1))


def base(paged: PagedList) -> str:
    """Return the id of the list of which one is a part: its own where it is none."""
    return paged.id.partition(OF_ROW)[0]
