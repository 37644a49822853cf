"""KuCoin: defaults that hide something, and accounts that answer other requests."""

from collections.abc import Mapping
from typing import Any

import pytest

from auditor.demo import Reply, account
from auditor.exchanges.kucoin.exchange import EXCHANGE
from auditor.model.report import Verdict
from auditor.model.snapshot import NotApplicable, Read, Standing, Unread
from tests.conftest import DemoAudit
from tests.exchanges.findings import manual_lines, readings
from tests.exchanges.kucoin.answering import asked, audited, data, held, listed, messages, results
from tests.exchanges.kucoin.bare import BARE
from tests.exchanges.kucoin.samples import SAMPLES

DEPOSITS, WITHDRAWALS = "/api/v1/deposits", "/api/v1/withdrawals"


NO_EQUITY = {"accountEquityTotal": 0, "currency": "USDT"}


@pytest.fixture(scope="module")
def empty() -> DemoAudit:
    return audited({})


@pytest.fixture(scope="module")
def unified() -> DemoAudit:
    return audited({}, BARE)


def test_an_empty_account_is_clean_with_lines_to_look_at_by_eye(empty: DemoAudit) -> None:
    lines = manual_lines(empty.report)
    assert Verdict.CLEAN is empty.report.verdict
    assert {"trading-bots", "places-without-api", "unread-kucoin-empty-order-markets"} <= lines


def test_a_futures_account_that_the_list_with_the_sub_accounts_shows_is_no_line_to_look_at_by_eye() -> None:
    empty, hidden = audited({}), audited({"/api/v1/account-overview-all": data({"summary": NO_EQUITY, "accounts": []})})
    assert all(isinstance(result, NotApplicable) for result in results(empty, "futures"))
    assert "unread-kucoin-empty-futures" not in manual_lines(empty.report)
    assert "unread-kucoin-empty-futures" in manual_lines(hidden.report)


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


REFUSED = {"code": "113999", "msg": "Not for this account"}
OF_CLASSIC = ("/api/v3/margin/accounts", "/api/v3/isolated/accounts", "/api/v1/account-overview-all")
TRADING = (
    "/api/v1/account-overview",
    "/api/v1/positions",
    "/api/v1/stopOrders",
    "/api/v1/stop-order",
    "/api/v1/orders",
)
MARGIN = ("/api/v3/hf/margin/stop-orders", "/api/v3/hf/margin/oco-orders", "/api/v3/oco/orders")
BY_EYE = ("unread-bare-positions", "unread-bare-stop-orders", "unread-bare-cross-margin", "unread-bare-margin-orders")
ALL_CLASSIC = dict.fromkeys((*OF_CLASSIC, *TRADING, *MARGIN), REFUSED)


def test_a_unified_account_that_is_refused_what_only_classic_ones_have_becomes_clean_with_lines_by_eye() -> None:
    audit = audited(ALL_CLASSIC, BARE)
    lines = manual_lines(audit.report)
    assert (Verdict.CLEAN, True) == (
        audit.report.verdict,
        {"unread-bare-positions", "unread-bare-stop-orders"} <= lines,
    )


@pytest.mark.parametrize("mode", ["CLASSIC", "SOMETHING_NEW", ""])
def test_no_other_account_becomes_clean_where_it_is_refused(mode: str) -> None:
    modes = {"/api/ua/v1/account/mode": data({"selfAccountMode": mode})}
    assert Verdict.INCOMPLETE is audited({**ALL_CLASSIC, **modes}, BARE).report.verdict


def test_a_place_that_is_refused_alone_is_no_refusal_to_unified_accounts() -> None:
    assert Verdict.INCOMPLETE is audited({"/api/v1/positions": REFUSED}, BARE).report.verdict


def test_places_that_are_refused_for_several_reasons_are_no_refusal_to_unified_accounts() -> None:
    other = {"/api/v1/positions": {"code": "300000", "msg": "Internal service error"}}
    assert Verdict.INCOMPLETE is audited({**ALL_CLASSIC, **other}, BARE).report.verdict


def test_a_right_that_is_missing_is_no_refusal_to_unified_accounts() -> None:
    refused = {"code": "400007", "msg": "Access denied, require more permission."}
    assert Verdict.INCOMPLETE is audited(dict.fromkeys(ALL_CLASSIC, refused), BARE).report.verdict


def test_what_one_place_of_classic_accounts_shows_is_told_though_the_others_are_refused() -> None:
    position = SAMPLES["positions"]
    audit = audited(
        {path: REFUSED for path in ALL_CLASSIC if path != position.path}, BARE.with_rows(position.path, position.rows)
    )
    assert Verdict.BLOCKED is audit.report.verdict


def test_a_mode_that_nobody_knows_counts_as_unified() -> None:
    audit = audited({"/api/ua/v1/account/mode": data({"selfAccountMode": "SOMETHING_NEW"})})
    assert all(isinstance(result, Unread) for result in results(audit, "unified"))


