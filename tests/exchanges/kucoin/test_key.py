"""KuCoin: whose a key is and what it may do, as real keys answer and in spellings that none was seen in yet."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from auditor.demo import Reply
from auditor.model.report import Verdict
from auditor.model.snapshot import Key, Trouble, Unread
from tests.conftest import DemoAudit
from tests.exchanges.kucoin.answering import EMPTY, audited, data, results
from tests.exchanges.unified.test_key_rights import SPELLINGS

KEY_PATH = "/api/v1/user/api-key"
WIDER: list[dict[str, Any]] = [
    {"permission": "General,Spot"},
    {"permission": "Spot, General"},
    {"permission": "General,New"},
    {"permission": "General,Withdrawal"},
    {"permission": "General,Unified"},
    {"permission": "Transfer"},
    {"canTrade": 1},
    {"fastWithdrawal": "true"},
    {"permissions": "Spot"},
    {"permissions": ["Spot"]},
    {"Permissions": "General,Spot"},
    {"tradeScope": "Margin"},
]


def audit_key(**change: Any) -> DemoAudit:
    """Audit an empty account whose key answers with these fields too."""
    return audited({}, EMPTY.with_key(**change))


def key_of(audit: DemoAudit) -> Key:
    key = audit.snapshot.accounts[0].key
    assert key is not None
    return key


@pytest.mark.parametrize("change", WIDER, ids=str)
def test_a_key_that_may_do_more_than_read_is_refused_and_nothing_else_is_asked(change: dict[str, Any]) -> None:
    audit = audit_key(**change)
    assert (Verdict.REFUSED, 4) == (audit.report.verdict, audit.report.exit_code)
    assert [KEY_PATH] == [call.path for call in audit.calls]


@pytest.mark.parametrize("change", [{"permission": "General"}, {"permission": " General "}, {"permissions": ""}])
def test_a_key_with_general_alone_only_reads(change: dict[str, Any]) -> None:
    audit = audit_key(**change)
    assert (Verdict.CLEAN, True) == (audit.report.verdict, key_of(audit).readonly)


@pytest.mark.parametrize("spell", SPELLINGS)
def test_a_key_in_another_spelling_is_judged_the_same(spell: Callable[[str], str]) -> None:
    def in_other_words(**change: Any) -> DemoAudit:
        body = {spell(name): value for name, value in {**EMPTY.key, **change}.items()}
        return audited({KEY_PATH: data(body)})

    reads, writes = in_other_words(), in_other_words(permission="General,Spot")
    assert (Verdict.CLEAN, Verdict.REFUSED) == (reads.report.verdict, writes.report.verdict)
    assert key_of(reads).readonly


@pytest.mark.parametrize("change", [{"permission": ""}, {"permission": None}], ids=str)
def test_rights_that_are_not_stated_are_never_read_only(change: dict[str, Any]) -> None:
    audit = audit_key(**change)
    (result,) = results(audit, "key")
    assert isinstance(result, Unread)
    assert (Verdict.INCOMPLETE, Trouble.MALFORMED) == (audit.report.verdict, result.trouble)


@pytest.mark.parametrize("bound", ["", " ", "*", None])
def test_a_blank_binds_a_key_to_no_address(bound: str | None) -> None:
    assert False is key_of(audit_key(ipWhitelist=bound)).ip_bound


def test_a_key_that_expires_says_when() -> None:
    assert datetime(2030, 1, 1, tzinfo=UTC) == key_of(audit_key(expiredAt=1893456000000)).expires_at


def test_the_key_of_a_sub_account_is_told_as_such_and_sees_no_sub_accounts() -> None:
    audit = audit_key(isMaster=False, subName="savings1")
    assert "sub" == audit.snapshot.accounts[0].kind
    assert not [call.path for call in audit.calls if "/sub" in call.path]


def test_a_key_that_does_not_say_whether_it_is_a_main_accounts_is_not_used() -> None:
    key = {name: value for name, value in EMPTY.key.items() if name != "isMaster"}
    assert Verdict.INCOMPLETE is audited({KEY_PATH: Reply(200, data(key))}).report.verdict
