"""A fleet under kill -9, with its database restarted and its workers' clocks minutes apart, counted at the exchange.

What is counted comes from the exchange's own list of requests: each worker process has an address of its own there.
"""

import json
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count, groupby
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.engine import URL

from auditor import demo as exchange
from auditor.fleet.accounts import F
from auditor.history import schema as t
from auditor.history.database_url import Location
from auditor.history.store import History
from tests import postgres
from tests.fleet.world import Fleet, families, write_keys

SPEED = 600.0
"""Simulated seconds in each real one: half an hour is three seconds, longer than the exchange's windows."""
SLOTS = 5
LASTS = 12.0
"""Seconds for which the claims of a killed worker last."""
SKEWS = (-170.0, 0.0, 170.0)
"""Seconds by which the workers' clocks are wrong."""
BOUND = timedelta(seconds=90)
"""Time that a due may pass by, besides what passes before it take: claims expire, workers start, alarms are swept."""
PATIENCE = 540.0
TOO_MANY = {418, 429}


@dataclass
class Workers:
    """Worker processes, one an egress, each started anew when it was killed."""

    fleet: Fleet
    url: str
    folder: Path
    since: datetime
    processes: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    addresses: Iterator[int] = field(default_factory=lambda: count(2))
    killed: int = 0

    def start(self, number: int) -> None:
        """Start the worker of an egress, with an address that no process had before."""
        order = {
            "egress": f"w{number}",
            "address": f"127.0.1.{next(self.addresses)}",
            "credentials": self.fleet.template,
            "skew": SKEWS[number],
            "since": self.since.isoformat(),
            "speed": SPEED,
            "slots": SLOTS,
            "lasts": LASTS,
            "pace": 1.0,
            "url": self.url,
            "verbose": 2,
        }
        with (self.folder / f"w{number}.log").open("ab") as log:
            command = [sys.executable, "-m", "tests.fleet.worker_process"]
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log)
        assert process.stdin is not None
        process.stdin.write(json.dumps(order).encode())
        process.stdin.close()
        self.processes[number] = process

    def kill(self, number: int) -> None:
        """Kill a worker as a power cut does, and start it again."""
        self.processes[number].kill()
        self.processes[number].wait()
        self.killed += 1
        self.start(number)

    def codes(self) -> list[int | None]:
        """Return how each worker ended, None for one that works."""
        return [process.poll() for process in self.processes.values()]


@dataclass(frozen=True)
class Size:
    """How many families there are, how often workers are killed, and how many of them work."""

    families: int
    kills: int
    workers: int


SIZES = {"few": Size(2, 1, 2), "all": Size(200, 40, 3)}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[URL]:
    """A database on a server of its own, which can be restarted while other tests use theirs."""
    with postgres.server(tmp_path) as server, postgres.database(server) as url:
        yield url


@pytest.mark.campaign
@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_lost_read_twice_or_stored_twice_by_workers_that_are_killed(
    database: URL, tmp_path: Path, size: str
) -> None:
    kills, number = SIZES[size].kills, SIZES[size].workers
    # Keys that are bound to no address: each worker process has one of its own.
    accounts = [replace(account, ip="") for account in families(SIZES[size].families, "empty")]
    url = postgres.text(database)
    with exchange.serve(accounts) as served, History(Location(url=url)) as history:
        fleet = Fleet(history, served, write_keys(tmp_path / "keys", accounts), [], SPEED)
        for index, account in enumerate(accounts):
            fleet.add([account], egress=f"w{index % number}")
        assert fleet.since is not None
        workers = Workers(fleet, url, tmp_path, fleet.since)
        for egress in range(number):
            workers.start(egress)
        try:
            strike(workers, database, kills)
            wait(lambda: workers.codes() == [0] * number)
        finally:
            for process in workers.processes.values():
                process.kill()
        calls = served.calls
        stored = passes(history)
        assert all(account.over for account in fleet.accounts)

    assert [] == [call for call in calls if call.status in TOO_MANY]
    assert [] == read_by_two_at_once(calls)
    assert {account.name: 2 for account in accounts} == {name: len(times) for name, times in stored.items()}
    begun = [call for call in calls if call.path == "account/config"]
    assert len(begun) >= sum(map(len, stored.values()))
    assert [] == [name for name, (clean, confirmed) in stored.items() if confirmed - clean > bound(len(accounts))]
    assert [] == secrets_found(database, tmp_path, accounts)


def strike(workers: Workers, database: URL, kills: int) -> None:
    """Kill workers at random times, and restart the database once in between."""
    chance = random.Random(6)
    wait(lambda: len(workers.fleet.served.calls) > SLOTS)
    for strike_number in range(kills):
        time.sleep(chance.uniform(0.5, 3.0))
        if strike_number == kills // 2:
            postgres.restart(database)
        working = [number for number, process in workers.processes.items() if process.poll() is None]
        if working:
            workers.kill(chance.choice(working))


def wait(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def passes(history: History) -> dict[str, list[datetime]]:
    """When each account's stored passes ended, by name, in their order."""
    r, found = t.results.c, defaultdict[str, list[datetime]](list)
    query = select(r.name, t.passes.c.finished_at).join_from(t.results, t.passes).order_by(t.passes.c.id)
    with history.reading() as connection:
        for name, at in connection.execute(query):
            found[name].append(at)
        assert len(found) == len(connection.execute(select(F.id)).all())
    return found


def read_by_two_at_once(calls: Sequence[exchange.Call]) -> list[str]:
    """Accounts that a process asked about after another one had begun to: then both were at it."""
    by_account = defaultdict[str, list[exchange.Call]](list)
    for call in sorted(calls, key=lambda call: call.at):
        if call.account:
            by_account[call.account].append(call)
    runs = {name: [key for key, _run in groupby(own, lambda call: call.address)] for name, own in by_account.items()}
    return [name for name, addresses in runs.items() if len(addresses) != len(set(addresses))]


def bound(number: int) -> timedelta:
    """How long after a clean pass its confirmation may come: what it waits for its turn takes longer with more."""
    return timedelta(minutes=30) + (BOUND + number * timedelta(seconds=1)) * SPEED


def secrets_found(url: URL, folder: Path, accounts: Sequence[exchange.Account]) -> list[str]:
    """Where a key of an account stands: in any table of the database, in a pass, or in what any worker wrote."""
    places = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.log")}
    query = text("SELECT schemaname, tablename FROM pg_tables WHERE schemaname !~ '^(pg_|information_schema)'")
    with History(Location(url=postgres.text(url))) as history:
        with history.reading() as connection:
            for schema, table in connection.execute(query).all():
                rows = connection.execute(text(f'SELECT * FROM "{schema}"."{table}"')).all()
                places[f"{schema}.{table}"] = repr(rows)
        places |= {f"pass {entry.id}": repr(history.load(entry.id)) for entry in history.entries()}
    assert {"public.fleet_accounts", "fleet_engine.workflow_status", "pass 1", "w0.log"} <= set(places)
    secrets = {secret for one in accounts for secret in (one.apikey, one.secret, one.passphrase)}
    return [name for name, held in places.items() for secret in secrets if secret in held]
