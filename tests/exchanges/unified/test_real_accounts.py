"""Exchanges as real accounts answer: what was never opened, totals, numbers with exponents, one odd row."""

from decimal import Decimal
from typing import Any

import pytest

from auditor.demo import Call, Reply
from auditor.exchanges.unified import spec as facts
from auditor.i18n.translator import Translator
from auditor.model.report import Severity, Verdict
from auditor.model.snapshot import NotApplicable, Read, Trouble, Unread
from auditor.transport.ccxt.loader import exchange_class
from tests.exchanges.unified.answering import answering, audit_stand_in, blockers, changed
from tests.exchanges.unified.conftest import IMITATED, Audit, Audited

NEVER = [
    (exchange, entry, place)
    for exchange in facts.specified_exchanges()
    for entry in (facts.load_spec(exchange) or facts.UnifiedSpec(source="", calls=(), gaps=())).never_opened
    for place in sorted(entry.calls)
]
REFUSED = {
    "gate": lambda code: Reply(
        400, {"label": code, "message": "please transfer funds first to create futures account"}
    ),
    "htx": lambda code: Reply(200, {"status": "error", "err_code": int(code), "err_msg": "Not opened.", "ts": 1}),
    "bitget": lambda code: Reply(400, {"code": code, "msg": "The margin trading account does not exist", "data": None}),
    "cryptocom": lambda code: Reply(400, {"id": 1, "code": int(code), "message": "ACCOUNT_NOT_FOUND"}),
    "mexc": lambda code: Reply(200, {"success": False, "code": int(code), "message": "Account does not exist"}),
}


def refused(exchange: str, answers: dict[str, Any], audit: Audit) -> Audited:
    if exchange in IMITATED:
        # Only a classic account of Bitget has products of its own, and it cannot prove its key.
        is_classic = exchange == "bitget" and not any("/v3/" in path for path in answers)
        name = "classic" if is_classic else "empty"
        return audit(exchange, name, fault=answering(answers), accept_unproven_key=is_classic)
    return audit_stand_in(exchange, answers)


@pytest.mark.campaign(one_of=3)
@pytest.mark.parametrize(("exchange", "entry", "place"), NEVER, ids=lambda value: getattr(value, "code", value))
def test_what_an_account_never_opened_holds_nothing_and_says_so_with_a_source(
    exchange: str, entry: facts.NeverOpened, place: str, audit: Audit
) -> None:
    told = facts.load_spec(exchange)
    assert told is not None
    path = next(call.at for call in told.calls if call.id == place)
    result = refused(exchange, {path: REFUSED[exchange](entry.code)}, audit).result(place)

    assert isinstance(result, NotApplicable), result
    assert (entry.source, entry.code) == (result.source, result.code)


@pytest.mark.parametrize("exchange", ["gate", "bitget", "htx", "mexc"])
def test_a_refusal_of_another_kind_is_never_taken_for_a_product_that_was_not_opened(
    exchange: str, audit: Audit
) -> None:
    told = facts.load_spec(exchange)
    assert told is not None
    call = next(call for call in told.calls if call.id in told.never_opened[0].calls)
    other = {"gate": "SERVER_BUSY", "htx": "1066", "bitget": "40034", "mexc": "2001"}[exchange]
    assert isinstance(refused(exchange, {call.at: REFUSED[exchange](other)}, audit).result(call.id), Unread)


def test_a_code_of_a_product_says_nothing_about_another_place(audit: Audit) -> None:
    audited = audit("gate", "empty", fault=answering({"/api/v4/spot/accounts": REFUSED["gate"]("USER_NOT_FOUND")}))
    assert isinstance(audited.result("spot"), Unread)


def test_a_code_that_could_mean_the_key_counts_only_after_the_key_has_read_something() -> None:
    path = "/api/v1/private/account/assets"
    spot = Reply(500, {"code": 500, "msg": "busy"})
    audited = audit_stand_in("mexc", {path: REFUSED["mexc"]("1000"), "/api/v3/account": spot})
    assert isinstance(audited.result("futures"), Unread)


