"""Kraken: what real accounts answer, and what its interface hides unless it is asked."""

from collections.abc import Mapping
from typing import Any

import pytest

from auditor.demo import Call, Reply, account
from auditor.exchanges.kraken.asset_codes import usual_name
from auditor.exchanges.kraken.pairs import market_name
from auditor.formats.letter_items import letter_item
from auditor.model.account import Options
from auditor.model.records import Earning, Flow, Order
from auditor.model.report import Finding, Report, Severity, Status, Verdict
from auditor.model.snapshot import Read, Reading, Unread, seen_records
from auditor.plan import make_plan
from auditor.plan.kinds import StepKind
from tests import remembered
from tests.conftest import Audit, DemoAudit, audit_anew
from tests.exchanges.findings import readings

PRIVATE = "/0/private/"
EMPTY, MESSY = account("kraken-empty"), account("kraken-messy")
BALANCES, DEPOSITS, WITHDRAWALS = f"{PRIVATE}BalanceEx", f"{PRIVATE}DepositStatus", f"{PRIVATE}WithdrawStatus"
NO_RESULT: dict[str, Any] = {"error": []}


def result(value: Any) -> dict[str, Any]:
    return {"error": [], "result": value}


def refused(text: str) -> Reply:
    return Reply(200, {"error": [text]})


def answering(answers: Mapping[str, Any], also: str = "") -> Any:
    """Give these answers by path; ``also``: a parameter that must be asked."""

    def fault(call: Call) -> Reply | None:
        name = call.path.removeprefix(PRIVATE)
        if name not in answers or (also and also not in call.query):
            return None
        return answers[name] if isinstance(answers[name], Reply) else Reply(body=answers[name])

    return fault


def balance_rows(**amounts: str) -> list[dict[str, str]]:
    return [{"asset": code, "balance": amount, "hold_trade": "0"} for code, amount in amounts.items()]


def blocking_amounts(report: Report, asset: str) -> set[str]:
    """The amounts of an asset that block."""
    return {str(f.amount) for f in report.findings if f.severity is Severity.BLOCKER and f.asset == asset}


def blocking(audited: DemoAudit) -> list[Finding]:
    return [finding for finding in audited.report.findings if finding.severity is Severity.BLOCKER]


def place(audited: DemoAudit, surface: str) -> Reading:
    (found,) = readings(audited, surface)
    return found


def unread(audited: DemoAudit, surface: str) -> Unread:
    found = place(audited, surface).result
    assert isinstance(found, Unread), found
    return found


# An account that never had any funding.


def test_an_account_that_never_had_funding_is_clean_when_total_and_ledger_say_so(demo: Audit) -> None:
    audited = demo(EMPTY, fault=answering({"BalanceEx": NO_RESULT}))
    assert (Verdict.CLEAN, True) == (audited.report.verdict, isinstance(place(audited, "spot").result, Read))
    assert Verdict.CLEAN is demo("kraken-unfunded").report.verdict


def test_balances_that_are_missing_stay_in_doubt_while_nothing_agrees(demo: Audit) -> None:
    down = refused("EGeneral:Internal error")
    audited = demo(EMPTY, fault=answering({"BalanceEx": NO_RESULT, "TradeBalance": down}))
    assert Verdict.INCOMPLETE is audited.report.verdict
    assert "result is missing" in str(unread(audited, "spot").reason)


def test_balances_that_are_missing_beside_an_entry_of_the_ledger_stay_in_doubt(demo: Audit) -> None:
    entry = {"id": "L1", "time": 1782820000.5, "type": "deposit", "aclass": "currency", "asset": "XXBT"}
    audited = demo(EMPTY.with_rows(f"{PRIVATE}Ledgers", [entry]), fault=answering({"BalanceEx": NO_RESULT}))
    assert Verdict.INCOMPLETE is audited.report.verdict
    assert "something has moved in this account" in str(unread(audited, "ledger-without-balances").reason)


def test_balances_that_are_missing_beside_a_total_block(demo: Audit) -> None:
    audited = demo(EMPTY, fault=answering({"BalanceEx": NO_RESULT, "TradeBalance": result({"eb": "12.5"})}))
    assert (Verdict.BLOCKED, {"hidden-value"}) == (audited.report.verdict, {f.rule for f in blocking(audited)})


