"""Binance: answers that look like nothing and are not, and what is said of places that were not read whole."""

from dataclasses import replace

import pytest

from auditor.demo import Call, Reply
from auditor.model.report import Status, Verdict
from auditor.model.snapshot import NotApplicable, Standing, Trouble, Unread
from auditor.settings.exchange_facts import exchange_config
from tests.conftest import DemoAudit
from tests.exchanges.bench import Bench
from tests.exchanges.binance.bare import BARE, with_books
from tests.exchanges.binance.samples import LIST, SPOT, SUB, TOTALS
from tests.exchanges.findings import blockers, readings, unread
from tests.exchanges.places import table

BINANCE = table("binance")
ENDPOINTS_OF = {name: place.endpoint for name, place in BINANCE.places.items()}
ENDPOINTS = ENDPOINTS_OF.values()
DEPOSIT = {"id": "7", "amount": "1", "coin": "LTC", "status": 1, "insertTime": "1700000000000"}


def status(audited: DemoAudit, requirement: str) -> Status:
    (line,) = (line for line in audited.report.requirements if line.id == requirement)
    return line.status


@pytest.mark.parametrize("name", ["valuation", "wallets-without-request"])
@pytest.mark.parametrize("body", [[], [{"walletName": "Funding", "balance": "0", "activate": True}]])
def test_totals_without_a_spot_wallet_have_lost_what_they_had(shared: Bench, name: str, body: list[object]) -> None:
    audited = shared.audit_at(name, BARE, fault=BINANCE.only_at(name, lambda _call: Reply(body=body)))
    assert "spot wallet is missing" in str(unread(audited, name).reason)
    assert Verdict.INCOMPLETE == audited.report.verdict


@pytest.mark.parametrize("field", ["ipoing", "ipoable", "storage"])
def test_what_the_spot_wallets_other_request_alone_shows_blocks(shared: Bench, field: str) -> None:
    account = with_books({"sapi/v1/capital/config/getall": [{"coin": "BNB", field: "0.00000001"}]})
    assert {"spot-set-aside"} == blockers(shared.audit_at("spot-set-aside", account))


@pytest.mark.parametrize("total", [0, 2, None])
def test_algo_orders_that_are_counted_otherwise_are_not_believed(shared: Bench, total: int | None) -> None:
    body = {"total": total, "orders": [{"algoId": 1, "symbol": "LTCUSDT", "algoStatus": "WORKING"}]}
    audited = shared.audit_at("spot-algo", BARE, fault=BINANCE.only_at("spot-algo", lambda _call: Reply(body=body)))
    assert "not a count" in str(unread(audited, "spot-algo").reason)


@pytest.mark.parametrize(
    ("field", "value", "held"),
    [("travelRuleStatus", 0, False), ("travelRuleStatus", 1, True), ("travelRuleReqStatus", 1, True)],
)
def test_a_deposit_that_the_travel_rule_holds_is_under_way_though_it_succeeded(
    shared: Bench, field: str, value: int, held: bool
) -> None:
    account = with_books({"sapi/v1/capital/deposit/hisrec": [{**DEPOSIT, field: value}]})
    assert ({"deposits"} if held else set()) == blockers(shared.audit_at("deposits", account))


@pytest.mark.parametrize("code", ["-21001", "-21004"])
def test_an_account_that_was_never_bankrupt_owes_nothing_for_it(shared: Bench, code: str) -> None:
    (reading,) = readings(shared.audit(BARE.with_refusal("sapi/v1/portfolio/pmLoan", code)), "bankruptcy-loan")
    assert isinstance(reading.result, NotApplicable)


@pytest.mark.parametrize("value", ["true", "TRUE"])
def test_a_right_of_a_new_name_that_comes_as_a_text_is_one_all_the_same(shared: Bench, value: str) -> None:
    account = with_books({"sapi/v1/account/apiRestrictions": [{"mayDoSomethingOfNextYear": value}]})
    assert Verdict.REFUSED == shared.audit(account).report.verdict


def test_a_ban_without_a_code_is_no_refusal_of_one_place(shared: Bench) -> None:
    ban = Reply(status=418, body="<html>", headers={"Retry-After": "7200"})
    audited = shared.audit_at("stock-orders", BARE, fault=BINANCE.only_at("stock-orders", lambda _call: ban))
    (reading,) = readings(audited, "stock-orders")
    assert (Trouble.LIMITED, Standing.DOCUMENTED) == (unread(audited, "stock-orders").trouble, reading.standing)
    assert Verdict.INCOMPLETE == audited.report.verdict


