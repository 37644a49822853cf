"""The numbers of a fleet, on a fleet so small that it takes no time: no figure is judged here."""

from pathlib import Path

import pytest

from auditor.fleet.status.query import read_status
from auditor.history.database_url import Location
from auditor.history.store import History
from benchmarks.cases import TINY, find
from benchmarks.fleet.figures import Figure, lines
from benchmarks.fleet.population import CHECKS, NOW, fill
from benchmarks.fleet.workers import run_worker


def test_a_bound_that_is_missed_is_marked() -> None:
    table = list(lines([Figure("a", 2.0, 1.0), Figure("b", 2.0, 1.0, at_least=True)]))

    assert ["MISSED", ">= 1"] == [table[1].split()[-1], table[2][-4:]]


def test_a_large_fleet_is_one_that_status_understands(tmp_path: Path) -> None:
    with History(Location(file=tmp_path / "history.sqlite3")) as history:
        with history.writing() as connection:
            fill(connection, 60)
        with history.reading() as connection:
            status = read_status(connection, now=NOW)
        assert 60 * CHECKS == sum(len(entry.results) for entry in history.entries())

    assert (60, 4) == (status.total.accounts, len(status.exchanges))
    assert status.total.stuck
    assert status.total.late == 0
    assert status.blockages


def test_so_many_accounts_are_a_case() -> None:
    assert 7 == len(find("7 accounts").accounts())


@pytest.mark.campaign
def test_a_worker_reads_each_account_once(tmp_path: Path) -> None:
    result = run_worker(TINY, 0.0, tmp_path)

    assert (1, 0) == (result.passes, result.over_limit)