def test_balances_that_only_the_second_list_shows_are_told(demo: Audit) -> None:
    audited = demo(EMPTY, fault=answering({"BalanceEx": refused("EService:Busy"), "Balance": result({"XXBT": "0.7"})}))
    assert {"0.7"} == blocking_amounts(audited.report, "BTC")
    assert "EService:Busy" in str(unread(audited, "spot").reason)


@pytest.mark.parametrize("name", ["OpenOrders", "TradeBalance", "DepositStatus", "WithdrawStatus", "Ledgers"])
def test_no_result_elsewhere_is_never_nothing(name: str, demo: Audit) -> None:
    assert Verdict.INCOMPLETE is demo(EMPTY, fault=answering({name: NO_RESULT})).report.verdict


@pytest.mark.parametrize("name", ["CreditLines", "Earn/Allocations", "OpenPositions"])
def test_no_result_is_nothing_where_another_place_shows_the_same(name: str, demo: Audit) -> None:
    assert Verdict.CLEAN is demo(EMPTY, fault=answering({name: NO_RESULT})).report.verdict


@pytest.mark.parametrize(("name", "other"), [("Earn/Allocations", "BalanceEx"), ("OpenPositions", "TradeBalance")])
def test_no_result_stays_in_doubt_where_the_other_place_is_not_read(name: str, other: str, demo: Audit) -> None:
    answers = {name: NO_RESULT, other: refused("EGeneral:Permission denied")}
    assert Verdict.INCOMPLETE is demo(EMPTY, fault=answering(answers)).report.verdict


@pytest.mark.parametrize("name", ["CreditLines", "Earn/Allocations"])
def test_null_is_nothing_where_kraken_documents_it(name: str, demo: Audit) -> None:
    assert Verdict.CLEAN is demo(EMPTY, fault=answering({name: result(None)})).report.verdict


@pytest.mark.parametrize("name", ["BalanceEx", "TradeBalance", "OpenOrders", "OpenPositions", "DepositStatus"])
@pytest.mark.parametrize("value", [None, [], [[]], ""])
def test_another_empty_shape_is_never_nothing(name: str, value: object, demo: Audit) -> None:
    assert Verdict.INCOMPLETE is demo(EMPTY, fault=answering({name: result(value)})).report.verdict


@pytest.mark.parametrize("body", [{}, [], "", "<html></html>", {"result": None}, {"error": [], "result": []}])
def test_an_answer_without_orders_where_they_should_be_is_not_empty(body: Any, demo: Audit) -> None:
    assert unread(demo(EMPTY.with_refusal(f"{PRIVATE}OpenOrders", Reply(200, body))), "orders")


def test_margin_in_use_blocks_where_no_position_is_shown(demo: Audit) -> None:
    body = result({"eb": "0.0000", "tb": "0.0000", "m": "7.0354"})
    audited = demo(EMPTY, fault=answering({"TradeBalance": body}))
    assert ["margin in use" in str(finding.message) for finding in blocking(audited)] == [True]


def test_margin_in_use_is_told_once_where_a_position_is_shown(demo: Audit) -> None:
    audited = demo("kraken-messy")
    assert 1 == len([finding for finding in blocking(audited) if finding.rule == "open-position"])


# Asset codes.


@pytest.mark.parametrize("ending", ["S", "M", "B", "F", "T", "P", "HOLD", "NEW"])
def test_money_under_an_ending_alone_blocks_though_the_coin_itself_is_zero(ending: str, demo: Audit) -> None:
    rows = balance_rows(**{"XXBT": "0.0000000000", f"XBT.{ending}": "0.0040000000"})
    assert {"0.0040000000"} == blocking_amounts(demo(EMPTY.with_rows(BALANCES, rows)).report, f"BTC.{ending}")


def test_two_codes_of_one_coin_are_told_with_their_own_amounts(demo: Audit) -> None:
    rows = balance_rows(**{"ZUSD.HOLD": "6", "USD.HOLD": "7"})
    assert {"6", "7"} == blocking_amounts(demo(EMPTY.with_rows(BALANCES, rows)).report, "USD.HOLD")


def test_two_codes_of_one_coin_do_not_both_hide_behind_one_allocation(demo: Audit) -> None:
    item = {"strategy_id": "S1", "native_asset": "DOT", "amount_allocated": {"total": {"native": "3.1"}}}
    rows = balance_rows(**{"DOT.B": "3.1", "DOT28.S": "2.0"})
    report = demo(EMPTY.with_rows(BALANCES, rows).with_rows(f"{PRIVATE}Earn/Allocations", [item])).report
    assert (set(), {"2.0"}, {"3.1"}) == (
        blocking_amounts(report, "DOT.B"),
        blocking_amounts(report, "DOT28.S"),
        blocking_amounts(report, "DOT"),
    )


