"""KuCoin: defaults that hide something, states that look final, and requests that must never be sent."""

from collections.abc import Mapping
from typing import Any

import pytest
from yarl import URL

from auditor.demo import Account, Reply, account
from auditor.exchanges.kucoin.exchange import EXCHANGE
from auditor.model.report import Severity, Verdict
from auditor.model.snapshot import NotApplicable, Read, Standing, Unread
from auditor.transport.guard import NotAllowedError
from tests.conftest import DemoAudit
from tests.exchanges.findings import manual_lines, readings
from tests.exchanges.kucoin.answering import EMPTY, audited, data, held, listed, results
from tests.exchanges.kucoin.bare import BARE
from tests.exchanges.kucoin.samples import SAMPLES, kid
from tests.exchanges.witness import guard

DEPOSITS, WITHDRAWALS = "/api/v1/deposits", "/api/v1/withdrawals"
BY_ID = "/api/v1/withdrawals/{withdrawalId}"
SUB_USERS = "/api/v2/sub/user"


def asked(audit: DemoAudit, path: str, *names: str) -> set[tuple[str | None, ...]]:
    """The values of these parameters with which a path was asked."""
    return {tuple(call.query.get(name) for name in names) for call in audit.calls if call.path == path}


def messages(audit: DemoAudit) -> str:
    return "\n".join(str(f.message) for f in audit.report.findings if f.severity is Severity.BLOCKER)


@pytest.fixture(scope="module")
def empty() -> DemoAudit:
    return audited({})


@pytest.fixture(scope="module")
def unified() -> DemoAudit:
    return audited({}, BARE)


def test_an_empty_account_is_clean_with_lines_to_look_at_by_eye(empty: DemoAudit) -> None:
    lines = manual_lines(empty.report)
    assert Verdict.CLEAN is empty.report.verdict
    assert {"trading-bots", "places-without-api", "unread-kucoin-empty-futures"} <= lines


def test_both_margin_accounts_are_asked_for(empty: DemoAudit) -> None:
    paths = ("/api/v3/margin/accounts", "/api/v3/isolated/accounts")
    assert [{("ALL",)}, {("ALL",)}] == [asked(empty, path, "queryType") for path in paths]


def test_stop_orders_of_every_type_of_trade_are_asked_for(empty: DemoAudit) -> None:
    every = {("TRADE",), ("MARGIN_TRADE",), ("MARGIN_ISOLATED_TRADE",)}
    margin = every - {("TRADE",)}
    paths = ("/api/v1/stop-order", "/api/v3/hf/margin/stop-orders", "/api/v3/hf/margin/oco-orders")
    assert [every, margin, margin] == [asked(empty, path, "tradeType") for path in paths]


def test_open_orders_are_asked_for_by_their_state(empty: DemoAudit) -> None:
    assert {("active", None)} <= asked(empty, "/api/v1/orders", "status", "tradeType")
    assert {("active",)} == asked(empty, "/api/v1/orders", "status")


def test_deposits_and_withdrawals_are_asked_for_without_a_state_which_would_hide_the_others(empty: DemoAudit) -> None:
    assert [{(None, None)}] * 2 == [asked(empty, path, "status", "currency") for path in (DEPOSITS, WITHDRAWALS)]


def test_lending_is_asked_for_in_both_states(empty: DemoAudit) -> None:
    both = {("PENDING",), ("DONE",)}
    assert [both] * 2 == [asked(empty, path, "status") for path in ("/api/v3/purchase/orders", "/api/v3/redeem/orders")]


def test_conditional_orders_of_a_unified_account_are_asked_for_by_each_name_of_their_filter(unified: DemoAudit) -> None:
    path, types = "/api/ua/v1/unified/order/open-list", ("SPOT", "FUTURES", "MARGIN")
    expected = {(kind, name) for kind in types for name in ("NORMAL", "ADVANCED", "CONDITION")}
    assert expected == asked(unified, path, "tradeType", "orderFilter")
    assert "unified-conditional-orders" in manual_lines(unified.report)


def test_a_filter_that_kucoin_does_not_know_leaves_a_line_to_look_at_by_eye() -> None:
    def answer(query: Mapping[str, str]) -> Any:
        return {"code": "400100", "msg": "Bad Request"} if query["orderFilter"] == "CONDITION" else None

    audit = audited({"/api/ua/v1/unified/order/open-list": answer}, BARE)
    assert (Verdict.CLEAN, True) == (
        audit.report.verdict,
        "unread-bare-unified-condition" in manual_lines(audit.report),
    )


