"""The figures that are kept: the run by which a change is told to be a regression. Nothing is timed here."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import compare
from benchmarks.cases import CASES
from benchmarks.table import over_limit

FILE = Path(compare.__file__).parent / "figures.json"
KEPT: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
BY_NAME = {case["case"]: case for case in KEPT["cases"]}
START, MEGABYTES = 1.5, 2_000_000


def ratio(case: str, one: str, other: str) -> float:
    by_name = BY_NAME[case]["contestants"]
    return float(by_name[one]["seconds"] / by_name[other]["seconds"])


def test_every_case_is_among_them() -> None:
    assert [case.name for case in CASES] == list(BY_NAME)


def test_an_empty_account_comes_close_to_its_bound() -> None:
    empty = BY_NAME["empty"]
    assert empty["contestants"]["audit"]["seconds"] <= 1.3 * empty["bound"]["seconds"] + START


@pytest.mark.parametrize("case", ["empty", "messy", "700 markets", "1000 orders"])
def test_one_account_is_eight_times_faster_than_plain_ccxt_with_no_more_requests(case: str) -> None:
    by_name = BY_NAME[case]["contestants"]
    assert ratio(case, "plain", "audit") >= 8
    assert by_name["audit"]["requests"] <= by_name["plain"]["requests"]


@pytest.mark.parametrize("case", ["50 accounts", "200 accounts"])
def test_many_accounts_take_little_more_than_bare_ccxt_and_little_memory_each(case: str) -> None:
    ours, alone = (BY_NAME[name]["contestants"]["audit"]["peak_bytes"] for name in (case, "empty"))
    assert ratio(case, "audit", "bare") <= 1.3
    assert (ours - alone) / (BY_NAME[case]["accounts"] - 1) <= MEGABYTES


def test_no_limit_was_ever_passed() -> None:
    assert over_limit(KEPT, "audit") == 0


def test_help_and_version_come_at_once() -> None:
    assert all(taken["seconds"] < 0.4 for taken in KEPT["startup"].values())


def test_a_run_is_no_regression_of_itself() -> None:
    assert compare.main([str(FILE), str(FILE)]) == 0