@pytest.mark.parametrize("figure", ["0.000000000000000001", "1e-18", "9" * 40, "-0.0000000001"])
def test_a_figure_of_any_size_blocks(figure: str, demo: Audit) -> None:
    assert Verdict.BLOCKED is demo(EMPTY.with_rows(BALANCES, balance_rows(XXBT=figure))).report.verdict


def test_used_credit_in_a_balance_of_zero_blocks(demo: Audit) -> None:
    rows = [{"asset": "ZUSD", "balance": "0", "hold_trade": "0", "credit": "50.0", "credit_used": "12.0"}]
    assert Verdict.BLOCKED is demo(EMPTY.with_rows(BALANCES, rows)).report.verdict


def test_credit_that_is_only_granted_does_not_block(demo: Audit) -> None:
    rows = [{"asset": "ZUSD", "balance": "0", "hold_trade": "0", "credit": "50.0", "credit_used": "0"}]
    assert Verdict.CLEAN is demo(EMPTY.with_rows(BALANCES, rows)).report.verdict


def test_one_odd_balance_beside_a_good_one_and_both_are_told(demo: Audit) -> None:
    body = result({"XXBT": {"balance": "0.5", "hold_trade": "0"}, "XETH": {"balance": None}, "DOT": 5})
    audited = demo(EMPTY, fault=answering({"BalanceEx": body}))
    reasons = " ".join(str(doubt.reason) for doubt in unread(audited, "spot").doubts)
    assert ({"0.5"}, True, True) == (blocking_amounts(audited.report, "BTC"), "XETH" in reasons, "DOT" in reasons)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("XXBT", "BTC"),
        ("XBT.F", "BTC.F"),
        ("ZEUR", "EUR"),
        ("ETH2", "ETH2"),
        ("ETH2.S", "ETH2.S"),
        ("TSLAx.T", "TSLAx.T"),
    ],
)
def test_a_code_is_told_by_the_usual_name_of_its_coin(code: str, name: str) -> None:
    assert name == usual_name(code)


@pytest.mark.parametrize(
    ("pair", "name"),
    [("XBTUSD", "BTC/USD"), ("XXBTZUSD", "BTC/USD"), ("SOLUSDT", "SOL/USDT"), ("ETHXBT", "ETH/BTC"), ("ODD", "ODD")],
)
def test_a_pair_is_told_by_the_usual_names_of_its_sides(pair: str, name: str) -> None:
    assert name == market_name(pair)


# Deposits and withdrawals.


def flow(**fields: Any) -> dict[str, Any]:
    row = {
        "asset": "XXBT",
        "refid": "R1",
        "amount": "0.5",
        "time": 1782820000,
        "status": "Success",
        "method": "Bitcoin",
    }
    return {**row, **fields}


PROPERTIES: tuple[object, ...] = ("onhold", "on-hold", "return", "cancel-pending", "never heard of", 5, [])
UNDER_WAY: list[dict[str, Any]] = [
    *({"status": state} for state in ("Initial", "Pending", "EarlyConfirmed", "Settled", "Partial", "Never heard of")),
    *({"status-prop": word} for word in PROPERTIES),
    {"status": "Failure", "status-prop": "return"},
]
OVER = [{}, {"status": "Failure"}, {"status": "Failure", "status-prop": "canceled"}, {"status-prop": "cancel-denied"}]


@pytest.mark.parametrize("path", [DEPOSITS, WITHDRAWALS])
@pytest.mark.parametrize("fields", UNDER_WAY, ids=str)
def test_a_movement_that_is_not_plainly_over_blocks(path: str, fields: dict[str, Any], demo: Audit) -> None:
    assert {"0.5"} == blocking_amounts(demo(EMPTY.with_rows(path, [flow(**fields)])).report, "BTC")


@pytest.mark.parametrize("fields", [*OVER, {"status-prop": None}, {"status-prop": ""}], ids=str)
def test_a_movement_that_is_over_does_not_block(fields: dict[str, Any], demo: Audit) -> None:
    over = EMPTY.with_rows(DEPOSITS, [flow(**fields)]).with_rows(WITHDRAWALS, [flow(**fields)])
    assert Verdict.CLEAN is demo(over).report.verdict


