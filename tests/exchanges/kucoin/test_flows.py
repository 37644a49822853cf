"""KuCoin: deposits, withdrawals and lending in states that look final, or like none that is known."""

from typing import Any

import pytest

from auditor.model.report import Verdict
from tests.conftest import DemoAudit
from tests.exchanges.findings import manual_lines
from tests.exchanges.kucoin.answering import EMPTY, audited, data, held, listed, messages

DEPOSITS, WITHDRAWALS = "/api/v1/deposits", "/api/v1/withdrawals"
BY_ID = "/api/v1/withdrawals/{withdrawalId}"


STATES = ("PROCESSING", "PRE_SUCCESS", "WAIT_TRM_MGT", "TRM_MGT_REJECTED", "WAIT_RISK_MGT", "RISK_MGT_REJECTED")


def deposit(status: str, **more: Any) -> dict[str, Any]:
    return {"currency": "SOL", "amount": "4", "status": status, "walletTxId": "t1", "createdAt": 1782820000123, **more}


@pytest.mark.parametrize("status", [*STATES, "ROLLBACKING", "ROLLBACK", "A_STATE_OF_THE_FUTURE", "success"])
def test_a_deposit_in_any_state_but_the_final_ones_is_under_way(status: str) -> None:
    assert 1 == len(held(audited({DEPOSITS: listed(deposit(status))}), "deposits"))


@pytest.mark.parametrize(
    "row", [deposit("SUCCESS", arrears=False), deposit("SUCCESS", arrears=0), deposit("SUCCESS"), deposit("FAILURE")]
)
def test_a_deposit_that_is_over_does_not_block(row: dict[str, Any]) -> None:
    assert Verdict.CLEAN is audited({DEPOSITS: listed(row)}).report.verdict


@pytest.mark.parametrize("arrears", [True, "true", 1])
def test_a_deposit_that_was_rolled_back_with_a_debt_left_blocks(arrears: object) -> None:
    audit = audited({DEPOSITS: listed(deposit("SUCCESS", arrears=arrears))})
    assert "rolled back, and a debt is left" in messages(audit)


def failed(**by_id: Any) -> DemoAudit:
    """Audit an account with one failed withdrawal, of which KuCoin says this by its number."""
    row = {"id": "67e6515f", "currency": "USDT", "amount": "30", "status": "FAILURE", "createdAt": 1782820000123}
    return audited({WITHDRAWALS: listed(row), BY_ID: by_id.get("said", data({**row, **by_id}))})


def test_a_withdrawal_that_failed_may_still_be_coming_back() -> None:
    assert "failed, and the money is still to come back" in messages(failed(returnStatus="PROCESSING"))


@pytest.mark.parametrize("state", ["NOT_RETURN", "SUCCESS"])
def test_a_withdrawal_that_failed_and_came_back_does_not_block(state: str) -> None:
    assert Verdict.CLEAN is failed(returnStatus=state).report.verdict


@pytest.mark.parametrize("state", ["", None, "LATER"])
def test_what_became_of_a_failed_withdrawal_must_be_said(state: str | None) -> None:
    assert Verdict.CLEAN is not failed(returnStatus=state).report.verdict


def test_a_failed_withdrawal_that_cannot_be_looked_up_leaves_the_account_unproved() -> None:
    assert Verdict.INCOMPLETE is failed(said={"code": "404", "msg": "Not Found"}).report.verdict


def lent(status: str, matched: str, *redeemed: str) -> DemoAudit:
    order = {"purchaseOrderNo": "p1", "currency": "USDT", "purchaseSize": "50", "matchSize": matched, "status": status}
    back = [
        {"redeemOrderNo": f"r{n}", "purchaseOrderNo": "p1", "currency": "USDT", "redeemSize": size, "status": "DONE"}
        for n, size in enumerate(redeemed)
    ]
    return audited({}, EMPTY.with_rows("/api/v3/purchase/orders", [order]).with_rows("/api/v3/redeem/orders", back))


def test_money_that_is_lent_out_blocks() -> None:
    assert "50 USDT in Margin lending (lent out 20), pending" in messages(lent("PENDING", "20"))


def test_a_loan_that_is_done_blocks_until_what_was_lent_is_shown_as_redeemed() -> None:
    assert [Verdict.BLOCKED, Verdict.BLOCKED, Verdict.CLEAN, Verdict.CLEAN] == [
        lent("DONE", "50").report.verdict,
        lent("DONE", "50", "20").report.verdict,
        lent("DONE", "50", "20", "30").report.verdict,
        lent("DONE", "0").report.verdict,
    ]


def test_lending_answers_with_the_code_of_a_success_of_its_own() -> None:
    page = {**listed(), "code": "200", "success": True, "retry": False}
    assert Verdict.CLEAN is audited({"/api/v3/purchase/orders": page}).report.verdict


def test_dual_investment_that_is_not_offered_is_a_line_to_look_at_by_eye() -> None:
    audit = audited({"/api/v1/struct-earn/orders": {"code": "400100", "msg": "Bad Request"}})
    assert (Verdict.CLEAN, True) == (
        audit.report.verdict,
        "unread-kucoin-empty-dual-investment" in manual_lines(audit.report),
    )


@pytest.mark.parametrize("path", ["/api/v1/convert/limit/orders", "/api/v1/convert/order/history"])
@pytest.mark.parametrize(("state", "verdict"), [("EXPIRED", Verdict.CLEAN), ("PENDING", Verdict.BLOCKED)])
def test_a_convert_order_that_expired_is_over(path: str, state: str, verdict: Verdict) -> None:
    row = {"orderId": "1", "status": state, "fromCurrency": "USDT", "fromCurrencySize": "3", "toCurrency": "KCS"}
    assert verdict is audited({path: listed(row)}).report.verdict


def test_a_withdrawal_under_review_is_waited_for_and_needs_nobody_to_act() -> None:
    said = messages(audited({WITHDRAWALS: listed({**deposit("REVIEW"), "id": "1"})}))
    assert "under review." in said
    assert "until you act" not in said
