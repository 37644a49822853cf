"""`audit fleet demo`: a fleet on the embedded exchange, in sped-up time, until all of its accounts are clean."""

import asyncio
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from auditor.cli.commands.audit import credentials_of
from auditor.cli.commands.fleet_demo_accounts import DemoFamily, clear_due, make_families
from auditor.cli.commands.fleet_demo_worker import worker_of
from auditor.cli.commands.watch_run import temporary_history
from auditor.cli.runtime import log as logs
from auditor.cli.runtime.process import run_supervised
from auditor.cli.runtime.reader import Runtime
from auditor.demo import DemoExchange, serve
from auditor.fleet.accounts import find
from auditor.fleet.accounts_csv import ListedAccount
from auditor.fleet.database import FleetClock
from auditor.fleet.membership import add
from auditor.fleet.status import as_terminal
from auditor.fleet.status.query import read_status
from auditor.formats.escape import escape_invisible
from auditor.history.database_url import Location, parse_location
from auditor.history.dialect import read_clock
from auditor.history.store import History
from auditor.i18n import Message, _, moment
from auditor.model.errors import UserError

SPEED = 600.0
"""Simulated seconds in each real one: slow enough for a small machine to keep up with 200 families."""
SPREAD = timedelta(hours=12)
SLOTS = 8
STEP = 1.0
"""Seconds between two looks at what is cleared by now."""
LINE_EVERY = 3
"""Steps between two lines on the screen."""
WORKERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoFleet:
    """The fleet of a demo: where its history is, who serves its accounts, and the folder with their keys."""

    history: History
    served: DemoExchange
    families: Sequence[DemoFamily]
    clock: FleetClock
    since: datetime
    keys: Path

    @property
    def egresses(self) -> tuple[str, ...]:
        """One egress a worker; in a file there is one."""
        number = 1 if self.history.location.file is not None else WORKERS
        return tuple(f"demo-{index + 1}" for index in range(number))

    def order(self, egress: str) -> Mapping[str, Any]:
        """Return what a worker has to know."""
        return {
            "egress": egress,
            "credentials": f"file:{self.keys}/{{name}}.json",
            "slots": SLOTS,
            "since": self.since.isoformat(),
            "speed": self.clock.speed,
            "pace": 0.0,
            "url": self.history.location.url,
        }


def demo(number: int, history: str | None, runtime: Runtime) -> int:
    """Run a fleet of so many families until all are clean, and return the exit code. Raises UserError."""
    logs.configure(verbose=0, translate=runtime.console)
    with _opened(history) as stored, serve_families(number) as (families, served), _keys(families) as keys:
        with stored.reading() as connection:
            since = read_clock(connection)
            clock = FleetClock(since, SPEED)
            clock.set(connection)
        fleet = DemoFleet(history=stored, served=served, families=families, clock=clock, since=since, keys=keys)
        _add(fleet)
        _say(_("Accounts at an embedded exchange: {count}. Workers: {workers}. An hour is six seconds.").format(
            count=number, workers=len(fleet.egresses)), runtime)  # fmt: skip
        code = run_supervised(_run(fleet, runtime))
        _show_status(fleet, runtime)
    return code


def _show_status(fleet: DemoFleet, runtime: Runtime) -> None:
    """Show what `audit fleet status --by tag` says, on the clock of the simulation."""
    with fleet.history.reading() as connection:
        status = read_status(connection, now=fleet.clock.now())
    status = replace(status, egresses=())  # their signs of life are of the real clock
    sys.stdout.write(as_terminal.render(status, runtime.console, by="tag"))
    sys.stdout.flush()


@contextmanager
def serve_families(number: int) -> Iterator[tuple[Sequence[DemoFamily], DemoExchange]]:
    """Serve so many families."""
    families = make_families(number)
    with serve([family.account for family in families], limits=False) as served:
        yield families, served


