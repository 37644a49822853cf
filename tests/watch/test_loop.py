"""Watches from their start to their end, over days that pass in milliseconds, whatever kills them."""

import asyncio
import random
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TypedDict, Unpack

import pytest

from auditor.model.report import Verdict
from auditor.watch import clock
from auditor.watch.clock import RealClock
from auditor.watch.policy import Policy
from auditor.watch.scheduler import DuePass
from tests import builders
from tests.watch.world import DAY, HOUR, START, Killed, Shows, World, funding, until

REDEEMING = builders.reading(builders.earning(redeeming=True, ready_at=START + 3 * DAY), surface="earn")
PAID = (funding("USDT"),)
LONG = {
    "main": lambda now: (
        (funding("BTC", "ETH"), REDEEMING)
        if now < START + DAY
        else (funding(), REDEEMING)
        if now < START + 3 * DAY
        else PAID
        if now < START + 5 * DAY
        else ()
        if now < START + 6 * DAY
        else (funding("OKB"),)
        if now < START + 7 * DAY
        else ()
    )
}


SEEDS = 50
Told = list[tuple[timedelta, list[tuple[str, str]]]]


class WorldMore(TypedDict, total=False):
    policy: Policy
    mains: Mapping[str, str]
    before: Callable[[str], None]


def world(folder: Path, shows: Mapping[str, Shows], **more: Unpack[WorldMore]) -> World:
    return World(folder / "history.sqlite3", shows, **more)


def test_it_ends_clean_when_a_second_pass_confirms_it(tmp_path: Path) -> None:
    clean = world(tmp_path, shows={"main": until(START + HOUR, funding("BTC"))})

    assert 0 == clean.run()

    half = HOUR / 2
    assert [
        (0 * HOUR, [("new", "BTC")]),
        (6 * HOUR, [("resolved", "BTC")]),
        (6 * HOUR + half, []),
    ] == clean.changes_by_pass()


def test_dust_that_drops_after_all_was_clean_has_come_back(tmp_path: Path) -> None:
    drops = world(tmp_path, shows={"main": lambda now: [funding("OKB")] if now == START + HOUR / 2 else []})

    assert 0 == drops.run()

    assert [[], [("back", "OKB")], [("resolved", "OKB")], []] == [said for _at, said in drops.changes_by_pass()]


def test_what_was_not_read_is_not_resolved(tmp_path: Path) -> None:
    unread = builders.unread(surface="funding")
    shows = {"main": lambda now: [funding("BTC") if now == START else unread]}
    dark = world(tmp_path, shows=shows, policy=Policy(max_passes=3))

    assert 3 == dark.run()

    assert [[("new", "BTC")], [("unseen", "BTC")], [("unseen", "BTC")]] == [
        said for _at, said in dark.changes_by_pass()
    ]


def test_the_last_verdict_is_the_exit_code_when_the_passes_are_used_up(tmp_path: Path) -> None:
    blocked = world(tmp_path, shows={"main": lambda _now: [funding("BTC")]}, policy=Policy(max_passes=2))

    assert 1 == blocked.run()
    assert 2 == len(blocked.passes)


def test_a_watch_that_is_over_is_not_started_again_at_once(tmp_path: Path) -> None:
    over = world(tmp_path, shows={"main": lambda _now: []})
    over.run()

    assert 0 == over.run()
    assert 2 == len(over.passes)