def test_what_is_owed_shows_once_though_the_balance_is_below_zero_by_it() -> None:
    owed = {"currency": "BTC", "balance": "-1", "available": "0", "hold": "0", "liability": "1.01", "equity": "-1.01"}
    audit = audited({"/api/ua/v1/unified/account/balance": data({"accounts": [{"currencies": [owed]}]})}, BARE)
    assert [[], ["BTC:debt"]] == [[r.subject for r in held(audit, one)] for one in ("unified", "unified-debts")]


@pytest.mark.parametrize("change", [{"liability": "0.5"}, {"liability": None}, {"hold": "0.1"}], ids=str)
def test_a_balance_below_zero_that_its_debt_does_not_explain_is_told(change: dict[str, Any]) -> None:
    figures = {"balance": "-1", "available": "0", "hold": "0", "liability": "1", "equity": "-1"}
    owed = {"currency": "BTC", **figures, **change}
    audit = audited({"/api/ua/v1/unified/account/balance": data({"accounts": [{"currencies": [owed]}]})}, BARE)
    assert "BTC" in {record.subject for record in held(audit, "unified")}


@pytest.mark.parametrize("mode", ["CLASSIC", "classic"])
def test_a_classic_account_in_either_spelling_becomes_clean(mode: str) -> None:
    audit = audited({"/api/ua/v1/account/mode": data({"selfAccountMode": mode})})
    assert Verdict.CLEAN is audit.report.verdict


def test_a_position_that_is_open_with_nothing_in_it_is_not_understood() -> None:
    row = {"id": "1", "symbol": "XBTUSDTM", "currentQty": 0, "posMargin": 0, "settleCurrency": "USDT"}
    audits = [audited({"/api/v1/positions": data([{**row, "isOpen": is_open}])}) for is_open in (True, False)]
    verdicts = [audit.report.verdict for audit in audits]
    assert [Verdict.INCOMPLETE, Verdict.CLEAN] == verdicts


def test_both_sides_of_a_market_are_told_though_they_have_one_id() -> None:
    long = {"id": "1", "symbol": "XBTUSDTM", "currentQty": 3, "posMargin": 1, "isOpen": True, "positionSide": "LONG"}
    short = {**long, "currentQty": -2, "positionSide": "SHORT"}
    said = messages(audited({"/api/v1/positions": data([long, short, short])}))
    assert [1, 1] == [said.count("XBTUSDTM: 3, long"), said.count("XBTUSDTM: -2, short")]


@pytest.mark.parametrize("name", ["initialMargin", "positionMargin"])
def test_margin_in_a_position_of_size_zero_is_told_by_either_name(name: str) -> None:
    row = {"symbol": "XBTUSDTM", "id": "1", "marginMode": "CROSS", "size": "0", name: "3"}
    audit = audited({"/api/ua/v1/unified/position/open-list": data([row])}, BARE)
    assert ["1"] == [record.subject for record in held(audit, "unified-positions")]


@pytest.mark.parametrize(("state", "is_told"), [("open", True), ("done", False)])
def test_a_futures_order_whose_state_is_open_counts_whatever_else_it_says(state: str, is_told: bool) -> None:
    row = {"id": "1", "symbol": "XBTUSDTM", "isActive": False, "status": state, "size": 1}

    def answer(query: Mapping[str, str]) -> Any:
        return None if "tradeType" in query else listed(row)

    assert is_told is bool(held(audited({"/api/v1/orders": answer}), "futures-orders"))


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


@pytest.mark.parametrize(("state", "is_told"), [("LIQUIDATION", True), ("REPAY", True), ("EFFECTIVE", False)])
def test_a_margin_account_in_liquidation_or_repayment_is_a_restriction(state: str, is_told: bool) -> None:
    totals = {"totalAssetOfQuoteCurrency": "0", "totalLiabilityOfQuoteCurrency": "0"}
    audit = audited({"/api/v3/margin/accounts": data({**totals, "status": state, "accounts": []})})
    assert (is_told, is_told) == (state in messages(audit), audit.report.verdict is Verdict.BLOCKED)


@pytest.mark.parametrize(("rows", "verdict"), [([], Verdict.CLEAN), (SAMPLES["unified-orders"].rows, Verdict.BLOCKED)])
def test_a_list_of_a_unified_account_without_a_count_is_read_to_its_end(rows: list[Any], verdict: Verdict) -> None:
    def answer(query: Mapping[str, str]) -> Any:
        items = rows if query["pageNumber"] == "1" else []
        return data({"pageNumber": int(query["pageNumber"]), "tradeType": query["tradeType"], "items": items})

    audit = audited({"/api/ua/v1/unified/order/open-list": answer}, BARE)
    assert verdict is audit.report.verdict
    assert all(isinstance(result, Read) for result in results(audit, "unified-orders"))


@pytest.mark.parametrize("page", [{"items": None}, {"items": [], "totalNum": None}, {}], ids=str)
def test_a_list_of_a_unified_account_that_is_not_there_is_not_empty(page: dict[str, Any]) -> None:
    audit = audited({"/api/ua/v1/unified/order/open-list": data({"pageNumber": 1, **page})}, BARE)
    assert Verdict.INCOMPLETE is audit.report.verdict
