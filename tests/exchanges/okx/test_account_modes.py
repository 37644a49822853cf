"""OKX: what counts in one account mode or in demo trading only, and what is asked whatever was found before."""

import pytest

from auditor.model.report import Severity, Status, Verdict
from auditor.model.snapshot import NotApplicable, Read, Trouble
from tests.conftest import Audit
from tests.exchanges.findings import result, unread
from tests.exchanges.okx.bare import BARE
from tests.exchanges.okx.samples import SAMPLES

REQUESTS = SAMPLES["stable-rewards-requests"]


DEMO_ROW = {"title": "Bots rest", "state": "ongoing", "serviceType": "7", "env": "2", "begin": "1", "end": "2"}


def test_maintenance_of_demo_trading_counts_there(demo: Audit) -> None:
    audited = demo(BARE.with_(simulated=True), status_rows=[DEMO_ROW])
    assert unread(audited, "grid").trouble is Trouble.MAINTENANCE


def test_maintenance_of_demo_trading_says_nothing_of_the_real_account(demo: Audit) -> None:
    audited = demo(BARE, status_rows=[DEMO_ROW])
    assert (Verdict.CLEAN, True) == (audited.report.verdict, isinstance(result(audited, "grid"), Read))


@pytest.mark.parametrize("mode", ["3", "4"])
def test_borrowing_that_is_refused_in_a_mode_that_borrows_was_not_read(demo: Audit, mode: str) -> None:
    audited = demo(BARE.with_(mode=mode).with_refusal("account/interest-limits", "51010"))
    assert (Verdict.INCOMPLETE, "51010") == (audited.report.verdict, unread(audited, "borrowing").code)


@pytest.mark.parametrize("mode", ["1", "2"])
def test_borrowing_does_not_apply_where_the_mode_has_none(demo: Audit, mode: str) -> None:
    audited = demo(BARE.with_(mode=mode).with_refusal("account/interest-limits", "51010"))
    assert isinstance(result(audited, "borrowing"), NotApplicable)
    assert audited.report.verdict is Verdict.CLEAN


def test_a_subscription_of_stable_rewards_under_way_is_seen_before_there_is_a_balance(demo: Audit) -> None:
    audited = demo(BARE.with_rows(REQUESTS.path, REQUESTS.rows))
    blockers = {f.surface for f in audited.report.findings if f.severity is Severity.BLOCKER}
    assert (Verdict.BLOCKED, {"stable-rewards-requests"}) == (audited.report.verdict, blockers)


def test_another_stablecoin_of_stable_rewards_is_asked_for_too(demo: Audit) -> None:
    held = {"ccy": "OKD", "amt": "0", "state": "pending"}
    pending = {**REQUESTS.rows[0], "ccy": "OKD"}
    books = {"finance/stable-rewards/balance": [held], REQUESTS.path: [pending]}
    assert demo(BARE.with_(books={**BARE.books, **books})).report.verdict is Verdict.BLOCKED


@pytest.mark.parametrize("code", ["50005", "50051", "51000"])
def test_requests_of_stable_rewards_that_okx_no_longer_answers_are_looked_at_by_eye(demo: Audit, code: str) -> None:
    audited = demo(BARE.with_refusal(REQUESTS.path, code))
    lines = [line.status for line in audited.report.requirements if "stable-rewards-requests" in line.id]
    assert (Verdict.CLEAN, {Status.MANUAL}) == (audited.report.verdict, set(lines))