@pytest.mark.parametrize("path", [DEPOSITS, WITHDRAWALS])
def test_a_tokenised_stock_on_its_way_is_asked_for_by_its_class(path: str, demo: Audit) -> None:
    row = flow(asset="TSLAx", aclass="tokenized_asset", status="Pending")
    assert {"0.5"} == blocking_amounts(demo(EMPTY.with_rows(path, [row])).report, "TSLAx")


def test_a_tokenised_stock_that_has_a_market_can_be_sold(demo: Audit) -> None:
    report = demo(EMPTY.with_rows(BALANCES, balance_rows(**{"TSLAx.T": "0.02"}))).report
    (found,) = [finding for finding in report.findings if finding.asset == "TSLAx.T"]
    assert ("balance-left", "8.00") == (found.rule, str(found.value_usd))


def test_a_deposit_on_hold_is_asked_to_be_released_and_not_given_up(demo: Audit) -> None:
    audited = demo("kraken-messy")
    (found,) = [finding for finding in audited.report.findings if finding.asset == "EUR.HOLD"]
    item = letter_item(found, audited.snapshot.accounts[0])
    assert ("release it" in str(item.request), "give it up" in str(item.request)) == (True, False)


def test_coins_under_several_codes_are_brought_together_and_not_given_away(demo: Audit) -> None:
    report = demo("kraken-messy").report
    steps = {finding.subject: step.kind for step in make_plan(report).steps for finding in step.findings}
    assert StepKind.MERGE_WALLETS is steps["XXBT"]


def test_markets_of_tokenised_stocks_that_are_refused_hide_no_stock(demo: Audit) -> None:
    account = EMPTY.with_rows(BALANCES, balance_rows(**{"TSLAx.T": "0.02", "XXBT": "0.5"}))
    down = Reply(200, {"error": ["EGeneral:Invalid arguments"]})
    report = demo(account, fault=lambda call: down if "tokenized_asset" in call.query.values() else None).report
    assert ({"0.02"}, {"0.5"}) == (blocking_amounts(report, "TSLAx.T"), blocking_amounts(report, "BTC"))


def test_a_site_that_refuses_tokenised_stocks_leaves_a_line_to_look_at(demo: Audit) -> None:
    refusal = refused("EGeneral:Invalid arguments:aclass")
    audited = demo(EMPTY, fault=answering({"DepositStatus": refusal, "WithdrawStatus": refusal}, also="aclass"))
    lines = {line.id for line in audited.report.requirements if line.id.startswith("unread-")}
    assert Verdict.CLEAN is audited.report.verdict
    assert {"unread-kraken-empty-deposits-xstocks", "unread-kraken-empty-withdrawals-xstocks"} == lines


def test_an_old_pending_deposit_on_the_last_page_is_found(demo: Audit) -> None:
    rows = [flow(refid=f"R{number}") for number in range(60)]
    audited = demo(EMPTY.with_rows(DEPOSITS, [*rows, flow(refid="OLD", status="Pending", time=1500000000)]))
    (found,) = [record for record in seen_records(place(audited, "deposits").result) if isinstance(record, Flow)]
    assert "OLD" == found.subject


@pytest.mark.parametrize("name", ["deposits", "deposit"])
def test_deposits_are_read_under_the_name_of_the_answer_and_that_of_the_documentation(name: str, demo: Audit) -> None:
    body = result({name: [flow(status="Pending")], "next_cursor": None})
    audited = demo(EMPTY, fault=answering({"DepositStatus": body}))
    assert {"0.5"} == blocking_amounts(audited.report, "BTC")


def test_a_plain_list_in_place_of_a_page_is_not_the_whole_list(demo: Audit) -> None:
    audited = demo(EMPTY, fault=answering({"DepositStatus": result([])}))
    assert Verdict.INCOMPLETE is audited.report.verdict


# Orders, positions, Earn.


def test_each_of_three_orders_alike_and_the_order_that_follows_are_told(demo: Audit) -> None:
    audited = demo("kraken-messy")
    orders = [record for record in seen_records(place(audited, "orders").result) if isinstance(record, Order)]
    assert ["OAAAAA-DEMO1-AAAAAA", "OBBBBB-DEMO2-BBBBBB"] == [order.subject for order in orders]
    assert any("with an order that follows when it is filled" in str(f.message) for f in audited.report.findings)


