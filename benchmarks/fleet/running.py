"""A fleet at an embedded exchange, and one worker of it in a process of its own."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Select, func, select

from auditor.history import schema as t
from auditor.history.database_url import Location
from auditor.history.store import History
from auditor.settings import exchange_checks as needs
from benchmarks.cases import Case
from benchmarks.contestants import CCXT_KEYS
from benchmarks.serving import ServedExchange, serve_case
from benchmarks.timing import KILOBYTES, environment

PAUSE, PATIENCE = 0.2, 7200.0
"""Seconds between two looks for passes, and until a worker that makes none is given up."""
EGRESS, SLOTS = "bench", 100
"""The worker's egress, and families at once: the program's default."""
DATABASE = "FLEET_DB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where a worker works: at accounts of a case whose exchange answers ``latency`` seconds late.

    ``database``: the URL of a history that has its tables; ``worker_database``: another way to it, for the worker;
    ``spread``: the time over which the first looks are spread; ``limits``: whether the exchange keeps its limits.
    """

    case: Case
    database: str
    folder: Path
    latency: float = 0.0
    worker_database: str = ""
    spread: str = "0s"
    limits: bool = True
    slots: int = SLOTS


@dataclass(slots=True)
class RunningWorker:
    """A worker at work since ``began`` (Unix seconds). ``processor``, ``peak_bytes``: known after its end."""

    served: ServedExchange
    history: History
    process: "subprocess.Popen[bytes]"
    began: float
    processor: float = 0.0
    peak_bytes: int = 0
    _deadline: float = field(default_factory=lambda: time.monotonic() + PATIENCE)

    def wait_until_read(self, accounts: int) -> float:
        """Wait until so many accounts were read, and return the seconds since the worker's start."""
        accounts_read = select(func.count()).select_from(t.standings)
        while self._ask(accounts_read) < accounts:
            if self.process.poll() is not None or time.monotonic() > self._deadline:
                raise RuntimeError(self.process.returncode)
            time.sleep(PAUSE)
        return time.time() - self.began

    def peak_so_far(self) -> int:
        """Return the bytes that the worker has had at most until now (Linux)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        (line,) = [line for line in status.splitlines() if line.startswith("VmHWM:")]
        return int(line.split()[1]) * KILOBYTES

    def results(self) -> int:
        """Return how many results were stored."""
        return self._ask(select(func.count()).select_from(t.results))

    def end(self) -> None:
        """End the worker, and note what it took."""
        self.process.send_signal(signal.SIGTERM)
        _pid, status, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        self.processor, self.peak_bytes = usage.ru_utime + usage.ru_stime, usage.ru_maxrss * KILOBYTES

    def _ask(self, query: Select[int]) -> int:
        with self.history.reading() as connection:
            return int(connection.execute(query).scalar_one())


@contextmanager
def running_worker(setting: Setting) -> Iterator[RunningWorker]:
    """Add the accounts to the history, and run a worker until the block ends; its calls are known afterwards."""
    with (
        serve_case(setting.case.name, setting.latency, limits=setting.limits) as served,
        History(Location(url=setting.database)) as history,
    ):
        add_accounts(setting, served)
        silent = subprocess.DEVNULL
        variables = environment({DATABASE: setting.worker_database or setting.database})
        began = time.time()
        process = subprocess.Popen(work_command(setting), env=variables, stdout=silent, stderr=silent)
        worker = RunningWorker(served, history, process, began)
        try:
            yield worker
        finally:
            if process.returncode is None:
                worker.end()


def add_accounts(setting: Setting, served: ServedExchange) -> None:
    """Write the list and the keys, and add the accounts to the history."""
    keys, listed = setting.folder / "keys", setting.folder / "list.csv"
    keys.mkdir()
    with listed.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("name", "exchange", "egress", "base_url"))
        for account in setting.case.accounts():
            values = {name: getattr(account, CCXT_KEYS[name]) for name in needs.credentials(account.exchange)}
            key = keys / f"{account.name}.json"
            key.touch(mode=0o600)
            key.write_text(json.dumps(values), encoding="utf-8")
            lines.writerow((account.name, account.exchange, EGRESS, served.url))
    add = [*_program("add"), str(listed), "--spread", setting.spread, "--history", f"env:{DATABASE}"]
    subprocess.run(add, env=environment({DATABASE: setting.database}), check=True, capture_output=True)


def work_command(setting: Setting) -> list[str]:
    """Return the command of the worker."""
    where = ["--egress", EGRESS, "--history", f"env:{DATABASE}", "--trust-host", "127.0.0.1"]
    keys = ["--credentials", f"file:{setting.folder / 'keys'}/{{name}}.json"]
    return [*_program("work"), *where, *keys, "--confirm", "1d", "--timeout", "3600", "--slots", str(setting.slots)]


def _program(command: str) -> list[str]:
    return [sys.executable, "-m", "auditor", "fleet", command]
