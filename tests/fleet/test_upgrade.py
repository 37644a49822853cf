"""A fleet's database from one release to the next: what was seen counts, and what was planned goes on."""

import asyncio
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, select, text, update

from auditor import demo as exchange
from auditor.fleet import worker as workers
from auditor.fleet.accounts import find
from auditor.fleet.look import look
from auditor.fleet.status.model import State
from auditor.fleet.status.query import read_status
from auditor.history import migrations
from auditor.history import schema as t
from auditor.history.database_url import Location
from auditor.history.store import History
from tests import postgres, processes
from tests.fleet.world import EGRESS, Fleet, families, write_keys

OLDER = Path(__file__).parent / "older"
"""Databases that releases wrote, by their date: see ``make.py`` there."""
RELEASES = ["2026-11-28"]
BLOCKED = "a001"
BEFORE_THE_FLEET = 4
"""Version of the tables in the release before the first that had a fleet."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "SWEEP", 0.02)
    monkeypatch.setattr(workers, "LOST", timedelta(seconds=1))


@pytest.mark.slow("a whole fleet")
async def test_a_history_of_watches_becomes_that_of_a_fleet(location: Location, tmp_path: Path) -> None:
    accounts = families(1)
    with exchange.serve(accounts, limits=False) as served:
        template = write_keys(tmp_path / "keys", accounts)
        with History(location) as history:
            fleet = Fleet(history, served, template, [])
            fleet.add(accounts)
            await look(fleet.worker().means, "kraken/demo/?a000")
            make_older(history)
        with History(location) as history:
            taken_over = Fleet(history, served, template, [], since=fleet.since)
            taken_over.add(accounts)

            code = await taken_over.worker().run()

            with history.reading() as connection:
                assert len(migrations.STEPS) == migrations.version(connection)

    # The older pass was clean, and the next one confirmed it, or two did where it had grown too old for that.
    assert (0, True) == (code, len(taken_over.done) in {1, 2})


@pytest.fixture
def accounts() -> list[exchange.Account]:
    """The accounts of the older fleets, of which one was blocked and has been cleared since."""
    clean, blocked = families(4), families(4, "kraken-dust")
    cleared = {account.name: replace(account, books=clean[0].books) for account in blocked}
    return [cleared[one.name] if one.name == BLOCKED else one for one in clean]


@pytest.fixture
def older(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Location]:
    """A fleet under way in the database of an earlier release, whose worker was killed."""
    statements = (OLDER / f"{request.param}.{database}.sql").read_text(encoding="utf-8")
    if database == "sqlite":
        file = tmp_path / "history.sqlite3"
        with closing(sqlite3.connect(file)) as connection:
            connection.executescript(statements)
        yield Location(file=file)
        return
    with postgres.database(request.getfixturevalue("postgres_server"), "template1") as url:
        with closing(psycopg.connect(postgres.text(url.set(drivername="postgresql")), autocommit=True)) as connection:
            connection.execute(statements.encode())
        yield Location(url=postgres.text(url))


@pytest.mark.parametrize("older", RELEASES, indirect=True)
async def test_a_fleet_that_an_earlier_release_began_is_brought_to_its_end(
    older: Location, accounts: list[exchange.Account], tmp_path: Path
) -> None:
    with exchange.serve(accounts, limits=False) as served, History(older) as history:
        fleet = Fleet(history, served, write_keys(tmp_path / "keys", accounts), [])
        before = numbers(fleet)
        with history.writing() as connection:  # the embedded exchange of the test is at another port
            connection.execute(update(t.fleet_accounts).values(base_url=served.url))
        code = await asyncio.to_thread(work, fleet, older.url) if older.url else await fleet.worker().run()

        with history.reading() as connection:
            status = read_status(connection)
            claims = connection.execute(select(t.claims)).all()
            waiting = alarms(connection) if older.url else []
        after = numbers(fleet)

    assert (0, 4, 4) == (code, status.total.accounts, status.total.count(State.CONFIRMED))
    assert before.items() <= after.items()
    assert ([], []) == (waiting, claims)


@pytest.mark.slow("a whole fleet")
async def test_a_fleet_under_way_is_taken_over_by_the_next_worker(location: Location, tmp_path: Path) -> None:
    accounts = families(2)
    with exchange.serve(accounts, limits=False) as served:
        with History(location) as history:
            fleet = Fleet(history, served, write_keys(tmp_path / "keys", accounts), [])
            fleet.add(accounts)
            await look(fleet.worker().means, "kraken/demo/?a000")
        with History(location) as history:
            after = Fleet(history, served, fleet.template, [], since=fleet.since)

            code = await after.worker().run()

            with history.reading() as connection:
                assert [True, True] == [account.over for account in find(connection)]

    assert (0, 3) == (code, len(after.done))


def work(fleet: Fleet, url: str) -> int:
    """Let a worker with its engine work in a process of its own, and return its exit code."""
    fleet.clock()
    assert fleet.since is not None
    order = {
        "egress": EGRESS,
        "credentials": fleet.template,
        "since": fleet.since.isoformat(),
        "speed": fleet.speed,
        "slots": 4,
        "pace": 0.0,
        "url": url,
        "address": "127.0.0.1",
        "skew": 0.0,
        "lasts": 12.0,
        "lost": 1.0,
    }
    command = [sys.executable, "-m", "tests.fleet.worker_process"]
    with processes.Popen(command, stdin=subprocess.PIPE, text=True) as process:
        process.communicate(json.dumps(order), timeout=120)
    return process.returncode


def numbers(fleet: Fleet) -> dict[str, int]:
    """The accounts that were read, by name, with their numbers in the history."""
    return {account.name: account.account_id for account in fleet.accounts if account.account_id is not None}


def alarms(connection: Connection) -> list[str]:
    """The alarms that have not rung, and those under way."""
    query = text("SELECT workflow_uuid FROM fleet_engine.workflow_status WHERE status <> 'SUCCESS'")
    return list(connection.execute(query).scalars())


def make_older(history: History) -> None:
    """Leave of a history what the release before the fleet would have written."""
    with history.writing() as connection:
        for table in reversed(t.FLEET):
            connection.execute(text(f"DROP TABLE {table.name}"))
        connection.execute(update(t.schema).values(version=BEFORE_THE_FLEET))
