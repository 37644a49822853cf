"""A fleet under kill -9, with its database restarted and its workers' clocks minutes apart, counted at the exchange.

What is counted comes from the exchange's own list of requests: each worker process has an address of its own there.
"""

import json
import random
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import count, groupby, pairwise
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.engine import URL

from auditor import demo as exchange
from auditor.fleet.accounts import F
from auditor.history import schema as t
from auditor.history.database_url import Location
from auditor.history.store import History
from auditor.history.streaks import UNBROKEN
from tests import postgres, processes
from tests.fleet.world import Fleet, families, write_keys

SPEED = 200.0
"""Simulated seconds in each real one: half an hour is nine seconds, longer than the exchange's windows."""
SLOTS = 10
LASTS = 12.0
"""Seconds for which the claims of a killed worker last."""
SKEWS = (-170.0, 0.0, 170.0)
"""Seconds by which the workers' clocks are wrong."""
BOUND, BOUND_OF_A_KILL = 60.0, 45.0
"""Seconds that a due may pass by while slots are free, and for each kill of its worker: it starts, claims expire."""
BUCKET = 5
"""Seconds within which one request shows that an account is being read."""
PATIENCE = 180.0
"""Seconds without a request after which the campaign has come to a stop, other than at its end."""
CONFIRM = timedelta(minutes=30)
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
    workers: dict[str, int] = field(default_factory=dict)
    kills: list[tuple[float, int]] = field(default_factory=list)

    def start(self, number: int) -> None:
        """Start the worker of an egress, with an address that no process had before."""
        address = f"127.0.1.{next(self.addresses)}"
        self.workers[address] = number
        order = {
            "egress": f"w{number}",
            "address": address,
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
            process = processes.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log)
        assert process.stdin is not None
        process.stdin.write(json.dumps(order).encode())
        process.stdin.close()
        self.processes[number] = process

    def kill(self, number: int) -> None:
        """Kill a worker as a power cut does, and start it again."""
        self.processes[number].kill()
        self.processes[number].wait()
        self.kills.append((time.time(), number))
        self.start(number)

    def are_done(self) -> bool:
        """Whether every worker has ended, which none does with an error."""
        codes = {process.poll() for process in self.processes.values()}
        assert codes <= {0, None}
        return codes == {0}


@dataclass(frozen=True)
class Size:
    """How many families of a kind there are, how often workers are killed, and how many of them work.

    ``latency``: seconds by which each answer is late, so that passes of few requests are struck as well; ``pause``:
    seconds at most until a kill, so that it strikes at any place of a pass.
    """

    kind: str
    families: int
    kills: int
    workers: int
    latency: float
    pause: float

    def passes_before(self, kill: int) -> int:
        """Return the passes that are stored before a kill: they strike from the first pass to the last ones."""
        return 2 * self.families * kill // self.kills


SIZES = {"few": Size("krakenfutures-empty", 2, 1, 2, 0.3, 0.0), "all": Size("empty", 200, 40, 3, 0.0, 3.0)}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[URL]:
    """A database on a server of its own, which can be restarted while other tests use theirs."""
    with postgres.server(tmp_path) as server, postgres.database(server) as url:
        yield url


@pytest.mark.campaign  # "few" takes 40 s, most of it waiting: `.ci/run` has it
@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_lost_read_twice_or_stored_twice_by_workers_that_are_killed(
    database: URL, tmp_path: Path, size: str
) -> None:
    number, accounts = SIZES[size].workers, accounts_of(SIZES[size])
    url = postgres.text(database)
    with exchange.serve(accounts, latency=SIZES[size].latency) as served, History(Location(url=url)) as history:
        fleet = Fleet(history, served, write_keys(tmp_path / "keys", accounts), [], SPEED)
        egresses = {account.name: index % number for index, account in enumerate(accounts)}
        for account in accounts:
            fleet.add([account], egress=f"w{egresses[account.name]}")
        assert fleet.since is not None
        workers = Workers(fleet, url, tmp_path, fleet.since)
        for egress in range(number):
            workers.start(egress)
        try:
            strike(workers, database, SIZES[size])
            wait(served, workers.are_done)
        finally:
            for process in workers.processes.values():
                process.kill()
                process.wait()
        calls = served.calls
        stored = passes(history, fleet.since)
        assert all(account.over for account in fleet.accounts)

    assert [] == [call for call in calls if call.status in TOO_MANY]
    assert [] == read_by_two_at_once(calls)
    assert {account.name for account in accounts} == set(stored)
    assert [] == [name for name, times in stored.items() if not confirms_at_last(times)]
    assert [] == not_read(calls, stored)
    assert {} == late(workers, egresses, calls, stored)
    assert [] == secrets_found(database, tmp_path, accounts)


def accounts_of(size: Size) -> list[exchange.Account]:
    """The accounts, whose keys are bound to no address: each worker process has one of its own."""
    return [replace(account, ip="") for account in families(size.families, size.kind)]


