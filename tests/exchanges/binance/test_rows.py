"""Binance: rows that are not exactly understood, states, exact amounts, and lists of many pages."""

from dataclasses import replace
from decimal import Decimal
from time import time
from typing import Any

import pytest

from auditor.demo import Account, Call, Reply
from auditor.model.records import Balance, Flow, Restriction
from auditor.model.report import Verdict
from auditor.model.snapshot import Read, Trouble
from tests.conftest import DemoAudit
from tests.exchanges.bench import Bench
from tests.exchanges.binance.bare import with_books
from tests.exchanges.binance.samples import SAMPLES, SPOT
from tests.exchanges.findings import readings, unread
from tests.exchanges.places import table
from tests.slow_tests import first_of

BINANCE = table("binance")
Row = dict[str, Any]
NOW = int(time() * 1000)
DAY = 86_400_000


def flows(audited: DemoAudit, name: str) -> list[Flow]:
    (reading,) = readings(audited, name)
    assert isinstance(reading.result, Read), reading.result
    return [record for record in reading.result.records if isinstance(record, Flow)]


def deposit(status: object, **more: object) -> Row:
    return {"id": "7698", "amount": "0.1", "coin": "BNB", "status": status, "insertTime": str(NOW - DAY), **more}


@pytest.mark.parametrize(
    ("status", "open_", "known", "stuck"),
    [
        (0, True, True, False),
        (1, False, True, False),
        (2, False, True, False),
        (6, True, True, False),
        (7, True, True, True),
        (8, True, True, True),
        (99, True, False, False),
    ],
)
def test_a_deposit_is_under_way_in_every_state_but_the_final_ones(
    shared: Bench, status: int, open_: bool, known: bool, stuck: bool
) -> None:
    found = flows(
        shared.audit_at("deposits", with_books({"sapi/v1/capital/deposit/hisrec": [deposit(status)]})), "deposits"
    )
    assert ([(known, stuck)] if open_ else []) == [(flow.known, flow.stuck) for flow in found]


@pytest.mark.parametrize(
    ("status", "open_"), [(0, True), (1, False), (2, True), (3, False), (4, True), (6, False), (9, True)]
)
def test_a_withdrawal_is_under_way_in_every_state_but_the_final_ones(shared: Bench, status: int, open_: bool) -> None:
    row = {"id": "w", "amount": "9", "coin": "USDT", "status": status, "applyTime": str(NOW - DAY)}
    found = flows(
        shared.audit_at("withdrawals", with_books({"sapi/v1/capital/withdraw/history": [row]})), "withdrawals"
    )
    assert open_ == bool(found)
    assert all(flow.started_at is not None for flow in found)


def test_a_deposit_of_years_ago_is_found(shared: Bench) -> None:
    row = deposit(6, insertTime=str(NOW - 3000 * DAY))
    assert flows(shared.audit_at("deposits", with_books({"sapi/v1/capital/deposit/hisrec": [row]})), "deposits")


def test_no_question_spans_more_than_binance_allows(shared: Bench) -> None:
    calls = shared.audit(with_books({})).calls
    spans = [
        int(call.query[end]) - int(call.query[start])
        for call in calls
        for start, end in (("startTime", "endTime"), ("beginTime", "endTime"), ("startTimestamp", "endTimestamp"))
        if start in call.query
    ]
    assert spans
    assert max(spans) < 90 * DAY
    assert {"-1127"}.isdisjoint({call.code for call in calls})


def test_no_question_has_a_parameter_that_binance_does_not_read(shared: Bench) -> None:
    assert {"-1104", "-1102"}.isdisjoint({call.code for call in shared.audit(with_books({})).calls})


def test_amounts_in_json_numbers_are_exact_to_the_last_digit(shared: Bench) -> None:
    raw = b'[{"asset":"LTC","free":0.1000000000000000055511151231257827,"locked":0,"freeze":0,"withdrawing":0}]'
    fault = BINANCE.only_at("spot", lambda _call: Reply(body=raw))
    (reading,) = readings(shared.audit_at("spot", with_books({}), fault=fault), "spot")
    assert isinstance(reading.result, Read)
    (balance,) = reading.result.records
    assert isinstance(balance, Balance)
    assert Decimal("0.1000000000000000055511151231257827") == balance.amount