def test_a_classic_account_is_asked_nothing_of_a_unified_one(empty: DemoAudit) -> None:
    assert not [call.path for call in empty.calls if "/unified/" in call.path or call.path.startswith("/api/ua/v2/")]
    assert all(isinstance(result, NotApplicable) for result in results(empty, "unified"))


def test_a_unified_account_that_refuses_its_own_requests_is_not_clean() -> None:
    refused = {"code": "112010", "msg": "Invalid Unified Account user."}
    audit = audited({"/api/ua/v1/unified/account/balance": refused}, BARE)
    assert (True, Verdict.INCOMPLETE) == (isinstance(results(audit, "unified")[0], Unread), audit.report.verdict)


def test_a_mode_that_nobody_knows_counts_as_unified() -> None:
    audit = audited({"/api/ua/v1/account/mode": data({"selfAccountMode": "SOMETHING_NEW"})})
    assert all(isinstance(result, Unread) for result in results(audit, "unified"))


def balance(kind: str, holds: str) -> dict[str, str]:
    return {"currency": "BTC", "type": kind, "balance": "1", "available": "0", "holds": holds}


@pytest.mark.parametrize("kind", ["trade", "trade_hf"])
def test_spot_orders_are_looked_for_in_every_market_of_a_coin_that_is_on_hold(kind: str) -> None:
    order = SAMPLES["orders"].rows[0]
    audit = audited({"/api/v1/accounts": data([balance(kind, "1")]), "/api/v1/hf/orders/active/page": listed(order)})
    assert {("BTC-USDT",), ("ETH-BTC",)} == asked(audit, "/api/v1/hf/orders/active/page", "symbol")
    assert {order["id"]} == {record.subject for record in held(audit, "orders")}


def test_no_market_is_asked_for_orders_while_nothing_is_on_hold(empty: DemoAudit) -> None:
    assert not asked(empty, "/api/v1/hf/orders/active/page", "symbol")
    assert all(isinstance(result, NotApplicable) for result in results(empty, "orders"))


def test_an_isolated_pair_with_coins_on_hold_is_asked_for_its_orders() -> None:
    asset = {"currency": "BTC", "total": "1", "available": "0", "hold": "1", "liability": "0"}
    pair = {"symbol": "BTC-USDT", "baseAsset": asset, "quoteAsset": {**asset, "currency": "USDT", "hold": "0"}}
    totals = {"totalAssetOfQuoteCurrency": "1", "totalLiabilityOfQuoteCurrency": "0"}
    audit = audited({"/api/v3/isolated/accounts": data({**totals, "assets": [pair]})})
    path = "/api/v3/hf/margin/orders/active"
    assert {("BTC-USDT", "MARGIN_ISOLATED_TRADE")} == asked(audit, path, "symbol", "tradeType")


@pytest.mark.parametrize("code", ["400007", "100001"])
def test_a_place_that_refuses_the_key_is_never_empty(code: str) -> None:
    audit = audited({"/api/v1/positions": {"code": code, "msg": "Access denied, require more permission."}})
    assert (Verdict.INCOMPLETE, True) == (
        audit.report.verdict,
        all(isinstance(result, Unread) for result in results(audit, "positions")),
    )


def test_a_missing_right_is_named_by_its_box() -> None:
    audit = audited({"/api/v1/positions": Reply(403, {"code": "400007", "msg": "Access denied"})})
    (result,) = results(audit, "positions")
    assert isinstance(result, Unread)
    assert "General" == result.right


STATES = ("PROCESSING", "PRE_SUCCESS", "WAIT_TRM_MGT", "TRM_MGT_REJECTED", "WAIT_RISK_MGT", "RISK_MGT_REJECTED")


def deposit(status: str, **more: Any) -> dict[str, Any]:
    return {"currency": "SOL", "amount": "4", "status": status, "walletTxId": "t1", "createdAt": 1782820000123, **more}


@pytest.mark.parametrize("status", [*STATES, "ROLLBACKING", "ROLLBACK", "A_STATE_OF_THE_FUTURE", "success"])
def test_a_deposit_in_any_state_but_the_final_ones_is_under_way(status: str) -> None:
    assert 1 == len(held(audited({DEPOSITS: listed(deposit(status))}), "deposits"))


@pytest.mark.parametrize("row", [deposit("SUCCESS", arrears=False), deposit("SUCCESS"), deposit("FAILURE")], ids=str)
def test_a_deposit_that_is_over_does_not_block(row: dict[str, Any]) -> None:
    assert Verdict.CLEAN is audited({DEPOSITS: listed(row)}).report.verdict


@pytest.mark.parametrize("arrears", [True, "true", 1])
def test_a_deposit_that_was_rolled_back_with_a_debt_left_blocks(arrears: object) -> None:
    audit = audited({DEPOSITS: listed(deposit("SUCCESS", arrears=arrears))})
    assert "rolled back, and a debt is left" in messages(audit)