def test_a_sub_account_whose_key_is_not_there_is_not_said_to_be_empty(shared: Bench) -> None:
    """Its funding wallet, to begin with, is nothing that its main account's key can see."""
    audited = shared.audit(with_books({LIST: SUB}))
    assert Verdict.INCOMPLETE == audited.report.verdict
    assert {Status.UNKNOWN} == {status(audited, name) for name in ("balances-zero", "subaccounts-closed")}


def test_a_main_account_without_sub_accounts_has_closed_them_all(shared: Bench) -> None:
    assert Status.MET == status(shared.audit(BARE), "subaccounts-closed")


def test_a_line_to_look_at_by_eye_says_why_in_each_case(shared: Bench) -> None:
    def refuse(call: Call) -> Reply | None:
        refused = call.path.endswith(("equity/order/open-orders", "auto-invest/plan/list"))
        return Reply(status=400, body={"code": -4242, "msg": "no"}) if refused else None

    report = shared.audit(BARE, fault=refuse).report
    said = {line.id.removeprefix("unread-bare-"): str(line.source) for line in report.requirements}
    assert said["stock-orders"].startswith("the exchange documents it for some accounts only: GET /sapi/")
    assert said["spot-algo"].startswith("the exchange may refuse it to every key that can only read: GET /sapi/")
    assert said["auto-invest"].startswith("not documented by the exchange: GET /sapi/")


def test_what_is_not_read_back_to_the_first_day_is_a_line_to_look_at_by_eye() -> None:
    """And the line says the very days that the table has."""
    (line,) = (fact for fact in exchange_config("binance").requirements if fact.id == "older-than-read")
    backs = {query.back for one in ENDPOINTS if one.windows for query in one.queries}
    assert line.manual
    assert [] == [back for back in backs if back is not None and f" {back.days} days" not in line.title]


def test_withdrawals_and_fiat_orders_of_one_reading_are_what_a_user_may_ask_in_a_minute() -> None:
    """With a question beyond each page that holds anything."""
    weights = {"withdrawals": 2, "fiat-deposits": 1, "fiat-withdrawals": 1}
    spent = dict.fromkeys(("capital/withdraw/history", "fiat/orders"), 0)
    for name, times in weights.items():
        endpoint = ENDPOINTS_OF[name]
        (query,) = endpoint.queries
        assert query.back is not None
        assert endpoint.windows is not None
        spent[endpoint.path] += -(-query.back // endpoint.windows.span) * endpoint.limit.cost * times
    assert {180_000} == set(spent.values()) == {ENDPOINTS_OF[name].limit.requests for name in weights}


def test_a_withdrawal_of_any_age_shows_in_the_wallet_that_it_leaves(shared: Bench) -> None:
    old = {"id": "w", "amount": "1", "coin": "LTC", "status": 4, "applyTime": "1500000000000"}
    account = with_books({SPOT: [{"asset": "LTC", "withdrawing": "1"}], "sapi/v1/capital/withdraw/history": [old]})
    assert {"spot"} <= blockers(shared.audit_at("withdrawals", account))


def test_a_wallet_that_nobody_knows_and_holds_something_blocks(shared: Bench) -> None:
    rows = [{"walletName": "Mining", "balance": "0.00000001"}]
    assert {"wallets-without-request"} == blockers(
        shared.audit_at("wallets-without-request", with_books({TOTALS: rows}))
    )


def test_a_sub_accounts_own_key_reads_what_its_main_accounts_does_not(shared: Bench) -> None:
    sub = replace(BARE, name="sub", uid=str(SUB[0]["subUserId"]), apikey="demo-sub-key")
    audited = shared.audit(with_books({LIST: SUB}), sub)
    lines = [r.result for r in audited.snapshot.accounts[0].readings if r.surface == "subaccount-balances"]
    assert lines
    assert not [line for line in lines if isinstance(line, Unread)]


@pytest.mark.parametrize(("code", "absent"), [("-8012", True), ("-9000", False)])
def test_only_one_code_says_that_there_are_no_sub_accounts(shared: Bench, code: str, absent: bool) -> None:
    audited = shared.audit(BARE.with_refusal("sapi/v1/sub-account/list", code))
    (reading,) = readings(audited, "subaccounts")
    assert absent == isinstance(reading.result, NotApplicable)
    assert (Verdict.CLEAN if absent else Verdict.INCOMPLETE) == audited.report.verdict
