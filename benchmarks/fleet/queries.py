"""What costs the database more in a large fleet: `audit fleet status`, and one look at one family."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from sqlalchemy import func, select

from auditor.fleet.accounts import FleetAccount, find
from auditor.fleet.family import claim_due
from auditor.fleet.status.query import read_status
from auditor.history import schema as t
from auditor.history.database_url import Location
from auditor.history.lease import RowLease
from auditor.history.store import History
from benchmarks.fleet.figures import Figure
from benchmarks.fleet.population import NOW, fill
from tests import postgres

MANY, FEW = 50_000, 500
STATUS, LOOK = 30.0, 1.5
"""Bounds: status against one count of the results, and a look among many families against one among few."""
HOLDER = "bench"
LOOKS, WARM, ROUNDS = 200, 20, 5
"""Families that are looked at, after so many others, and rounds of status of which the median counts."""


def measure_queries(folder: Path, many: int = MANY, few: int = FEW) -> Iterator[Figure]:
    """Yield the figures, on PostgreSQL: a fleet of that size has several workers."""
    with (
        postgres.server(folder) as server,
        postgres.database(server) as large,
        postgres.database(server) as small,
        _history(large) as big,
        _history(small) as little,
    ):
        for history, families in ((big, many), (little, few)):
            with history.writing() as connection:
                fill(connection, families)
            _tidy(history)
        yield Figure(f"status over {many} accounts / one count(*)", _status_ratio(big), STATUS)
        yield Figure(f"one look among {many} families / among {few}", _look_ratio(big, little), LOOK)


def _history(url: object) -> History:
    return History(Location(url=postgres.text(url)))  # type: ignore[arg-type]


def _tidy(history: History) -> None:
    """Let PostgreSQL count its rows, as its own housekeeping does after a while."""
    with history.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def _status_ratio(history: History) -> float:
    with history.reading() as connection:
        counting = _median(lambda: connection.execute(select(func.count()).select_from(t.results)).scalar_one())
        return _median(lambda: read_status(connection, now=NOW, tags=False)) / counting


def _look_ratio(big: History, little: History) -> float:
    """Return the ratio of all that a look asks the database before it reads a family, and of giving it back.

    They take turns, so that whatever else the machine does slows both down alike.
    """
    taken: dict[History, list[float]] = {big: [], little: []}
    pairs = zip(_due(big), _due(little), strict=True)
    for number, pair in enumerate(pairs):
        for history, account in zip((big, little), pair, strict=True):
            seconds = _timed(partial(_look_at, history, account))
            if number >= WARM:
                taken[history].append(seconds)
    return median(taken[big]) / median(taken[little])


def _due(history: History) -> list[FleetAccount]:
    """Return some families that are due, spread over all of them."""
    with history.reading() as connection:
        due = [account for account in find(connection) if account.due_at]
    return due[:: len(due) // (LOOKS + WARM)][: LOOKS + WARM]


def _look_at(history: History, account: FleetAccount) -> None:
    if claim_due(history, account.family, account.egress, NOW, HOLDER).passes is None:
        raise AssertionError(account.family)
    RowLease(history, (), holder=HOLDER).release()


def _median(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    work()
    return median(_timed(work) for _round in range(rounds))


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