@pytest.mark.parametrize("entry", [5, None, {}, {"status": "never heard of"}, {"descr": "odd", "vol": "much"}])
def test_whatever_is_listed_as_an_open_order_is_one(entry: object, demo: Audit) -> None:
    audited = demo(EMPTY, fault=answering({"OpenOrders": result({"open": {"O1": entry}})}))
    assert (Verdict.BLOCKED, "O1") == (audited.report.verdict, blocking(audited)[0].subject)


@pytest.mark.parametrize("closed", ["0.00000000", "0.00000010"])
def test_the_smallest_position_that_is_listed_is_open(closed: str, demo: Audit) -> None:
    row = {"pair": "XXBTZUSD", "type": "buy", "vol": "0.00000010", "vol_closed": closed, "margin": "0"}
    assert Verdict.BLOCKED is demo(EMPTY, fault=answering({"OpenPositions": result({"T1": row})})).report.verdict


def test_what_is_being_unbonded_is_told_with_its_date(demo: Audit) -> None:
    records = seen_records(place(demo("kraken-messy"), "earn-allocations").result)
    leaving = [(str(one.amount), one.ready_at) for one in records if isinstance(one, Earning) and one.redeeming]
    assert [("1.1000000000", "2027-01-10")] == [(amount, str(date)[:10]) for amount, date in leaving]


def test_what_is_being_unbonded_is_no_part_of_what_is_still_allocated(demo: Audit) -> None:
    report = demo("kraken-messy").report
    assert {"2.0000000000", "1.1000000000", "None"} == blocking_amounts(report, "SOL")


def strategy_of(report: Report, number: str) -> str:
    (found,) = [f for f in report.findings if f.surface == "earn-allocations" and f.subject == number]
    return str(found.remedy)


def test_what_earns_by_itself_is_switched_off_and_not_redeemed(demo: Audit) -> None:
    remedy = strategy_of(demo("kraken-messy").report, "ESDEMO-XBT00-FLEX00")
    assert ("Switch the automatic rewards off" in remedy, "Redeem" in remedy) == (True, False)


def test_how_long_a_strategy_takes_to_be_left_is_told(demo: Audit) -> None:
    assert "about 28 days" in strategy_of(demo("kraken-messy").report, "ESDEMO-DOT00-BONDED")


@pytest.mark.parametrize("body", [result({"items": [{"id": "S1"}, 5]}), result({}), refused("EGeneral:Unknown method")])
def test_strategies_that_are_not_read_hide_no_allocation(body: dict[str, Any], demo: Audit) -> None:
    report = demo("kraken-messy", fault=answering({"Earn/Strategies": body})).report
    assert "Redeem it" in strategy_of(report, "ESDEMO-XBT00-FLEX00")


def test_strategies_are_not_asked_of_an_account_that_has_none(demo: Audit) -> None:
    assert [] == [call for call in demo(EMPTY).calls if call.path.endswith("Strategies")]


def test_a_negative_amount_that_waits_blocks_though_nothing_is_allocated(demo: Audit) -> None:
    parts = {"total": {"native": "0"}, "pending": {"native": "-0.5"}}
    item = {"strategy_id": "S1", "native_asset": "DOT", "amount_allocated": parts}
    assert Verdict.BLOCKED is demo(EMPTY.with_rows(f"{PRIVATE}Earn/Allocations", [item])).report.verdict


def test_a_further_page_of_allocations_is_a_doubt_beside_those_that_came(demo: Audit) -> None:
    item = {"strategy_id": "S1", "native_asset": "DOT", "amount_allocated": {"total": {"native": "3.1"}}}
    body = result({"items": [item], "next_cursor": "2"})
    audited = demo(EMPTY, fault=answering({"Earn/Allocations": body}))
    assert ({"3.1"}, True) == (blocking_amounts(audited.report, "DOT"), bool(unread(audited, "earn-allocations")))


@pytest.mark.parametrize("part", ["total", "bonding", "unbonding", "exit_queue", "pending"])
@pytest.mark.parametrize("odd", ["much", None, {}, {"native": "much"}])
def test_an_odd_part_of_an_allocation_hides_no_other_part(part: str, odd: object, demo: Audit) -> None:
    parts = {name: {"native": f"0.{number}"} for number, name in enumerate(("total", "bonding", "pending"), 1)}
    item = {"strategy_id": "S1", "native_asset": "DOT", "amount_allocated": {**parts, part: odd}}
    audited = demo(EMPTY.with_rows(f"{PRIVATE}Earn/Allocations", [item]))
    assert Verdict.BLOCKED is audited.report.verdict
    assert isinstance(place(audited, "earn-allocations").result, Unread) or (odd is None and part != "total")


