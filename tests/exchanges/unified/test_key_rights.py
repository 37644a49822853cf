"""A key's own answer as real accounts give it: in any spelling, with rights that no documentation names."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from auditor.demo import Reply
from auditor.exchanges.registry import load
from auditor.exchanges.shared.key_rights import extra_rights, is_bound, moment, named_rights
from auditor.model.report import Verdict
from auditor.model.snapshot import Key, Trouble
from auditor.spec.fields import MalformedError
from auditor.spec.spelling import respelled
from tests.exchanges.unified.conftest import Audit, Audited, account_of
from tests.exchanges.unified.network import CREDENTIALS
from tests.exchanges.unified.served import Outcome, Said, audit_answers

TOO_WIDE: dict[str, list[dict[str, Any]]] = {
    "kraken": [
        {"permissions": ["query-funds", "query_something_new"]},
        {"permissions": ["query-funds", "withdrawFunds"]},
        {"permissions": {"query-funds": True, "withdraw-funds": True}},
        {"canWithdraw": True},
        {"rights": {"transfer": "true"}},
    ],
    "bybit": [{"readOnly": 0}, {"canTransfer": True}, {"extra": {"withdraw": 1}}, {"newRights": ["Withdraw"]}],
    "gate": [
        {"perms": [{"name": "spot", "read_only": "false"}]},
        {"perms": [{"name": "spot", "readOnly": 0}]},
        {"perms": [{"name": "spot", "read_only": True, "withdraw": True}]},
        {"perms": [{"name": "spot", "read-only": True}, {"name": "new", "read-only": False}]},
    ],
    "bitget": [
        {"permType": "readAndWrite"},
        {"permissions": ["uta_mgt", "withdraw"]},
        {"permissions": ["uta_mgt", "something_new"]},
        {"canWithdraw": "true"},
    ],
    "coinbase": [
        {"can_receive": True},
        {"can_do_more": True},
        {"canReceive": "true"},
        {"can-trade": True, "can_trade": True},
        {"can_trade": "true"},
        {"can_transfer": 1},
        {"permissions": {"can_stake": True}},
    ],
    "mexc": [
        {"permissions": "SPOT_ACCOUNT_READ,SPOT_WITHDRAW_W"},
        {"permissions": ["SPOT_ACCOUNT_READ", "CONTRACT_DEAL_WRITE"]},
        {"permissions": ",".join(["SPOT_ACCOUNT_READ"] * 9 + ["SPOT_WITHDRAW_WRITE"])},
        {"permissions": "spotAccountRead,spotDealWrite"},
        {"canWithdraw": True},
    ],
}
CASES = [(exchange, change) for exchange, changes in TOO_WIDE.items() for change in changes]


@pytest.mark.parametrize(("exchange", "change"), CASES, ids=str)
def test_what_is_true_and_no_known_reading_right_is_refused(
    exchange: str, change: dict[str, Any], audit: Audit
) -> None:
    audited = audit(exchange, account_of(exchange, "messy").with_key(**change))
    assert (Verdict.REFUSED, 4) == (audited.report.verdict, audited.report.exit_code)
    assert len(audited.calls) <= 2


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).replace("-", "_").lower()


def kebab(name: str) -> str:
    return snake(name).replace("_", "-")


def camel(name: str) -> str:
    first, *others = snake(name).split("_")
    return first + "".join(map(str.capitalize, others))


SPELLINGS = [snake, kebab, camel]
WRITES: dict[str, dict[str, Any]] = {
    "kraken": {"permissions": ["query-funds", "modify-trades"]},
    "bybit": {"readOnly": 0},
    "bitget": {"permType": "read-and-write"},
    "coinbase": {"can_trade": True},
    "mexc": {"permissions": "SPOT_DEAL_WRITE"},
}
PATHS = {
    "kraken": "/0/private/GetApiKeyInfo",
    "bybit": "/v5/user/query-api",
    "bitget": "/api/v3/account/info",
    "coinbase": "/api/v3/brokerage/key_permissions",
    "mexc": "/api/v3/apiKeyInfo",
}


def in_other_words(exchange: str, spell: Callable[[str], str], audit: Audit, **change: Any) -> Audited:
    """Audit an account whose key answers with its fields respelled."""
    key = {**account_of(exchange, "empty").key, **change}
    body = {spell(name): value for name, value in key.items() if name != "mode"}
    shown: dict[str, dict[str, Any]] = {
        "kraken": {"error": [], "result": body},
        "bybit": {"retCode": 0, "retMsg": "", "result": body},
        "bitget": {"code": "00000", "data": body},
    }
    account = account_of(exchange, "empty").with_refusal(PATHS[exchange], Reply(200, shown.get(exchange, body)))
    return audit(exchange, account)


@pytest.mark.parametrize("spell", SPELLINGS)
@pytest.mark.parametrize("exchange", WRITES)
def test_a_key_in_another_spelling_is_judged_the_same(exchange: str, spell: Callable[[str], str], audit: Audit) -> None:
    reads = in_other_words(exchange, spell, audit)
    writes = in_other_words(exchange, spell, audit, **WRITES[exchange])
    unproved = Verdict.CLEAN if load(exchange).complete else Verdict.INCOMPLETE
    assert (unproved, Verdict.REFUSED) == (reads.report.verdict, writes.report.verdict)
    assert reads.account.key is not None
    assert reads.account.key.readonly


REPORTED = {
    "permissions": ["query-funds"],
    "ipAllowlist": [""],
    "queryFrom": "0",
    "queryTo": "0",
    "validUntil": "0",
    "iban": "AA00 N00G 0000 0007",
}


def key_of(audited: Audited) -> Key:
    assert audited.account.key is not None
    return audited.account.key


@pytest.mark.parametrize("spell", SPELLINGS)
def test_a_list_with_a_blank_address_binds_a_kraken_key_to_none(spell: Callable[[str], str], audit: Audit) -> None:
    key = key_of(in_other_words("kraken", spell, audit, **REPORTED))
    assert (False, True, None) == (key.ip_bound, key.readonly, key.expires_at)


UNBOUND: list[tuple[str, dict[str, Any]]] = [
    ("bybit", {"ips": [""]}),
    ("bybit", {"ips": ["*"]}),
    ("gate", {"ip_whitelist": [""]}),
    ("bitget", {"ips": ","}),
    ("mexc", {"ipWhiteList": ""}),
]


@pytest.mark.parametrize(("exchange", "change"), UNBOUND, ids=str)
def test_a_blank_binds_a_key_to_no_address(exchange: str, change: dict[str, Any], audit: Audit) -> None:
    assert False is key_of(audit(exchange, account_of(exchange, "empty").with_key(**change))).ip_bound


MISSING: list[tuple[str, dict[str, Any]]] = [
    ("kraken", {"permissions": []}),
    ("kraken", {"permissions": None}),
    ("bybit", {"readOnly": None}),
    ("bybit", {"permissions": None}),
    ("gate", {"perms": []}),
    ("gate", {"perms": [{"name": "spot"}]}),
    ("bitget", {"permType": ""}),
    ("coinbase", {"can_trade": None}),
    ("coinbase", {"can_transfer": ""}),
    ("mexc", {"permissions": ""}),
    ("mexc", {"permissions": ","}),
    ("mexc", {"accessKey": "another"}),
    ("mexc", {"status": "FROZEN"}),
]


@pytest.mark.parametrize(("exchange", "change"), MISSING, ids=str)
def test_rights_that_are_not_stated_are_never_read_only(exchange: str, change: dict[str, Any], audit: Audit) -> None:
    audited = audit(exchange, account_of(exchange, "messy").with_key(**change))
    assert Verdict.INCOMPLETE is audited.report.verdict
    assert Trouble.MALFORMED is audited.unread("key").trouble
    assert len(audited.calls) <= 2


@pytest.mark.parametrize("name", ["queryFrom", "queryTo"])
@pytest.mark.parametrize("spell", SPELLINGS)
def test_a_key_that_shows_only_a_span_of_time_is_told_in_any_spelling(
    name: str, spell: Callable[[str], str], audit: Audit
) -> None:
    audited = in_other_words("kraken", spell, audit, **{name: "1700000000"})
    assert "part of the account's history" in str(audited.unread("key-doubt-1").reason)


def test_a_key_that_sees_only_some_markets_is_told(audit: Audit) -> None:
    detail = {"user_id": 73000001, "ip_whitelist": [], "currency_pairs": ["BTC_USDT"]}
    account = account_of("gate", "empty").with_refusal("/api/v4/account/detail", Reply(200, detail))
    assert "only some markets" in str(audit("gate", account).unread("key-doubt-1").reason)


EXPIRES: list[tuple[str, dict[str, Any]]] = [
    ("kraken", {"validUntil": "1893456000"}),
    ("bybit", {"expiredAt": "2030-01-01T00:00:00Z"}),
]


@pytest.mark.parametrize(("exchange", "change"), EXPIRES, ids=str)
def test_a_key_that_expires_says_when(exchange: str, change: dict[str, Any], audit: Audit) -> None:
    audited = audit(exchange, account_of(exchange, "empty").with_key(**change))
    assert datetime(2030, 1, 1, tzinfo=UTC) == key_of(audited).expires_at
    (finding,) = [one for one in audited.report.findings if one.rule == "key-expires"]
    assert "2030-01-01" in str(finding.message)


def test_gates_list_shows_a_key_by_its_beginning(audit: Audit) -> None:
    account = account_of("gate", "empty")
    row = {"state": 1, "perms": [{"name": "spot", "read_only": True}], "key": f"{account.apikey[:12]}*****"}
    other = {**row, "key": "52fd0035f665*****", "perms": [{"name": "spot", "read_only": False}]}
    listed = account.with_refusal("/api/v4/account/main_keys", Reply(200, [other, row]))
    assert key_of(audit("gate", listed)).readonly


HTX = {"accessKey": CREDENTIALS["apiKey"], "status": "normal", "permission": "readOnly", "ipAddresses": ""}


def htx(**change: Any) -> Outcome:
    rows = {"/v2/user/uid": 1, "/v2/user/api-key": [{**HTX, **change}]}
    return audit_answers("htx", lambda path: Said(200, {"code": 200, "data": rows.get(path, [])}))


@pytest.mark.parametrize(
    "change", [{"permission": "readOnly,trade"}, {"permission": "read_only,new"}, {"canWithdraw": True}], ids=str
)
def test_an_htx_key_that_may_do_more_is_refused(change: dict[str, Any]) -> None:
    outcome = htx(**change)
    assert outcome.report is not None
    assert Verdict.REFUSED is outcome.report.verdict
    assert ["/v2/user/uid", "/v2/user/api-key"] == outcome.asked


@pytest.mark.parametrize("change", [{}, {"permission": "read-only"}, {"validDays": 30}], ids=str)
def test_an_htx_key_that_reads_is_believed(change: dict[str, Any]) -> None:
    outcome = htx(**change)
    assert outcome.report is not None
    key = outcome.report.accounts[0].snapshot.key
    assert key is not None
    assert (True, False, "validDays" in change) == (key.readonly, key.ip_bound, key.expires_at is not None)


@pytest.mark.parametrize("code", ["wwow", "stow", "trade", "new"])
def test_a_classic_bitget_key_with_a_code_that_is_not_reading_is_refused_whatever_the_user_says(
    code: str, audit: Audit
) -> None:
    account = account_of("bitget", "classic").with_key(authorities=["stor", code])
    audited = audit("bitget", account, accept_unproven_key=True)
    assert Verdict.REFUSED is audited.report.verdict


def test_two_spellings_of_one_field_that_differ_are_not_understood() -> None:
    with pytest.raises(MalformedError, match="twice"):
        respelled({"canTrade": True, "can_trade": False}, ["can_trade"])


def test_facts_are_no_rights_in_any_spelling() -> None:
    assert () == extra_rights({"is_master": True, "apiKeyName": "true", "level": "1"}, {"isMaster", "api-key-name"})


@pytest.mark.parametrize("value", [None, 5, [], [1], "", " , ", {}, {"trade": False}])
def test_no_named_right_proves_nothing(value: object) -> None:
    with pytest.raises(MalformedError):
        named_rights(value)


def test_addresses_bind_where_one_is_named() -> None:
    assert [True, True, False, False, False] == [
        is_bound(addresses) for addresses in ("192.0.2.1", ["", "192.0.2.1"], None, "0.0.0.0/0", [])
    ]


@pytest.mark.parametrize("value", [None, "", "0", "-1", "-2", "soon", "1970-01-01T00:00:00Z", 5, "9" * 15])
def test_no_time_is_no_time(value: object) -> None:
    assert moment(value) is None
