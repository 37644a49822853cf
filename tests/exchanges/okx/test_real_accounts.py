"""OKX as real accounts answer: fields left out, totals without rows, one odd row beside good ones."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from auditor.demo import Call, Reply, account
from auditor.exchanges.okx.wallets import trading_balance
from auditor.model.account import Options
from auditor.model.report import Severity, Verdict
from auditor.model.snapshot import Read, Trouble, Unread
from auditor.spec.blanks import UNKNOWN_SETUP
from auditor.spec.reader import Context, Scope
from tests.conftest import Audit, DemoAudit
from tests.exchanges.findings import result, unread
from tests.exchanges.okx.bare import BARE

NOW = datetime(2026, 7, 1, tzinfo=UTC)
BALANCE, CONFIG, LIMITS = "account/balance", "account/config", "account/interest-limits"
LEFT_OUT = ("liab", "crossLiab", "isoLiab", "interest", "borrowFroz", "upl", "uplLiab", "availEq", "rewardBal")
ROW = {
    "ccy": "USDT",
    "cashBal": "91230.55012",
    "eq": "91230.55012",
    "availBal": "91230.55012",
    "frozenBal": "0",
    "ordFrozen": "0",
    "stgyEq": "0",
    "isoEq": "0",
    "fixedBal": "0",
    "spotIsoBal": "0",
    "smtSyncEq": "0",
    "spotCopyTradingEq": "0",
    **dict.fromkeys(LEFT_OUT, ""),
}


def head(*details: dict[str, Any], **figures: str) -> dict[str, Any]:
    blank = dict.fromkeys(("adjEq", "imr", "mmr", "totalEq"), "")
    return {**blank, "isoEq": "0", "uTime": "1767225600000", "details": list(details), **figures}


Answers = dict[str, Callable[[Any], Any] | Reply]


def answering(answers: Answers) -> Callable[[Call], Reply | None]:
    """The fault that gives these answers, or the real ones after a change."""

    def fault(call: Call) -> Reply | None:
        answer = answers.get(call.path)
        return Reply(edit=answer) if callable(answer) else answer

    return fault


def data(*rows: Any) -> Reply:
    return Reply(body={"code": "0", "msg": "", "data": list(rows)})


def configured(**fields: object) -> Callable[[Any], Any]:
    """The account's configuration with other fields."""
    return lambda body: {**body, "data": [{**body["data"][0], **fields}]}


SPOT = BARE.with_(mode="1")
BORROWING: Answers = {CONFIG: configured(enableSpotBorrow=True)}
NO_BORROWING: Answers = {CONFIG: configured(enableSpotBorrow=False)}


def named(audited: DemoAudit, asset: str) -> set[str]:
    """The amounts of an asset that the report names as blockers."""
    return {str(f.amount) for f in audited.report.findings if f.severity is Severity.BLOCKER and f.asset == asset}


def test_the_money_of_an_account_in_spot_mode_is_named_though_every_debt_is_blank(demo: Audit) -> None:
    audited = demo(SPOT, fault=answering({**NO_BORROWING, BALANCE: data(head(ROW))}))

    assert {"91230.55012"} == named(audited, "USDT")
    assert isinstance(result(audited, "trading"), Read)


@pytest.mark.parametrize("field", [*LEFT_OUT, "availBal", "autoLendMtAmt", "fixedBal"])
def test_a_field_that_rows_of_such_accounts_lack_hides_nothing(demo: Audit, field: str) -> None:
    lacking = {name: value for name, value in ROW.items() if name != field}
    audited = demo(SPOT, fault=answering({**NO_BORROWING, BALANCE: data(head(lacking))}))

    assert ({"91230.55012"}, True) == (named(audited, "USDT"), isinstance(result(audited, "trading"), Read))


@pytest.mark.parametrize("mode", ["1", "2", "3", "4"])
def test_an_account_that_was_emptied_becomes_clean_with_blanks_as_real_accounts_have_them(
    demo: Audit, mode: str
) -> None:
    zero = {name: "0" if name != "ccy" and value else value for name, value in ROW.items()}
    audited = demo(BARE.with_(mode=mode), fault=answering({BALANCE: data(head(zero))}))

    assert Verdict.CLEAN is audited.report.verdict