# The key, the exchange, and what goes wrong.


def test_a_key_that_says_nothing_of_addresses_can_be_used(demo: Audit) -> None:
    key = result({"permissions": ["query-funds"], "validUntil": "0", "iban": "AA00 DEMO"})
    audited = demo("kraken-messy", fault=answering({"GetApiKeyInfo": key}))
    known = audited.snapshot.accounts[0].key
    assert known is not None
    assert (None, True) == (known.ip_bound, known.readonly)
    assert {"0.0000412300"} <= blocking_amounts(audited.report, "BTC")


RIGHTS = {
    "query-funds": {"spot", "credit-lines", "earn-allocations", "deposits"},
    "query-open-trades": {"orders", "positions", "total"},
    "query-ledger": {"withdrawals", "ledger"},
}


@pytest.mark.parametrize("right", RIGHTS)
def test_a_missing_right_is_named_by_its_box_at_the_places_that_need_it(right: str, demo: Audit) -> None:
    rights = [one for one in EMPTY.key["permissions"] if one != right]
    audited = demo(EMPTY.with_key(permissions=rights))
    lacking = dict(filter(None, map(_lacking, audited.snapshot.accounts[0].readings)))
    assert Verdict.INCOMPLETE is audited.report.verdict
    assert RIGHTS[right] <= set(lacking)
    assert [] == [box for box in lacking.values() if right not in box]


def _lacking(reading: Reading) -> tuple[str, str] | None:
    """The place and the right that it lacks, None where it lacks none."""
    result = reading.result
    return (reading.surface, str(result.right)) if isinstance(result, Unread) and result.right is not None else None


@pytest.mark.parametrize("extra", ["withdraw-funds", "earn-funds", "modify-trades", "never heard of"])
def test_a_key_that_may_do_more_than_read_is_asked_nothing_else(extra: str, demo: Audit) -> None:
    audited = demo(EMPTY.with_key(permissions=[*EMPTY.key["permissions"], extra]))
    assert (Verdict.REFUSED, 1) == (audited.report.verdict, len(audited.calls))


@pytest.mark.parametrize("limit", ["1700000000", 1700000000, "2026/01/01", "soon", {"from": 1}])
def test_a_key_that_sees_a_span_of_time_only_is_never_clean(limit: object, demo: Audit) -> None:
    """Whatever a limit says, in whatever form: it is one."""
    assert Verdict.INCOMPLETE is demo(EMPTY.with_key(queryFrom=limit)).report.verdict


@pytest.mark.parametrize("limit", ["0", 0, "", None])
def test_a_key_without_a_span_of_time_can_be_clean(limit: object, demo: Audit) -> None:
    assert Verdict.CLEAN is demo(EMPTY.with_key(queryFrom=limit, queryTo=limit)).report.verdict


@pytest.mark.parametrize(
    "text", ["EAuth:Account temporary disabled", "EAuth:Account unconfirmed", "EAccount:Invalid permissions"]
)
def test_a_restriction_that_shows_in_an_error_blocks(text: str, demo: Audit) -> None:
    audited = demo(EMPTY, fault=answering({"OpenOrders": refused(text)}))
    assert {"account-restricted"} == {finding.rule for finding in blocking(audited)}


@pytest.mark.parametrize(
    "text",
    ["EGeneral:Internal error:42", "EService:Deadline elapsed", "EAPI:Rate limit exceeded", "EAPI:Invalid nonce"],
)
def test_what_passes_by_itself_is_asked_again(text: str, demo: Audit) -> None:
    left = [refused(text), refused("EService: Throttled: 1782820000")]

    def fault(call: Call) -> Reply | None:
        return left.pop() if left and call.path.endswith("OpenOrders") else None

    assert Verdict.CLEAN is demo(EMPTY, fault=fault).report.verdict


def test_a_lockout_is_not_asked_again_by_anybody(demo: Audit) -> None:
    audited = demo(EMPTY, fault=answering({"OpenOrders": refused("EGeneral:Temporary lockout")}))
    after = [call.path for call in audited.calls][[c.path for c in audited.calls].index(f"{PRIVATE}OpenOrders") + 1 :]
    assert [] == [path for path in after if path.startswith(PRIVATE)]


