"""The engine in PostgreSQL: it rings once for each key, and for what was lost when somebody emptied its tables."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from dbos import DBOS
from psycopg.errors import AdminShutdown
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from auditor import demo as exchange
from auditor.fleet import engine_dbos
from auditor.fleet import worker as workers
from auditor.fleet.engine_dbos import DbosEngine
from auditor.history.database_url import Location
from auditor.history.store import History
from auditor.model.errors import UserError
from tests.fleet.world import EGRESS, Fleet, families, write_keys

POLL = 0.1
AT_ONCE, SOON = timedelta(0), timedelta(seconds=1)


@pytest.fixture(params=["postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The engine is PostgreSQL's only."""
    return str(request.param)


async def rings(engine: DbosEngine, asked: Sequence[tuple[str, timedelta, str]]) -> list[str]:
    """Which families were called, when these alarms were asked for."""
    called, all_called = list[str](), asyncio.Event()

    async def look(family: str) -> None:
        called.append(family)
        if family == "last":
            all_called.set()

    await engine.work(EGRESS, 1, look)
    try:
        for family, delay, key in asked:
            await engine.later(family, delay, key)
        await all_called.wait()
    finally:
        await engine.close()
    return called


@pytest.mark.slow("starts the engine twice")
async def test_an_alarm_rings_once_for_each_key_and_outlives_its_worker(location: Location, history: History) -> None:
    first = await rings(DbosEngine(location, POLL), [("a", AT_ONCE, "a1"), ("a", AT_ONCE, "a1"), ("last", SOON, "l1")])
    # What was asked for an hour ahead is not forgotten with its worker, and neither is the version it was asked by.
    second = DbosEngine(location, POLL)
    more = await rings(second, [("late", timedelta(hours=1), "late"), ("last", AT_ONCE, "l2")])

    assert (["a", "last"], ["last"]) == (first, more)
    with history.reading() as connection:
        waiting = connection.execute(
            text(
                "SELECT workflow_uuid, queue_name, application_version FROM fleet_engine.workflow_status "
                "WHERE status = 'DELAYED'"
            )
        ).all()
    assert [("late", EGRESS, "fleet-1")] == [tuple(row) for row in waiting]


async def test_an_alarm_that_is_due_at_once_does_not_wait_for_the_next_look_into_the_queue(location: Location) -> None:
    hours = 3600.0

    assert ["last"] == await rings(DbosEngine(location, hours), [("last", AT_ONCE, "l1")])


@pytest.mark.slow("starts the engine twice")
@pytest.mark.parametrize("moment", ["launch", "register_queue"])
async def test_a_database_that_restarts_while_the_engine_is_opened_is_waited_for(
    location: Location, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that begins just then must not end: nobody may be there to start it again."""
    real, calls = getattr(DBOS, moment), list[str]()

    def cut(*given: Any, **named: Any) -> object:
        calls.append(moment)
        done = real(*given, **named)
        if len(calls) == 1:
            raise OperationalError("", {}, AdminShutdown("terminating connection due to administrator command"))
        return done

    monkeypatch.setattr(DBOS, moment, cut)

    assert ["last"] == await rings(DbosEngine(location, POLL), [("last", AT_ONCE, "l1")])
    assert [moment, moment] == calls


@pytest.mark.slow("waits for the engine")
async def test_an_alarm_that_waits_for_a_slot_is_known_to_wait(location: Location, history: History) -> None:
    engine, begun, go = DbosEngine(location, POLL), asyncio.Event(), asyncio.Event()

    async def look(_family: str) -> None:
        begun.set()
        await go.wait()

    await engine.work(EGRESS, 1, look)
    try:
        before = await engine.is_behind()
        for family in "ab":
            await engine.later(family, AT_ONCE, family)
        await begun.wait()
        behind = await engine.is_behind()
        go.set()
    finally:
        await engine.close()

    assert (False, True) == (before, behind)


@pytest.mark.slow("starts the engine twice")
async def test_an_engine_that_somebody_emptied_is_mended_by_the_sweep(
    history: History, location: Location, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "SWEEP", 0.1)
    monkeypatch.setattr(workers, "TIDY", 0.5)
    monkeypatch.setattr(workers, "LOST", timedelta(seconds=1))
    accounts = families(1)
    with exchange.serve(accounts, limits=False) as served:
        fleet = Fleet(history, served, write_keys(tmp_path / "keys", accounts), [], speed=1800)
        fleet.add(accounts)
        worker = asyncio.create_task(fleet.worker(DbosEngine(location, POLL)).run())
        while not fleet.done:  # noqa: ASYNC110 - a pass is told by a thread
            await asyncio.sleep(0.05)
        with history.writing() as connection:
            for table in ("workflow_status", "queues"):
                connection.execute(text(f"DELETE FROM {engine_dbos.SCHEMA}.{table}"))

        assert 0 == await worker

    assert 2 == len(fleet.done)


def test_a_history_in_a_file_has_no_such_engine(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="need the history in PostgreSQL"):
        DbosEngine(Location(file=tmp_path / "history.sqlite3"))