PAGED = {
    "simple-earn-flexible": {"productId": "P{n}", "asset": "A{n}", "totalAmount": "1", "collateralAmount": "0"},
    "simple-earn-locked": {
        "positionId": "{n}",
        "asset": "ADA",
        "amount": "1",
        "redeemingAmt": "0",
        "status": "HOLDING",
    },
    "dual-investment": {
        "id": "{n}",
        "investCoin": "USDT",
        "subscriptionAmount": "1",
        "purchaseStatus": "PENDING",
    },
    "flexible-loan": {"loanCoin": "L{n}", "totalDebt": "1", "collateralCoin": "BNB", "collateralAmount": "1"},
    "deposits": deposit(0, id="{n}"),
    "p2p": {
        "orderNumber": "{n}",
        "tradeType": "SELL",
        "asset": "USDT",
        "amount": "5",
        "orderStatus": "TRADING",
        "createTime": str(NOW - DAY),
    },
}


def many(name: str, count: int) -> Account:
    rows = [{k: str(v).replace("{n}", str(n)) for k, v in PAGED[name].items()} for n in range(count)]
    return with_books({SAMPLES[name].path: rows})


@pytest.mark.parametrize("count", [99, 100, 101, 250])
@pytest.mark.parametrize("name", [name for name in PAGED if name != "deposits"])
def test_every_row_of_many_pages_is_read(shared: Bench, name: str, count: int) -> None:
    (reading,) = readings(shared.audit_at(name, many(name, count)), name)
    assert isinstance(reading.result, Read), reading.result
    assert count == reading.result.rows


@pytest.mark.parametrize("count", first_of([1001, 999, 1000, 2300]))
def test_every_deposit_of_many_pages_is_read(shared: Bench, count: int) -> None:
    assert count == len(flows(shared.audit_at("deposits", many("deposits", count)), "deposits"))


@pytest.mark.parametrize("name", PAGED)
def test_a_second_page_that_is_lost_is_not_a_short_list(shared: Bench, name: str) -> None:
    def lose(call: Call) -> Reply | None:
        second = call.query.get("current", call.query.get("page", call.query.get("pageIndex", "1"))) != "1"
        later = second or call.query.get("offset", "0") != "0"
        return Reply(edit=emptied) if later else None

    size = 1100 if name == "deposits" else 150
    audited = shared.audit_at(name, many(name, size), fault=BINANCE.only_at(name, lose))
    assert Trouble.PAGES == unread(audited, name).trouble


def emptied(body: Any) -> Any:
    """The same answer without its rows."""
    if isinstance(body, list):
        return []
    return {name: [] if isinstance(item, list) else item for name, item in body.items()}


@pytest.mark.parametrize("total", [None, "many", -1, 149, 151])
def test_a_count_that_does_not_agree_with_the_rows_is_not_believed(shared: Bench, total: object) -> None:
    fault = BINANCE.only_at("simple-earn-flexible", lambda _c: Reply(edit=lambda body: {**body, "total": total}))
    audited = shared.audit_at("simple-earn-flexible", many("simple-earn-flexible", 150), fault=fault)
    assert unread(audited, "simple-earn-flexible")


@pytest.mark.parametrize("status", ["Limited", "normal", "Under review"])
def test_an_account_status_other_than_normal_is_a_restriction_in_binances_own_word(shared: Bench, status: str) -> None:
    audited = shared.audit_at("account-status", with_books({"sapi/v1/account/status": [{"data": status}]}))
    (reading,) = readings(audited, "account-status")
    assert isinstance(reading.result, Read)
    assert [Restriction] == [type(record) for record in reading.result.records]
    assert [f for f in audited.report.findings if f.rule == "account-restricted" and status in str(f.message)]


def test_under_maintenance_nothing_is_believed(shared: Bench) -> None:
    def down(call: Call) -> Reply | None:
        body = {"status": 1, "msg": "system_maintenance"}
        return Reply(body=body) if call.path == "sapi/v1/system/status" else None

    assert Verdict.INCOMPLETE == shared.audit(with_books({}), fault=down).report.verdict