@pytest.mark.parametrize("status", [500, 401, 403])
def test_a_list_of_markets_that_is_down_hides_no_balance(status: int, demo: Audit) -> None:
    down = Reply(status, {"error": ["EService:Unavailable"]})
    audited = demo("kraken-messy", fault=lambda call: down if call.path == "/0/public/AssetPairs" else None)
    assert {"0.0000412300"} <= blocking_amounts(audited.report, "BTC")
    assert any(call.path == WITHDRAWALS for call in audited.calls)


@pytest.mark.parametrize("state", ["maintenance", "never heard of"])
def test_an_exchange_under_maintenance_proves_nothing(state: str, demo: Audit) -> None:
    body = result({"status": state, "timestamp": "2026-06-01T00:00:00Z"})
    fault = Reply(body=body)
    audited = demo(EMPTY, fault=lambda call: fault if call.path == "/0/public/SystemStatus" else None)
    assert Verdict.INCOMPLETE is audited.report.verdict


def test_each_request_is_sent_after_the_one_before_it_was_answered() -> None:
    # Answers that are said again come with the nonces of an audit before.
    with remembered.nothing():
        calls = audit_anew("kraken-messy").calls
    nonces = [int(call.query["nonce"]) for call in calls if "nonce" in call.query]
    assert nonces
    assert nonces == sorted(set(nonces))


def test_an_emptied_account_with_a_history_becomes_clean(demo: Audit) -> None:
    assert Verdict.CLEAN is demo("kraken-emptied").report.verdict


def with_futures(name: str, demo: Audit) -> Status:
    audited = demo(EMPTY) if not name else demo(EMPTY, account(name))
    (line,) = [line for line in audited.report.requirements if line.id == "futures-wallet"]
    return line.status


def test_the_futures_wallet_is_a_line_to_look_at(demo: Audit) -> None:
    assert Status.MANUAL is with_futures("", demo)


# What a second reader tried.


def test_a_total_in_earn_that_no_allocation_explains_blocks(demo: Audit) -> None:
    body = result({"converted_asset": "USD", "total_allocated": "12.3400", "total_rewarded": "0", "items": []})
    audited = demo(EMPTY, fault=answering({"Earn/Allocations": body}))
    assert (Verdict.BLOCKED, {"hidden-value"}) == (audited.report.verdict, {f.rule for f in blocking(audited)})


@pytest.mark.parametrize("worth", ["much", {}, []])
def test_an_odd_total_in_earn_is_never_nothing(worth: object, demo: Audit) -> None:
    body = result({"converted_asset": "USD", "total_allocated": worth, "items": []})
    assert Verdict.INCOMPLETE is demo(EMPTY, fault=answering({"Earn/Allocations": body})).report.verdict


def test_used_credit_that_no_credit_line_shows_blocks(demo: Audit) -> None:
    body = result({"asset_details": {}, "limits_monitor": {"total_credit_usd": "900", "total_credit_used_usd": "12.5"}})
    audited = demo(EMPTY, fault=answering({"CreditLines": body}))
    assert (Verdict.BLOCKED, {"debt"}) == (audited.report.verdict, {f.rule for f in blocking(audited)})


@pytest.mark.parametrize("field", ["m", "n", "c", "v"])
def test_a_figure_of_open_positions_blocks_where_no_position_is_shown(field: str, demo: Audit) -> None:
    body = result({"eb": "0.0000", "tb": "0.0000", "m": "0.0000", field: "-3.5000"})
    audited = demo(EMPTY, fault=answering({"TradeBalance": body}))
    assert (Verdict.BLOCKED, {"open-position"}) == (audited.report.verdict, {f.rule for f in blocking(audited)})


@pytest.mark.parametrize("odd", [{"amount": None}, {"amount": "much"}, {"asset": None}])
def test_an_odd_figure_of_a_movement_under_way_does_not_hide_it(odd: dict[str, Any], demo: Audit) -> None:
    audited = demo(EMPTY, fault=answering({"DepositStatus": result({"deposits": [flow(status="Pending", **odd)]})}))
    assert (Verdict.BLOCKED, True) == (audited.report.verdict, bool(blocking(audited)))