def strike(workers: Workers, database: URL, size: Size) -> None:
    """Kill workers at random times, and restart the database once in between."""
    chance, fleet = random.Random(6), workers.fleet
    wait(fleet.served, lambda: len(fleet.served.calls) > 1)
    for kill in range(size.kills):
        wait(fleet.served, partial(has_passes, fleet.history, size.passes_before(kill)))
        time.sleep(chance.uniform(0.0, size.pause))
        if kill == size.kills // 2:
            fleet.history.engine.dispose()  # what the restart cuts would be left open here
            postgres.restart(database)
        working = [number for number, process in workers.processes.items() if process.poll() is None]
        workers.kill(chance.choice(working))


def has_passes(history: History, number: int) -> bool:
    """Whether so many passes were stored."""
    with history.reading() as connection:
        return connection.execute(select(func.count()).select_from(t.passes)).scalar_one() >= number


def wait(served: exchange.DemoExchange, reached: Callable[[], bool]) -> None:
    """Wait until something is so, as long as anything is asked of the exchange."""
    seen, deadline = 0, time.monotonic() + PATIENCE
    while not reached():
        if len(served.calls) > seen:
            seen, deadline = len(served.calls), time.monotonic() + PATIENCE
        assert time.monotonic() < deadline
        time.sleep(0.2)


@dataclass(frozen=True)
class Read:
    """A pass that was stored: when it began and ended, in seconds since 1970, and in the simulation."""

    began: float
    ended: float
    at: datetime


def passes(history: History, since: datetime) -> dict[str, list[Read]]:
    """Each account's stored passes, by name, in their order."""

    def real(at: datetime) -> float:
        return since.timestamp() + (at - since).total_seconds() / SPEED

    r, p, found = t.results.c, t.passes.c, defaultdict[str, list[Read]](list)
    query = select(r.name, p.started_at, p.finished_at).join_from(t.results, t.passes).order_by(p.id)
    with history.reading() as connection:
        for name, began, ended in connection.execute(query):
            found[name].append(Read(real(began), real(ended), ended))
        assert len(found) == len(connection.execute(select(F.id)).all())
    return found


def confirms_at_last(reads: Sequence[Read]) -> bool:
    """Whether the last pass, and none before it, confirmed that the account was clean for half an hour.

    That is the second pass, and a later one only after two that lie too far apart to be one clean time.
    """
    since, confirmed = reads[0].at, []
    for before, read in pairwise(reads):
        since = read.at if read.at - before.at > UNBROKEN else since
        confirmed.append(read.at - since >= CONFIRM)
    return bool(confirmed) and confirmed[-1] and not any(confirmed[:-1])


def not_read(calls: Sequence[exchange.Call], stored: Mapping[str, Sequence[Read]]) -> list[str]:
    """Accounts with a pass for which the exchange was not asked, not by one worker alone, or not after the one before.

    One pass that was stored twice would be two of the same time.
    """
    by_account = defaultdict[str, list[exchange.Call]](list)
    for call in calls:
        by_account[call.account or ""].append(call)
    wrong = set()
    for name, reads in stored.items():
        askers = [{one.address for one in by_account[name] if r.began - 1 <= one.at <= r.ended + 1} for r in reads]
        if any(len(addresses) != 1 for addresses in askers) or any(b.began < a.ended for a, b in pairwise(reads)):
            wrong.add(name)
    return sorted(wrong)


def late(
    workers: Workers,
    egresses: Mapping[str, int],
    calls: Sequence[exchange.Call],
    stored: Mapping[str, Sequence[Read]],
) -> dict[str, float]:
    """Accounts that waited for a pass for longer than others were read, with the seconds above that."""
    read = defaultdict[int, set[tuple[int, str]]](set)
    for call in calls:
        if call.account and call.address in workers.workers:
            read[workers.workers[call.address]].add((int(call.at // BUCKET), call.account))
    found = dict[str, float]()
    for name, reads in stored.items():
        number, due = egresses[name], workers.since.timestamp()
        for one in reads:
            waited = [(bucket, who) for bucket, who in read[number] if due <= bucket * BUCKET < one.began]
            own = {bucket for bucket, who in waited if who == name}  # by a worker that was killed
            busy = Counter(bucket for bucket, _who in waited)
            taken = sum(BUCKET * (1 if bucket in own else min(1.0, slots / SLOTS)) for bucket, slots in busy.items())
            kills = sum(due - BOUND_OF_A_KILL <= at <= one.began and who == number for at, who in workers.kills)
            over = one.began - due - taken - BOUND - kills * BOUND_OF_A_KILL
            found |= {name: over} if over > 0 else {}
            due = one.ended + CONFIRM.total_seconds() / SPEED
    return found


def read_by_two_at_once(calls: Sequence[exchange.Call]) -> list[str]:
    """Accounts that a process asked about after another one had begun to: then both were at it."""
    by_account = defaultdict[str, list[exchange.Call]](list)
    for call in sorted(calls, key=lambda call: call.at):
        if call.account:
            by_account[call.account].append(call)
    runs = {name: [key for key, _run in groupby(own, lambda call: call.address)] for name, own in by_account.items()}
    return [name for name, addresses in runs.items() if len(addresses) != len(set(addresses))]


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
