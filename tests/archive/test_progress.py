"""How long an archive is said to take, and the question beyond an hour: of lists whose limits and clock are made up."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from math import ceil
from pathlib import Path
from typing import Any

import pytest

from auditor.archive import run
from auditor.archive.outcome import ArchiveStatus
from auditor.archive.progress import ListProgress, Progress
from auditor.archive.remaining import Bounds, Least, Way, least_of, reach_of
from auditor.archive.state import State
from auditor.archive.times import milliseconds_of
from auditor.exchanges.registry import load
from auditor.spec.endpoint import Cursor, Limit
from auditor.spec.paged_list import PagedList, Partition, Reach
from tests.archive.archiving import FILES, make, served, told
from tests.archive.paged_lists import KINDS, NOW, SIZE, Run, Shelf, listed, rows

MINUTE = Limit(1, 60)
"""A page a minute."""
BY_ID = {"pagination": Cursor(cursor="after", key="n", size=SIZE), "key": "n"}


@dataclass
class Person:
    """Somebody who watches, and who goes on or not. ``requests``: how often one was asked before each."""

    goes_on: bool = True
    shown: list[ListProgress] = field(default_factory=list)
    begun: list[float] = field(default_factory=list)
    asked: list[float] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)

    def begin(self, seconds: float) -> None:
        self.begun.append(seconds)

    def show(self, progress: ListProgress) -> None:
        self.shown.append(progress)

    def go_on(self, seconds: float) -> bool:
        self.asked.append(seconds)
        return self.goes_on

    def minutes(self) -> list[float | None]:
        return [None if one.seconds is None else one.seconds / 60 for one in self.shown]


def still() -> float:
    """A clock that stands: only limits take time."""
    return 0.0


def slow(kind: Any, limit: Limit = MINUTE, **more: Any) -> PagedList:
    paged = listed(kind, **more)
    return replace(paged, endpoint=replace(paged.endpoint, limit=limit))


def read(folder: Path, paged: PagedList, count: int, clock: Callable[[], float] = still) -> Person:
    """Read a list of some rows to its end, and return who watched."""
    person = Person()
    shelf = Shelf(rows(count), rises=paged.oldest_first)
    Run(folder, paged, shelf, progress=Progress(person, clock=clock)).first()
    return person


def begun(lists: list[tuple[PagedList, Least]], requests: int = 0) -> Person:
    """Have some lists begin with some requests, and return who watched."""
    person = Person()

    async def request() -> None:
        person.requests.append(len(person.asked))

    async def begin() -> None:
        progress = Progress(person, clock=still)
        progress.expect(lists)
        for _number in range(requests):
            await progress.turn(request)

    asyncio.run(begin())
    return person


def test_of_a_list_in_windows_each_window_that_is_left_takes_a_page(tmp_path: Path) -> None:
    """30 days in windows of 7 are five windows."""
    person = read(tmp_path, slow(KINDS["windows and tokens"]), 0)

    assert [4, 3, 2, 1] == person.minutes()
    assert {False} == {one.at_most for one in person.shown}


def test_windows_with_several_pages_are_taken_for_as_many_of_those_that_are_left(tmp_path: Path) -> None:
    """The week's window has 19 rows on five pages; four windows are left then."""
    assert 5 * 4 == read(tmp_path, slow(KINDS["windows and tokens"]), 23).minutes()[4]


def test_of_rising_windows_those_up_to_now_are_left(tmp_path: Path) -> None:
    person = read(tmp_path, slow(KINDS["rising windows"]), 0)

    assert [4, 3, 2, 1] == person.minutes()
    assert {True} == {one.rises for one in person.shown}


def test_of_a_list_whose_rows_the_exchange_counts_the_pages_are_known(tmp_path: Path) -> None:
    person = read(tmp_path, slow(KINDS["counted offsets"]), 23)

    assert [5, 4, 3, 2, 1, None] == person.minutes()
    assert [4, 8, 12, 16, 20, 23] == [one.rows for one in person.shown]