@pytest.mark.parametrize("odd", [{"amount": None}, {"asset": None}])
def test_an_odd_figure_of_a_movement_that_is_over_says_nothing(odd: dict[str, Any], demo: Audit) -> None:
    audited = demo(EMPTY, fault=answering({"DepositStatus": result({"deposits": [flow(**odd)]})}))
    assert Verdict.CLEAN is audited.report.verdict


@pytest.mark.parametrize("items", [{"items": None}, {}])
def test_allocations_without_a_list_are_not_read(items: dict[str, Any], demo: Audit) -> None:
    body = result({"converted_asset": "USD", "total_allocated": "0.0000", **items})
    assert Verdict.INCOMPLETE is demo(EMPTY, fault=answering({"Earn/Allocations": body})).report.verdict


UNKNOWN_METHOD = {"GetApiKeyInfo": refused("EGeneral:Unknown method")}


def test_a_key_that_cannot_say_what_it_may_do_is_refused_until_its_owner_says_so(demo: Audit) -> None:
    audited = demo("kraken-messy", fault=answering(UNKNOWN_METHOD))
    assert (Verdict.REFUSED, 1) == (audited.report.verdict, len(audited.calls))


def test_a_key_that_its_owner_vouches_for_reads_everything_and_is_never_clean(demo: Audit) -> None:
    vouched = Options(pace=0, accept_unproven_key=True)
    full = demo("kraken-messy", options=vouched, fault=answering(UNKNOWN_METHOD)).report
    bare = demo(EMPTY, options=vouched, fault=answering(UNKNOWN_METHOD)).report
    assert (True, Verdict.INCOMPLETE) == ("0.0000412300" in blocking_amounts(full, "BTC"), bare.verdict)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OpenOrders", {"open": {}, "count": 3}),
        ("OpenOrders", {"open": {}, "next_cursor": "x"}),
    ],
)
def test_orders_of_which_the_answer_shows_only_a_part_are_not_read(name: str, value: Any, demo: Audit) -> None:
    assert Verdict.INCOMPLETE is demo(EMPTY, fault=answering({name: result(value)})).report.verdict


@pytest.mark.parametrize("field", ["e", "mf"])
def test_equity_that_no_total_explains_blocks(field: str, demo: Audit) -> None:
    body = result({"eb": "0.0000", "tb": "0.0000", "m": "0.0000", field: "5.0000"})
    audited = demo(EMPTY, fault=answering({"TradeBalance": body}))
    assert {"hidden-value"} == {finding.rule for finding in blocking(audited)}


def test_deposits_under_both_names_are_read(demo: Audit) -> None:
    body = result({"deposits": [], "deposit": [flow(status="Pending")], "next_cursor": None})
    assert {"0.5"} == blocking_amounts(demo(EMPTY, fault=answering({"DepositStatus": body})).report, "BTC")


@pytest.mark.parametrize("name", ["status_prop", "statusProp"])
def test_a_property_in_another_spelling_counts(name: str, demo: Audit) -> None:
    body = result({"deposits": [flow(**{name: "onhold"})], "next_cursor": None})
    assert {"0.5"} == blocking_amounts(demo(EMPTY, fault=answering({"DepositStatus": body})).report, "BTC")


@pytest.mark.parametrize(
    "more",
    [
        {"locked": {"native": "5"}},
        {"total": {"native": "0", "converted": "9"}},
        {"unbonding": {"native": "0", "allocations": [{"native": "2"}]}},
    ],
)
def test_a_figure_of_an_allocation_under_another_name_blocks(more: dict[str, Any], demo: Audit) -> None:
    item = {"strategy_id": "S1", "native_asset": "DOT", "amount_allocated": {"total": {"native": "0"}, **more}}
    report = demo(EMPTY.with_rows(f"{PRIVATE}Earn/Allocations", [item])).report
    assert {"None"} == blocking_amounts(report, "DOT")


def test_a_reward_that_is_still_to_be_paid_is_waited_for(demo: Audit) -> None:
    payout = {"accumulated_reward": {"native": "0.5"}, "period_end": "2027-01-10T00:00:00Z"}
    item = {"strategy_id": "S1", "native_asset": "DOT", "amount_allocated": {"total": {"native": "0"}}}
    audited = demo(EMPTY.with_rows(f"{PRIVATE}Earn/Allocations", [{**item, "payout": payout}]))
    assert [("redemption-under-way", "0.5", "2027-01-10")] == [
        (finding.rule, str(finding.amount), str(finding.ready_at)[:10]) for finding in blocking(audited)
    ]