def failed(**by_id: Any) -> DemoAudit:
    """Audit an account with one failed withdrawal, of which KuCoin says this by its number."""
    row = {"id": "67e6515f", "currency": "USDT", "amount": "30", "status": "FAILURE", "createdAt": 1782820000123}
    return audited({WITHDRAWALS: listed(row), BY_ID: by_id.get("said", data({**row, **by_id}))})


def test_a_withdrawal_that_failed_may_still_be_coming_back() -> None:
    assert "failed, and the money is still to come back" in messages(failed(returnStatus="PROCESSING"))


@pytest.mark.parametrize("state", ["NOT_RETURN", "SUCCESS"])
def test_a_withdrawal_that_failed_and_came_back_does_not_block(state: str) -> None:
    assert Verdict.CLEAN is failed(returnStatus=state).report.verdict


@pytest.mark.parametrize("state", ["", None, "LATER"])
def test_what_became_of_a_failed_withdrawal_must_be_said(state: str | None) -> None:
    assert Verdict.CLEAN is not failed(returnStatus=state).report.verdict


def test_a_failed_withdrawal_that_cannot_be_looked_up_leaves_the_account_unproved() -> None:
    assert Verdict.INCOMPLETE is failed(said={"code": "404", "msg": "Not Found"}).report.verdict


def lent(status: str, matched: str, *redeemed: str) -> DemoAudit:
    order = {"purchaseOrderNo": "p1", "currency": "USDT", "purchaseSize": "50", "matchSize": matched, "status": status}
    back = [
        {"redeemOrderNo": f"r{n}", "purchaseOrderNo": "p1", "currency": "USDT", "redeemSize": size, "status": "DONE"}
        for n, size in enumerate(redeemed)
    ]
    return audited({}, EMPTY.with_rows("/api/v3/purchase/orders", [order]).with_rows("/api/v3/redeem/orders", back))


def test_money_that_is_lent_out_blocks() -> None:
    assert "50 USDT in Margin lending (lent out 20), pending" in messages(lent("PENDING", "20"))


def test_a_loan_that_is_done_blocks_until_what_was_lent_is_shown_as_redeemed() -> None:
    assert [Verdict.BLOCKED, Verdict.BLOCKED, Verdict.CLEAN, Verdict.CLEAN] == [
        lent("DONE", "50").report.verdict,
        lent("DONE", "50", "20").report.verdict,
        lent("DONE", "50", "20", "30").report.verdict,
        lent("DONE", "0").report.verdict,
    ]


def test_lending_answers_with_the_code_of_a_success_of_its_own() -> None:
    page = {**listed(), "code": "200", "success": True, "retry": False}
    assert Verdict.CLEAN is audited({"/api/v3/purchase/orders": page}).report.verdict


def test_dual_investment_that_is_not_offered_is_a_line_to_look_at_by_eye() -> None:
    audit = audited({"/api/v1/struct-earn/orders": {"code": "400100", "msg": "Bad Request"}})
    assert (Verdict.CLEAN, True) == (
        audit.report.verdict,
        "unread-kucoin-empty-dual-investment" in manual_lines(audit.report),
    )


def test_a_trading_bot_shows_as_a_sub_account_of_its_own() -> None:
    audit = audited({}, EMPTY.with_rows(SUB_USERS, [kid(kind=1)]))
    assert ["kid1"] == [record.subject for record in held(audit, "trading-bots")]
    assert "Trading bot" in messages(audit)


def main_account(**sub_accounts: Any) -> Account:
    return EMPTY.with_rows(SUB_USERS, [kid()]).with_rows("/api/v2/sub-accounts", [{"subName": "kid1", **sub_accounts}])


def test_what_a_sub_account_holds_is_told_once_though_two_requests_show_it() -> None:
    asset = {"currency": "USDT", "balance": "5", "available": "5", "holds": "0"}
    whole = {"accountType": "FUNDING", "currencyList": [{**asset, "hold": "0"}]}
    user = {"uid": 72000901, "accountList": [whole]}
    audit = audited({}, main_account(mainAccounts=[asset]).with_rows("/api/ua/v1/sub-account/balance", [user]))
    amounts = [str(f.amount) for f in audit.report.findings if f.asset == "USDT" and f.owner == "kid1"]
    assert ["5"] == amounts


