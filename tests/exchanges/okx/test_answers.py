"""Answers of OKX's that could be taken for nothing, or that nobody expects: what an audit makes of them."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from auditor.demo import Reply
from auditor.model.records import Balance
from auditor.model.report import Severity, Status, Verdict
from auditor.model.snapshot import Trouble, records
from auditor.spec.fields import Malformed, Row
from auditor.spec.surface import Context, Scope
from tests.conftest import Audited
from tests.exchanges.okx.bare import BARE, unread
from tests.exchanges.okx.bench import Bench
from tests.exchanges.okx.samples import KEPT, SAMPLES, SUB
from tests.exchanges.okx.surfaces import SURFACES, only_at


def answered(shared: Bench, surface: str, data: Any) -> Audited:
    """An audit of the empty account at which this surface's answer carries ``data``."""
    reply = Reply(body={"code": "0", "msg": "", "data": data})
    return shared.audit(BARE, fault=only_at(SURFACES[surface], lambda _call: reply))


def blockers(audited: Audited) -> set[tuple[str, str]]:
    return {(f.surface, f.subject) for f in audited.report.findings if f.severity is Severity.BLOCKER}


NOTHING = {"funding": "0", "trading": "0", "earn": "0", "classic": "0"}


def test_worth_in_a_wallet_that_nobody_documents_blocks(shared: Bench) -> None:
    audited = answered(shared, "valuation", [{"totalBal": "0.1", "details": {**NOTHING, "vault": "0.1"}}])
    assert (Verdict.BLOCKED, {("valuation", "vault")}) == (audited.report.verdict, blockers(audited))


def test_worth_that_no_wallet_has_blocks(shared: Bench) -> None:
    audited = answered(shared, "valuation", [{"totalBal": "0.1", "details": NOTHING}])
    assert (Verdict.BLOCKED, {("valuation", "total")}) == (audited.report.verdict, blockers(audited))


@pytest.mark.parametrize("value", ["", "lots", None, [], "NaN"])
def test_a_wallet_that_nobody_documents_is_read_as_strictly_as_any(shared: Bench, value: object) -> None:
    audited = answered(shared, "valuation", [{"totalBal": "0", "details": {**NOTHING, "vault": value}}])
    assert (Verdict.INCOMPLETE, Trouble.MALFORMED) == (audited.report.verdict, unread(audited, "valuation").trouble)


@pytest.mark.parametrize("side", ["loan", "collateral"])
def test_a_loan_whose_parts_say_nothing_counts_by_its_worth(shared: Bench, side: str) -> None:
    parts = {"loanData": [{"ccy": "USDT", "amt": "0"}], "collateralData": [{"ccy": "BTC", "amt": "0"}]}
    worth = {"loanNotionalUsd": "0", "collateralNotionalUsd": "0", f"{side}NotionalUsd": "0.3"}
    audited = answered(shared, "flexible-loan", [{"ordId": "9", **parts, **worth}])
    assert (Verdict.BLOCKED, {("flexible-loan", f"{side}:9:USD")}) == (audited.report.verdict, blockers(audited))


@pytest.mark.parametrize("legs", [["LTC-USDT"], [None], "LTC-USDT", {"instId": 1}, [[]]])
@pytest.mark.parametrize("surface", ["rfqs", "quotes"])
def test_legs_of_another_shape_hide_no_request_for_quote(shared: Bench, surface: str, legs: object) -> None:
    row = {**SAMPLES[surface].rows[0], "legs": legs}
    assert answered(shared, surface, [row]).report.verdict is Verdict.BLOCKED


@pytest.mark.parametrize("plan", [["LTC"], [None], "LTC", {"ccy": 1}, [[]], [{"ccy": None}]])
def test_a_plan_of_another_shape_hides_no_recurring_buy(shared: Bench, plan: object) -> None:
    row = {"algoId": "7", "state": "running", "recurringList": plan}
    assert answered(shared, "recurring-buy", [row]).report.verdict is Verdict.BLOCKED


EVIDENCE: list[object] = [None, "", [], {}, True, "NaN", "1e999", "-", "\ud800", "\x1b[2J", ["a", None, {}], {"a": []}]


