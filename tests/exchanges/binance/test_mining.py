"""Binance's mining pool: read for the accounts that the user names, a line to look at by eye for who names none."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from auditor.demo import Account, Reply
from auditor.model.records import Flow
from auditor.model.report import Status, Verdict
from auditor.model.snapshot import NotApplicable, Read, Trouble, Unread
from tests.conftest import DemoAudit
from tests.exchanges.bench import Bench
from tests.exchanges.binance.bare import BARE, MESSY, with_books
from tests.exchanges.findings import blockers, readings, unread
from tests.exchanges.places import table

BINANCE = table("binance")
POOL = "sapi/v1/mining"
NAMELESS = replace(BARE, named={})
OF = {"@user": "messy-pool", "@algo": "sha256"}
DEPENDENT = ("mining-today", "mining-earnings", "mining-bonuses", "mining-resales")


def earning(**changes: object) -> Account:
    row: Mapping[str, Any] = {**OF, "time": "1700000000000", "coinName": "BTC", "profitAmount": 0.5, "status": 0}
    return with_books({f"{POOL}/payment/list": [{**row, **changes}]})


def flows(audited: DemoAudit, name: str) -> list[Flow]:
    found = [record for r in readings(audited, name) if isinstance(r.result, Read) for record in r.result.records]
    return [record for record in found if isinstance(record, Flow)]


def test_a_mining_account_that_nobody_named_is_asked_nothing_and_is_one_line_to_look_at_by_eye(shared: Bench) -> None:
    audited = shared.audit(NAMELESS)
    lines = [line for line in audited.report.requirements if "mining" in line.id]
    assert [] == [call.path for call in audited.calls if "mining" in call.path]
    assert ["unread-bare-mining"] == [line.id for line in lines]
    assert (Status.MANUAL, True) == (lines[0].status, "--named mining=NAME" in str(lines[0].detail))
    assert str(lines[0].source).startswith("the exchange shows it only by its name: GET")
    assert Verdict.CLEAN == audited.report.verdict
    assert all(isinstance(r.result, NotApplicable) for name in DEPENDENT for r in readings(audited, name))


def test_a_named_mining_account_with_nothing_in_it_is_clean_and_no_line_is_left(shared: Bench) -> None:
    audited = shared.audit(BARE)
    assert Verdict.CLEAN == audited.report.verdict
    assert [] == [line.id for line in audited.report.requirements if "mining" in line.id]


def test_each_named_account_is_asked_for_by_each_algorithm_of_the_pool(shared: Bench) -> None:
    known = [{"algoName": name, "algoId": 1} for name in ("sha256", "Ethash")]
    account = replace(with_books({f"{POOL}/pub/algoList": known}), named={"mining": ("one", "two & three")})
    calls = [call.query for call in shared.audit(account).calls if call.path == f"{POOL}/statistics/user/status"]
    asked = {(query["userName"], query["algo"]) for query in calls}
    assert {(name, algo) for name in ("one", "two & three") for algo in ("sha256", "Ethash")} == asked


@pytest.mark.parametrize(("status", "known"), [(0, True), (1, True), (2, None), (3, False)])
def test_an_earning_is_under_way_in_every_state_but_paid(shared: Bench, status: int, known: bool | None) -> None:
    found = flows(shared.audit_at("mining-earnings", earning(status=status)), "mining-earnings")
    assert ([] if known is None else [known]) == [flow.known for flow in found]


@pytest.mark.parametrize(("figure", "expected"), [(b"2.106E-5", "0.00002106"), (b"1e1", "10"), (b"0.5", "0.5")])
def test_an_earning_in_a_json_number_is_exact_with_an_exponent_too(shared: Bench, figure: bytes, expected: str) -> None:
    row = b'{"time": 1700000000000, "coinName": "BTC", "status": 0, "profitAmount": ' + figure + b"}"
    body = b'{"code": 0, "msg": "", "data": {"accountProfits": [' + row + b'], "totalNum": 1}}'
    fault = BINANCE.only_at("mining-earnings", lambda _call: Reply(body=body))
    (flow,) = flows(shared.audit_at("mining-earnings", BARE, fault=fault), "mining-earnings")
    assert expected == str(flow.amount)


@pytest.mark.parametrize("today", [None, [], "", {"BTC": None}, {"BTC": "a lot"}])
def test_earnings_of_today_that_are_not_understood_are_not_nothing(shared: Bench, today: object) -> None:
    account = with_books({f"{POOL}/statistics/user/status": [{**OF, "profitToday": today}]})
    assert Trouble.MALFORMED == unread(shared.audit_at("mining-today", account), "mining-today").trouble


def test_an_answer_about_another_mining_account_is_not_this_ones(shared: Bench) -> None:
    account = with_books({f"{POOL}/statistics/user/status": [{**OF, "userName": "somebody"}]})
    assert "about somebody" in str(unread(shared.audit_at("mining-today", account), "mining-today").reason)


def test_miners_at_work_block_and_so_does_what_they_earned_today(shared: Bench) -> None:
    for row in ({"validNum": 1}, {"profitToday": {"BTC": "0.00000001"}}):
        account = with_books({f"{POOL}/statistics/user/status": [{**OF, **row}]})
        assert {"mining-today"} == blockers(shared.audit_at("mining-today", account))


@pytest.mark.parametrize(("status", "running"), [(0, True), (1, False), (2, False), (7, True)])
def test_hash_rate_that_is_resold_blocks_until_it_is_over(shared: Bench, status: int, running: bool) -> None:
    account = with_books({f"{POOL}/hash-transfer/config/details/list": [{"configId": 1, "status": status}]})
    assert running == bool(blockers(shared.audit_at("mining-resales", account)))


@pytest.mark.parametrize("count", [199, 200, 201, 450])
def test_every_earning_of_many_days_is_read(shared: Bench, count: int) -> None:
    rows = [{**OF, "time": str(n), "coinName": "BTC", "profitAmount": 1, "status": 2} for n in range(count)]
    account = with_books({f"{POOL}/payment/list": rows})
    (reading,) = readings(shared.audit_at("mining-earnings", account), "mining-earnings")
    assert isinstance(reading.result, Read)
    assert count == reading.result.rows


def test_a_pool_that_cannot_be_reached_leaves_a_named_account_unproved(shared: Bench) -> None:
    broken = Reply(status=400, body={"code": -1001, "msg": "Internal error."})
    audited = shared.audit(BARE, fault=BINANCE.only_at("mining", lambda _call: broken))
    assert Verdict.INCOMPLETE == audited.report.verdict
    assert all(isinstance(r.result, Unread) for name in DEPENDENT for r in readings(audited, name))


def test_an_account_that_the_pool_refuses_is_one_line_however_many_algorithms_there_are(shared: Bench) -> None:
    known = [{"algoName": f"algo-{n}", "algoId": n} for n in range(4)]
    account = with_books({f"{POOL}/pub/algoList": known}).with_refusal(f"{POOL}/payment/list", "-1002")
    lines = [line.id for line in shared.audit(account).report.requirements if "mining" in line.id]
    assert ["unread-bare-mining-earnings"] == lines


def test_the_messy_account_shows_what_mining_leaves_behind(shared: Bench) -> None:
    assert set(DEPENDENT) <= blockers(shared.audit(MESSY))