def test_a_ban_is_said_with_its_minutes_and_nothing_more_is_asked_there(shared: Bench) -> None:
    ban = Reply(status=418, body={"code": -1003, "msg": "Way too much."}, headers={"Retry-After": "7200"})
    audited = shared.audit_at("orders", with_books({}), fault=BINANCE.only_at("orders", lambda _call: ban))
    found = unread(audited, "orders")
    assert (Trouble.LIMITED, True) == (found.trouble, "120 minutes" in str(found.reason))
    assert 1 == [call.path for call in audited.calls].count("api/v3/openOrders")


def test_a_limit_that_passes_is_waited_for(shared: Bench) -> None:
    left = [Reply(status=429, body={"code": -1003, "msg": "Too much."}, headers={"Retry-After": "2"})]
    fault = BINANCE.only_at("orders", lambda _call: left.pop() if left else None)
    assert Verdict.CLEAN == shared.audit_at("orders", with_books({}), fault=fault).report.verdict


def test_a_clock_that_is_wrong_is_set_by_binances(shared: Bench) -> None:
    off = [Reply(status=400, body={"code": -1021, "msg": "Timestamp for this request is outside of the recvWindow."})]
    fault = BINANCE.only_at("spot", lambda _call: off.pop() if off else None)
    audited = shared.audit(with_books({}), fault=fault)
    assert Verdict.CLEAN == audited.report.verdict
    assert "api/v3/time" in {call.path for call in audited.calls}


def test_an_error_in_an_envelope_under_http_200_is_an_error(shared: Bench) -> None:
    body = {"code": "300001", "message": "no", "data": [], "success": False}
    fault = BINANCE.only_at("fiat-deposits", lambda _call: Reply(body=body))
    assert "300001" == unread(shared.audit_at("fiat-deposits", with_books({}), fault=fault), "fiat-deposits").code


def test_isolated_pairs_that_hold_something_are_asked_for_their_orders(shared: Bench) -> None:
    order = {"orderId": "71", "symbol": "BTCUSDT", "isIsolated": True, "side": "BUY", "type": "LIMIT", "origQty": "1"}
    account = with_books({**SAMPLES["isolated-margin"].books, "sapi/v1/margin/openOrders": [order]})
    calls = [call.query for call in shared.audit(account).calls if call.path == "sapi/v1/margin/openOrders"]
    assert {"symbol": "BTCUSDT", "isIsolated": "TRUE"} in calls


def test_a_sub_account_whose_email_has_a_plus_sign_is_asked_by_that_very_name(shared: Bench) -> None:
    listed = {"email": "kid+one@example.org", "subUserId": "350000901", "isFreeze": False}
    calls = shared.audit(with_books({"sapi/v1/sub-account/list": [listed]})).calls
    asked = {call.query["email"] for call in calls if call.path == "sapi/v4/sub-account/assets"}
    assert {"kid+one@example.org"} == asked


def test_a_margin_debt_alone_blocks(shared: Bench) -> None:
    row = {
        "asset": "ADA",
        "free": "0",
        "locked": "0",
        "borrowed": "0",
        "interest": "0.00000001",
        "netAsset": "-0.00000001",
    }
    audited = shared.audit_at("cross-margin", with_books({"sapi/v1/margin/account": [row]}))
    assert {"debt"} == {f.rule for f in audited.report.findings if f.surface == "cross-margin"}


@pytest.mark.parametrize("field", ["free", "locked", "freeze", "withdrawing"])
def test_each_figure_of_a_wallet_proves_a_holding_by_itself(shared: Bench, field: str) -> None:
    audited = shared.audit_at("spot", with_books({SPOT: [{"asset": "LTC", field: "0.00000001"}]}))
    assert Verdict.BLOCKED == audited.report.verdict


def test_the_embedded_exchange_is_asked_nothing_that_changes_anything(shared: Bench) -> None:
    calls = shared.audit(replace(with_books({}), books={**with_books({}).books, **SAMPLES["spot"].books})).calls
    assert {"POST"} >= {call.method for call in calls} - {"GET"}
    assert not [call.path for call in calls if call.path.endswith(("soft-staking/set", "asset/dust", "/convert"))]
