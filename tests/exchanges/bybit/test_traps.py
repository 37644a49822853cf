"""What Bybit hides, defers or words so that an audit could take it for nothing: each alone must show."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from auditor.demo import Account, Call, Reply
from auditor.model.report import Verdict
from auditor.model.snapshot import NotApplicable, Read, Trouble, Unread
from tests.conftest import DemoAudit
from tests.exchanges.bench import Bench
from tests.exchanges.bybit.bare import BARE, CELLAR, KEPT, MESSY
from tests.exchanges.bybit.samples import (
    ADVANCED_ORDERS,
    COINS,
    EARN,
    EXCHANGE_SAMPLES,
    MEMBERS,
    NO_COIN,
    ORDERS,
    OVERVIEW,
    UNIFIED,
)
from tests.exchanges.findings import blockers, manual_lines, readings, result, sentences, unread
from tests.exchanges.samples import Row, ago
from tests.slow_tests import first_of

DEPOSITS, SMALL = "/v5/asset/deposit/query-record", "/v5/asset/covert/small-balance-history"
STRATEGIES, POOL_ORDERS = "/v5/strategy/list", "/v5/earn/liquidity-mining/order"
DEPOSIT: Row = {**MESSY.rows(DEPOSITS)[0], "status": 3, "depositType": "0", "successAt": ago(500)}


def audit(shared: Bench, place: str, path: str, *rows: Row, **more: Any) -> DemoAudit:
    """Audit an account that has these rows at a path, and nothing else."""
    return shared.audit_at(place, EXCHANGE_SAMPLES.account({path: rows}), **more)


def blocker_sentences(audited: DemoAudit, place: str) -> str:
    return " ".join(sentences(audited.report, place))


def answered(path: str, body: Any) -> Any:
    """The fault that answers this path so."""
    return lambda call: Reply(200, {"retCode": 0, "retMsg": "OK", "result": body}) if call.path == path else None


@pytest.mark.parametrize("said", [0, 2, True, "1 ", "", None, "01", []])
def test_a_key_is_proved_by_the_number_one_and_nothing_else(shared: Bench, said: Any) -> None:
    audited = shared.audit(replace(BARE, key={**BARE.key, "readOnly": said}))
    key = audited.snapshot.accounts[0].key
    assert key is None or not key.readonly
    assert audited.report.verdict in {Verdict.REFUSED, Verdict.INCOMPLETE}
    assert 1 == len(audited.calls)


def test_a_key_of_which_no_box_is_known_reads_no_more_than_it_may(shared: Bench) -> None:
    boxes = {**BARE.key["permissions"], "BoxOfTheFuture": ["Nobody knows"]}
    audited = shared.audit(replace(BARE, key={**BARE.key, "permissions": boxes}))
    assert Verdict.CLEAN is audited.report.verdict


@pytest.mark.parametrize("state", [2, 4, 5, 6, 7])
@pytest.mark.parametrize("kind", ["twap", "iceberg", "chaseOrder", "pov"])
def test_a_strategy_alone_blocks_closing(shared: Bench, kind: str, state: int) -> None:
    row = {**MESSY.rows(STRATEGIES)[0], "status": state, "strategyType": kind}
    assert {"strategies"} == blockers(audit(shared, "strategies", STRATEGIES, row))


def test_a_strategy_that_ended_blocks_nothing(shared: Bench) -> None:
    row = {**MESSY.rows(STRATEGIES)[0], "status": 3}
    assert Verdict.CLEAN is audit(shared, "strategies", STRATEGIES, row).report.verdict


def test_an_order_settled_in_a_coin_that_nobody_thought_of_is_found(shared: Bench) -> None:
    (row,) = [row for row in MESSY.rows(ORDERS) if row.get("_settleCoin") == "USDE"]
    audited = audit(shared, "orders-other", ORDERS, row)
    assert ({"orders-other"}, True) == (blockers(audited), "BTCUSDE" in blocker_sentences(audited, "orders-other"))


def test_further_settle_coins_are_not_taken_for_none_when_they_cannot_be_read(shared: Bench) -> None:
    fault = answered("/v5/market/instruments-info", None)
    audited = shared.audit(BARE, fault=fault)
    found = {name: type(readings(audited, name)[0].result) for name in ("orders-other", "positions-other")}
    assert ({"orders-other": Unread, "positions-other": Unread}, Verdict.INCOMPLETE) == (found, audited.report.verdict)


def test_every_page_is_read_with_the_token_as_it_was_given(shared: Bench) -> None:
    (row,) = [row for row in MESSY.rows(ORDERS) if row["_category"] == "spot"]
    audited = audit(shared, "orders-spot", ORDERS, *({**row, "orderId": f"order-{n}"} for n in range(120)))
    found = result(audited, "orders-spot")
    assert isinstance(found, Read)
    assert {f"order-{n}" for n in range(120)} == {record.subject for record in found.records}
    cursors = [call.query["cursor"] for call in audited.calls if call.path == ORDERS and "cursor" in call.query]
    assert ["row:50", "row:100"] == cursors


@pytest.mark.parametrize(("kind", "words"), [("10", "daily limit"), ("20", "anti-money-laundering"), ("50", "website")])
def test_a_deposit_that_succeeded_and_is_on_hold_is_stuck(shared: Bench, kind: str, words: str) -> None:
    audited = audit(shared, "deposits", DEPOSITS, {**DEPOSIT, "depositType": kind})
    assert ({"flow-stuck"}, True) == (
        {finding.rule for finding in audited.report.findings if finding.surface == "deposits"},
        words in blocker_sentences(audited, "deposits"),
    )


@pytest.mark.parametrize("kind", ["30", 7, ["20"], {"hold": True}])
def test_a_deposit_of_a_kind_that_nobody_knows_is_looked_at(shared: Bench, kind: Any) -> None:
    assert {"deposits"} == blockers(audit(shared, "deposits", DEPOSITS, {**DEPOSIT, "depositType": kind}))


@pytest.mark.parametrize("kind", ["", None, 0, "0"])
def test_a_deposit_of_which_no_hold_is_told_is_over(shared: Bench, kind: Any) -> None:
    audited = audit(shared, "deposits", DEPOSITS, {**DEPOSIT, "depositType": kind})
    assert Verdict.CLEAN is audited.report.verdict


@pytest.mark.parametrize("status", [4, 10012, 70011, 70012])
def test_a_deposit_in_a_final_state_is_over(shared: Bench, status: int) -> None:
    assert Verdict.CLEAN is audit(shared, "deposits", DEPOSITS, {**DEPOSIT, "status": status}).report.verdict


@pytest.mark.parametrize("status", [0, 1, 2, 7, 10011, 70013, 70099])
def test_a_deposit_in_any_other_state_is_under_way(shared: Bench, status: int) -> None:
    assert {"deposits"} == blockers(audit(shared, "deposits", DEPOSITS, {**DEPOSIT, "status": status}))


def test_a_deposit_of_a_year_ago_is_still_seen(shared: Bench) -> None:
    row = {**DEPOSIT, "status": 1, "successAt": ago(24 * 365)}
    assert {"deposits"} == blockers(audit(shared, "deposits", DEPOSITS, row))


def test_a_withdrawal_to_another_user_is_asked_for_too(shared: Bench) -> None:
    audited = shared.audit_at("withdrawals", BARE)
    asked = [call.query for call in audited.calls if call.path == "/v5/asset/withdraw/query-record"]
    assert asked
    assert {"2"} == {query["withdrawType"] for query in asked}


def test_a_liquidity_mining_order_that_only_a_filter_shows_is_found(shared: Bench) -> None:
    row = MESSY.rows(POOL_ORDERS)[0]
    assert {"liquidity-mining-orders"} == blockers(audit(shared, "liquidity-mining-orders", POOL_ORDERS, row))


def test_a_flexible_position_that_was_redeemed_holds_nothing(shared: Bench) -> None:
    row = {"_category": "FlexibleSaving", "coin": "BTC", "productId": "9", "amount": "0", "claimableYield": "0"}
    assert Verdict.CLEAN is audit(shared, "flexible-earn", EARN, row).report.verdict


def test_a_yield_that_is_left_of_a_redeemed_position_is_told(shared: Bench) -> None:
    row = {"_category": "FlexibleSaving", "coin": "BTC", "productId": "9", "amount": "0", "claimableYield": "1e-12"}
    assert {"flexible-earn"} == blockers(audit(shared, "flexible-earn", EARN, row))


@pytest.mark.parametrize("refund", ["Processing", "REFUNDING", "later", ["Processed"]])
def test_a_failed_order_whose_refund_is_not_done_holds_money(shared: Bench, refund: Any) -> None:
    row = {**MESSY.rows(ADVANCED_ORDERS)[0], "status": "Fail", "refundStatus": refund}
    audited = audit(shared, "dual-asset-orders", ADVANCED_ORDERS, row)
    assert audited.report.verdict in {Verdict.BLOCKED, Verdict.INCOMPLETE}
    assert "dual-asset-orders" in blockers(audited)


@pytest.mark.parametrize("refund", ["", None])
def test_a_failed_order_of_which_no_refund_is_told_is_not_taken_for_over(shared: Bench, refund: Any) -> None:
    row = {**MESSY.rows(ADVANCED_ORDERS)[0], "status": "Fail", "refundStatus": refund}
    audited = audit(shared, "dual-asset-orders", ADVANCED_ORDERS, row)
    assert Trouble.MALFORMED is unread(audited, "dual-asset-orders").trouble


@pytest.mark.parametrize("refund", ["Processed", "REFUND_DONE"])
def test_a_failed_order_that_was_refunded_holds_nothing(shared: Bench, refund: str) -> None:
    row = {**MESSY.rows(ADVANCED_ORDERS)[0], "status": "Fail", "refundStatus": refund}
    assert Verdict.CLEAN is audit(shared, "dual-asset-orders", ADVANCED_ORDERS, row).report.verdict


MNT = {**MESSY.rows(ADVANCED_ORDERS)[1], "category": "DiscountBuy", "refundStatus": "", "underlyingAsset": "MNT"}


@pytest.mark.parametrize(
    ("row", "left"),
    [
        ({**MNT, "status": "Success"}, {"discount-buy-orders"}),
        ({**MNT, "status": "Success", "coin": "MNT", "underlyingAsset": "BTC"}, {"discount-buy-orders"}),
        ({**MNT, "status": "Settled"}, set()),
        ({**MNT, "status": "Success", "underlyingAsset": "BTC"}, set()),
    ],
)
def test_a_discount_buy_in_mnt_is_told_by_its_order_until_it_is_settled(
    shared: Bench, row: Row, left: set[str]
) -> None:
    assert left == blockers(audit(shared, "discount-buy-orders", ADVANCED_ORDERS, row))


EYES = (
    "discount-buy-in-mnt",
    "on-chain-requests",
    "structured-products",
    "trading-bots",
    "recurring-buys",
    "eligibility",
    "event-futures",
)


def test_what_no_request_shows_is_a_line_to_look_at_by_eye(shared: Bench) -> None:
    lines = manual_lines(shared.audit(BARE, afresh=()).report)
    assert [] == [name for name in EYES if not any(line.endswith(name) for line in lines)]


def account_of_overview(kind: str, equity: str, *coins: tuple[str, str], category: str = "") -> Row:
    detail = [{"coin": coin, "equity": figure} for coin, figure in coins]
    inside = {"categories": [{"category": category, "equity": equity, "coinDetail": detail}]}
    return {"accountType": kind, "totalEquity": equity, **(inside if category else {"coinDetail": detail})}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (account_of_overview("TradingBot", "4", ("USDT", "4"), category="Futures Combo Bot"), "Futures Combo Bot"),
        (account_of_overview("CopyTrading", "4", ("USDT", "4"), category="TradFi"), "Copy trading TradFi"),
        (account_of_overview("Launchpool", "0", ("NEW", "0.000000000000000001")), "0.000000000000000001 NEW"),
        (account_of_overview("BybitPayLater", "-9", ("USDT", "-9")), "Pay Later: about -9 USDT"),
        (account_of_overview("PayLater", "-9"), "Pay Later: about -9 USD"),
        (account_of_overview("Predication", "3", ("USDT", "3")), "Predication: about 3 USDT"),
        (account_of_overview("AccountOfTheFuture", "0", ("BTC", "1e-12")), "AccountOfTheFuture"),
    ],
)
def test_money_that_only_the_overview_shows_blocks_closing(shared: Bench, row: Row, words: str) -> None:
    audited = audit(shared, "overview", OVERVIEW, row)
    assert ({"overview"}, True) == (blockers(audited), words in blocker_sentences(audited, "overview"))


@pytest.mark.parametrize("kind", ["Earn", "CryptoLoans", "CryptoLoans_legacy", "UnifiedTradingAccount"])
def test_a_value_that_no_place_of_its_own_explains_is_told(shared: Bench, kind: str) -> None:
    audited = audit(shared, "overview", OVERVIEW, account_of_overview(kind, "0.0001", ("USDT", "0.0001")))
    assert ({"hidden-value"}, Verdict.BLOCKED) == (
        {finding.rule for finding in audited.report.findings if finding.surface == "overview"},
        audited.report.verdict,
    )


def test_a_new_and_an_old_loan_are_two_debts(shared: Bench) -> None:
    new, old = "/v5/crypto-loan-flexible/ongoing-coin", "/v5/crypto-loan/ongoing-orders"
    account = EXCHANGE_SAMPLES.account({new: MESSY.rows(new)}, {old: MESSY.rows(old)})
    assert {"flexible-loans", "old-loans"} <= blockers(shared.audit(account))


def test_a_liquidation_that_blanks_an_institutional_loan_is_not_its_end(shared: Bench) -> None:
    row = {
        "ltv": "",
        "rst": "",
        "parentUid": "1",
        "unpaidAmount": "",
        "unpaidInfo": [],
        "balanceInfo": [],
        "liqStatus": 1,
    }
    audited = audit(shared, "institutional-ltv", "/v5/ins-loan/ltv-convert", row)
    assert (Verdict.INCOMPLETE, True) == (
        audited.report.verdict,
        "liquidation" in str(unread(audited, "institutional-ltv").reason),
    )


def test_an_overdue_contract_that_owes_nothing_is_over(shared: Bench) -> None:
    path = "/v5/spot-margin-trade/fixedborrow-contract-info"
    assert Verdict.CLEAN is audit(shared, "fixed-borrowings", path, MESSY.rows(path)[1]).report.verdict


def test_debts_of_other_accounts_of_the_same_owner_are_told(shared: Bench) -> None:
    row = {"currency": "USDT", "borrowAmount": "", "otherBorrowAmount": "3"}
    audited = audit(shared, "borrowing", "/v5/account/collateral-info", row)
    assert "other accounts" in blocker_sentences(audited, "borrowing")


@pytest.mark.parametrize("coins", [["success", "failure"], ["success"]])
def test_a_conversion_in_part_is_over_when_each_coin_is(shared: Bench, coins: Sequence[str]) -> None:
    parts = [{"fromCoin": f"C{n}", "fromAmount": "1", "status": state} for n, state in enumerate(coins)]
    row = {**MESSY.rows(SMALL)[0], "status": "partial_fulfillment", "subRecords": parts}
    assert Verdict.CLEAN is audit(shared, "small-conversions", SMALL, row).report.verdict


def test_a_conversion_whose_coin_is_under_way_is_told_whatever_it_says_itself(shared: Bench) -> None:
    parts = [{"fromCoin": "MNT", "fromAmount": "1.5", "status": "processing"}]
    row = {**MESSY.rows(SMALL)[0], "status": "success", "subRecords": parts}
    assert "1.5 MNT" in blocker_sentences(audit(shared, "small-conversions", SMALL, row), "small-conversions")


def set_up(**how: Any) -> Account:
    """The bare account with another mode."""
    return replace(BARE, key={**BARE.key, **{f"_{name}": value for name, value in how.items()}})


def test_an_account_with_isolated_margin_can_be_clean(shared: Bench) -> None:
    audited = shared.audit(set_up(marginMode="ISOLATED_MARGIN"))
    assert (Verdict.CLEAN, True) == (
        audited.report.verdict,
        isinstance(result(audited, "spread-orders"), NotApplicable),
    )


def test_spread_orders_that_are_refused_elsewhere_are_not_taken_for_none(shared: Bench) -> None:
    refusal = Reply(200, {"retCode": 110110, "retMsg": "no", "result": {}})
    audited = shared.audit(BARE.with_refusal("/v5/spread/order/realtime", refusal))
    assert (Verdict.INCOMPLETE, "110110") == (audited.report.verdict, unread(audited, "spread-orders").code)


def test_wallets_that_an_upgrade_left_behind_are_read(shared: Bench) -> None:
    types = {"/v5/user/get-member-type": [{"accountType": "INVESTMENT"}]}
    left = {COINS: [{"_accountType": "INVESTMENT", "coin": "LTC", "walletBalance": "2", "transferBalance": "2"}]}
    audited = shared.audit(EXCHANGE_SAMPLES.account(types, left))
    assert ({"other-wallets"}, True) == (blockers(audited), "2 LTC" in blocker_sentences(audited, "other-wallets"))


def test_the_inverse_wallet_of_an_older_unified_account_is_read_though_no_list_names_it(shared: Bench) -> None:
    left = {COINS: [{"_accountType": "CONTRACT", "coin": "LTC", "walletBalance": "2", "transferBalance": "2"}]}
    older = EXCHANGE_SAMPLES.account(left, key={**BARE.key, "_unifiedMarginStatus": 3})
    assert {"other-wallets"} == blockers(shared.audit(older))


def test_a_classic_account_has_no_unified_account_and_is_read_by_its_wallets(shared: Bench) -> None:
    account = replace(set_up(unifiedMarginStatus=1), books={"/v5/user/get-member-type": [{"accountType": "SPOT"}]})
    audited = shared.audit(account)
    assert isinstance(result(audited, "unified"), NotApplicable)
    assert isinstance(result(audited, "other-wallets"), Read)


@pytest.mark.parametrize("status", [2, 7, "six", None])
def test_a_mode_that_nobody_knows_hides_nothing(shared: Bench, status: Any) -> None:
    account = replace(
        BARE.with_rows(UNIFIED, [{**NO_COIN, "coin": "LTC", "walletBalance": "0.3"}]),
        books={UNIFIED: [{**NO_COIN, "coin": "LTC", "walletBalance": "0.3"}]},
    )
    info = {"unifiedMarginStatus": status, "marginMode": "REGULAR_MARGIN", "isMasterTrader": False}
    audited = shared.audit(account, fault=answered("/v5/account/info", info))
    assert "unified" in blockers(audited)
    assert any("kind of this account" in str(one.result.reason) for one in unread_ones(audited))


def unread_ones(audited: DemoAudit) -> Sequence[Any]:
    return [one for one in audited.snapshot.accounts[0].readings if isinstance(one.result, Unread)]


@pytest.mark.parametrize("status", first_of([404, 403, 500]))
def test_a_kind_of_account_that_is_refused_hides_nothing_and_stands_beside(shared: Bench, status: int) -> None:
    refused = Reply(status, {"retCode": 10005, "retMsg": "Not here.", "result": {}})
    healthy, struck = (
        {(f.rule, f.asset, f.amount) for f in shared.audit(account).report.findings if f.amount}
        for account in (MESSY, MESSY.with_refusal("/v5/account/info", refused))
    )
    audited = shared.audit(MESSY.with_refusal("/v5/account/info", refused))
    assert set() == healthy - struck
    assert any("The kind of this account could not be read" in str(one.result.reason) for one in unread_ones(audited))


def test_the_withdrawals_of_a_sub_account_are_its_main_accounts(shared: Bench) -> None:
    audited = shared.audit(CELLAR)
    assert isinstance(result(audited, "withdrawals"), NotApplicable)
    assert ("sub", str(BARE.key["userID"])) == (
        audited.snapshot.accounts[0].kind,
        audited.snapshot.accounts[0].main_uid,
    )


MEMBER = {"uid": 71000007, "type": 3, "stat": 0, "origb": "0.4", "items": []}


def test_a_sub_account_that_no_list_shows_is_told_by_its_worth(shared: Bench) -> None:
    assert "71000007" in blocker_sentences(audit(shared, "members", MEMBERS, MEMBER), "members")


@pytest.mark.parametrize(
    "row", [{**MEMBER, "stat": 1}, {**MEMBER, "items": [{"type": "ACCOUNT_TYPE_FUND", "stat": 2, "origb": "0"}]}]
)
def test_worth_that_the_exchange_could_not_add_up_is_a_doubt_beside_it(shared: Bench, row: Row) -> None:
    audited = audit(shared, "members", MEMBERS, row)
    assert "members" in blockers(audited)
    assert "not complete" in str(unread(audited, "members").reason)


def test_a_sub_account_that_is_worth_something_and_shows_nothing_is_told(shared: Bench) -> None:
    worth = {**MEMBER, "uid": 71000002, "type": 1}
    audited = shared.audit(EXCHANGE_SAMPLES.account(KEPT, {MEMBERS: [worth]}), CELLAR)
    assert {"members"} == blockers(audited)


GOOD, ODD = {**NO_COIN, "coin": "USDT", "walletBalance": "41.07"}, {**NO_COIN, "coin": "MOG", "walletBalance": None}


def test_a_coin_without_figures_hides_no_other_coin(shared: Bench) -> None:
    audited = audit(shared, "unified", UNIFIED, {**ODD, "equity": None}, GOOD)
    assert ("41.07 USDT" in blocker_sentences(audited, "unified"), Trouble.MALFORMED) == (
        True,
        unread(audited, "unified").trouble,
    )


@pytest.mark.parametrize("figure", ["1e-18", "9" * 40, f"0.{'0' * 39}1"])
def test_no_amount_is_too_small_or_too_long_to_be_told_exactly(shared: Bench, figure: str) -> None:
    audited = audit(shared, "unified", UNIFIED, {**NO_COIN, "coin": "LTC", "walletBalance": figure})
    assert {"unified"} == blockers(audited)


TOTALS: list[tuple[Any, Any]] = [("0.00000000001", ""), (None, "1e-12"), ("-0.5", "0")]


@pytest.mark.parametrize(("total", "equity"), TOTALS)
def test_a_total_that_no_row_explains_blocks_however_small_it_is(shared: Bench, total: Any, equity: Any) -> None:
    wallet = {"totalWalletBalance": total, "totalEquity": equity, "coin": []}
    audited = shared.audit(BARE, fault=answered(UNIFIED, {"list": [wallet]}))
    rules = {finding.rule for finding in audited.report.findings if finding.surface == "unified"}
    assert ({"hidden-value"}, Verdict.BLOCKED) == (rules, audited.report.verdict)


@pytest.mark.parametrize("rows", [None, {}, "", "none"])
@pytest.mark.parametrize("place", ["funding", "deposits", "orders-spot", "flexible-earn"])
def test_a_list_that_is_none_is_not_taken_for_an_empty_one(shared: Bench, place: str, rows: Any) -> None:
    path = EXCHANGE_SAMPLES.samples[place].path
    name = {"funding": "balance", "deposits": "rows"}.get(place, "list")

    def fault(call: Call) -> Reply | None:
        body = {"retCode": 0, "retMsg": "OK", "result": {name: rows, "nextPageCursor": ""}}
        return Reply(200, body) if call.path == path else None

    audited = shared.audit_at(place, BARE, fault=fault)
    assert (Verdict.INCOMPLETE, Trouble.MALFORMED) == (audited.report.verdict, unread(audited, place).trouble)


@pytest.mark.parametrize(
    ("place", "box"),
    [("unified", "Unified Trading"), ("funding", "Account Transfer"), ("flexible-earn", "Earn"), ("old-loans", "Spot")],
)
def test_a_right_that_is_missing_is_named_by_its_box(shared: Bench, place: str, box: str) -> None:
    path = EXCHANGE_SAMPLES.samples[place].path
    refusal = Reply(200, {"retCode": 10005, "retMsg": "Permission denied", "result": {}})
    found = unread(shared.audit_at(place, BARE.with_refusal(path, refusal)), place)
    assert (Trouble.PERMISSION, True) == (found.trouble, box in str(found.right))


def test_on_chain_places_that_a_reading_key_may_not_ask_are_looked_at_by_eye(shared: Bench) -> None:
    refusal = Reply(200, {"retCode": 10005, "retMsg": "Permission denied", "result": {}})
    account = BARE.with_refusal("/v5/alpha/trade/asset-list", refusal)
    audited = shared.audit(account)
    assert (Verdict.CLEAN, True) == (
        audited.report.verdict,
        any("alpha-tokens" in line for line in manual_lines(audited.report)),
    )


def test_a_balance_too_small_to_sell_is_told_with_its_minimum(shared: Bench) -> None:
    lines = [(line.asset, line.kind.value, str(line.min_notional)) for line in shared.audit(MESSY).report.dust]
    assert ("BTC", "below_minimum", "5") in lines


def test_a_debt_shows_beside_the_balances(shared: Bench) -> None:
    found = result(shared.audit(MESSY), "unified")
    assert isinstance(found, Read)
    assert {"12.5"} == {
        str(getattr(one, "held", {}).get("liability")) for one in found.records if one.subject == "USDT"
    }
