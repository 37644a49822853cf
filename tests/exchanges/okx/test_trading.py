"""OKX: block trades, bots, copy trading and positions, in shapes that nobody expects."""

import pytest

from auditor.demo import Reply
from auditor.model.report import Verdict
from tests.exchanges.bench import Bench
from tests.exchanges.findings import unread
from tests.exchanges.okx.answering import OKX, answered
from tests.exchanges.okx.bare import BARE
from tests.exchanges.okx.samples import SAMPLES


@pytest.mark.parametrize("legs", [["LTC-USDT"], [None], "LTC-USDT", {"instId": 1}, [[]]])
@pytest.mark.parametrize("surface", ["rfqs", "quotes"])
def test_legs_of_another_shape_hide_no_request_for_quote(shared: Bench, surface: str, legs: object) -> None:
    row = {**SAMPLES[surface].rows[0], "legs": legs}
    assert answered(shared, surface, [row]).report.verdict is Verdict.BLOCKED


@pytest.mark.parametrize("plan", [["LTC"], [None], "LTC", {"ccy": 1}, [[]], [{"ccy": None}]])
def test_a_plan_of_another_shape_hides_no_recurring_buy(shared: Bench, plan: object) -> None:
    row = {"algoId": "7", "state": "running", "recurringList": plan}
    assert answered(shared, "recurring-buy", [row]).report.verdict is Verdict.BLOCKED


@pytest.mark.parametrize(
    "field", [f.name for f in OKX.places["positions"].fields if f.name not in {"posId", "instId", "mgnMode"}]
)
def test_each_figure_of_a_position_alone_holds(shared: Bench, field: str) -> None:
    row = {"posId": "5", "instId": "LTC-USDT", "mgnMode": "isolated", "pos": "0", "margin": "0"}
    row |= {"liab": "", "interest": ""}
    assert answered(shared, "positions", [{**row, field: "-0.3"}]).report.verdict is Verdict.BLOCKED


@pytest.mark.parametrize(
    ("surface", "code"),
    [
        ("copied-traders", "59260"),
        ("copied-traders", "59262"),
        ("copy-positions", "59273"),
        ("profit-share", "59273"),
        ("copy-role", "59262"),
        ("vip-loan", "59307"),
        ("fixed-loan", "59310"),
    ],
)
def test_a_code_about_one_role_or_loan_says_nothing_of_another(shared: Bench, surface: str, code: str) -> None:
    reply = Reply(body={"code": code, "msg": "You aren't.", "data": []})
    audited = shared.audit(BARE, fault=OKX.only_at(surface, lambda _call: reply))
    assert code == unread(audited, surface).code