@pytest.mark.parametrize("mode", ["1", "2", "3", "4"])
@pytest.mark.parametrize("name", ["plain", "empty"])
def test_an_ordinary_account_without_holdings_is_clean_in_every_mode(demo: Audit, name: str, mode: str) -> None:
    assert Verdict.CLEAN is demo(account(name).with_(mode=mode)).report.verdict


def test_a_debt_that_nothing_settles_is_a_doubt_beside_the_money(demo: Audit) -> None:
    odd = {**ROW, "eq": "80000"}  # something is missing from the equity
    refused = Reply(body={"code": "50026", "msg": "system error", "data": []}, status=500)
    audited = demo(SPOT, fault=answering({**BORROWING, BALANCE: data(head(odd)), LIMITS: refused}))

    doubts = {str(doubt.reason) for doubt in unread(audited, "trading").doubts}
    assert {"91230.55012"} == named(audited, "USDT")
    assert "The answer was not understood: USDT: liab is blank." in doubts


def test_a_debt_that_the_list_of_debts_would_show_is_settled_by_it(demo: Audit) -> None:
    odd = {**ROW, "eq": "80000"}
    audited = demo(SPOT, fault=answering({**BORROWING, BALANCE: data(head(odd))}))

    assert isinstance(result(audited, "trading"), Read)


def test_a_total_that_no_row_explains_is_never_clean(demo: Audit) -> None:
    audited = demo(SPOT, fault=answering({BALANCE: data(head(totalEq="0.000000000000000001"))}))

    found = [f.rule for f in audited.report.findings if f.severity is Severity.BLOCKER]
    assert (Verdict.BLOCKED, ["hidden-value"]) == (audited.report.verdict, found)


@pytest.mark.parametrize("total", ["", "0", "0.00", "0E-18"])
def test_a_total_of_nothing_is_clean(demo: Audit, total: str) -> None:
    assert Verdict.CLEAN is demo(SPOT, fault=answering({BALANCE: data(head(totalEq=total))})).report.verdict


def test_a_total_that_is_no_amount_is_a_doubt(demo: Audit) -> None:
    audited = demo(SPOT, fault=answering({BALANCE: data(head(totalEq="n/a"))}))
    assert (Verdict.INCOMPLETE, Trouble.MALFORMED) == (audited.report.verdict, unread(audited, "trading").trouble)


@pytest.mark.parametrize("odd", [None, 5, {}, {"ccy": "ETH"}, {**ROW, "ccy": "ETH", "cashBal": None}])
def test_one_odd_balance_beside_a_good_one_and_both_are_told(demo: Audit, odd: object) -> None:
    audited = demo(SPOT, fault=answering({**NO_BORROWING, BALANCE: data(head(odd, ROW))}))  # type: ignore[arg-type]

    assert {"91230.55012"} == named(audited, "USDT")
    assert isinstance(result(audited, "trading"), Unread)


def test_one_odd_market_makes_no_minimum_unknown(demo: Audit) -> None:
    row = {**ROW, "ccy": "SOL", **dict.fromkeys(("cashBal", "eq", "availBal"), "0.0001")}
    unnamed = {"instId": "", "instType": "SPOT", "baseCcy": "", "quoteCcy": "", "state": "preopen"}
    markets = {path: lambda body: {**body, "data": [unnamed, *body["data"]]} for path in ("account/instruments",)}
    audited = demo(SPOT, fault=answering({**NO_BORROWING, **markets, BALANCE: data(head(row))}))

    (line,) = [line for line in audited.report.dust if line.asset == "SOL"]
    assert ("below_minimum", True) == (line.kind.value, line.min_amount is not None)
    assert isinstance(result(audited, "markets"), Unread)