def test_another_watch_begins_when_the_last_one_is_old(tmp_path: Path) -> None:
    again = world(tmp_path, shows={"main": lambda _now: [funding("BTC")]}, policy=Policy(max_passes=2))
    again.run()
    again.clock.time += 7 * HOUR

    assert 1 == again.run()
    assert 4 == len(again.passes)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What a watch tells that nobody kills."""
    whole = world(tmp_path_factory.mktemp("whole"), shows=LONG)
    assert 0 == whole.run()
    return whole.changes_by_pass()


@pytest.mark.campaign(one_of=50)
@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_watch_killed_at_any_moment_ends_as_if_it_had_not_been(tmp_path: Path, undisturbed: Told, seed: int) -> None:
    chance = random.Random(seed)

    def perhaps(_where: object) -> None:
        if chance.random() < 0.3:
            raise Killed

    killed = world(tmp_path, shows=LONG, before=perhaps)
    killed.clock.woken = perhaps
    killed.observer = Deadly(perhaps)
    code = None
    while code is None:
        try:
            code = killed.run()
        except Killed:
            continue

    assert (0, undisturbed) == (code, killed.changes_by_pass())


class Deadly:
    """An observer during whose work the process may be killed."""

    def __init__(self, perhaps: Callable[[str], None]) -> None:
        self.perhaps = perhaps

    async def news(self, plan: object) -> None:
        self.perhaps("news")

    def waiting(self, plan: object) -> None:
        self.perhaps("waiting")

    def stored(self, plan: object, verdict: object) -> None:
        self.perhaps("stored")


def test_two_watches_on_one_history_share_the_passes(tmp_path: Path) -> None:
    shared = world(tmp_path, shows={"main": until(START + HOUR, funding("BTC"))})

    async def both() -> list[int]:
        with shared.watch() as one, shared.watch() as other:
            return list(await asyncio.gather(one.run(), other.run()))

    assert [0, 0] == asyncio.run(both())
    assert 3 == len(shared.passes)


def test_once_makes_the_pass_that_is_due_and_no_other(tmp_path: Path) -> None:
    cron = world(tmp_path, shows={"main": lambda _now: [funding("BTC")]})

    codes = []
    for _hour in range(13):
        codes.append(cron.run(once=True))
        cron.clock.time += HOUR

    assert {1} == set(codes)
    assert [START, START + 6 * HOUR] == [at for at, _names in cron.passes]
    assert Verdict.BLOCKED == cron.observer.answers[0][1]


def test_once_confirms_a_clean_account_in_the_same_run(tmp_path: Path) -> None:
    clean = world(tmp_path, shows={"main": lambda _now: []})

    assert 0 == clean.run(once=True)
    assert [START, START + HOUR / 2] == [at for at, _names in clean.passes]


def test_once_without_waiting_says_that_a_clean_is_not_confirmed(tmp_path: Path) -> None:
    clean = world(tmp_path, shows={"main": lambda _now: []})

    codes = []
    for _quarter in range(3):
        codes.append(clean.run(once=True, wait=False))
        clean.clock.time += HOUR / 4

    assert [3, 3, 0] == codes
    assert 2 == len(clean.passes)


def test_each_account_stops_by_itself_and_one_pass_over_all_ends_it(tmp_path: Path) -> None:
    two = world(tmp_path, shows={"one": lambda _now: [], "two": until(START + 20 * HOUR, funding("BTC"))})

    assert 0 == two.run()

    names = [names for _at, names in two.passes]
    assert [("one", "two"), ("one",), ("two",)] == names[:3]
    assert ("one", "two") == names[-1]
    assert [("two",)] * (len(names) - 3) == names[2:-1]
    assert HOUR / 2 == two.passes[-1][0] - two.passes[-2][0]


def test_a_main_account_and_its_sub_account_are_always_read_together(tmp_path: Path) -> None:
    family = world(
        tmp_path,
        shows={"main": lambda _now: [], "sub": until(START + 20 * HOUR, funding("BTC"))},
        mains={"sub": "uid-main"},
    )

    assert 0 == family.run()
    assert {("main", "sub")} == {names for _at, names in family.passes}


def test_it_says_when_it_looks_next_and_why(tmp_path: Path) -> None:
    told = world(tmp_path, shows={"main": until(START + HOUR, funding("BTC"))})
    told.run()

    waits: list[DuePass] = told.observer.waits
    assert [
        "first check",
        "something changed",
        "ready; checking once more, because late fees and rebates arrive",
    ] == [str(plan.reason) for plan in waits]


def test_a_pass_that_a_wrong_clock_dated_ahead_holds_nobody_up(tmp_path: Path) -> None:
    clean = world(tmp_path, shows={"main": lambda _now: []})
    clean.clock.time += 365 * DAY
    clean.run(once=True, wait=False)
    clean.clock.time = START

    assert 0 == clean.run()
    assert [START, START + HOUR / 2] == [at for at, _names in clean.passes[1:]]


def test_a_clock_that_goes_a_little_back_makes_no_extra_pass(tmp_path: Path) -> None:
    blocked = world(tmp_path, shows={"main": lambda _now: [funding("BTC")]})
    blocked.run(once=True)
    blocked.clock.time -= timedelta(seconds=20)

    assert 1 == blocked.run(once=True)
    assert 1 == len(blocked.passes)


def test_after_the_date_that_ends_it_no_other_watch_begins(tmp_path: Path) -> None:
    ended = world(tmp_path, shows={"main": lambda _now: [funding("BTC")]}, policy=Policy(until=START + HOUR))
    ended.run(once=True)
    ended.clock.time += DAY

    assert [1, 1] == [ended.run(once=True), ended.run()]
    assert 1 == len(ended.passes)


def test_a_watch_that_is_over_says_so(tmp_path: Path) -> None:
    over = world(tmp_path, shows={"main": lambda _now: []})
    over.run()
    assert [] == over.observer.answers

    over.run()

    assert [Verdict.CLEAN] == [verdict for _plan, verdict in over.observer.answers]


def test_whoever_waits_while_the_clock_is_set_back_plans_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = iter([START, START + HOUR, START - DAY])
    monkeypatch.setattr(clock, "CHECK_SECONDS", 0)
    monkeypatch.setattr(RealClock, "now", lambda _self: next(shown))

    asyncio.run(RealClock().sleep_until(START + 2 * HOUR))

    assert [] == list(shown)


def test_whoever_comes_while_another_watch_makes_the_pass_is_told_what_it_said(tmp_path: Path) -> None:
    shared = world(tmp_path, shows={"main": lambda _now: [funding("BTC")]})

    async def both() -> list[int]:
        with shared.watch() as one, shared.watch() as other:
            return list(await asyncio.gather(one.once(), other.once()))

    assert [1, 1] == asyncio.run(both())
    assert [Verdict.BLOCKED] == [verdict for _plan, verdict in shared.observer.answers]
    assert 1 == len(shared.passes)
