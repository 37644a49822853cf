"""Which step resolves what, in which order, and when it can be over."""

from datetime import timedelta
from decimal import Decimal
from typing import Unpack

import pytest

from auditor.audit.report_builder import build_report
from auditor.i18n import verbatim
from auditor.model.errors import UserError
from auditor.model.records import Area, Record
from auditor.model.report import Report, Severity, Verdict
from auditor.model.snapshot import Key, Trouble
from auditor.plan import AnyPreference, Plan, Preference, Preferences, make_plan, parse_preferences
from auditor.plan.kinds import WORDS, StepKind
from auditor.plan.totals import totals
from tests import builders as b
from tests.builders_more import AccountOverrides
from tests.conftest import Audit

ALWAYS = ["confirm", "archive", "export", "close"]


def report_of(*records: Record, **account: Unpack[AccountOverrides]) -> Report:
    nothing = [b.reading(area=area, surface=f"{area}-empty") for area in Area]
    whole = b.snapshot(*nothing, *b.one_surface_each(*records), **account)
    return build_report(whole, now=b.NOW)


def plan_of(*records: Record, **account: Unpack[AccountOverrides]) -> Plan:
    return make_plan(report_of(*records, **account))


def kinds_for(preference: AnyPreference, *records: Record) -> list[str]:
    steps = make_plan(report_of(*records), preference).steps
    return [step.kind.value for step in steps if step.kind.value not in ALWAYS]


def kinds(*records: Record, **account: Unpack[AccountOverrides]) -> list[str]:
    return [step.kind.value for step in plan_of(*records, **account).steps if step.kind.value not in ALWAYS]


def test_every_kind_of_step_has_words_and_stands_after_what_it_depends_on() -> None:
    order = list(StepKind)

    assert set(order) == set(WORDS)
    assert [
        (kind, before) for kind in order for before in WORDS[kind].after if order.index(before) > order.index(kind)
    ] == []


def test_a_clean_account_still_has_to_be_confirmed_exported_and_closed() -> None:
    report = report_of()

    assert report.verdict is Verdict.CLEAN
    assert [step.kind.value for step in make_plan(report).steps] == ALWAYS


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (b.bot(), "stop-bots"),
        (b.bot(repeats=True), "stop-bots"),
        (b.order(), "cancel-orders"),
        (b.position(), "close-positions"),
        (b.debt(), "repay-debts"),
        (b.debt(collateral=True), "repay-debts"),
        (b.balance("-3"), "repay-debts"),
        (b.earning(), "redeem-earn"),
        (b.earning(redeeming=True), "wait"),
        (b.flow(), "wait"),
        (b.flow(stuck=True), "ask-support"),
        (b.restriction(), "ask-support"),
        (b.valuation("3"), "look"),
        (b.sub_account(frozen=True), "consolidate"),
        (b.balance("1", owner="alice"), "consolidate"),
        (b.api_key(), "delete-subaccounts"),
        (b.balance("0", parts={"other": "3"}), "look"),
    ],
)
def test_each_thing_has_its_step(record: Record, expected: str) -> None:
    assert expected in kinds(record)


MOVED = ["move-to-withdraw"]
SOLD = ["sell", *MOVED, "withdraw"]
MARKETS = (b.market("BTC/USDT"), b.market("ETH/USDT"), b.price("BTC/USDT"), b.price("ETH/USDT"))


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([b.balance("1")], ["withdraw"]),
        ([b.balance("1"), b.network()], ["withdraw"]),
        ([b.balance("1"), b.network(can_withdraw=False)], SOLD),
        ([b.balance("0.0004"), b.network(least="0.0005")], SOLD),
        ([b.balance("0.0004"), b.balance("0.0004", wallet="spot"), b.network(least="0.0005")], [*MOVED, "withdraw"]),
        ([b.balance("100", "USDT")], ["withdraw"]),
        ([b.balance("0.000001"), b.convertible()], ["convert", "remainders"]),
        ([b.balance("0.000001"), b.network(least="0.0000001", fee="0.0000001")], ["withdraw"]),
        ([b.balance("0.000001")], ["ask-support-last", "remainders"]),
        ([b.balance("0.000006"), b.balance("0.000006", wallet="trading")], ["merge-wallets"]),
        ([b.balance("3", tradable=False)], ["withdraw"]),
        ([b.balance("1", parts={"frozen": "1"})], ["ask-support"]),
        ([b.balance("1", parts={"frozen": "1"}), b.order()], ["cancel-orders", "withdraw"]),
    ],
)
def test_balances_go_the_way_that_is_open_to_them(records: list[Record], expected: list[str]) -> None:
    assert kinds(*records, *MARKETS) == expected


