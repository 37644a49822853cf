"""A worker of a fleet against one `audit` over the same accounts: requests, limits, time, processor and memory."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sqlalchemy.engine import URL

from benchmarks.cases import Case
from benchmarks.contestants import ContestantResult, run_audit
from benchmarks.fleet.figures import Figure
from benchmarks.fleet.processor import server_seconds
from benchmarks.fleet.running import SLOTS, Setting, running_worker
from tests import postgres

REQUESTS, SECONDS, PROCESSOR = 1.02, 1.15, 1.25
"""Bounds, each against one run of `audit` over the same accounts."""
MEMORY = 1.2


@dataclass(frozen=True, slots=True)
class WorkerResult:
    """What a worker took until each account was read once.

    ``passes``: how many results were stored; ``server_processor``: what PostgreSQL took, None where nobody can say.
    """

    seconds: float
    processor: float
    server_processor: float | None
    passes: int
    requests: int
    over_limit: int


@dataclass(frozen=True, slots=True)
class Round:
    """One `audit` and one worker over the same accounts, one after the other."""

    audit: ContestantResult
    worker: WorkerResult


def measure_worker(case: Case, latency: float, rounds: int) -> Iterator[Figure]:
    """Yield the figures of one worker over the accounts of a case, each a pass of its own: the median of rounds."""
    number, done = len(case.accounts()), [_round(case, latency) for _round_number in range(rounds)]
    lost = max(abs(one.worker.passes - number) for one in done)
    limited = max(one.worker.over_limit - one.audit.over_limit for one in done)
    yield Figure("passes of a worker that were stored twice or lost", lost, 0)
    yield Figure(f"429 answers of {number} passes - of one audit", limited, 0)
    requests = median(one.worker.requests / len(one.audit.calls) for one in done)
    yield Figure(f"requests of {number} passes / of one audit", requests, REQUESTS)
    seconds = median(one.worker.seconds / one.audit.taken.seconds for one in done)
    yield Figure(f"time of a worker over {number} / of one audit", seconds, SECONDS)
    yield from _processor(done)


def measure_address(case: Case, latency: float) -> Iterator[Figure]:
    """Yield how many answers asked for fewer requests where an exchange counts those of all accounts together."""
    result = _worker(case, latency)
    what = f"429 answers of {len(case.accounts())} passes at {case.exchange}, which counts by address"
    yield Figure(what, result.over_limit, 0)


def measure_memory(case: Case, few: int) -> Iterator[Figure]:
    """Yield how much more memory a worker has taken after all accounts of a case than after the first few."""
    many = len(case.accounts())
    with _database() as (url, folder):
        setting = Setting(case=case, database=postgres.text(url), folder=folder, limits=False, slots=SLOTS)
        with running_worker(setting) as worker:
            worker.wait_until_read(few)
            before = worker.peak_so_far()
            worker.wait_until_read(many)
            after = worker.peak_so_far()
    yield Figure(f"memory of a worker after {many} accounts / after {few}", after / before, MEMORY)


def _processor(done: list[Round]) -> Iterator[Figure]:
    """Yield the processor time of a pass, engine, claim and store included."""
    known = [(one.worker, one.audit.taken.processor) for one in done if one.audit.taken.processor]
    if known:
        own = median(worker.processor / audit for worker, audit in known)
        yield Figure("processor of a pass / of one in audit", own, PROCESSOR)
    both = [(worker.processor + worker.server_processor) / audit for worker, audit in known if worker.server_processor]
    if both:
        yield Figure("the same with what PostgreSQL took for it", median(both), PROCESSOR)


def _round(case: Case, latency: float) -> Round:
    with tempfile.TemporaryDirectory() as folder:
        audit = run_audit(case, latency, Path(folder))
    return Round(audit, _worker(case, latency))


def _worker(case: Case, latency: float) -> WorkerResult:
    """Run `audit fleet work` on a history of its own until each account was read once."""
    with _database() as (url, folder):
        setting = Setting(case=case, database=postgres.text(url), folder=folder, latency=latency)
        with running_worker(setting) as worker:
            before = server_seconds(url)
            seconds = worker.wait_until_read(len(case.accounts()))
            after = server_seconds(url)
            passes = worker.results()
        server = None if before is None or after is None else after - before
        calls, over = worker.served.calls, worker.served.over_limit
        return WorkerResult(seconds, worker.processor, server, passes, len(calls), over)


@contextmanager
def _database() -> Iterator[tuple[URL, Path]]:
    """Yield the URL of a new history in PostgreSQL, and a folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with postgres.server(folder) as server, postgres.database(server) as url:
            yield url, folder