@pytest.mark.parametrize("value", EVIDENCE, ids=repr)
@pytest.mark.parametrize("surface", sorted(set(SAMPLES) - {"valuation", "subaccount-funding", "subaccount-trading"}))
def test_evidence_may_be_anything_and_hides_nothing(surface: str, value: object) -> None:
    """Whatever proves nothing may be anything: no error comes of it, and the thing still holds."""
    context = Context("3", datetime.now(UTC), Scope(), lambda _row: None)
    table = SURFACES[surface]
    strict = {field.name for field in table.proves}
    known = {name for name in SAMPLES[surface].rows[0] if name in strict}
    odd = ("instId", "instIds", "ccy", "side", "sz", "ordType", "legs", "recurringList", "perm", "expTime", "details")
    row = {**full_row(surface), **{name: value for name in odd if name not in strict and name not in known}}
    try:
        found = list(table.read(Row(row, table.proves, "3"), context))
    except Malformed:
        return
    assert any(record.holds for record in found)


def full_row(surface: str) -> dict[str, Any]:
    defaults = {"trading": {"eq": "0", "availBal": "0"}}
    return {**defaults.get(surface, {}), **SAMPLES[surface].rows[0]}


def test_two_rows_of_one_asset_of_which_one_is_empty_still_hold(shared: Bench) -> None:
    rows = [{"ccy": "LTC", "bal": bal, "availBal": bal, "frozenBal": "0"} for bal in ("0", "3", "0")]
    audited = answered(shared, "funding", rows)
    held = [r for _reading, r in records(audited.snapshot.accounts[0]) if isinstance(r, Balance) and r.holds]
    assert (Verdict.BLOCKED, 1) == (audited.report.verdict, len(held))


@pytest.mark.parametrize("part", ["availBal", "frozenBal"])
def test_a_part_without_a_balance_holds(shared: Bench, part: str) -> None:
    row = {"ccy": "LTC", "bal": "0", "availBal": "0", "frozenBal": "0", part: "-0.00000001"}
    assert answered(shared, "funding", [row]).report.verdict is Verdict.BLOCKED


@pytest.mark.parametrize(
    "field", [field.name for field in SURFACES["trading"].proves if field.name not in {"ccy", "rewardBal"}]
)
def test_each_figure_of_the_trading_wallet_alone_holds(shared: Bench, field: str) -> None:
    zero = {one.name: "0" for one in SURFACES["trading"].proves}
    data = [{"details": [{**zero, "ccy": "LTC", field: "0.00000001"}]}]
    assert answered(shared, "trading", data).report.verdict is Verdict.BLOCKED


