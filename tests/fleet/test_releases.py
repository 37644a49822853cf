"""A worker of an older release beside a newer one: nothing is stranded, whoever takes over from whom."""

import json
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from auditor import demo as exchange
from auditor.history import schema as t
from auditor.history.database_url import Location
from auditor.history.store import History
from tests.fleet.test_campaign import read_by_two_at_once
from tests.fleet.world import Fleet, families, write_keys

NEW = Path(__file__).resolve().parents[2]
OLDER = Path(__file__).with_name("older") / "2026-11-29.tar.xz"
"""What a worker of that release needs: see ``pack.py`` beside it."""
SPEED, PATIENCE = 900.0, 180.0


@pytest.fixture
def processes() -> Iterator[list["subprocess.Popen[bytes]"]]:
    """The workers, which end with the test."""
    begun = list["subprocess.Popen[bytes]"]()
    yield begun
    for process in begun:
        process.kill()
        process.wait()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The older release."""
    with tarfile.open(OLDER) as packed:
        packed.extractall(tmp_path / "older", filter="data")
    return tmp_path / "older"


def start(release: Path, fleet: Fleet, url: str, egress: str, address: str) -> "subprocess.Popen[bytes]":
    """Start a worker of a release, cold: another one's modules are imported already."""
    assert fleet.since is not None
    order = {
        "egress": egress,
        "credentials": fleet.template,
        "since": fleet.since.isoformat(),
        "speed": SPEED,
        "slots": 4,
        "pace": 0.0,
        "url": url,
        "address": address,
        "skew": 0.0,
        "lasts": 30.0,
        "lost": 1.0,
    }
    command = [sys.executable, "-m", "tests.fleet.worker_process"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd=release, env={"PYTHONPATH": str(release)}
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(order).encode())
    process.stdin.close()
    return process


def wait(reached: Callable[[], bool]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.campaign
@pytest.mark.parametrize("database", ["postgresql"])
def test_workers_of_two_releases_strand_nothing_side_by_side_and_after_one_another(
    location: Location, old: Path, tmp_path: Path, processes: list["subprocess.Popen[bytes]"]
) -> None:
    accounts = [replace(one, ip="") for one in families(8, "krakenfutures-empty")]
    url = location.url or ""
    with exchange.serve(accounts, limits=False, latency=0.5) as served, History(location) as history:
        fleet = Fleet(history, served, write_keys(tmp_path / "keys", accounts), [], SPEED)
        for number, account in enumerate(accounts):
            fleet.add([account], egress=f"w{number % 2}")
        processes += [start(old, fleet, url, "w0", "127.0.1.2"), start(NEW, fleet, url, "w1", "127.0.1.3")]
        wait(lambda: {"127.0.1.2", "127.0.1.3"} <= {call.address for call in served.calls})
        wait(lambda: any(account.pass_id for account in fleet.accounts))
        for process in processes:
            process.kill()
            process.wait()
        killed = [account.name for account in fleet.accounts if account.over]
        then = [start(NEW, fleet, url, "w0", "127.0.1.4"), start(old, fleet, url, "w1", "127.0.1.5")]
        processes += then
        codes = [process.wait(PATIENCE) for process in then]
        over = [account.over for account in fleet.accounts]
        with history.reading() as connection:
            claims = connection.execute(select(t.claims)).all()

    assert ([], [0, 0], [True] * len(accounts)) == (killed, codes, over)
    assert ([], []) == (claims, read_by_two_at_once(served.calls))