@contextmanager
def _opened(history: str | None) -> Iterator[History]:
    """Open the history that is named, or one that is deleted afterwards. Raises UserError for one that is in use."""
    if history is None:
        with temporary_history() as file, History(Location(file=file)) as stored:
            yield stored
        return
    with History(parse_location(history)) as stored:
        with stored.reading() as connection:
            if find(connection, removed=True) or stored.newest_id():
                raise UserError(_("A demo needs a history of its own: an empty database."))
        yield stored


@contextmanager
def _keys(families: Sequence[DemoFamily]) -> Iterator[Path]:
    """Write the keys of the demo accounts into a private folder, which is deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="audit-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for family in families:
            values = {key: secret.get_secret_value() for key, secret in credentials_of(family.account).items()}
            file = folder / f"{family.account.name}.json"
            file.touch(0o600)
            file.write_text(json.dumps(values), encoding="utf-8")
        yield folder


def _add(fleet: DemoFleet) -> None:
    names = fleet.egresses
    listed = [
        ListedAccount(
            name=family.account.name,
            exchange=family.account.exchange,
            egress=names[index % len(names)],
            base_url=fleet.served.url,
            tags=(family.tag,),
        )
        for index, family in enumerate(fleet.families)
    ]
    with fleet.history.writing() as connection:
        add(connection, listed, fleet.clock.now(), SPREAD, demo=True)


async def _run(fleet: DemoFleet, runtime: Runtime) -> int:
    story = asyncio.create_task(_show_story(fleet, runtime))
    try:
        async with _workers(fleet) as workers:
            return max(await asyncio.gather(*workers))
    finally:
        story.cancel()


@asynccontextmanager
async def _workers(fleet: DemoFleet) -> AsyncIterator[list["asyncio.Task[int]"]]:
    """Start the workers: one in this process, or several, each in a process of its own."""
    if fleet.history.location.file is not None:
        worker = worker_of(fleet.order(fleet.egresses[0]), fleet.history)
        yield [asyncio.create_task(worker.run())]
        return
    processes = [await _start(fleet.order(egress)) for egress in fleet.egresses]
    try:
        yield [asyncio.create_task(process.wait()) for process in processes]
    finally:
        for process in processes:
            if process.returncode is None:
                process.terminate()
        await asyncio.gather(*(process.wait() for process in processes))


async def _start(order: Mapping[str, Any]) -> asyncio.subprocess.Process:
    module = "auditor.cli.commands.fleet_demo_worker"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    await _hand(process, order)
    return process


async def _hand(process: asyncio.subprocess.Process, order: Mapping[str, Any]) -> None:
    if process.stdin is not None:
        process.stdin.write(json.dumps(order).encode())
        await process.stdin.drain()
        process.stdin.close()


async def _show_story(fleet: DemoFleet, runtime: Runtime) -> None:
    """Clear accounts as time passes, say how far the fleet is, and show it once all were checked."""
    step, is_shown = 0, False
    while True:
        clear_due(fleet.families, fleet.served, fleet.clock.now() - fleet.since)
        if step % LINE_EVERY == 0:
            counted = await asyncio.to_thread(_standing, fleet)
            _say(_line(fleet, counted), runtime)
            if not is_shown and not counted["unread"]:
                is_shown = True
                _show_status(fleet, runtime)
        step += 1
        await asyncio.sleep(STEP)


def _standing(fleet: DemoFleet) -> Counter[str]:
    with fleet.history.reading() as connection:
        accounts = find(connection)
    return Counter("over" if one.over else "read" if one.pass_id else "unread" for one in accounts)


def _line(fleet: DemoFleet, counted: Counter[str]) -> Message:
    text = _("{when}: {over} ready and confirmed, {read} under way, {unread} not checked yet")
    return text.format(when=moment(fleet.clock.now()), **{name: counted[name] for name in ("over", "read", "unread")})


def _say(text: Message, runtime: Runtime) -> None:
    sys.stdout.write(f"{escape_invisible(runtime.console(text))}\n")
    sys.stdout.flush()
