"""Binance: what a key may do, whose it is, and what an audit asks before it knows both."""

import asyncio
from dataclasses import replace
from time import time

import pytest

from auditor.audit.audit_once import take_snapshot
from auditor.demo import Account, Call, Reply, serve
from auditor.model.account import Options
from auditor.model.errors import UserError
from auditor.model.report import Severity, Verdict
from auditor.model.snapshot import Key, Trouble, Unread
from tests import remembered
from tests.conftest import Audit, DemoAudit, configured_account
from tests.exchanges.bench import Bench
from tests.exchanges.binance.bare import BARE, with_books
from tests.exchanges.findings import readings
from tests.exchanges.places import table

BINANCE = table("binance")
RIGHTS = "sapi/v1/account/apiRestrictions"
KIND = "sapi/v1/sub-account/transfer/subUserHistory"
SUB = replace(BARE, uid="350000901", main_uid="350000900")


def rights(**flags: object) -> Account:
    return with_books({RIGHTS: [flags]})


def key(audited: DemoAudit) -> Key:
    found = audited.snapshot.accounts[0].key
    assert found is not None
    return found


@pytest.mark.parametrize(
    "flag",
    [
        "enableWithdrawals",
        "enableInternalTransfer",
        "enableMargin",
        "enableFutures",
        "permitsUniversalTransfer",
        "enableVanillaOptions",
        "enableFixApiTrade",
        "enableSpotAndMarginTrading",
        "enablePortfolioMarginTrading",
        "enableSomethingOfNextYear",
        "permitsSomethingOfNextYear",
        "mayDoSomethingOfNextYear",
    ],
)
def test_a_key_that_may_do_more_than_read_is_refused_and_asked_nothing_else(shared: Bench, flag: str) -> None:
    audited = shared.audit(rights(**{flag: True}))
    assert (Verdict.REFUSED, [RIGHTS]) == (audited.report.verdict, [call.path for call in audited.calls])
    assert flag in key(audited).rights
    assert flag in str(audited.snapshot.accounts[0].refused)


@pytest.mark.parametrize("value", ["true", 1, None, "", "false"])
def test_a_flag_that_is_not_exactly_false_counts_as_a_right(shared: Bench, value: object) -> None:
    assert Verdict.REFUSED == shared.audit(rights(enableNextYear=value)).report.verdict


@pytest.mark.parametrize("flag", ["enableWithdrawals", "permitsUniversalTransfer", "enableReading", "ipRestrict"])
@pytest.mark.parametrize("value", ["true", None])
def test_a_documented_flag_that_is_not_understood_leaves_the_key_unproved(
    shared: Bench, flag: str, value: object
) -> None:
    audited = shared.audit(rights(**{flag: value}))
    assert (Verdict.INCOMPLETE, [RIGHTS]) == (audited.report.verdict, [call.path for call in audited.calls])


def test_a_key_with_reading_by_fix_is_audited(shared: Bench) -> None:
    assert Verdict.CLEAN == shared.audit(rights(enableFixReadOnly=True)).report.verdict


def test_a_key_is_bound_to_an_address_when_binance_says_so(demo: Audit) -> None:
    assert (True, False) == (key(demo("binance-empty")).ip_bound, key(demo("binance-messy")).ip_bound)


def test_the_rights_are_the_first_question_and_whose_it_is_the_next(shared: Bench) -> None:
    first = [call.path for call in shared.audit(BARE).calls][:3]
    assert [RIGHTS, "api/v3/account", KIND] == first


def test_a_wider_key_audits_under_no_readonly(shared: Bench) -> None:
    audited = shared.audit(rights(enableFutures=True), options=Options(pace=0, readonly=False))
    assert ("350000900", Verdict.CLEAN) == (audited.snapshot.accounts[0].uid, audited.report.verdict)


def test_a_sub_accounts_key_leaves_its_main_account_unproved(shared: Bench) -> None:
    audited = shared.audit(SUB)
    account = audited.snapshot.accounts[0]
    (line,) = readings(audited, "main-account")
    assert ("sub", None, Verdict.INCOMPLETE) == (account.kind, account.main_uid, audited.report.verdict)
    assert isinstance(line.result, Unread)


