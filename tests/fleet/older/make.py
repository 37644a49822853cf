"""Write a fleet's database as a release leaves it when its worker is killed, as SQL text beside this file.

    git worktree add /tmp/older COMMIT
    cd /tmp/older && PYTHONPATH=$PWD python .../tests/fleet/older/make.py NAME

It uses nothing but that release's own code. Dates are put a week back, so that what was due soon is due by now.
"""

import asyncio
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from auditor import demo as exchange
from auditor.demo.faults import Call, Reply
from auditor.fleet.engine import Engine
from auditor.fleet.engine_dbos import DbosEngine
from auditor.fleet.engine_local import LocalEngine
from auditor.history.database_url import Location
from auditor.history.store import History
from tests import postgres
from tests.fleet.world import Fleet, families, write_keys

HERE = Path(__file__).resolve().parent
DUMP = ("pg_dump", "--inserts", "--no-owner", "--no-privileges", "--no-comments")
BACK = timedelta(days=7)
MILLISECONDS = re.compile(r"\b1[78][0-9]{11}\b")
BLOCKED = 1
"""The account that is blocked; the one after it is being read when the worker is killed."""


def accounts() -> list[exchange.Account]:
    """One that is clean, one that is blocked, one that is being read, one that waits."""
    clean, blocked = families(4), families(4, "kraken-dust")
    return [blocked[index] if index == BLOCKED else one for index, one in enumerate(clean)]


def main(name: str) -> None:
    """Write ``NAME.sqlite.sql`` and ``NAME.postgresql.sql``."""
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder)
        run.chmod(0o755)
        file = Location(file=run / "history.sqlite3")
        work(file, LocalEngine(), run)
        with sqlite3.connect(run / "history.sqlite3") as connection:
            write(f"{name}.sqlite.sql", "\n".join(connection.iterdump()))
        with postgres.server(run) as server, postgres.database(server) as url:
            location = Location(url=postgres.text(url))
            work(location, DbosEngine(location, poll=0.1), run)
            arguments = ("-h", url.query["host"], "-U", url.username or "", url.database or "")
            dump = subprocess.run([*DUMP, *map(str, arguments)], check=True, capture_output=True, text=True).stdout
            write(f"{name}.postgresql.sql", dump)
    os._exit(0)  # as if killed: nothing is given back


def write(name: str, text: str) -> None:
    """Write statements without psql's own commands, comments and blank lines."""
    today = datetime.now(UTC).date()
    dated = text.replace(str(today), str(today - BACK))
    dated = MILLISECONDS.sub(lambda found: str(int(found[0]) - BACK // timedelta(milliseconds=1)), dated)
    lines = (line for line in dated.splitlines() if line and not line.startswith(("\\", "--")))
    (HERE / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def work(location: Location, engine: Engine, folder: Path) -> None:
    """Let a worker work until one account is being read and the two before it were."""
    thread = threading.Thread(target=lambda: asyncio.run(_work(location, engine, folder)), daemon=True)
    thread.start()
    _DONE.wait()
    _DONE.clear()


_DONE = threading.Event()


async def _work(location: Location, engine: Engine, folder: Path) -> None:
    asked = threading.Event()

    def hold(call: Call) -> Reply | None:
        if call.account != "a002":
            return None
        asked.set()
        return Reply(delay=3600)

    listed = accounts()
    with exchange.serve(listed, limits=False, fault=hold) as served:
        history = History(location)
        fleet = Fleet(history, served, write_keys(folder / "keys", listed), [], speed=1)
        fleet.add(listed[:3])
        working = asyncio.create_task(fleet.worker(engine, slots=4).run())
        while len(fleet.done) < 2 or not asked.is_set():  # noqa: ASYNC110 - a pass is told by a thread
            await asyncio.sleep(0.1)
        fleet.add(listed[3:])
        await asyncio.sleep(5)
        _DONE.set()
        await working


if __name__ == "__main__":
    main(sys.argv[1])
