"""Asking under trouble: what is tried again and how often, what is not, and what is said when it comes to nothing."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from auditor.demo import Call, Reply
from auditor.model.account import Options
from auditor.model.errors import UserError
from auditor.model.report import Verdict
from auditor.model.snapshot import NotApplicable, Read, Trouble
from tests import direct
from tests.conftest import Audit, DemoAudit
from tests.exchanges.bench import Bench
from tests.exchanges.conftest import shared
from tests.exchanges.findings import result, unread
from tests.exchanges.okx.bare import BARE

__all__ = ["shared"]

PATH, SURFACE = "finance/savings/balance", "simple-earn"
ATTEMPTS = 4
HTML = "<html><body>Bad gateway</body></html>"


@pytest.fixture(autouse=True)
def _answers_alone(request: pytest.FixtureRequest) -> None:
    """What is asked again follows from answers: those that need a connection have one all the same."""
    direct.switch(on=request.node.get_closest_marker("http") is None)


def refusal(code: str, status: int = 200, message: str = "no") -> Reply:
    return Reply(status=status, body={"code": code, "msg": message, "data": []})


def at(reply: Reply, path: str = PATH, times: int = 10**6) -> Callable[[Call], Reply | None]:
    """The fault that answers ``path`` so, for the first so many times."""
    left = [times]

    def fault(call: Call) -> Reply | None:
        if call.path != path or not left[0]:
            return None
        left[0] -= 1
        return reply

    return fault


def asked(audited: DemoAudit, path: str = PATH) -> int:
    return sum(call.path == path for call in audited.calls)


TRANSIENT = {
    "HTTP 500": Reply(status=500, body={}),
    "HTTP 502 with a page": Reply(status=502, body=HTML),
    "HTTP 429": Reply(status=429, body=""),
    "a page with HTTP 200": Reply(body=HTML),
    "an empty body": Reply(body=b""),
    "half an answer": Reply(body=b'{"code": "0", "data": ['),
    "a broken connection": Reply(cut=True),
    "50011 with HTTP 429": refusal("50011", 429),
    "50011 with HTTP 200": refusal("50011"),
    "50013": refusal("50013", 429),
    "50026": refusal("50026", 500),
    "50001": refusal("50001", 503),
    "50004": refusal("50004", 400),
    "50040": refusal("50040"),
    "58007": refusal("58007"),
}
PERMANENT = {
    "50005": refusal("50005", 410),
    "404": Reply(status=404, body={"code": "404", "msg": "Not Found", "data": []}),
    "404 with a page": Reply(status=404, body=HTML),
    "a code that nobody knows": refusal("99999"),
    "no code": Reply(body={}),
    "50120": refusal("50120"),
    "50030": refusal("50030"),
    "50062": refusal("50062"),
    "a redirect": Reply(status=302, body={"code": "0", "data": []}, headers={"Location": "https://example.org/"}),
    "HTTP 204": Reply(status=204, body=b""),
    "an answer of another shape": Reply(body={"code": "0", "msg": "", "data": {}}),
}


@pytest.mark.parametrize("name", TRANSIENT)
def test_trouble_that_passes_changes_nothing(shared: Bench, name: str) -> None:
    audited = shared.audit_at(SURFACE, BARE, fault=at(TRANSIENT[name], times=ATTEMPTS - 1))
    assert (Verdict.CLEAN, ATTEMPTS + 1) == (audited.report.verdict, asked(audited))


@pytest.mark.parametrize("name", TRANSIENT)
def test_trouble_that_stays_ends_as_unread_after_a_few_tries(shared: Bench, name: str) -> None:
    audited = shared.audit_at(SURFACE, BARE, fault=at(TRANSIENT[name]))
    by_itself = 2 if TRANSIENT[name].cut else 1  # aiohttp asks once more when a connection that was kept breaks off
    assert audited.report.verdict is Verdict.INCOMPLETE
    assert ATTEMPTS <= asked(audited) <= ATTEMPTS * by_itself
    assert str(unread(audited, SURFACE).reason).endswith(".")


@pytest.mark.parametrize("name", PERMANENT)
def test_what_no_second_try_can_mend_is_not_tried_again(shared: Bench, name: str) -> None:
    audited = shared.audit_at(SURFACE, BARE, fault=at(PERMANENT[name]))
    assert (Verdict.INCOMPLETE, 1) == (audited.report.verdict, asked(audited))
    assert str(unread(audited, SURFACE).reason).endswith(".")


def test_no_answer_in_time_is_said_as_such(demo: Audit) -> None:
    audited = demo(BARE, fault=at(Reply(delay=0.6)), options=Options(pace=0, request_timeout=0.15))
    found = unread(audited, SURFACE)
    assert ("No answer in time.", Trouble.NETWORK) == (str(found.reason), found.trouble)


def test_a_broken_connection_says_what_to_look_at(demo: Audit) -> None:
    assert "See that this computer's network" in str(unread(demo(BARE, fault=at(Reply(cut=True))), SURFACE).reason)


def test_the_run_ends_in_its_time_and_says_what_was_not_read(demo: Audit) -> None:
    audited = demo(BARE, fault=at(Reply(delay=3)), options=Options(pace=0, timeout=0.7))
    assert (Verdict.INCOMPLETE, Trouble.TIME) == (audited.report.verdict, unread(audited, SURFACE).trouble)


def test_the_first_question_too_ends_with_the_run(demo: Audit) -> None:
    audited = demo(BARE, fault=at(Reply(delay=1), "account/config"), options=Options(pace=0, timeout=0.3))
    assert (Verdict.INCOMPLETE, Trouble.TIME) == (audited.report.verdict, unread(audited, "account-config").trouble)
    assert asked(audited, "asset/balances") == 0


def test_a_right_that_is_missing_is_named(demo: Audit) -> None:
    audited = demo(BARE, fault=at(refusal("50120")))
    found = unread(audited, SURFACE)
    assert (Trouble.PERMISSION, "Read", "50120") == (found.trouble, found.right, found.code)


def test_a_clock_that_is_wrong_is_set_once_by_the_exchanges(demo: Audit) -> None:
    audited = demo(BARE, clock=lambda: time.time() + 300)
    assert (Verdict.CLEAN, 1) == (audited.report.verdict, asked(audited, "public/time"))
    assert audited.snapshot.accounts[0].clock_skew == pytest.approx(300, abs=5)


def test_a_clock_that_cannot_be_set_is_said_to_the_user(demo: Audit) -> None:
    with pytest.raises(UserError, match="clock"):
        demo(BARE, fault=at(refusal("50102", 401), "account/config"))


@pytest.mark.parametrize("body", [{"code": "0", "data": []}, {"code": "0", "data": [{"ts": "soon"}]}, "<html>"])
def test_a_time_that_is_not_understood_sets_no_clock(demo: Audit, body: Any) -> None:
    asked_at: list[str] = []

    def fault(call: Call) -> Reply | None:
        asked_at.append(call.path)
        return Reply(body=body) if call.path == "public/time" else None

    with suppress(UserError):
        assert demo(BARE, clock=lambda: time.time() + 300, fault=fault).report.verdict is Verdict.INCOMPLETE
    assert {"public/time"} == set(asked_at)


def test_a_product_never_used_does_not_apply(demo: Audit) -> None:
    audited = demo(BARE.with_refusal(PATH, "58002"))
    found = result(audited, SURFACE)
    assert isinstance(found, NotApplicable)
    assert (Verdict.CLEAN, "58002") == (audited.report.verdict, found.code)


@pytest.mark.parametrize("code", ["58002", "59285", "51010", "59310", "50038"])
def test_a_code_for_never_used_says_nothing_of_another_product(demo: Audit, code: str) -> None:
    audited = demo(BARE.with_refusal("finance/staking-defi/eth/balance", code))
    assert (Verdict.INCOMPLETE, code) == (audited.report.verdict, unread(audited, "eth-staking").code)


def test_a_product_never_used_of_which_one_list_shows_something_is_not_believed(demo: Audit) -> None:
    held = {"ccy": "USDT", "amt": "500", "state": "earning", "ordId": "71"}
    path = "finance/simple-earn-fixed/order-list"

    def fault(call: Call) -> Reply | None:
        return refusal("58002") if call.path == path and call.query.get("state") == "pending" else None

    audited = demo(BARE.with_rows(path, [held]), fault=fault)
    assert unread(audited, "simple-earn-fixed").trouble is Trouble.MALFORMED


def test_never_used_on_the_second_page_is_not_believed(demo: Audit) -> None:
    rows = [{"subPosId": str(number), "instId": "SOL-USDT-SWAP", "subPos": "1"} for number in range(3)]
    path = "copytrading/current-subpositions"

    def fault(call: Call) -> Reply | None:
        return refusal("59285") if call.path == path and "after" in call.query else None

    audited = demo(BARE.with_rows(path, rows), fault=fault)
    assert unread(audited, "copy-positions").trouble is Trouble.MALFORMED


def test_what_paper_trading_lacks_does_not_apply_to_it(demo: Audit) -> None:
    audited = demo(BARE.with_(simulated=True))
    assert isinstance(result(audited, SURFACE), NotApplicable)
    assert isinstance(result(audited, "trading"), Read)


def test_a_service_under_maintenance_is_not_read_whatever_it_answers(demo: Audit) -> None:
    row = {"title": "Bots rest", "state": "ongoing", "serviceType": "7", "env": "1", "begin": "1", "end": "2"}
    audited = demo(BARE, status_rows=[row])
    found = unread(audited, "grid")
    assert (Verdict.INCOMPLETE, Trouble.MAINTENANCE) == (audited.report.verdict, found.trouble)
    assert "Bots rest" in str(found.reason)
    assert isinstance(result(audited, "funding"), Read)


@pytest.mark.parametrize(
    ("state", "service", "expected"),
    [
        ("ongoing", "5", Verdict.INCOMPLETE),
        ("pre_open", "5", Verdict.INCOMPLETE),
        ("never heard of", "5", Verdict.INCOMPLETE),
        ("ongoing", "never heard of", Verdict.INCOMPLETE),
        ("ongoing", "0", Verdict.CLEAN),
        ("completed", "5", Verdict.CLEAN),
        ("canceled", "5", Verdict.CLEAN),
        ("scheduled", "5", Verdict.INCOMPLETE),
    ],
)
def test_maintenance_that_may_be_going_on_counts(demo: Audit, state: str, service: str, expected: Verdict) -> None:
    row = {"title": "t", "state": state, "serviceType": service, "env": "1", "begin": "1767225600000", "end": "2"}
    fault = at(Reply(edit=lambda body: {**body, "data": [row]}), "system/status")
    assert expected == demo(BARE, fault=fault).report.verdict


@pytest.mark.parametrize(
    "reply", [Reply(status=500, body={}), Reply(body={"code": "0", "data": [{}]}), Reply(cut=True)]
)
def test_maintenance_that_nobody_can_ask_about_is_not_clean(demo: Audit, reply: Reply) -> None:
    assert Verdict.INCOMPLETE == demo(BARE, fault=at(reply, "system/status")).report.verdict


@pytest.mark.parametrize("charset", ["hex", "rot13", "no-such-charset", "utf-16"])
def test_an_answer_in_another_encoding_leads_to_no_error_of_the_program(demo: Audit, charset: str) -> None:
    reply = Reply(body=b'{"code": "0", "data": []}', headers={"Content-Type": f"application/json; charset={charset}"})
    assert demo(BARE, fault=at(reply)).report.verdict in {Verdict.CLEAN, Verdict.INCOMPLETE}


@pytest.mark.http
@pytest.mark.parametrize("proxy", ["http://127.0.0.1:9", "socks5h://127.0.0.1:9"])
def test_a_proxy_that_is_not_there_is_said_as_such(demo: Audit, proxy: str) -> None:
    audited = demo(BARE, options=Options(pace=0, proxy=proxy))
    found = unread(audited, "account-config")
    assert (Verdict.INCOMPLETE, Trouble.NETWORK) == (audited.report.verdict, found.trouble)
    assert "proxy" in str(found.reason)


@pytest.mark.parametrize("perm", ["read_only,trade", "trade", "withdraw", "", "READ_ONLY", "read_only,new_right"])
def test_a_key_that_is_not_exactly_read_only_is_asked_nothing_else(demo: Audit, perm: str) -> None:
    audited = demo(BARE.with_(perm=perm))
    private = {call.path for call in audited.calls if call.account}
    assert {"account/config"} == private
    assert audited.report.verdict in {Verdict.REFUSED, Verdict.INCOMPLETE}


@pytest.mark.parametrize("name", ["uid", "mainUid", "acctLv", "perm", "ip"])
@pytest.mark.parametrize("value", [None, [], {}, False, ...])
def test_a_key_that_says_not_exactly_whose_it_is_is_asked_nothing_else(demo: Audit, name: str, value: object) -> None:
    def edit(body: dict[str, Any]) -> dict[str, Any]:
        row = {key: known for key, known in body["data"][0].items() if key != name}
        return {**body, "data": [row if value is ... else {**row, name: value}]}

    audited = demo(BARE, fault=at(Reply(edit=edit), "account/config"))
    assert (Verdict.INCOMPLETE, 0) == (audited.report.verdict, asked(audited, "asset/balances"))


@pytest.mark.parametrize("mode", ["0", "5", "", "portfolio"])
def test_an_account_mode_that_nobody_knows_is_not_audited_as_another(demo: Audit, mode: str) -> None:
    audited = demo(BARE.with_(mode=mode))
    assert (Verdict.INCOMPLETE, 0) == (audited.report.verdict, asked(audited, "asset/balances"))


def test_the_key_that_vanishes_in_the_middle_is_not_clean(demo: Audit) -> None:
    gone = [False]

    def fault(call: Call) -> Reply | None:
        gone[0] = gone[0] or call.path == "trade/orders-pending"
        return refusal("50119", 401, "API key doesn't exist") if gone[0] else None

    audited = demo(BARE, fault=fault)
    assert Verdict.INCOMPLETE == audited.report.verdict
    assert "key stopped working" in str(unread(audited, "settled").reason)
