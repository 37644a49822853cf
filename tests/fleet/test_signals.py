"""A worker's process that is told to end: passes under way have their grace, and what it claimed is given back."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select

from auditor import demo as exchange
from auditor.demo.faults import Call
from auditor.history import schema as t
from auditor.history.database_url import Location
from auditor.history.store import History
from tests import processes
from tests.cli.conftest import environment
from tests.fleet.world import EGRESS, Fleet, families, write_keys

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")
KEPT, CUT_OFF = 1, 0


class Held:
    """The exchange answers nothing until ``go`` is set; ``asked`` is set by the first question."""

    def __init__(self) -> None:
        self.asked, self.go = Event(), Event()

    def __call__(self, _call: Call) -> None:
        self.asked.set()
        self.go.wait(60)


@contextmanager
def working(location: Location, folder: Path, held: Held) -> Iterator["subprocess.Popen[str]"]:
    """A worker in a process of its own, in the middle of its first pass."""
    accounts = families(1, "coinbase-empty")
    with exchange.serve(accounts, limits=False, fault=held) as served:
        with History(location) as history:
            fleet = Fleet(history, served, write_keys(folder / "keys", accounts), [], speed=1)
            fleet.add(accounts)
        where = str(location.file) if location.file else "env:FLEET_DB"
        command = [sys.executable, "-m", "auditor", "fleet", "work", "--egress", EGRESS, "--history", where]
        command += ["--credentials", fleet.template, "--grace", "30s"]
        process = processes.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(FLEET_DB=location.url or ""),
        )
        try:
            assert held.asked.wait(60)
            yield process
        finally:
            held.go.set()
            process.kill()
            process.wait()


def left(location: Location) -> tuple[int, int]:
    """How many passes were stored, and how many claims are left."""
    with History(location) as history, history.reading() as connection:
        return len(connection.execute(select(t.passes)).all()), len(connection.execute(select(t.claims)).all())


def last_words(process: "subprocess.Popen[str]") -> str:
    """What a process says as it ends."""
    _out, err = process.communicate(timeout=60)
    return err.splitlines()[-1]


SIGNALS = {"terminated": (143, signal.SIGTERM), "interrupted": (130, signal.SIGINT)}


@pytest.mark.parametrize(
    ("database", "said"),
    [pytest.param("postgresql", "terminated", marks=pytest.mark.slow("starts its engine")), ("sqlite", "interrupted")],
)
def test_a_worker_that_is_told_to_end_does_so_after_the_check_under_way(
    location: Location, tmp_path: Path, said: str
) -> None:
    (code, told), held = SIGNALS[said], Held()
    with working(location, tmp_path, held) as process:
        process.send_signal(told)
        assert process.stderr is not None
        words = process.stderr.readline()
        held.go.set()

        ended = (last_words(process), process.returncode, left(location))

    assert "Ending: checks under way (1) may go on for 30 s." in words
    assert (f"audit: {said}", code, (KEPT, 0)) == ended


@pytest.mark.slow("a worker's process")
@pytest.mark.parametrize("said", SIGNALS)
@pytest.mark.parametrize("database", ["sqlite"])
def test_a_second_signal_cuts_the_check_off(location: Location, tmp_path: Path, said: str) -> None:
    code, told = SIGNALS[said]
    with working(location, tmp_path, Held()) as process:
        assert process.stderr is not None
        process.send_signal(told)
        process.stderr.readline()
        process.send_signal(told)

        assert (f"audit: {said}", code, (CUT_OFF, 0)) == (last_words(process), process.returncode, left(location))
