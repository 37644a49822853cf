"""OKX: what the keys of a main account and of its sub-account show of each other."""

from dataclasses import replace

import pytest

from auditor.demo import Reply
from auditor.model.report import Severity, Status
from auditor.model.snapshot import Trouble, records
from tests.exchanges.bench import Bench
from tests.exchanges.findings import unread
from tests.exchanges.okx.answering import ZERO_BALANCES, answered
from tests.exchanges.okx.bare import BARE, KEPT, SUB
from tests.exchanges.okx.samples import SAMPLES


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


@pytest.mark.parametrize("state", ["true", 1, None, "false"])
def test_whether_a_sub_account_is_frozen_must_be_a_truth_value(shared: Bench, state: object) -> None:
    row = {**KEPT["users/subaccount/list"][0], "enable": state}
    assert unread(answered(shared, "subaccounts", [row]), "subaccounts").trouble is Trouble.MALFORMED


def test_the_keys_of_a_sub_account_never_show_the_key_itself(shared: Bench) -> None:
    keys = [{"subAcct": "cellar", "label": "old", "apiKey": "shown-nowhere", "perm": "read_only", "ip": ""}]
    audited = shared.audit(replace(BARE, books={**KEPT, "users/subaccount/apikey": keys}))
    shown = [record for _reading, record in records(audited.snapshot.accounts[0]) if record.row.get("label") == "old"]
    assert [False] == ["shown-nowhere" in str(dict(record.row)) for record in shown]


TOTAL = "account/subaccount/balances"


def sub_total(shared: Bench, total: str, *rows: dict[str, str]) -> set[tuple[str | None, str]]:
    """What the audit of a main account tells of a sub-account whose trading wallet answers so."""
    row = {"totalEq": total, "details": [{**ZERO_BALANCES, **row} for row in rows]}
    reply = Reply(body={"code": "0", "msg": "", "data": [row]})
    main = BARE.with_(books=KEPT)
    audited = shared.audit(main, fault=lambda call: reply if call.path == TOTAL else None)
    return {(f.owner, f.rule) for f in audited.report.findings if f.severity is Severity.BLOCKER}


def test_a_total_of_a_sub_account_that_no_row_explains_is_told_however_small(shared: Bench) -> None:
    assert ("cellar", "hidden-value") in sub_total(shared, "0.00000000000000001")


@pytest.mark.parametrize("total", ["", "0", "0.00", "0E-18"])
def test_a_sub_account_without_a_total_holds_nothing_hidden(shared: Bench, total: str) -> None:
    assert "hidden-value" not in {rule for _owner, rule in sub_total(shared, total)}


def test_what_a_sub_account_shows_explains_its_total(shared: Bench) -> None:
    row = {"ccy": "USDT", "cashBal": "40", "eq": "40", "availBal": "40"}
    assert {("cellar", "sub-account-not-empty")} == {
        (owner, rule) for owner, rule in sub_total(shared, "40.02", row) if owner == "cellar"
    }


def test_what_the_main_account_shows_explains_no_total_of_a_sub_account(shared: Bench) -> None:
    main = BARE.with_(books={**KEPT, "account/balance": SAMPLES["trading"].rows})
    reply = Reply(body={"code": "0", "msg": "", "data": [{"totalEq": "0.5", "details": []}]})
    audited = shared.audit(main, fault=lambda call: reply if call.path == TOTAL else None)
    assert "cellar" in {f.owner for f in audited.report.findings if f.rule == "hidden-value"}
