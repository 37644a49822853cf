"""Who takes an egress over: nothing is asked while the process before may still ask, and its limits are kept."""

import asyncio
import os
import platform
import subprocess
import sys
from datetime import timedelta

import pytest
from sqlalchemy import update

from auditor.fleet import egresses
from auditor.fleet.database import Database
from auditor.fleet.take_over import find_former, take_over
from auditor.history import lease
from auditor.history import schema as t
from auditor.history.dialect import read_clock
from auditor.history.store import History
from tests.fleet.world import EGRESS

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
