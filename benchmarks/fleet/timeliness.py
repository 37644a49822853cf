"""How late a look begins, and how much slower a worker is whose database is far away."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import select

from auditor.demo import Call
from auditor.fleet.accounts import F
from auditor.fleet.engine_dbos import POLL
from auditor.history.store import History
from benchmarks.cases import Case
from benchmarks.fleet.delay_proxy import away
from benchmarks.fleet.figures import Figure
from benchmarks.fleet.running import Setting, running_worker
from tests import postgres

LATENESS, PASSES = 2.0, 0.9
"""Bounds: seconds above the engine's poll, and passes a minute against those with the database on the same host."""
FRACTIONS, OF = 95, 100


def measure_lateness(case: Case, latency: float, spread: str) -> Iterator[Figure]:
    """Yield how late the first request of a pass is, by the exchange's own list, where slots are free.

    Passes that were due before the worker asked its first question are left out: it was not there.
    """
    with tempfile.TemporaryDirectory() as name, postgres.server(Path(name)) as server, postgres.database(server) as url:
        setting = Setting(case=case, database=postgres.text(url), folder=Path(name), latency=latency, spread=spread)
        with running_worker(setting) as worker:
            due = _due(worker.history)
            worker.wait_until_read(len(case.accounts()))
    late = lateness(due, worker.served.calls)
    what = f"seconds of lateness above the poll, 95 of 100 ({len(late)} passes)"
    yield Figure(what, quantiles(late, n=OF)[FRACTIONS - 1] - POLL, LATENESS)


def lateness(due: Mapping[str, float], calls: Iterable[Call]) -> list[float]:
    """Return the seconds from each due to the first request of its pass, of those due after the first of all."""
    begun: dict[str, float] = {}
    for call in sorted(calls, key=lambda call: call.at):
        if call.account:
            begun.setdefault(call.account, call.at)
    ready = min(begun.values())
    return [begun[name] - at for name, at in due.items() if at > ready]


def measure_distance(case: Case, latency: float, round_trip: float, rounds: int) -> Iterator[Figure]:
    """Yield the passes a minute with the database so many seconds away, against those with it on the same host."""
    ratios, trips = [], []
    for _round_number in range(rounds):
        near, _trips = _passes_a_minute(case, latency, 0.0)
        far, asked = _passes_a_minute(case, latency, round_trip)
        ratios.append(far / near)
        trips.append(asked)
    milliseconds = f"{1000 * round_trip:g} ms"
    what = f"passes a minute, database {milliseconds} away / on the same host ({median(trips):.0f} round trips a pass)"
    yield Figure(what, median(ratios), PASSES, at_least=True)


def _passes_a_minute(case: Case, latency: float, round_trip: float) -> tuple[float, float]:
    """Return the passes a minute from the first request to the last pass, and the round trips of a pass."""
    accounts = len(case.accounts())
    with (
        tempfile.TemporaryDirectory() as name,
        postgres.server(Path(name)) as server,
        postgres.database(server) as url,
        away(url, round_trip) as proxy,
    ):
        far = postgres.text(proxy.url)
        setting = Setting(
            case=case, database=postgres.text(url), worker_database=far, folder=Path(name), latency=latency
        )
        with running_worker(setting) as worker:
            ended = worker.began + worker.wait_until_read(accounts)
        begun = min(call.at for call in worker.served.calls)
    return 60 * accounts / (ended - begun), proxy.round_trips / accounts


def _due(history: History) -> Mapping[str, float]:
    """Return when each account is due (Unix seconds)."""
    with history.reading() as connection:
        return {row.name: row.due_at.timestamp() for row in connection.execute(select(F.name, F.due_at))}