@pytest.mark.parametrize("kind", [BY_ID, KINDS["tokens"]])
def test_nothing_is_said_of_a_list_that_nothing_supports(tmp_path: Path, kind: Any) -> None:
    person = read(tmp_path, slow(kind), 40)

    assert {None} == set(person.minutes())
    assert len(person.shown) > 5
    assert {1 / 60} == {one.pace for one in person.shown}


@pytest.mark.parametrize(("kind", "oldest"), [(BY_ID, 14), (KINDS["tokens"], 12)])
def test_of_a_list_with_a_reach_its_rows_for_each_day_say_what_it_takes_at_most(
    tmp_path: Path, kind: Any, oldest: int
) -> None:
    """A row each nine hours, of which three pages end with the ``oldest``; its reach begins 504 hours before the first.

    Pages by id repeat a row.
    """
    person = read(tmp_path, slow(kind, reach=Reach(words="", source="", back=timedelta(days=30))), 23)

    assert [None, None, ceil(3 * (oldest * 9 + 504) / ((23 - oldest) * 9))] == person.minutes()[:3]
    assert person.shown[2].at_most


def test_lists_that_share_a_limit_take_turns() -> None:
    limit = Limit(1, 60, pool="all")
    one, other = (replace(slow(KINDS["tokens"], limit), id=name) for name in ("one", "other"))
    person = begun([(one, Least(10, 1)), (other, Least(4, 5))])

    assert [30 * 60] == person.begun


def test_lists_with_limits_of_their_own_are_read_side_by_side() -> None:
    one, other = (replace(slow(KINDS["tokens"], Limit(1, 60, pool=name)), id=name) for name in ("one", "other"))
    person = begun([(one, Least(10, 1)), (other, Least(4, 5))])

    assert [20 * 60] == person.begun


def test_a_list_is_no_faster_than_its_pages_came(tmp_path: Path) -> None:
    """Ten seconds for each reading of the clock, where the limit alone allows a hundred pages a second."""
    moments = iter(range(0, 10_000, 10))
    paged = slow(KINDS["counted offsets"], Limit(100, 1))
    person = read(tmp_path, paged, 40, clock=lambda: float(next(moments)))

    assert person.shown[0].seconds is not None
    assert person.shown[0].seconds < 1
    assert max(one.seconds or 0 for one in person.shown[4:]) >= 10


def test_of_each_value_the_windows_are_counted_before_anything_is_asked(tmp_path: Path) -> None:
    paged = slow(KINDS["windows and tokens"], partition=Partition(parameter="symbol", values=("A", "B"), about=39))

    assert Least(39, 5) == least_of(paged, State.open(tmp_path), Bounds(NOW))


def test_beyond_an_hour_a_person_is_asked_once_and_before_the_first_request(tmp_path: Path) -> None:
    paged = slow(KINDS["windows and tokens"], Limit(1, 3600))
    person = begun([(paged, least_of(paged, State.open(tmp_path), Bounds(NOW)))], requests=3)

    assert [5 * 3600] == person.asked
    assert [1, 1, 1] == person.requests


def test_a_person_who_went_on_is_not_asked_again() -> None:
    person, paged, seconds = Person(), slow(KINDS["tokens"]), count()

    async def long() -> None:
        progress = Progress(person, clock=lambda: float(next(seconds)))
        progress.expect([(paged, Least(100, 1))])
        for number in range(3):
            await progress.turn(nothing)
            progress.page(paged, number, 0, Way(start=0, here=number, goal=100, step=1))

    asyncio.run(long())

    assert [100 * 60] == person.asked


async def nothing() -> None:
    """A request that is answered at once."""


