"""What each exchange says of a key, and what follows from it."""

from typing import Any

import pytest

from auditor.demo import Reply
from auditor.exchanges.registry import table_ids
from auditor.exchanges.unified import spec as facts
from auditor.exchanges.unified.exchange import has_identification
from auditor.model.report import Verdict
from auditor.model.snapshot import Trouble
from tests.exchanges.unified.conftest import IMITATED, Audit, Audited, account_of

WIDER: dict[str, list[dict[str, Any]]] = {
    "kraken": [{"permissions": ["query-funds", "withdraw-funds"]}, {"permissions": ["query-funds", "something-new"]}],
    "bybit": [{"readOnly": 0}],
    "gate": [{"perms": [{"name": "spot", "read_only": True}, {"name": "wallet", "read_only": False}]}],
    "bitget": [{"permType": "read-and-write"}, {"permType": "new"}],
    "coinbase": [{"can_trade": True}, {"can_transfer": True}, {"can_view": False}],
    "mexc": [{"permissions": "SPOT_ACCOUNT_READ,SPOT_DEAL_WRITE"}, {"permissions": "SPOT_ACCOUNT_READ,SPOT_NEW_READ"}],
}
CASES = [(exchange, change) for exchange, changes in WIDER.items() for change in changes]


@pytest.mark.parametrize(("exchange", "change"), CASES)
def test_a_key_that_may_do_more_than_read_is_refused_and_nothing_is_asked_with_it(
    exchange: str, change: dict[str, Any], audit: Audit
) -> None:
    audited = audit(exchange, account_of(exchange, "messy").with_key(**change))
    assert Verdict.REFUSED is audited.report.verdict
    assert len(audited.calls) <= 2


@pytest.mark.parametrize("exchange", IMITATED)
def test_a_key_that_can_only_read_is_believed(exchange: str, messy: dict[str, Audited]) -> None:
    key = messy[exchange].account.key
    assert key is not None
    assert key.readonly


@pytest.mark.parametrize("exchange", IMITATED)
def test_nothing_else_is_asked_before_the_key_is_proved(exchange: str, messy: dict[str, Audited]) -> None:
    first = messy[exchange].calls[0].path
    assert any(
        word in first
        for word in ("ApiKey", "apiKeyInfo", "query-api", "api-key", "detail", "settings", "key_permissions")
    )


@pytest.mark.parametrize("exchange", IMITATED)
@pytest.mark.parametrize("body", [{}, [], {"result": {}, "data": {}}, "", "<html></html>"])
def test_an_answer_about_the_key_that_is_not_understood_ends_the_audit(
    exchange: str, body: Any, audit: Audit, messy: dict[str, Audited]
) -> None:
    asked = [call.path for call in messy[exchange].calls[:2]]
    account = account_of(exchange, "messy")
    for path in asked:
        account = account.with_refusal(path, Reply(200, body))
    audited = audit(exchange, account)
    assert Verdict.INCOMPLETE is audited.report.verdict
    assert audited.unread("key").trouble in {Trouble.MALFORMED, Trouble.EXCHANGE}


def test_a_key_whose_rights_no_page_explains_needs_the_users_word(audit: Audit) -> None:
    assert Verdict.REFUSED is audit("bitget", "classic").report.verdict
    assert Verdict.BLOCKED is audit("bitget", "classic", accept_unproven_key=True).report.verdict


def test_a_key_that_gate_does_not_list_is_unproven(audit: Audit) -> None:
    account = account_of("gate", "messy").with_refusal("/api/v4/account/main_keys", Reply(200, []))
    audited = audit("gate", account)
    assert audited.account.refused is not None
    assert "--accept-unproven-key" in str(audited.account.refused)


def test_a_key_that_sees_only_part_of_the_history_is_told(audit: Audit) -> None:
    audited = audit("kraken", account_of("kraken", "empty").with_key(queryFrom="1700000000"))
    assert "part of the account's history" in str(audited.unread("key-doubt-1").reason)


def test_a_sub_accounts_key_is_known_as_one(audit: Audit) -> None:
    audited = audit("bybit", account_of("bybit", "empty").with_key(isMaster=False, parentUid="42"))
    assert ("sub", "42") == (audited.account.kind, audited.account.main_uid)


def test_a_wrong_secret_is_a_problem_of_the_credentials(audit: Audit) -> None:
    account = account_of("bybit", "empty").with_refusal(
        "/v5/user/query-api", Reply(200, {"retCode": 10003, "retMsg": "no"})
    )
    with pytest.raises(Exception, match="The exchange said: no"):
        audit("bybit", account)


def test_each_exchange_with_a_proof_is_one_whose_request_is_on_its_list() -> None:
    """A table that is begun has a proof of its own, which the unified reader does not ask for."""
    specs = {one: facts.load_spec(one) for one in facts.specified_exchanges()}
    proved = {exchange for exchange, spec in specs.items() if spec is not None and spec.proof}
    assert {*IMITATED, "htx"} == proved
    assert proved == {exchange for exchange in specs if has_identification(exchange)} - ({*table_ids()} - proved)
