"""The numbers of a fleet, on a fleet so small that it takes no time: no figure is judged here."""

from pathlib import Path

import pytest

from auditor.demo import Call
from auditor.fleet.status.query import read_status
from auditor.history.database_url import Location
from auditor.history.store import History
from benchmarks.cases import TINY, find
from benchmarks.fleet.figures import Figure, lines
from benchmarks.fleet.population import CHECKS, NOW, fill
from benchmarks.fleet.timeliness import lateness, measure_distance
from benchmarks.fleet.workers import measure_worker


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


def test_lateness_counts_from_the_due_time_to_the_first_request_of_a_pass() -> None:
    calls = [Call("GET", "x", {}, name, at=at) for name, at in (("b", 12.0), ("a", 10.5), (None, 1.0), ("b", 30.0))]

    assert [1.25] == lateness({"a": 9.0, "b": 10.75}, calls)


@pytest.mark.campaign
def test_a_worker_reads_each_account_once() -> None:
    figures = {figure.what: figure.value for figure in measure_worker(TINY, 0.0, rounds=1)}

    assert 0 == figures["passes of a worker that were stored twice or lost"]
    assert 1 == figures["requests of 1 passes / of one audit"]


@pytest.mark.campaign
def test_a_database_that_is_far_away_is_asked_all_the_same() -> None:
    (figure,) = measure_distance(TINY, 0.0, 0.002, rounds=1)

    assert figure.value > 0