def test_a_sub_account_and_the_main_account_that_lists_it_prove_each_other(shared: Bench) -> None:
    listed = {"email": "kid@example.org", "subUserId": SUB.uid, "isFreeze": False}
    main = replace(with_books({"sapi/v1/sub-account/list": [listed]}), name="main", apikey="demo-main-key")
    audited = shared.audit(main, replace(SUB, name="kid", apikey="demo-kid-key"))
    assert Verdict.CLEAN == audited.report.verdict


def test_when_nobody_says_whether_it_is_a_sub_account_it_is_not_clean(shared: Bench) -> None:
    def unsure(call: Call) -> Reply | None:
        return Reply(status=400, body={"code": -4242, "msg": "?"}) if call.path == KIND else None

    audited = shared.audit(BARE, fault=unsure)
    (line,) = readings(audited, "account-doubt-1")
    assert isinstance(line.result, Unread)
    assert Verdict.INCOMPLETE == audited.report.verdict


WRONG: dict[str, tuple[Account, Account]] = {
    "an unknown key": (BARE, replace(BARE, apikey="demo-other-key")),
    "another secret": (BARE, replace(BARE, secret="demo-other-secret")),
    "another address": (replace(BARE, ip="192.0.2.7"), BARE),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_key_that_binance_does_not_take_is_a_problem_that_says_what_to_check(name: str) -> None:
    there, asked = WRONG[name]
    with serve([there], limits=False) as exchange, pytest.raises(UserError, match="Check"):
        asyncio.run(take_snapshot([configured_account(asked, exchange)], Options(pace=0)))


def test_a_key_that_is_deleted_in_the_middle_is_not_clean(shared: Bench) -> None:
    def gone(call: Call) -> Reply | None:
        late = call.path.startswith("sapi/v1/capital")
        return Reply(status=401, body={"code": -2008, "msg": "Invalid Api-Key ID."}) if late else None

    audited = shared.audit(BARE, fault=gone)
    (line,) = readings(audited, "deposits")
    assert isinstance(line.result, Unread)
    assert (Trouble.CREDENTIALS, Verdict.INCOMPLETE) == (line.result.trouble, audited.report.verdict)


@pytest.mark.parametrize("exchange", ["binance", "kraken"])
def test_paper_trading_is_refused_where_no_key_can_prove_itself_in_it(exchange: str) -> None:
    paper = replace(configured_account(BARE, None, exchange), sandbox=True)
    with pytest.raises(UserError, match=r"--sandbox .* is not supported at .* Leave it out"):
        asyncio.run(take_snapshot([paper], Options(pace=0)))


def test_what_came_in_a_moment_ago_is_found_by_a_clock_that_is_slow(demo: Audit) -> None:
    """By seconds, which Binance takes, and by an hour, which it does not."""
    for seconds in (8, 3600):
        now = time() + seconds
        row = {"id": "7", "amount": "1", "coin": "LTC", "status": 0, "insertTime": str(int(now * 1000))}
        account = with_books({"sapi/v1/capital/deposit/hisrec": [row]})
        report = demo(account, clock=lambda seconds=seconds: time() + seconds).report
        assert ["deposits"] == [f.surface for f in report.findings if f.severity is Severity.BLOCKER]


def test_a_clock_that_is_found_to_be_wrong_in_the_middle_of_a_list_has_it_read_again(shared: Bench) -> None:
    off = [Reply(status=400, body={"code": -1021, "msg": "Timestamp for this request is outside of the recvWindow."})]
    fault = BINANCE.only_at("deposits", lambda _call: off.pop() if off else None)
    with remembered.nothing():
        audited = shared.audit(BARE, fault=fault)
    ends = {int(call.query["endTime"]) for call in audited.calls if call.path == "sapi/v1/capital/deposit/hisrec"}
    assert (Verdict.CLEAN, True) == (audited.report.verdict, len(ends) > 3 * 38)