def test_where_a_ledger_with_all_rows_ended_another_list_is_not_taken_to_reach_further() -> None:
    """The account's first row is of day 20; of the other list three pages went from day 80 to day 50."""
    history = load("okx").history
    assert history is not None
    whole = replace(history.ledgers[0], id="whole", reach=Reach(words="", source=""))
    person, paged, day = Person(), slow(KINDS["tokens"]), 86_400_000
    progress = Progress(person, clock=still)
    for here in (70, 60, 50):
        progress.page(paged, 4, here * day, Way(start=80 * day, here=here * day, goal=None, at_most=True))
    progress.ended(whole, 20 * day)
    progress.page(paged, 4, 40 * day, Way(start=50 * day, here=40 * day, goal=None, at_most=True))

    assert [None, None, None, 4 * 20 // 40] == person.minutes()


def test_a_list_is_read_back_to_the_day_that_the_user_named() -> None:
    paged, bounds = slow(BY_ID), Bounds(NOW, milliseconds_of(NOW - timedelta(days=3)))

    assert (bounds.since, None) == (reach_of(paged, bounds), reach_of(paged, Bounds(NOW)))


@pytest.mark.parametrize(("pages", "questions"), [(60, 0), (61, 1)])
def test_an_hour_and_less_is_no_question(pages: int, questions: int) -> None:
    assert questions == len(begun([(slow(KINDS["tokens"]), Least(pages, 1))], requests=1).asked)


def test_a_question_waits_for_answers_that_are_under_way_and_lets_no_request_out() -> None:
    """Else they would run out of time while a person thinks."""
    person, log = Person(), []
    paged = slow(KINDS["tokens"])

    async def both() -> None:
        progress, is_answered = Progress(person, clock=still), asyncio.Event()

        async def first() -> None:
            await is_answered.wait()
            log.append(("answer", len(person.asked)))

        async def second() -> None:
            log.append(("request", len(person.asked)))

        under_way = asyncio.create_task(progress.turn(first))
        await asyncio.sleep(0)
        progress.expect([(paged, Least(61, 1))])
        later = asyncio.create_task(progress.turn(second))
        await asyncio.sleep(0)
        is_answered.set()
        await asyncio.gather(under_way, later)

    asyncio.run(both())

    assert [("answer", 0), ("request", 1)] == log


def test_rows_of_all_values_are_counted_once_and_values_without_rows_wait_no_longer(tmp_path: Path) -> None:
    """Three symbols wait; one has 5 rows on two pages, which are read anew with the 6 that there are then."""
    person, state = Person(), State.open(tmp_path)
    paged = slow(KINDS["tokens"], partition=Partition(parameter="symbol", values=("A", "B", "C")))
    part = paged.part("A")

    async def read_all() -> list[float]:
        progress = Progress(person, clock=still)
        progress.expect([(paged, least_of(paged, state, Bounds(NOW)))])
        progress.ended(paged.part("B"))
        left = [progress.seconds()]
        for rows_so_far in (4, 5):
            progress.page(part, rows_so_far, 0, None)
        progress.ended(part)
        left.append(progress.seconds())
        progress.page(part, 6, 0, None)
        progress.ended(paged)
        return [*left, progress.seconds()]

    assert [120, 60, 0] == asyncio.run(read_all())
    assert [4, 5, 6] == [one.rows for one in person.shown]


@pytest.mark.slow("archives over HTTP")
def test_after_a_no_what_was_read_is_kept_and_the_same_command_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each reading of the clock is two hours later, so that a ledger with a reach takes days by its pages."""
    moments = iter(range(0, 10**9, 7200))
    person = Person(goes_on=False)
    clocked = lambda watcher, pace: Progress(watcher, pace, clock=lambda: float(next(moments)))  # noqa: E731
    with served(told(events=900)) as (account, exchange):
        with monkeypatch.context() as slowly:
            slowly.setattr(run, "Progress", clocked)
            with pytest.raises(asyncio.CancelledError):
                make(account, tmp_path, watcher=person)
        asked = len(exchange.calls)
        (folder,) = tmp_path.glob("*.part")
        kept = State.open(folder)
        safe = sum(kept.list_state(name).rows for name in FILES.values())
        kept.close()
        made = make(account, tmp_path)

    assert 1 == len(person.asked)
    assert safe > 0
    assert ArchiveStatus.COMPLETE == made.outcome.status
    assert asked > 0
