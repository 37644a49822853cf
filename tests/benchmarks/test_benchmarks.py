"""The benchmark itself, on a case so small that it takes no time: no figure is judged here."""

import json
from pathlib import Path
from typing import Any

import pytest

from auditor.demo import Call
from benchmarks import compare
from benchmarks.cases import CASES, TINY, find
from benchmarks.contestants import bound_of, run_audit, run_ccxt
from benchmarks.table import over_limit, report_lines
from benchmarks.timing import environment


def figures(audit: float, plain: float, requests: int = 100, over: int = 0) -> dict[str, Any]:
    taken = {"processor": 1.0, "peak_bytes": 70_000_000, "requests": requests, "code": 0}
    contestants = {
        "audit": {**taken, "seconds": audit, "over_limit": over},
        "plain": {**taken, "seconds": plain, "over_limit": 0},
    }
    bound = {"seconds": 5.0, "window": 4.8, "fullest": "asset/withdrawal-history", "trips": 4}
    case = {"case": "empty", "accounts": 1, "bound": bound, "contestants": contestants}
    startup = {"--help": {"seconds": 0.1, "processor": 0.1, "peak_bytes": 1}}
    return {"latency": 0.08, "cleared": "X", "python": "3", "cases": [case], "startup": startup}


def asked(call: Call) -> str:
    """What a request asked and how it was answered, without when and from where it came."""
    return str((call.method, call.path, call.query, call.account, call.status, call.code))


@pytest.mark.campaign
def test_every_contestant_gets_its_answers_and_stays_inside_the_limits(tmp_path: Path) -> None:
    ours = run_audit(TINY, 0.0, tmp_path)
    assert (0, 0) == (ours.taken.code, ours.over_limit)
    calls = [call for call in ours.calls if call.path in {"account/config", "asset/balances", "system/status"}]
    for gathered in (False, True):
        theirs = run_ccxt(TINY, 0.0, tmp_path, calls, gathered=gathered, free=True)
        assert sorted(map(asked, calls)) == sorted(map(asked, theirs.calls))
    assert bound_of(TINY, ours.calls, 0.08).seconds > 0


def test_bytecode_is_written_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in environment()


@pytest.mark.slow("makes many accounts")
def test_many_accounts_have_each_a_key_and_a_number_of_their_own() -> None:
    for case in CASES:
        accounts = case.accounts()
        assert len(accounts) == len({one.apikey for one in accounts}) == len({one.uid for one in accounts})


def test_the_large_cases_are_as_large_as_they_say() -> None:
    (markets,), (orders,) = find("700 markets").accounts(), find("1000 orders").accounts()
    assert (700, 1000) == (len(markets.rows("account/instruments")), len(orders.rows("trade/orders-pending")))


def test_the_table_tells_ratios() -> None:
    (row,) = [line.split() for line in report_lines(figures(6.0, 60.0)) if line.startswith("empty")]
    assert ["empty", "6.0", "5.0", "1.20", "10.00", "100", "70"] == row


def test_requests_over_a_limit_are_counted_for_each() -> None:
    report = figures(6.0, 60.0, over=2)
    assert (2, 0) == (over_limit(report, "audit"), over_limit(report))


@pytest.mark.parametrize(
    ("new", "code"),
    [
        pytest.param(figures(12.0, 120.0), 0, id="a slower machine is no regression"),
        pytest.param(figures(6.0, 40.0), 1, id="a larger share of ccxt's time is"),
        pytest.param(figures(6.0, 60.0, requests=101), 1, id="one more request is"),
    ],
)
def test_a_regression_is_told_by_its_ratio_to_ccxt_in_the_same_run(
    tmp_path: Path, new: dict[str, Any], code: int
) -> None:
    files = [tmp_path / "old.json", tmp_path / "new.json"]
    for file, content in zip(files, (figures(6.0, 60.0), new), strict=True):
        file.write_text(json.dumps(content))
    assert code == compare.main([str(file) for file in files])
