"""Alarms that ring too early, too late, twice, or while somebody else has the family: each family has one more."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from auditor import demo as exchange
from auditor.exchanges.registry import load, table_ids
from auditor.fleet import look as looks
from auditor.fleet import standing
from auditor.fleet import worker as workers
from auditor.fleet.engine_local import LocalEngine
from auditor.history import lease
from auditor.history import schema as t
from auditor.history.dialect import read_clock
from auditor.history.store import History
from tests.fleet.world import EGRESS, Fleet, families, first_request, write_keys

FAMILY = "kraken/demo/?a000"
WIDE = {"coinbase", "krakenfutures"}
"""Exchanges with limits that many passes fit in: 10,000 requests an hour, and 100 of a history in ten minutes."""


@pytest.fixture
def fleet(history: History, tmp_path: Path) -> Iterator[Fleet]:
    accounts = families(1)
    with exchange.serve(accounts, limits=False) as served:
        fleet = Fleet(history, served, write_keys(tmp_path / "keys", accounts), [], speed=1)
        fleet.add(accounts)
        yield fleet


async def ring(fleet: Fleet, times: int = 1) -> None:
    """Let alarms ring for the family."""
    means = fleet.worker().means
    await asyncio.gather(*(looks.look(means, family.family) for family in fleet.accounts for _time in range(times)))


def plan(fleet: Fleet, due: timedelta, alarm: timedelta | None) -> datetime:
    """Let the family be due after a while, with an alarm that the engine has; return when it is due."""
    now = fleet.clock().now()
    at = {"due_at": now + due, "alarm_at": None if alarm is None else now + alarm}
    with fleet.history.writing() as connection:
        connection.execute(update(t.fleet_accounts).values(at))
    return now + due


def asked_at(fleet: Fleet, after: timedelta) -> list[datetime]:
    """The dues of families for which the sweep asks for an alarm after a while, on a worker without a free slot."""
    now = fleet.clock().now() + after

    def lost(connection: Connection) -> list[datetime]:
        found = standing.without_alarm(connection, EGRESS, now, now - timedelta(hours=1), 10)
        return [due for _family, due in found]

    with fleet.history.reading() as connection:
        return lost(connection)


def taken(connection: Connection) -> None:
    """Let another program have the family."""
    later = read_clock(connection) + timedelta(hours=1)
    connection.execute(insert(t.claims).values(family=FAMILY, holder="other", expires_at=later))


NONE, SOON, MUCH_LATER = timedelta(0), timedelta(minutes=3), timedelta(days=90)


@pytest.mark.slow("waits")
async def test_an_alarm_that_rang_too_early_is_asked_for_again_when_its_family_is_due(fleet: Fleet) -> None:
    due = plan(fleet, SOON, SOON)

    await ring(fleet, 2)

    assert ([], [], [due]) == (fleet.done, asked_at(fleet, SOON / 2), asked_at(fleet, SOON + timedelta(seconds=1)))


@pytest.mark.parametrize("database", ["sqlite"])
async def test_an_alarm_that_is_left_over_asks_for_no_other(fleet: Fleet) -> None:
    due = plan(fleet, MUCH_LATER, MUCH_LATER)
    await ring(fleet)
    own = asked_at(fleet, MUCH_LATER + timedelta(minutes=1))
    plan(fleet, MUCH_LATER, None)
    await ring(fleet, 2)

    assert ([], []) == (own, asked_at(fleet, MUCH_LATER / 2))
    assert due < asked_at(fleet, MUCH_LATER + timedelta(minutes=1))[0]


@pytest.mark.parametrize("database", ["sqlite"])
async def test_an_alarm_that_another_egress_was_handed_is_asked_for_anew_by_the_familys_own(fleet: Fleet) -> None:
    due = plan(fleet, -SOON, -SOON)
    before = asked_at(fleet, NONE)

    await looks.look(fleet.worker(egress="ams-1").means, FAMILY)

    assert ([], [due]) == (before, asked_at(fleet, NONE))
    assert ([], []) == (fleet.done, fleet.served.calls)


async def test_alarms_that_find_a_family_taken_ask_for_one_more_together(fleet: Fleet, history: History) -> None:
    due = plan(fleet, NONE, NONE)
    with history.writing() as connection:
        taken(connection)

    await ring(fleet, 3)

    assert ([], [due]) == (asked_at(fleet, looks.TAKEN / 2), asked_at(fleet, looks.TAKEN + timedelta(seconds=1)))
    with history.writing() as connection:
        connection.execute(delete(t.claims))
    await ring(fleet)
    assert 1 == len(fleet.done)


@pytest.mark.parametrize("database", ["sqlite"])
async def test_what_a_look_leaves_to_later_stands_though_it_ends_before_its_alarm_is_noted(
    fleet: Fleet, history: History
) -> None:
    due = plan(fleet, -SOON, None)
    with history.writing() as connection:
        taken(connection)
    means = fleet.worker().means

    class AtOnce(LocalEngine):
        async def later(self, family: str, _delay: timedelta, _key: str) -> None:
            await looks.look(means, family)

    await looks.ring_all(replace(means, engine=AtOnce()), {FAMILY: means.clock.now()}, "~")

    assert ([], [due]) == (asked_at(fleet, NONE), asked_at(fleet, 2 * looks.TAKEN))


async def test_a_look_that_fails_is_tried_again_minutes_later_whatever_the_engines_clock_says(
    fleet: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_given: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(looks, "read_family", broken)

    await ring(fleet)

    assert [0, 1] == [len(asked_at(fleet, part * looks.FAILED)) for part in (0.9, 1.1)]


async def test_a_family_whose_check_was_cut_off_is_due_when_the_limits_of_its_keys_are_free(
    fleet: Fleet, history: History
) -> None:
    looking = asyncio.create_task(looks.look(fleet.worker().means, FAMILY))
    await first_request(fleet)

    looking.cancel()

    with pytest.raises(asyncio.CancelledError):
        await looking
    with history.reading() as connection:
        assert [] == connection.execute(select(t.claims)).all()
    (account,) = fleet.accounts
    assert account.due_at is not None
    assert account.due_at - fleet.clock().now() > looks.REST / 2


class CrowdedEngine(LocalEngine):
    """An engine whose alarms all wait for a slot, if it is ``crowded``; it notes what it is asked for."""

    def __init__(self, *, crowded: bool) -> None:
        super().__init__()
        self.crowded, self.asked = crowded, list[str]()

    async def later(self, family: str, delay: timedelta, key: str) -> None:
        self.asked.append(family)

    async def is_behind(self) -> bool:
        return self.crowded


@pytest.mark.slow("waits")
@pytest.mark.parametrize("database", ["sqlite"])
async def test_alarms_that_wait_in_the_engine_are_not_asked_for_again(
    fleet: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "SWEEP", 0.01)
    monkeypatch.setattr(workers, "LOST", timedelta(milliseconds=10))
    asked = list[bool]()
    for crowded in (True, False):
        plan(fleet, NONE, None)
        engine = CrowdedEngine(crowded=crowded)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(fleet.worker(engine).run(), 0.7)
        asked.append(len(engine.asked) == 1)

    assert [True, False] == asked


def test_no_limit_of_a_key_lasts_longer_than_a_family_rests_after_a_check_that_was_cut_off() -> None:
    lasting = {name: max(one.limit.seconds for one in load(name).endpoints()) for name in table_ids()}
    rest, claimed = looks.REST.total_seconds(), lease.LASTS.total_seconds() - lease.RENEWAL

    assert WIDE == {name for name, seconds in lasting.items() if seconds > min(rest, claimed)}