def test_a_pending_withdrawal_that_a_list_showed_before_it_broke_is_not_forgotten(demo: Audit) -> None:
    path = "asset/withdrawal-history"
    pending = {"ccy": "BTC", "chain": "BTC-Bitcoin", "amt": "0.4", "wdId": "77", "state": "0", "ts": "1767225600000"}
    seen: list[int] = []

    def fault(call: Call) -> Reply | None:
        if call.path != path:
            return None
        seen.append(1)
        first = [{**pending, "wdId": str(900 - number)} for number in range(100)]
        return data(*first) if len(seen) == 1 else data(*first[:50]) if len(seen) == 2 else data()

    audited = demo(BARE, fault=fault)
    assert (Verdict.BLOCKED, True) == (audited.report.verdict, "0.4" in named(audited, "BTC"))


@pytest.mark.slow("waits")
def test_what_was_seen_before_the_time_was_over_is_told(demo: Audit) -> None:
    path = "trade/orders-pending"
    orders = [{"ordId": str(5000 - number), "instId": "BTC-USDT", "sz": "1", "side": "buy"} for number in range(150)]

    def fault(call: Call) -> Reply | None:
        return Reply(delay=60) if call.path == path and "after" in call.query else None

    audited = demo(BARE.with_rows(path, orders), fault=fault, options=Options(pace=0, timeout=3, request_timeout=30))

    told = [f for f in audited.report.findings if f.surface == "orders" and f.severity is Severity.BLOCKER]
    assert (100, Trouble.TIME) == (len(told), unread(audited, "orders").trouble)


@pytest.mark.parametrize("odd", ["", None, "n/a"])
@pytest.mark.parametrize(
    ("path", "row"),
    [
        ("asset/balances", {"ccy": "BTC", "bal": "x", "availBal": "0.6", "frozenBal": "0.1"}),
        (BALANCE, {**ROW, "ccy": "BTC", "cashBal": "x", "eq": "0.7", "availBal": "0.6", "frozenBal": "0.1"}),
    ],
)
def test_a_balance_that_is_no_amount_is_named_by_what_the_row_shows_beside_it(
    demo: Audit, path: str, row: dict[str, Any], odd: object
) -> None:
    broken = {name: odd if value == "x" else value for name, value in row.items()}
    audited = demo(SPOT, fault=answering({**NO_BORROWING, path: data(head(broken) if path == BALANCE else broken)}))

    assert ({"0.7"}, Verdict.BLOCKED) == (named(audited, "BTC"), audited.report.verdict)
    assert Trouble.MALFORMED is unread(audited, "trading" if path == BALANCE else "funding").trouble


@pytest.mark.parametrize("figure", ["adjEq", "isoEq", "availEq", "imr", "mmr", "ordFroz", "notionalUsd", "upl"])
def test_a_figure_of_the_whole_account_that_no_row_explains_is_never_clean(demo: Audit, figure: str) -> None:
    audited = demo(SPOT, fault=answering({BALANCE: data(head(**{figure: "0.004"}))}))

    found = [f.rule for f in audited.report.findings if f.severity is Severity.BLOCKER]
    assert (Verdict.BLOCKED, ["hidden-value"]) == (audited.report.verdict, found)


def test_isolated_equity_that_is_blank_in_a_margin_mode_is_a_doubt(demo: Audit) -> None:
    odd = {**ROW, "isoEq": ""}
    audited = demo(BARE.with_(mode="3"), fault=answering({BALANCE: data(head(odd))}))
    assert "USDT: isoEq is blank" in str(unread(audited, "trading").reason)


@pytest.mark.parametrize("lacking", [None, "missing"])
def test_a_debt_that_a_sub_account_leaves_out_is_a_doubt(demo: Audit, lacking: str | None) -> None:
    row = {name: value for name, value in ROW.items() if lacking is None or name != "liab"}
    odd = {**row, "eq": "80000", **({} if lacking else {"liab": None})}

    _records, doubts = trading_balance.records(odd, Context(UNKNOWN_SETUP, NOW, Scope("cellar"), lambda _row: None))
    assert any("liab" in str(doubt) for doubt in doubts)