@pytest.mark.parametrize("lists", [("accountList", "currencyList"), ("accounts", "currencies")])
def test_isolated_margin_of_a_sub_account_is_read_under_either_name(lists: tuple[str, str]) -> None:
    asset = {"currency": "USDT", "balance": "0.11", "available": "0.11", "liabilityPrinciple": "0.02"}
    account_row = {"accountType": "ISOLATED", "accountSubType": "BTC-USDT", lists[1]: [asset]}
    user = {"uid": 72000901, lists[0]: [account_row]}
    audit = audited({}, main_account().with_rows("/api/ua/v1/sub-account/balance", [user]))
    assert {"isolated:BTC-USDT:USDT", "isolated:BTC-USDT:USDT:debt"} == {
        record.subject for record in held(audit, "subaccount-whole")
    }


@pytest.mark.parametrize("users", [[], [{"uid": 1, "accountList": [{"accountType": "SPOT", "currencyList": [{}]}]}]])
def test_an_answer_without_the_sub_account_leaves_it_unread(users: list[Any]) -> None:
    answer = data({"ts": 1, "userList": users})
    audit = audited({"/api/ua/v1/sub-account/balance": answer}, main_account())
    assert all(isinstance(result, Unread) for result in results(audit, "subaccount-whole"))


def test_futures_of_sub_accounts_and_of_the_account_itself_come_in_one_list() -> None:
    figures = {"availableBalance": 0, "positionMargin": 0, "orderMargin": 0, "frozenFunds": 0}

    def answer(query: Mapping[str, str]) -> Any:
        rows = [
            {"accountName": name, "accountEquity": equity, "currency": query["currency"], **figures}
            for name, equity in (("main", 2), ("kid1", 3))
        ]
        total = {"accountEquityTotal": 5, "currency": query["currency"]}
        return data({"summary": total, "accounts": rows if query["currency"] == "USDT" else []})

    audit = audited({"/api/v1/account-overview-all": answer}, main_account())
    usdt = {(r.owner, getattr(r, "asset", ""), str(getattr(r, "amount", ""))) for r in held(audit, "all-futures")}
    assert {(None, "USDT", "2"), ("kid1", "USDT", "3")} == usdt


def test_frozen_funds_of_a_futures_account_are_a_transfer_under_way() -> None:
    def answer(query: Mapping[str, str]) -> Any:
        frozen = 4 if query["currency"] == "USDT" else 0
        return data({"accountEquity": 0, "availableBalance": 0, "frozenFunds": frozen, "currency": query["currency"]})

    assert Verdict.BLOCKED is audited({"/api/v1/account-overview": answer}).report.verdict


@pytest.mark.parametrize(
    "path",
    [
        "/api/ua/v1/asset/deposit/address",
        "/api/ua/v2/account/fee/kcs-deduct",
        "/api/v3/deposit-addresses",
        "/api/v1/convert/quote",
        "/api/v1/withdrawals/cancel",
        "/api/v1/withdrawals/a1/b2",
        "/api/v1/withdrawals/..%2Faccounts1",
    ],
)
def test_a_get_that_changes_something_or_is_no_number_of_a_withdrawal_is_never_sent(path: str) -> None:
    with pytest.raises(NotAllowedError):
        guard("kucoin").check_request("GET", URL(f"https://api.kucoin.com{path}", encoded=True))


def test_a_withdrawal_is_looked_up_and_never_cancelled() -> None:
    url = URL("https://api.kucoin.com/api/v1/withdrawals/67e6515f7960ba0007b42025")
    guard("kucoin").check_request("GET", url)
    with pytest.raises(NotAllowedError):
        guard("kucoin").check_request("DELETE", url)


def test_the_spot_and_the_futures_host_have_their_own_lists() -> None:
    requests = guard("kucoin", "https://api.kucoin.com").requests
    hosts = {origin for method, origin, path in requests if (method, path) == ("GET", "/api/v1/orders")}
    assert {"https://api.kucoin.com", "https://api-futures.kucoin.com"} == hosts
    assert ("GET", "https://api.kucoin.com", "/api/v1/positions") not in requests


def test_every_place_that_a_reading_key_sees_is_named_in_the_messy_account() -> None:
    audit = audited({}, account("kucoin-messy"))
    own = [surface for surface in EXCHANGE.surfaces if surface.id in SAMPLES and not SAMPLES[surface.id].wider]
    silent = {"unified-funding", "unified-overview", "futures"}
    named = {f.surface for f in audit.report.findings}
    assert set() == {surface.id for surface in own} - named - silent


def test_cancel_only_is_maintenance() -> None:
    audit = audited({"/api/v1/status": data({"status": "cancelonly", "msg": "upgrading"})})
    assert Verdict.INCOMPLETE is audit.report.verdict
    assert not [r for r in readings(audit, "main") if r.standing is Standing.DOCUMENTED and isinstance(r.result, Read)]