def test_who_never_opened_futures_is_not_told_to_open_them(audit: Audit) -> None:
    told = facts.load_spec("gate")
    assert told is not None
    paths = {call.at for call in told.calls if call.id in told.never_opened[0].calls}
    audited = audit("gate", "empty", fault=answering({path: REFUSED["gate"]("USER_NOT_FOUND") for path in paths}))

    lacking = {r.surface for r in audited.account.readings if isinstance(r.result, Unread) and r.result.right}
    assert set() == lacking


TOTALS: list[tuple[str, dict[str, Any]]] = [
    ("gate", {"/api/v4/unified/accounts": {"balances": {}, "total": "0", "unified_account_total_equity": "0.004"}}),
    (
        "bitget",
        {
            "/api/v3/account/assets": {
                "code": "00000",
                "msg": "success",
                "data": {"accountEquity": "0.0000001", "usdtEquity": "0", "assets": []},
            }
        },
    ),
    ("htx", {"/v5/account/balance": {"code": 200, "data": {"equity": 0.00000003, "details": []}}}),
    (
        "cryptocom",
        {
            "/exchange/v1/private/user-balance": {
                "code": 0,
                "result": {"data": [{"total_cash_balance": "3.5", "position_balances": []}]},
            }
        },
    ),
]


@pytest.mark.parametrize(("exchange", "answers"), TOTALS)
def test_a_total_that_no_row_explains_blocks_however_small_it_is(
    exchange: str, answers: dict[str, Any], audit: Audit
) -> None:
    audited = refused(exchange, answers, audit)

    found = {finding.rule for finding in audited.report.findings if finding.severity is Severity.BLOCKER}
    assert ({"hidden-value"}, Verdict.BLOCKED) == (found - {"balance"}, audited.report.verdict)


@pytest.mark.parametrize("figure", ["0", "0.00", "0E-18", "", None])
def test_a_total_of_nothing_or_without_a_figure_finds_nothing(figure: Any, audit: Audit) -> None:
    wallet = {"totalWalletBalance": figure, "totalEquity": figure, "coin": []}
    body = {"retCode": 0, "retMsg": "OK", "result": {"list": [wallet]}}
    audited = audit("bybit", "empty", fault=answering({"/v5/account/wallet-balance": body}))

    assert ([], True) == (
        [f for f in audited.report.findings if f.rule == "hidden-value"],
        isinstance(audited.result("unified"), Read),
    )


def test_a_total_that_is_no_amount_is_a_doubt(audit: Audit) -> None:
    body = {"retCode": 0, "retMsg": "OK", "result": {"list": [{"totalEquity": "much", "coin": []}]}}
    assert "totalEquity" in str(
        audit("bybit", "empty", fault=answering({"/v5/account/wallet-balance": body})).unread("unified").reason
    )


def raw(body: str) -> Reply:
    """Numbers as the exchange writes them, which a Python number would not keep."""
    return Reply(200, body)


EXPONENTS = [
    (
        "htx",
        "/swap-api/v1/swap_account_info",
        '{"status":"ok","data":[{"symbol":"BTC","contract_code":"BTC-USD","margin_balance":0.004000000000000000,"margin_frozen":0E-18,"profit_unreal":0E-18},{"symbol":"ETH","contract_code":"ETH-USD","margin_balance":0E-18}],"ts":1764846715627}',
        "BTC",
        "0.004",
    ),
    (
        "mexc",
        "/api/v1/private/account/assets",
        '{"success":true,"code":0,"data":[{"currency":"USDT","equity":2.5E-7,"positionMargin":0E-18,"availableBalance":2.5E-7,"frozenBalance":0}]}',
        "USDT",
        "0.00000025",
    ),
    (
        "deribit",
        "/api/v2/private/get_account_summaries",
        '{"result":{"summaries":[{"currency":"BTC","equity":1.5e-5,"balance":1.5e-5,"available_funds":0e-8,"initial_margin":0E-8}]}}',
        "BTC",
        "0.000015",
    ),
    (
        "phemex",
        "/spot/wallets",
        '{"code":0,"data":[{"currency":"BTC","balanceEv":3E2,"lockedTradingBalanceEv":0}]}',
        "BTC",
        "0.000003",
    ),
    ("bitfinex", "/v2/auth/r/wallets", '[["exchange","BTC",2.5e-7,0e-10,2.5e-7,null,null]]', "BTC", "0.00000025"),
]


