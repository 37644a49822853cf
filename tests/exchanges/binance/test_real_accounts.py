"""Binance as real accounts answer."""

import pytest

from auditor.model.report import Verdict
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
