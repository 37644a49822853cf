"""OKX: what the keys of a main account and of its sub-account show of each other."""

from dataclasses import replace

import pytest

from auditor.model.report import Status
from auditor.model.snapshot import Trouble, records
from tests.exchanges.bench import Bench
from tests.exchanges.findings import unread
from tests.exchanges.okx.answering import answered
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
