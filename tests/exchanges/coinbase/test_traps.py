"""Coinbase: what hides a holding there, and what must never be taken for an empty place."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from yarl import URL

from auditor.demo import Call, Reply
from auditor.exchanges.coinbase.envelope import NEXT, error_code, unwrap
from auditor.exchanges.coinbase.login import session_token
from auditor.exchanges.registry import load
from auditor.model.account import Options
from auditor.model.records import Debt
from auditor.model.report import Verdict
from auditor.model.snapshot import Read, Trouble, Unread, seen_records
from auditor.spec.fields import text
from auditor.spec.parsed_row import Row
from auditor.transport.guard import NotAllowedError
from auditor.transport.rpc import rpc_body
from tests.exchanges.bench import Bench
from tests.exchanges.coinbase.bare import BARE, EMPTY, MESSY
from tests.exchanges.coinbase.test_real_accounts import answering, blockers, changed, unread
from tests.exchanges.findings import manual_lines, result
from tests.exchanges.witness import guard

ORDERS = "/api/v3/brokerage/orders/historical/batch"
GATEWAY, TRANSACTIONS = "/api/v2/", "/v2/accounts/{account_id}/transactions"
HOME = "https://api.coinbase.com"
DERIVATIVES = ("derivatives", "derivatives-subaccounts", "derivatives-positions", "derivatives-orders")


def transaction(**changes: Any) -> dict[str, Any]:
    return {**MESSY.rows(TRANSACTIONS)[0], "@account": "demo-2", **changes}


def test_an_order_placed_in_the_simple_app_alone_blocks(shared: Bench) -> None:
    rows = [row for row in MESSY.rows(ORDERS) if row["order_placement_source"] == "RETAIL_SIMPLE"]
    assert {"orders"} == set(blockers_by_place(shared.audit(BARE.with_rows(ORDERS, rows))))


def blockers_by_place(audited: Any) -> list[str]:
    return [finding.surface for finding in audited.report.findings if finding.severity.value == "blocker"]


def test_every_source_and_every_open_state_of_an_order_is_asked_for(shared: Bench) -> None:
    asked = {
        (call.query["order_placement_source"], call.query["order_status"])
        for call in shared.audit(BARE).calls
        if call.path == ORDERS
    }
    assert (3, 6, 18) == (len({one for one, _ in asked}), len({one for _, one in asked}), len(asked))


@pytest.mark.parametrize(("error", "verdict"), [("INVALID_ARGUMENT", Verdict.CLEAN), ("INTERNAL", Verdict.INCOMPLETE)])
def test_a_state_that_is_refused_as_a_filter_is_looked_at_by_eye(shared: Bench, error: str, verdict: Verdict) -> None:
    refusal = Reply(400, {"error": error, "error_details": "order_status", "message": "no"})
    audited = shared.audit(BARE, fault=answering(ORDERS, refusal, order_status="UNKNOWN_ORDER_STATUS"))
    assert (verdict, True) == (audited.report.verdict, isinstance(result(audited, "orders"), Read))
    assert (verdict is Verdict.CLEAN) is (f"unread-{BARE.name}-orders-unnamed" in manual_lines(audited.report))


def test_a_list_of_which_a_part_is_withheld_is_not_the_whole_list(shared: Bench) -> None:
    rows = [{**EMPTY.rows("/api/v3/brokerage/accounts")[0], "type": "ACCOUNT_TYPE_CRYPTO"}]
    body = {"accounts": rows, "has_next": False, "cursor": "", "proof_token_required": True}
    audited = shared.audit(EMPTY, fault=answering("/api/v3/brokerage/accounts", body))
    assert (Verdict.INCOMPLETE, 1) == (audited.report.verdict, len(unread(audited, "accounts").records))


@pytest.mark.parametrize(
    "kind", [{"type": "FIAT"}, {"type": "novel"}, {"type": "wallet", "currency": {"code": "USD", "type": "fiat"}}]
)
def test_money_on_its_way_is_asked_of_a_wallet_of_any_kind_that_may_hold_money(
    shared: Bench, kind: dict[str, Any]
) -> None:
    path = "/v2/accounts/{account_id}/deposits"
    wallet = {**BARE.rows("/v2/accounts")[0], **kind}
    row = {**MESSY.rows(path)[0], "status": "created", "committed": True}
    holding = BARE.with_rows("/v2/accounts", [wallet]).with_rows(path, [row])
    assert ["fiat-deposits"] == blockers_by_place(shared.audit(holding))


def test_what_orders_reserve_in_a_balance_of_0_is_told(shared: Bench) -> None:
    row = {**MESSY.rows(f"{GATEWAY}private/get_account_summaries")[0], "additional_reserve": 0.5}
    audited = shared.audit(BARE.with_rows(f"{GATEWAY}private/get_account_summaries", [row]))
    assert ["derivatives"] == blockers_by_place(audited)


def test_orders_that_are_withheld_are_no_empty_list(shared: Bench) -> None:
    body = {"orders": [], "has_next": False, "cursor": "", "proof_token_required": True}
    audited = shared.audit(BARE, fault=answering(ORDERS, body))
    assert Verdict.INCOMPLETE is audited.report.verdict
    assert "prove who you are" in str(unread(audited, "orders").reason)


@pytest.mark.parametrize("place", ["accounts", "us-futures-positions", "us-futures-sweeps"])
@pytest.mark.parametrize("said", [True, "true"])
def test_any_list_that_is_withheld_is_no_empty_list(shared: Bench, place: str, said: object) -> None:
    paths = {"accounts": "accounts", "us-futures-positions": "cfm/positions", "us-futures-sweeps": "cfm/sweeps"}
    rows: dict[str, list[object]] = {"accounts": [], "positions": [], "sweeps": []}
    body = {**rows, "has_next": False, "cursor": "", "proof_token_required": said}
    audited = shared.audit(BARE, fault=answering(f"/api/v3/brokerage/{paths[place]}", body))
    assert (Verdict.INCOMPLETE, True) == (audited.report.verdict, isinstance(result(audited, place), Unread))


def test_an_order_that_is_over_in_a_list_of_open_ones_does_not_block(shared: Bench) -> None:
    row = {**MESSY.rows(ORDERS)[0], "status": "FILLED"}
    body = {"orders": [row], "has_next": False, "cursor": "", "proof_token_required": False}
    audited = shared.audit(BARE, fault=answering(ORDERS, body, order_status="OPEN"))
    assert isinstance(result(audited, "orders"), Read)
    assert [] == blockers_by_place(audited)


def test_staked_funds_that_the_list_of_accounts_shows_as_0_block(shared: Bench) -> None:
    path = "/api/v3/brokerage/portfolios/{portfolio_uuid}"
    row = MESSY.rows(path)[0]
    account = {**MESSY.rows("/api/v3/brokerage/accounts")[2], "uuid": row["account_uuid"]}
    staked = BARE.with_rows(path, [row]).with_rows("/api/v3/brokerage/accounts", [account])
    assert {"1.2500001"} == blockers(shared.audit(staked), "ETH")


def test_a_partly_staked_asset_has_two_rows_and_both_count(shared: Bench) -> None:
    path = "/api/v3/brokerage/portfolios/{portfolio_uuid}"
    row = MESSY.rows(path)[0]
    lent = {**row, "account_type": "ACCOUNT_TYPE_LENT_FUNDS", "total_balance_crypto": 0.5}
    assert {"1.2500001", "0.5"} == blockers(shared.audit(BARE.with_rows(path, [row, lent])), "ETH")


@pytest.mark.parametrize(
    ("changes", "blocks"),
    [
        ({"status": "completed", "network": {"status": "pending"}, "created_at": "{now}"}, True),
        ({"status": "completed", "network": {"status": "unconfirmed"}, "created_at": "{now}"}, True),
        ({"status": "completed", "network": {"status": "pending"}, "created_at": "2024-01-01T00:00:00Z"}, False),
        ({"status": "completed", "network": {"status": "confirmed"}, "created_at": "{now}"}, False),
        ({"status": "completed", "network": {"status": "off_blockchain"}, "created_at": "{now}"}, False),
        ({"status": "completed", "network": {"status": "PENDING"}, "created_at": "{now}"}, True),
        ({"status": "completed", "network": "pending", "created_at": "{now}"}, True),
        ({"status": "completed", "network": {"status": "replaced"}, "created_at": "{now}"}, True),
        ({"status": "completed", "network": {"hash": "0x0"}, "created_at": "{now}"}, False),
        ({"status": "completed", "network": None, "amount": None}, False),
        ({"status": "waiting_for_signature", "type": "vault_withdrawal"}, True),
        ({"status": "waiting_for_clearing", "created_at": "2015-01-01T00:00:00Z"}, True),
        ({"status": "on_a_new_way"}, True),
        ({"status": "failed"}, False),
        ({"status": "expired"}, False),
        ({"type": "request", "status": "pending", "created_at": "2015-03-24T18:32:35-07:00"}, True),
    ],
    ids=str,
)
def test_a_transaction_is_over_only_when_coinbase_and_the_network_say_so(
    shared: Bench, changes: dict[str, Any], blocks: bool
) -> None:
    """An old send that the network never confirmed says nothing: Coinbase has done with it."""
    row = transaction(**{name: now() if value == "{now}" else value for name, value in changes.items()})
    audited = shared.audit(BARE.with_rows(TRANSACTIONS, [row]))
    assert (["transactions"] if blocks else []) == blockers_by_place(audited)
    assert isinstance(result(audited, "transactions"), Read)


def now() -> str:
    return datetime.now(UTC).isoformat()


@pytest.mark.parametrize(
    ("changes", "blocks"),
    [
        ({"status": "created", "committed": True}, True),
        ({"status": "created", "committed": False}, False),
        ({"status": "created", "committed": None}, True),
        ({"status": "completed", "payout_at": "2199-01-01T00:00:00Z"}, True),
        ({"status": "completed", "payout_at": None}, False),
        ({"status": "completed", "payout_at": "soon"}, True),
        ({"status": "canceled", "payout_at": "soon", "amount": None}, False),
        ({"status": "held"}, True),
    ],
    ids=str,
)
def test_a_fiat_deposit_that_was_never_committed_never_started(
    shared: Bench, changes: dict[str, Any], blocks: bool
) -> None:
    path = "/v2/accounts/{account_id}/deposits"
    row = {**MESSY.rows(path)[0], "payout_at": None, **changes}
    assert (["fiat-deposits"] if blocks else []) == blockers_by_place(shared.audit(BARE.with_rows(path, [row])))


def test_a_wallet_that_shows_nothing_is_asked_for_its_transactions_all_the_same(shared: Bench) -> None:
    asked = {call.query["account_id"] for call in shared.audit(EMPTY).calls if call.path == TRANSACTIONS}
    assert {"demo-1", "demo-2"} == asked


def test_the_users_international_derivatives_are_read_after_one_login(shared: Bench) -> None:
    calls = [call.path for call in shared.audit(MESSY).calls if call.path.startswith(GATEWAY)]
    assert 1 == calls.count("/api/v2/public/auth")
    assert calls.index("/api/v2/public/auth") < min(calls.index(path) for path in calls if "private" in path)


def test_a_list_of_portfolios_without_the_keys_own_is_not_the_whole_list(shared: Bench) -> None:
    audited = shared.audit(BARE, fault=answering("/api/v3/brokerage/portfolios", {"portfolios": []}))
    assert Verdict.INCOMPLETE is audited.report.verdict
    assert "the portfolio of the key is missing" in str(unread(audited, "portfolios").reason)


def test_an_expired_login_is_made_again(shared: Bench) -> None:
    expired = [Reply(400, {"jsonrpc": "2.0", "id": 1, "error": {"code": 13009, "message": "unauthorized"}})]

    def once(call: Call) -> Reply | None:
        return expired.pop() if expired and call.path.endswith("get_positions") else None

    audited = shared.audit(MESSY, fault=once)
    assert isinstance(result(audited, "derivatives-positions"), Read)
    assert 2 == [call.path for call in audited.calls].count("/api/v2/public/auth")


@pytest.mark.parametrize("scope", ["rat#view rat#trade", "wallet:accounts:read wallet:buys:create", "rat#new"])
def test_a_login_that_may_do_more_than_read_is_not_used(shared: Bench, scope: str) -> None:
    audited = shared.audit(MESSY.with_key(**{"@scope": scope}))
    assert {Trouble.SKIPPED} == {unread(audited, place).trouble for place in DERIVATIVES}
    assert [] == [call.path for call in audited.calls if call.path.startswith(f"{GATEWAY}private")]


@pytest.mark.parametrize(
    ("scope", "readonly"),
    [("rat#view", True), ("wallet:user:read rat#view", True), ("rat#view wallet:buys:create", False), ("rat", False)],
)
def test_the_scope_of_a_login_says_whether_it_can_only_read(scope: str, readonly: bool) -> None:
    row = Row({"access_token": "made-up", "scope": scope}, (text("access_token"), text("scope")))
    assert readonly is session_token(row).readonly
    assert "made-up" not in repr(session_token(row))


def test_a_user_without_derivatives_looks_by_eye_and_one_with_a_portfolio_for_them_is_unproved(shared: Bench) -> None:
    without = shared.audit(EMPTY)
    assert Verdict.CLEAN is without.report.verdict
    assert {f"unread-{EMPTY.name}-{place}" for place in DERIVATIVES} <= manual_lines(without.report)
    intx = {"name": "Perpetuals", "uuid": "75000077-intx", "type": "INTX", "deleted": True}
    having = shared.audit(EMPTY.with_rows("/api/v3/brokerage/portfolios", [intx]))
    assert Verdict.INCOMPLETE is having.report.verdict


@pytest.mark.parametrize(
    ("portfolio", "page", "verdict"),
    [
        ({}, b"<html><title>Access denied</title>error code: 1009</html>", Verdict.CLEAN),
        ({}, b"<html><title>Attention Required! | Cloudflare</title></html>", Verdict.INCOMPLETE),
        (
            {"name": "Perpetuals", "uuid": "75000077-intx", "type": "INTX", "deleted": True},
            b"<html><title>Access denied</title>error code: 1009</html>",
            Verdict.INCOMPLETE,
        ),
    ],
    ids=["region", "something on the way", "region, and once a portfolio"],
)
def test_a_region_that_derivatives_do_not_serve_is_looked_at_by_eye(
    shared: Bench, portfolio: dict[str, Any], page: bytes, verdict: Verdict
) -> None:
    whose = BARE.with_rows("/api/v3/brokerage/portfolios", [portfolio] if portfolio else [])
    audited = shared.audit(whose, fault=lambda call: Reply(403, page) if call.path.startswith(GATEWAY) else None)
    assert verdict is audited.report.verdict
    lines = {f"unread-{BARE.name}-{place}" for place in (*DERIVATIVES, "derivatives-locks", "maintenance")}
    assert (verdict is Verdict.CLEAN) is (lines <= manual_lines(audited.report))


@pytest.mark.parametrize("sign", ["locked", "enabled"])
def test_a_currency_that_is_locked_is_told_in_either_spelling(shared: Bench, sign: str) -> None:
    path = f"{GATEWAY}private/get_user_locks"
    locked = shared.audit(BARE.with_rows(path, [{"currency": "BTC", sign: True}]))
    assert ["derivatives-locks"] == blockers_by_place(locked)
    unsaid = shared.audit(BARE.with_rows(path, [{"currency": "BTC"}, {"currency": "ETH", sign: False}]))
    assert Verdict.INCOMPLETE is unsaid.report.verdict


def test_a_platform_that_is_locked_leaves_derivatives_unproved(shared: Bench) -> None:
    body = {"jsonrpc": "2.0", "id": 55, "result": {"locked": True, "locked_currencies": ["BTC", "ETH"]}}
    audited = shared.audit(MESSY, fault=answering(f"{GATEWAY}public/status", body))
    found = unread(audited, "derivatives")
    assert (Trouble.MAINTENANCE, True) == (found.trouble, bool(seen_records(found)))


def test_an_odd_row_of_the_derivatives_hides_no_other(shared: Bench) -> None:
    def odd(body: Any) -> None:
        body["result"]["summaries"].insert(0, {"currency": "ETH", "balance": None})

    audited = shared.audit(MESSY, fault=answering(f"{GATEWAY}private/get_account_summaries", changed(odd)))
    assert {"31.5"} <= blockers(audited, "USDC")
    assert isinstance(result(audited, "derivatives"), Unread)


def test_a_body_that_names_another_method_than_its_path_never_leaves() -> None:
    allow = guard("coinbase")
    address = URL("https://drb.coinbase.com/api/v2/private/get_positions")
    allow.check_request("POST", address)
    allow.check_body("POST", address, rpc_body("private/get_positions", {}).encode())
    for method in ("private/buy", "private/submit_transfer_between_subaccounts", "private/get_open_orders"):
        with pytest.raises(NotAllowedError):
            allow.check_body("POST", address, rpc_body(method, {}).encode())
    with pytest.raises(NotAllowedError):
        allow.check_request("GET", address)
    with pytest.raises(NotAllowedError):
        allow.check_request("POST", URL("https://drb.coinbase.com/api/v2"))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/v3/brokerage/portfolios"),
        ("POST", "/api/v3/brokerage/portfolios/move_funds"),
        ("GET", "/api/v3/brokerage/portfolios/move_funds"),
        ("DELETE", "/api/v3/brokerage/cfm/sweeps"),
        ("POST", "/v2/accounts/8bfc20d7-f7c6/transactions"),
        ("GET", "/v2/accounts/8bfc20d7-f7c6/addresses"),
    ],
)
def test_what_a_key_that_can_only_view_may_still_change_is_never_sent(method: str, path: str) -> None:
    with pytest.raises(NotAllowedError):
        guard("coinbase").check_request(method, URL(HOME + path))


@pytest.mark.parametrize(
    ("pages", "following"),
    [
        ({"next_uri": None}, ""),
        ({"next_uri": None, "next_starting_after": None}, ""),
        ({"next_uri": "/v2/accounts?limit=100&starting_after=7-b"}, "7-b"),
        ({"next_uri": "/v2/accounts?starting_after=7-b", "next_starting_after": "7-b"}, "7-b"),
        ({"next_starting_after": "7-b"}, "7-b"),
        ({"next_uri": "/v2/accounts?starting_after=7-b", "next_starting_after": "7-c"}, None),
        ({"next_uri": "/v2/accounts?starting_after=7-b", "next_starting_after": None}, None),
        ({"next_uri": "/v2/accounts"}, None),
        ({"next_uri": "/v2/accounts?starting_after=7&starting_after=8"}, None),
        ({"next_uri": None, "next_starting_after": "7-b"}, None),
        ({"limit": 25}, None),
    ],
    ids=str,
)
def test_the_next_page_is_where_both_signs_say(pages: dict[str, Any], following: str | None) -> None:
    answer = unwrap({"pagination": pages, "data": []})
    assert isinstance(answer, dict)
    assert following == answer[NEXT]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"errors": [{"id": "not_found", "message": "Not found"}]}, ("not_found", "Not found")),
        ({"error": "PERMISSION_DENIED", "error_details": "no", "message": ""}, ("PERMISSION_DENIED", "no")),
        (
            {"jsonrpc": "2.0", "error": {"code": "13004", "message": "invalid_credentials"}},
            ("13004", "invalid_credentials"),
        ),
        ({"errors": [], "data": []}, None),
        ({"errors": ["down"], "data": []}, ("?", "['down']")),
        ({"errors": {"id": "not_found"}, "data": []}, ("?", "{'id': 'not_found'}")),
        ({"error": True, "orders": []}, ("?", "True")),
        ({"error": None, "orders": []}, None),
        ([], None),
    ],
    ids=str,
)
def test_an_error_is_one_in_the_words_of_each_api(body: Any, expected: tuple[str, str] | None) -> None:
    assert expected == error_code(body)


def test_no_token_of_a_session_is_kept_of_an_answer(shared: Bench) -> None:
    kept: list[str] = []

    def keep(_method: str, _url: str, _status: int, body: str) -> None:
        kept.append(body)

    shared.audit(MESSY, options=Options(pace=0, keep=keep))
    logins = [body for body in kept if "access_token" in body]
    assert ["left out"] == [json.loads(body)["result"]["access_token"] for body in logins]
    assert [] == [body for body in kept if "demo-session" in body]


def test_a_pledge_is_security_and_a_clawback_is_owed(shared: Bench) -> None:
    found = [one for one in seen_records(result(shared.audit(MESSY), "breakdown-loans")) if isinstance(one, Debt)]
    assert {("BTC", True), ("USDC", False)} == {(one.asset, one.collateral) for one in found}


def test_a_key_for_coinbase_is_read_by_a_table_with_every_place() -> None:
    assert load("coinbase").complete