@pytest.mark.parametrize(
    ("coin", "expected"),
    [("BTC", SOLD), ("USDT", ["withdraw"]), ("USDC", ["withdraw"]), ("EUR", ["withdraw"])],
)
def test_an_owner_who_prefers_to_sell_is_told_to_sell_coins_but_never_money(coin: str, expected: list[str]) -> None:
    markets = (b.market(f"{coin}/USDT"), b.price(f"{coin}/USDT", "1.1"), b.market("ETH/USDT"), b.price("ETH/USDT"))

    assert expected == kinds_for(Preference.SELL, b.balance("1", coin), b.network(coin), *markets)


def test_the_choice_between_withdrawing_and_selling_can_differ_by_asset() -> None:
    choice = parse_preferences(["sell", "BTC=withdraw"])

    assert Preferences(Preference.SELL, {"BTC": Preference.WITHDRAW}) == choice
    assert ["withdraw"] == kinds_for(choice, b.balance("1"), b.network(), *MARKETS)
    assert SOLD == kinds_for(choice, b.balance("1", "ETH"), b.network("ETH"), *MARKETS)


@pytest.mark.parametrize("word", ["keep", "BTC=", "=sell x", "BTC=hold"])
def test_an_unknown_choice_is_refused_with_those_that_there_are(word: str) -> None:
    with pytest.raises(UserError, match="withdraw or sell"):
        parse_preferences([word])


def test_where_only_the_funding_wallet_withdraws_all_else_is_moved_there_first() -> None:
    step, withdraw = (
        step for step in plan_of(b.balance("1", wallet="trading"), *MARKETS).steps if step.kind.value not in ALWAYS
    )

    assert ("Move everything to the Funding wallet", ("main: Funding wallet: BTC",)) == (
        str(step.title),
        tuple(map(str, step.todo)),
    )
    assert "2026-07-13" in str(step.source)
    assert (step.id,) == withdraw.after


def test_where_it_is_not_known_which_wallet_withdraws_nothing_is_moved() -> None:
    records = (b.balance("1", wallet="trading"), *MARKETS)

    assert ["withdraw"] == kinds(*records, exchange="gate")


def test_what_sales_pay_out_is_moved_before_it_is_withdrawn() -> None:
    steps = make_plan(report_of(b.balance("1"), *MARKETS), Preference.SELL).steps

    assert ["sell", "move-to-withdraw"] == [step.kind.value for step in steps][:2]
    assert ("main: What your sales pay out",) == tuple(map(str, steps[1].todo))


def test_what_a_sub_accounts_own_key_sees_is_moved_to_the_main_account() -> None:
    assert kinds(b.balance("1"), *MARKETS, kind="sub") == ["consolidate"]


def test_notes_need_no_step() -> None:
    report = report_of()
    note = b.view(b.balance("1")).remark(
        "some-rule",
        Area.BALANCES,
        "x",
        message=verbatim("m"),
        remedy=verbatim("r"),
        severity=Severity.INFO,
        evidence={},
    )

    told = Report(**{**{name: getattr(report, name) for name in Report.__slots__}, "findings": (note,)})

    assert [step.kind.value for step in make_plan(told).steps] == ALWAYS


def test_what_was_not_read_comes_first() -> None:
    lost = b.unread(area=Area.ORDERS)
    report = build_report(b.snapshot(lost, b.reading(b.bot())), now=b.NOW)

    first, second, *_rest = make_plan(report).steps

    assert (StepKind.READ, StepKind.STOP_BOTS) == (first.kind, second.kind)
    assert tuple(map(str, first.todo)) == ("main: Some place could not be checked: it did not answer",)


def test_what_a_rule_tells_of_another_account_is_not_told_twice() -> None:
    unseen = b.unread(Trouble.UNSEEN, area=Area.ORDERS, owner="alice")
    report = build_report(b.snapshot(unseen), now=b.NOW)

    (step,) = [step for step in make_plan(report).steps if step.kind is StepKind.READ]

    assert ([f.rule for f in step.findings], step.todo) == (["sub-account-unseen"], ())


