"""Who takes an egress over: nothing is asked while the process before may still ask, and its limits are kept."""

import asyncio
import os
import platform
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from auditor import demo as exchange
from auditor.demo import Reply
from auditor.fleet import egresses
from auditor.fleet.bans import find_bans, note_bans
from auditor.fleet.database import Database
from auditor.fleet.take_over import find_former, take_over
from auditor.history import lease
from auditor.history import schema as t
from auditor.history.dialect import read_clock
from auditor.history.store import History
from tests.fleet.world import EGRESS, Fleet, families, write_keys

AGO, LONG_AGO, NONE = timedelta(seconds=40), timedelta(minutes=5), timedelta(0)
HERE, ELSEWHERE = platform.node() or "?", "another-computer"


def dead_process() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-S", "-c", ""])
    process.wait()
    return process.pid


def seen(history: History, host: str, process: int, ago: timedelta, *, ended: bool = False) -> tuple[int, int]:
    """Let a process have been seen at the egress; return the seconds of silence, and since it asked something."""
    with history.writing() as connection:
        now = read_clock(connection)
        egresses.begin(connection, EGRESS, host, process, now - LONG_AGO)
        last = {"seen_at": now - ago, "ended_at": now - ago if ended else None}
        connection.execute(update(t.egresses).values(last))
    with history.reading() as connection:
        former = find_former(connection, EGRESS)
    return round(former.silence.total_seconds()), round(former.ago.total_seconds())


def test_a_process_that_may_be_cut_off_from_the_database_alone_is_waited_for(history: History) -> None:
    claimed = round(lease.LASTS.total_seconds())

    assert (claimed + 15 - 40, 0) == seen(history, ELSEWHERE, 7, AGO)
    assert (claimed + 15 - 40, 0) == seen(history, HERE, os.getppid(), AGO)
    assert (0, 300 - claimed) == seen(history, ELSEWHERE, 7, LONG_AGO)


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_process_that_is_gone_is_not_waited_for_and_what_it_may_have_asked_counts(history: History) -> None:
    assert (0, 0) == seen(history, HERE, dead_process(), AGO)
    assert (0, 40) == seen(history, ELSEWHERE, 7, AGO, ended=True)


@pytest.mark.parametrize("database", ["sqlite"])
async def test_the_first_process_of_an_egress_begins_at_once(history: History) -> None:
    database = Database(history)

    used_at = await take_over(database, EGRESS)

    assert asyncio.get_running_loop().time() - used_at >= timedelta(days=1).total_seconds()

    with history.reading() as connection:
        (egress,) = egresses.find_egresses(connection, read_clock(connection))
    assert (HERE, os.getpid()) == (egress.host, egress.process)
    database.close()


def test_a_ban_counts_for_the_egress_that_it_was_for_until_it_ends(history: History) -> None:
    with history.writing() as connection:
        note_bans(connection, EGRESS, {"https://a.example": 600.0, "https://over.example": -1.0})
        note_bans(connection, EGRESS, {"https://a.example": 300.0})
        note_bans(connection, f"{EGRESS}2", {"https://b.example": 300.0})
    with history.writing() as connection:
        found = find_bans(connection, EGRESS)

    assert {"https://a.example": 300} == {origin: round(seconds, -1) for origin, seconds in found.items()}


def test_a_ban_is_noted_for_no_longer_than_the_longest_that_is_known(history: History) -> None:
    until_9999 = 250_000_000_000.0
    with history.writing() as connection:
        note_bans(connection, EGRESS, {"https://a.example": until_9999})
    with history.writing() as connection:
        found = find_bans(connection, EGRESS)

    assert {"https://a.example": 3} == {origin: round(seconds / 86_400, 3) for origin, seconds in found.items()}


def test_a_ban_is_of_one_egress_whose_name_differs_by_case_alone(history: History) -> None:
    with history.writing() as connection:
        note_bans(connection, EGRESS.upper(), {"https://a.example": 300.0, "https://over.example": -1.0})
    with history.writing() as connection:
        found = find_bans(connection, EGRESS)

    assert {} == found


@pytest.mark.slow("a whole fleet")
@pytest.mark.parametrize("database", ["sqlite"])
async def test_whoever_follows_a_worker_that_was_banned_asks_nothing_before_the_ban_ends(
    history: History, tmp_path: Path
) -> None:
    accounts = families(1)
    with exchange.serve(accounts, limits=False) as served:
        fleet = Fleet(history, served, write_keys(tmp_path / "keys", accounts), [], speed=20_000)
        fleet.add(accounts)
        served.fault = lambda _call: Reply(status=418, body={"error": ["banned"]}, headers={"Retry-After": "300"})
        await until_passes(fleet, 1)
        asked = len(served.calls)
        await until_passes(fleet, len(fleet.done) + 1)

    assert (True, 0) == (asked > 0, len(served.calls) - asked)


async def until_passes(fleet: Fleet, number: int) -> None:
    """Let a worker make so many passes, and be killed as soon as a ban is noted: what it says at its end is undone."""
    worker = asyncio.create_task(fleet.worker().run())
    noted = list[dict[str, object]]()
    while len(fleet.done) < number or not noted:
        await asyncio.sleep(0.05)
        with fleet.history.reading() as connection:
            noted = [dict(row._mapping) for row in connection.execute(select(t.claims)) if "ban/" in row.family]
    worker.cancel()
    await asyncio.gather(worker, return_exceptions=True)
    with fleet.history.writing() as connection:
        connection.execute(update(t.egresses).values(ended_at=None, process=dead_process()))
        connection.execute(delete(t.claims))
        connection.execute(insert(t.claims), noted)
