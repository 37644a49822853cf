"""Binance as real accounts answer."""

import pytest

from auditor.demo import Call, Reply
from auditor.model.report import Severity, Verdict
from tests.conftest import Audit
from tests.exchanges.binance.bare import BARE

REQUESTS = "sapi/v1/loan/vip/request/data"


def application(state: str) -> dict[str, str]:
    return {"requestId": "88", "loanCoin": "USDT", "loanAmount": "61000", "status": state}


@pytest.mark.parametrize("state", ["Rejected", "REJECTED", "Cancelled", "Canceled", "Expired"])
def test_an_application_for_a_loan_that_came_to_nothing_does_not_block(demo: Audit, state: str) -> None:
    assert Verdict.CLEAN is demo(BARE.with_rows(REQUESTS, [application(state)])).report.verdict


@pytest.mark.parametrize("state", ["Not_Rejected", "Rejected?", "Partially_Rejected", ""])
def test_an_application_in_any_other_state_is_under_way(demo: Audit, state: str) -> None:
    assert Verdict.BLOCKED is demo(BARE.with_rows(REQUESTS, [application(state)])).report.verdict


TOTALS = {
    "sapi/v1/margin/account": "totalAssetOfBtc",
    "sapi/v1/margin/isolated/account": "totalAssetOfBtc",
    "fapi/v3/account": "totalWalletBalance",
}


@pytest.mark.parametrize("path", TOTALS)
def test_a_total_that_no_row_explains_is_never_clean(demo: Audit, path: str) -> None:
    def fault(call: Call) -> Reply | None:
        return Reply(edit=lambda body: {**body, TOTALS[path]: "0.00000001"}) if call.path == path else None

    audited = demo(BARE, fault=fault)
    found = [f.rule for f in audited.report.findings if f.severity is Severity.BLOCKER]
    assert (Verdict.BLOCKED, ["hidden-value"]) == (audited.report.verdict, found)