def test_a_refused_key_has_a_plan_of_one_step() -> None:
    key = Key(rights=("trade",), readonly=False, ip_bound=True)
    report = build_report(b.snapshot(key=key, refused=verbatim("It may trade.")), now=b.NOW)

    (step,) = make_plan(report).steps

    assert (StepKind.NEW_KEY, ("main: It may trade.",)) == (step.kind, tuple(map(str, step.todo)))


def test_a_step_names_only_the_steps_of_this_plan_right_before_it() -> None:
    steps = {step.kind: step for step in plan_of(b.bot(), b.position(), b.balance("1"), *MARKETS).steps}

    assert steps[StepKind.CLOSE_POSITIONS].after == ("okx:stop-bots",)
    assert steps[StepKind.WITHDRAW].after == ("okx:close-positions",)
    assert steps[StepKind.CLOSE].after == ("okx:export",)


def test_a_step_says_where_in_the_app_and_why() -> None:
    (step, *_rest) = plan_of(b.order()).steps

    assert "Open orders" in str(step.where)
    assert "lock your coins" in str(step.why)


def test_every_blocker_of_the_messy_account_stands_in_exactly_one_step(demo: Audit) -> None:
    report = demo("messy").report
    plan = make_plan(report)

    placed = [
        finding.holding for step in plan.steps for finding in step.findings if finding.severity is Severity.BLOCKER
    ]

    assert sorted(placed, key=repr) == sorted(
        (f.holding for f in report.findings if f.severity is Severity.BLOCKER), key=repr
    )


def test_it_can_be_over_when_the_last_date_has_come() -> None:
    sooner, later = (b.earning(subject=str(d), redeeming=True, ready_at=b.NOW + timedelta(days=d)) for d in (2, 5))

    plan = plan_of(later, sooner, b.order())

    assert plan.earliest_clean == b.NOW + timedelta(days=5)
    assert [wait.until for wait in plan.waits] == [b.NOW + timedelta(days=2), b.NOW + timedelta(days=5)]


@pytest.mark.parametrize("undated", [b.flow(), b.earning(), b.earning(redeeming=True), b.restriction()])
def test_a_wait_without_a_date_makes_the_whole_unknown(undated: Record) -> None:
    plan = plan_of(b.earning(subject="x", redeeming=True, ready_at=b.LATER), undated)

    assert (None, [b.LATER, None]) == (plan.earliest_clean, [wait.until for wait in plan.waits])


def test_what_can_be_cleared_at_once_waits_for_nothing() -> None:
    plan = plan_of(b.order(), b.balance("1"), *MARKETS)

    assert (None, ()) == (plan.earliest_clean, plan.waits)


def test_what_closing_now_would_give_up_is_told_in_asset_and_value() -> None:
    records = (
        b.balance("1"),
        b.balance("2", wallet="trading"),
        b.earning("5", "ETH"),
        b.debt("7"),
        b.order(),
        *MARKETS,
    )

    lines = [(line.area, line.asset, line.amount, line.value_usd) for line in plan_of(*records).forfeits]

    assert lines == [
        (Area.BALANCES, "BTC", Decimal(3), Decimal("150000.00")),
        (Area.EARN, "ETH", Decimal(5), Decimal("250000.00")),
    ]


def test_the_value_of_what_has_no_price_stays_unknown() -> None:
    (line,) = plan_of(b.balance("1", "OLDC"), b.balance("0.5", "OLDC", wallet="trading")).forfeits

    assert (Decimal("1.5"), None) == (line.amount, line.value_usd)


def test_amounts_that_the_exchange_does_not_state_are_counted() -> None:
    (line,) = plan_of(b.earning("5"), b.earning(None, subject="other")).forfeits

    assert (Decimal(5), 1) == (line.amount, line.unstated)


def test_an_amount_that_is_not_stated_takes_no_value_from_those_that_are() -> None:
    (line,) = plan_of(b.earning("5", "ETH"), b.earning(None, "ETH", subject="other"), *MARKETS).forfeits

    assert Decimal(250000) == line.value_usd


def test_what_a_sub_account_owes_is_no_loss_and_no_asset() -> None:
    report = report_of(b.debt("7", owner="alice"))

    assert ((), 0, 1) == (make_plan(report).forfeits, totals(report).left.count, totals(report).owed.count)
