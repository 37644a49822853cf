"""A worker of a fleet against one `audit` over the same accounts: requests, limits, time and processor."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from auditor.demo import Account, Call
from auditor.history import schema as t
from auditor.history.database_url import Location
from auditor.history.store import History
from benchmarks.cases import Case
from benchmarks.contestants import CCXT_KEYS, run_audit
from benchmarks.fleet.figures import Figure
from benchmarks.serving import ServedExchange, serve_case
from benchmarks.timing import KILOBYTES, environment

REQUESTS, SECONDS, PROCESSOR = 1.02, 1.15, 1.25
"""Bounds, each against one run of `audit` over the same accounts."""
MEMORY = 1.2
PAUSE, PATIENCE = 0.2, 3600.0
"""Seconds between two looks for passes, and until a worker that makes none is given up."""
EGRESS = "bench"


@dataclass(frozen=True, slots=True)
class WorkerResult:
    """What a worker took until each account was read once. ``passes``: how many were stored."""

    seconds: float
    processor: float
    peak_bytes: int
    passes: int
    calls: Sequence[Call]
    over_limit: int


def measure_worker(case: Case, latency: float, folder: Path) -> Iterator[Figure]:
    """Yield the figures of one worker over the accounts of a case, each a pass of its own."""
    accounts = len(case.accounts())
    audit = run_audit(case, latency, folder)
    worker = run_worker(case, latency, folder)
    yield Figure("passes of a worker that were stored twice or lost", abs(worker.passes - accounts), 0)
    yield Figure(f"429 answers of {accounts} passes - of one audit", worker.over_limit - audit.over_limit, 0)
    yield Figure(f"requests of {accounts} passes / of one audit", len(worker.calls) / len(audit.calls), REQUESTS)
    yield Figure(f"time of a worker over {accounts} / of one audit", worker.seconds / audit.taken.seconds, SECONDS)
    if audit.taken.processor:
        yield Figure("processor of a pass / of one in audit", worker.processor / audit.taken.processor, PROCESSOR)


def measure_memory(many: Case, few: Case, folder: Path) -> Iterator[Figure]:
    """Yield how much more memory a worker takes after many different accounts than after few."""
    peaks = []
    for case in (many, few):
        own = folder / case.name.replace(" ", "-")
        own.mkdir()
        peaks.append(run_worker(case, 0.0, own).peak_bytes)
    yield Figure(f"memory of a worker after {many.name} / after {few.name}", peaks[0] / peaks[1], MEMORY)


def run_worker(case: Case, latency: float, folder: Path) -> WorkerResult:
    """Run `audit fleet work` on a history of its own until each account was read once."""
    names = {f"n{number}": account for number, account in enumerate(case.accounts())}
    with serve_case(case.name, latency) as served:
        location = _prepare(case, names, served, folder)
        begun = time.perf_counter()
        process = subprocess.Popen(
            _command(folder), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        with closing(History(location)) as history:
            passes = _wait(history, len(names), process)
            seconds = time.perf_counter() - begun
            process.send_signal(signal.SIGTERM)
            _pid, _status, usage = os.wait4(process.pid, 0)
            process.returncode = 0
    used, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss * KILOBYTES
    return WorkerResult(seconds, used, peak, passes, served.calls, served.over_limit)


def _prepare(case: Case, names: dict[str, Account], served: ServedExchange, folder: Path) -> Location:
    """Write the list and the keys, and add the accounts to a new history."""
    keys = folder / "keys"
    keys.mkdir()
    for name, account in names.items():
        values = {ccxt: getattr(account, own) for ccxt, own in CCXT_KEYS.items()}
        (keys / f"{name}.json").write_text(json.dumps(values), encoding="utf-8")
        (keys / f"{name}.json").chmod(0o600)
    with (folder / "list.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("name", "exchange", "egress", "base_url"))
        lines.writerows((name, case.exchange, EGRESS, served.url) for name in names)
    add = [*_program("add"), str(folder / "list.csv"), "--spread", "0s", "--history", str(folder / "fleet.sqlite3")]
    subprocess.run(add, env=environment(), check=True, capture_output=True)
    return Location(file=folder / "fleet.sqlite3")


def _command(folder: Path) -> list[str]:
    where = ["--egress", EGRESS, "--history", str(folder / "fleet.sqlite3"), "--trust-host", "127.0.0.1"]
    keys = ["--credentials", f"file:{folder / 'keys'}/{{name}}.json"]
    return [*_program("work"), *where, *keys, "--confirm", "1d", "--timeout", "3600", "--slots", "100"]


def _program(command: str) -> list[str]:
    return [sys.executable, "-m", "auditor", "fleet", command]


def _wait(history: History, accounts: int, process: "subprocess.Popen[bytes]") -> int:
    """Wait until each account was read, and return the number of stored results."""
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        with history.reading() as connection:
            read = connection.execute(select(func.count(t.results.c.account_id.distinct()))).scalar_one()
            if read >= accounts:
                return int(connection.execute(select(func.count()).select_from(t.results)).scalar_one())
        time.sleep(PAUSE)
    raise RuntimeError(process.returncode)