@pytest.mark.parametrize(
    "field", [f.name for f in SURFACES["positions"].proves if f.name not in {"posId", "instId", "mgnMode"}]
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
    audited = shared.audit(BARE, fault=only_at(SURFACES[surface], lambda _call: reply))
    assert code == unread(audited, surface).code


def test_a_redemption_of_savings_holds_although_its_field_is_retired(shared: Bench) -> None:
    row = {"ccy": "LTC", "amt": "0", "loanAmt": "0", "pendingAmt": "0", "redemptAmt": "0.2"}
    assert answered(shared, "simple-earn", [row]).report.verdict is Verdict.BLOCKED


def test_a_debt_that_bears_no_interest_holds(shared: Bench) -> None:
    record = {"ccy": "BTC", "usedLmt": "0", "interest": "0", "usedLoan": "", "posLoan": "", "interestFreeLiab": "0.1"}
    audited = answered(shared, "borrowing", [{"debt": "0", "interest": "0", "records": [record]}])
    assert (Verdict.BLOCKED, {("borrowing", "limit:BTC")}) == (audited.report.verdict, blockers(audited))


def test_the_total_of_what_is_borrowed_is_in_dollars(shared: Bench) -> None:
    audited = answered(shared, "borrowing", [{"debt": "3.5", "interest": "0", "records": []}])
    (found,) = (f for f in audited.report.findings if f.surface == "borrowing")
    assert ("USD", Decimal("3.5"), Decimal("3.50")) == (found.asset, found.amount, found.value_usd)


def test_a_debt_without_a_total_is_told_by_its_greatest_part(shared: Bench) -> None:
    zero = {one.name: "0" for one in SURFACES["trading"].proves}
    data = [{"details": [{**zero, "ccy": "LTC", "isoLiab": "3", "interest": "0.1"}]}]
    found = [f for f in answered(shared, "trading", data).report.findings if f.rule == "debt"]
    assert [Decimal(3)] == [f.amount for f in found]


@pytest.mark.parametrize("surface", ["subaccount-funding", "subaccount-trading"])
def test_what_a_sub_account_holds_stands_against_its_being_empty(shared: Bench, surface: str) -> None:
    sample = SAMPLES[surface]
    audited = shared.audit(BARE.with_(books=dict(sample.books)))
    status = {each.id: each.status for each in audited.report.requirements}
    assert (Status.BLOCKED, Status.BLOCKED) == (status["subaccounts-empty"], status["balances-zero"])


def test_what_a_sub_accounts_own_key_shows_stands_against_its_being_empty(shared: Bench) -> None:
    main = BARE.with_rows("users/subaccount/list", [SUB])
    key = {"apikey": "demo-cellar-key", "name": "cellar", "uid": SUB["uid"], "kind": "1"}
    own = BARE.with_(**key).with_rows("trade/orders-pending", SAMPLES["orders"].rows)
    audited = shared.audit(main, own)
    status = {each.id: each.status for each in audited.report.requirements}
    assert (Status.BLOCKED, Status.BLOCKED) == (status["subaccounts-empty"], status["nothing-open"])


def test_trial_funds_alone_do_not_block(shared: Bench) -> None:
    zero = {one.name: "0" for one in SURFACES["trading"].proves}
    data = [{"details": [{**zero, "ccy": "USDT", "rewardBal": "10"}]}]
    assert answered(shared, "trading", data).report.verdict is Verdict.CLEAN


NONE_OR_TWO: tuple[list[object], ...] = ([], [{}, {}])


def test_one_object_is_due_where_there_is_always_one(shared: Bench) -> None:
    for surface in ("trading", "valuation", "borrowing", "copy-role"):
        for data in NONE_OR_TWO:
            assert answered(shared, surface, data).report.verdict is Verdict.INCOMPLETE


@pytest.mark.parametrize("state", ["true", 1, None, "false"])
def test_whether_a_sub_account_is_frozen_must_be_a_truth_value(shared: Bench, state: object) -> None:
    row = {**KEPT["users/subaccount/list"][0], "enable": state}
    assert unread(answered(shared, "subaccounts", [row]), "subaccounts").trouble is Trouble.MALFORMED


def test_the_keys_of_a_sub_account_never_show_the_key_itself(shared: Bench) -> None:
    keys = [{"subAcct": "cellar", "label": "old", "apiKey": "shown-nowhere", "perm": "read_only", "ip": ""}]
    audited = shared.audit(replace(BARE, books={**KEPT, "users/subaccount/apikey": keys}))
    shown = [record for _reading, record in records(audited.snapshot.accounts[0]) if record.row.get("label") == "old"]
    assert [False] == ["shown-nowhere" in str(dict(record.row)) for record in shown]


WITH_A_STATE = sorted(name for name, one in SAMPLES.items() if {"state", "status"} & set(one.rows[0]))


@pytest.mark.parametrize("name", WITH_A_STATE)
def test_what_stands_in_the_exchanges_books_in_a_state_that_nobody_knows_blocks(shared: Bench, name: str) -> None:
    """No filter by state shows it: only a list of everything can."""
    sample = SAMPLES[name]
    novel = {field: "novel" if field in {"state", "status"} else value for field, value in sample.rows[0].items()}
    audited = shared.audit(replace(BARE, books={**sample.with_, sample.path: [novel]}))
    assert (Verdict.BLOCKED, True) == (audited.report.verdict, name in {surface for surface, _ in blockers(audited)})