@pytest.mark.parametrize("case", EXPONENTS, ids=lambda case: case[0])
def test_a_number_with_an_exponent_is_its_exact_amount(case: tuple[str, str, str, str, str], audit: Audit) -> None:
    exchange, path, body, asset, amount = case
    audited = refused(exchange, {path: raw(body)}, audit)

    assert Decimal(amount) in {Decimal(found) for found in blockers(audited, asset)}


def test_an_empty_shape_of_one_exchange_is_not_that_of_another(audit: Audit) -> None:
    body = {"retCode": 0, "retMsg": "OK", "result": {"balance": None}}
    path = "/v5/asset/transfer/query-account-coins-balance"
    assert isinstance(audit("bybit", "empty", fault=answering({path: body})).result("funding"), Unread)


def test_a_coin_without_figures_hides_no_other_coin(audit: Audit) -> None:
    good = {
        "coin": "USDT",
        "walletBalance": "41.07",
        "equity": "41.07",
        "locked": "0",
        "borrowAmount": "0",
        "accruedInterest": "0",
    }
    odd = {
        "coin": "MOG",
        "walletBalance": None,
        "equity": None,
        "locked": "0",
        "borrowAmount": "0",
        "accruedInterest": "0",
    }
    body = {"retCode": 0, "retMsg": "OK", "result": {"list": [{"coin": [odd, good]}]}}
    audited = audit("bybit", "empty", fault=answering({"/v5/account/wallet-balance": body}))

    assert ({"41.07"}, Trouble.MALFORMED) == (blockers(audited, "USDT"), audited.unread("unified").trouble)


def test_a_withdrawal_without_a_block_number_is_over(audit: Audit) -> None:
    row = {"id": "w7", "currency": "USDT", "amount": "5", "status": "DONE", "timestamp": "1790000000", "chain": "TRX"}

    def withdrawals(call: Call) -> Reply | None:
        is_first = call.path == "/api/v4/wallet/withdrawals" and call.query.get("offset", "0") == "0"
        return Reply(body=[row]) if is_first else None

    assert () == audit("gate", "empty", fault=withdrawals).records("withdrawals")


