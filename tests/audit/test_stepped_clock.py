"""A clock that is set in the middle of an audit, as a time service does at a computer that was wrong."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from auditor import demo
from auditor.audit.audit_once import take_snapshot
from auditor.audit.report_builder import build_report
from auditor.model.account import Options
from auditor.model.clock import clock_of, now
from auditor.model.report import Report, Verdict
from tests import remembered
from tests.conftest import audit_anew, audit_demo, configured_account, run
from tests.slow_tests import first_of

WRONG = {
    "was fast": (40, 0),
    "was slow": (-40, 0),
    "is slow": (0, -40),
    "is fast": (0, 40),
    "was an hour fast": (3600, 0),
    "was an hour slow": (-3600, 0),
    "is an hour slow": (0, -3600),
}
"""By how many seconds it is fast before it is set, and after that."""
MESSY = ("kraken-messy", "messy", "binance-messy", "bybit-messy", "kucoin-messy", "krakenfutures-messy")
READS = 60
"""How often the time is looked at before it is set."""


def stepping(before: int, after: int) -> Callable[[], datetime]:
    """A clock that is set after some looks at it."""
    looks = itertools.count()
    return lambda: datetime.now(UTC) + timedelta(seconds=before if next(looks) < READS else after)


def late_by(seconds: int) -> datetime:
    return datetime.now(UTC) - timedelta(seconds=seconds)


@contextmanager
def set_midway(how: str) -> Iterator[None]:
    with remembered.nothing(), clock_of(stepping(*WRONG[how])):
        yield


def said(report: Report) -> list[tuple[str, str, str, str]]:
    """What a report says, but for moments."""
    return sorted((one.rule, one.severity.value, one.surface, one.subject) for one in report.findings)


@pytest.mark.parametrize("account", first_of(MESSY))
@pytest.mark.parametrize("how", first_of(WRONG))
def test_a_clock_that_is_set_in_the_middle_of_an_audit_leaves_it_as_it_was(account: str, how: str) -> None:
    expected = audit_demo(account).report
    with set_midway(how):
        report = audit_anew(account).report

    assert (expected.verdict, said(expected)) == (report.verdict, said(report))


@pytest.mark.parametrize("back", [32, 3600])
def test_a_clock_that_is_set_back_between_two_readings_of_an_account_refuses_no_nonce(back: int) -> None:
    account = demo.account("kraken-empty")
    verdicts = []
    with remembered.nothing(), demo.serve([account], limits=False) as served:
        for seconds in (0, back):
            with clock_of(partial(late_by, seconds)):
                snapshot = run(take_snapshot([configured_account(account, served)], Options(pace=0)))
                verdicts.append(build_report(snapshot, now=now()).verdict)

    assert [Verdict.CLEAN, Verdict.CLEAN] == verdicts