def test_an_answer_of_which_ccxt_makes_nothing_is_told_by_its_raw_figures(
    audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumbles(*_given: Any) -> Any:
        raise AttributeError("parse")

    monkeypatch.setattr(exchange_class("gate"), "parse_balance_helper", stumbles)
    audited = audit("gate", "messy")

    assert {"0.00000801"} <= blockers(audited, "BTC")
    assert "ccxt stumbled" in str(audited.unread("spot").reason)


BLANK_PARTS: list[tuple[str, dict[str, Any], str]] = [
    ("gate", {"/api/v4/spot/accounts": [{"currency": "ETH", "available": "0.2", "locked": ""}]}, "0.2"),
    ("gate", {"/api/v4/spot/accounts": [{"currency": "ETH", "available": None, "locked": "0.3"}]}, "0.3"),
    ("gate", {"/api/v4/spot/accounts": [{"currency": "ETH", "available": "0.2"}]}, "0.2"),
    (
        "gate",
        {"/api/v4/unified/accounts": {"balances": {"ETH": {"available": "0.2", "freeze": "", "equity": ""}}}},
        "0.2",
    ),
]


@pytest.mark.parametrize(("exchange", "answers", "amount"), BLANK_PARTS)
def test_a_balance_with_a_blank_figure_is_named_by_the_figures_that_it_has(
    exchange: str, answers: dict[str, Any], amount: str, audit: Audit
) -> None:
    audited = audit(exchange, "empty", fault=answering(answers))

    assert {amount} == blockers(audited, "ETH")
    (place,) = {f.surface for f in audited.report.findings if f.asset == "ETH"}
    assert Trouble.MALFORMED is audited.unread(place).trouble


@pytest.mark.parametrize(
    ("exchange", "path", "body", "amount"),
    [
        ("bybit", "/v5/market/instruments-info", {"retCode": 10005, "retMsg": "no", "result": {}}, "0.00000712"),
        ("bitget", "/api/v3/market/instruments", Reply(400, {"code": "40014", "msg": "no", "data": None}), "3.1E-7"),
        ("gate", "/api/v4/spot/currency_pairs", Reply(403, {"label": "FORBIDDEN", "message": "no"}), "0.00000801"),
    ],
)
def test_a_list_of_markets_that_is_refused_hides_no_balance(
    exchange: str, path: str, body: Any, amount: str, audit: Audit
) -> None:
    """Requests that ccxt leaves running when one of several fails concern no place that is read after them."""
    assert {amount} <= blockers(audit(exchange, "messy", fault=answering({path: body})), "BTC")


@pytest.mark.parametrize("name", ["spot", "orders", "deposits"])
def test_what_was_not_understood_is_said_in_chinese_as_a_whole(name: str, audit: Audit) -> None:
    told = facts.load_spec("gate")
    assert told is not None
    path = next(call.at for call in told.calls if call.id == name)

    def without_values(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: without_values(value) for key, value in node.items()}
        return [without_values(item) for item in node] if isinstance(node, list) else ""

    def spoil(body: Any) -> Any:
        return without_values(body)

    result = audit("gate", "messy", fault=answering({path: spoil})).unread(name)
    said = " ".join(Translator("zh")(doubt.reason) for doubt in result.doubts)
    assert [] == [word for word in ("the ", " of ", "missing", "blank") if word in said]


def test_a_page_that_says_never_opened_after_one_with_orders_is_a_page_lost(audit: Audit) -> None:
    order = {"id": "58", "contract": "BTC_USDT", "size": "2", "left": "2", "price": "40000", "status": "open"}

    def fault(call: Call) -> Reply | None:
        if call.path != "/api/v4/futures/usdt/orders":
            return None
        return Reply(body=[order]) if call.query.get("offset", "0") == "0" else REFUSED["gate"]("USER_NOT_FOUND")

    result = audit("gate", "messy", fault=fault).result("futures-orders-usdt")
    assert isinstance(result, Unread), result
    assert (True, "USER_NOT_FOUND") == (bool(result.records), result.code)


NAMELESS = {
    "bybit": ("/v5/asset/coin/query-info", lambda body: body["result"]["rows"].append({"coin": None, "chains": None})),
    "gate": ("/api/v4/spot/currencies", lambda body: body.append({})),
}


@pytest.mark.parametrize("exchange", NAMELESS)
def test_a_coin_without_a_name_hides_no_other_coin_market_or_balance(exchange: str, audit: Audit) -> None:
    path, odd = NAMELESS[exchange]
    audited = audit(exchange, "messy", fault=answering({path: changed(odd)}))
    networks = {getattr(record, "asset", "") for record in audited.unread("networks").records}

    healthy = {(f.rule, f.asset, f.amount) for f in audit(exchange, "messy").report.findings if f.amount}
    assert ("BTC" in networks, set()) == (
        True,
        healthy - {(f.rule, f.asset, f.amount) for f in audited.report.findings},
    )


def test_odd_rows_in_two_lists_that_are_asked_for_in_turn_are_both_left_out(audit: Audit) -> None:
    answers = {
        "/api/v4/spot/currencies": changed(lambda body: body.append({})),
        "/api/v4/spot/currency_pairs": changed(lambda body: body.append({"id": None, "base": None})),
    }
    audited = audit("gate", "messy", fault=answering(answers))
    shown = {place: [record.subject for record in audited.unread(place).records] for place in ("markets", "networks")}
    assert {"markets": ["BTC_USDT"], "networks": ["BTC:BTC", "USDT:ERC20"]} == shown


def test_orders_of_bybit_do_not_depend_on_the_kind_of_account(audit: Audit) -> None:
    refused = {"retCode": 10005, "retMsg": "Permission denied", "result": {}}
    assert isinstance(audit("bybit", fault=answering({"/v5/account/info": refused})).result("orders-spot"), Read)


def test_point_cards_of_gate_are_told_as_such_though_ccxt_renames_them(audit: Audit) -> None:
    body = [{"currency": "POINT", "available": "30", "locked": "0"}]
    findings = audit("gate", "empty", fault=answering({"/api/v4/spot/accounts": body})).report.findings
    assert [True] == ["Use them up, or ask Gate's support" in str(f.remedy) for f in findings if f.amount == 30]
