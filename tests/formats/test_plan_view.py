"""The plan as a person reads it: short as a whole, and one step in full."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from auditor.audit.report_builder import build_report
from auditor.formats import Sink, plan_view
from auditor.formats.plan_words import dollars
from auditor.i18n import Translator, verbatim
from auditor.model.errors import UserError
from auditor.model.records import Record
from auditor.model.report import Report
from auditor.model.snapshot import Snapshot
from auditor.plan import Preference
from tests import builders as b
from tests.plan.test_steps import MARKETS, report_of


def shown(report: Report, only: int | None = None, form: str = "terminal", width: int = 200) -> str:
    return plan_view.render(form, report, Sink(width=width), only)


def orders(count: int) -> list[Record]:
    return [b.order(f"C{number}-USDT", subject=str(number)) for number in range(count)]


def lines_with(text: str, part: str) -> list[str]:
    return [line for line in text.splitlines() if part in line]


def test_a_long_step_is_cut_and_says_how_to_see_the_rest() -> None:
    text = shown(report_of(*orders(9)))

    assert [f"1.{number}" in text for number in range(1, 10)] == [True] * 6 + [False] * 3
    assert "and 3 more: audit plan 1" in text


def test_a_step_of_its_own_shows_every_item_with_what_to_do_and_why() -> None:
    text = shown(report_of(*orders(9)), only=1)

    assert all(f"1.{number}" in text for number in range(1, 10))
    assert 9 == text.count("Cancel it.")
    assert "Why now: Open orders lock your coins" in text
    assert [] == lines_with(text, "2. ")


def test_a_step_of_its_own_shows_each_finding_of_a_group() -> None:
    report = report_of(*orders(2))
    alike = tuple(replace(finding, market="BTC-USDT", surface="orders") for finding in report.findings)

    text = shown(replace(report, findings=alike), only=1)

    assert 1 == len(lines_with(text, "BTC-USDT: 2 open orders"))
    assert [1, 1] == [len(lines_with(text, f"C{number}-USDT")) for number in range(2)]


def test_a_step_of_its_own_shows_where_else_a_thing_was_seen() -> None:
    report = report_of(b.debt())
    seen = tuple(replace(finding, also_seen_in=(verbatim("One-click repay: 7 USDT"),)) for finding in report.findings)

    assert ["       Also seen in: One-click repay: 7 USDT"] == lines_with(
        shown(replace(report, findings=seen), only=1), "Also seen"
    )


@pytest.mark.parametrize("form", ["terminal", "json", "markdown"])
@pytest.mark.parametrize("number", [0, 6, -1])
def test_a_step_that_is_not_there_is_told_with_those_that_are(form: str, number: int) -> None:
    with pytest.raises(UserError, match=f"There is no step {number}: this plan has the steps 1 to 5"):
        shown(report_of(b.order()), only=number, form=form)


def test_one_step_in_the_json_keeps_its_number_and_the_dates_of_the_whole_plan() -> None:
    values = json.loads(shown(report_of(b.order(), b.earning(redeeming=True, ready_at=b.LATER)), only=2, form="json"))

    assert [2] == [step["number"] for step in values["steps"]]
    assert "2026-07-09T08:00:00Z" == values["earliest"]


def test_one_step_in_the_markdown_keeps_its_number() -> None:
    text = shown(report_of(b.order(), b.bot()), only=2, form="markdown")

    assert ["2. **Cancel open orders** (1 item)"] == lines_with(text, "**")
    assert "   - [ ] 2.1 " in text


def of_two_accounts() -> Report:
    accounts = (
        b.account(b.reading(b.order())),
        b.account(b.reading(b.balance("3")), name="second", uid="43", main_uid="43"),
    )
    return build_report(Snapshot(accounts=accounts, started_at=b.NOW, finished_at=b.NOW), now=b.NOW)


@pytest.mark.parametrize("form", ["terminal", "markdown", "json"])
def test_a_plan_of_several_accounts_says_whose_each_line_is(form: str) -> None:
    text = shown(of_two_accounts(), form=form)

    assert "main: " in "".join(lines_with(text, "BTC-USDT")) or '"account": "main"' in text
    assert "second: Funding wallet holds 3 BTC" in text or '"account": "second"' in text


def test_a_plan_of_one_account_does_not_repeat_its_name() -> None:
    assert [] == lines_with(shown(report_of(b.order())), "main: Funding")


@pytest.mark.parametrize(
    ("records", "sentence"),
    [
        (
            [b.earning("200", redeeming=True, ready_at=b.LATER), b.flow(), b.flow(subject="w2")],
            "Earliest possible date: 9 Jul 2026 (Funding wallet 200 USDT). 2 items have no date yet.",
        ),
        (
            [b.earning("200", redeeming=True, ready_at=b.LATER), b.flow()],
            "Earliest possible date: 9 Jul 2026 (Funding wallet 200 USDT). 1 item has no date yet.",
        ),
        (
            [b.earning("200", redeeming=True, ready_at=b.LATER)],
            "Earliest possible date: 9 Jul 2026 (Funding wallet 200 USDT).",
        ),
        ([b.flow()], "The earliest possible date is not known. 1 item has no date yet."),
    ],
)
def test_the_earliest_date_is_the_last_that_is_known_with_what_has_none(records: list[Record], sentence: str) -> None:
    assert sentence in shown(report_of(*records)).splitlines()


def test_without_anything_to_wait_for_no_date_is_named() -> None:
    assert [] == lines_with(shown(report_of(b.order())), "date")


def test_the_dates_are_listed_once_each_without_being_repeated() -> None:
    soon = b.earning("1", redeeming=True, ready_at=b.LATER - timedelta(days=3))

    text = shown(report_of(soon, b.earning("200", subject="x", redeeming=True, ready_at=b.LATER)))

    assert ["  6 Jul 2026  Funding wallet 1 USDT"] == lines_with(text, "  6 Jul 2026  ")


def test_what_would_be_lost_is_summed_up_by_kind_of_place() -> None:
    records = (b.balance("1"), b.balance("2", "ETH"), b.balance("7", "OLDC"), *MARKETS)

    text = shown(report_of(*records))

    (line,) = lines_with(text, "without a price: OLDC")
    assert ["Balances", "150,000", "2 ETH, 1 BTC, 7 OLDC, without a price: OLDC"] == [
        part.strip() for part in line.split("  ") if part.strip()
    ]


def test_a_plan_tells_the_count_and_the_sum_of_a_step_and_what_has_no_price() -> None:
    report = report_of(b.balance("1"), b.balance("7", "OLDC"), b.market("OLDC/USDT"), *MARKETS)

    assert "2 items, about 50,000 USD, 1 without a price" in shown(report, only=1)


@pytest.mark.parametrize(("preference", "title"), [(Preference.WITHDRAW, "1. WITHDRAW"), (Preference.SELL, "1. SELL")])
def test_the_plan_follows_the_owners_preference(preference: Preference, title: str) -> None:
    text = plan_view.render("terminal", report_of(b.balance("1"), *MARKETS), Sink(), preference=preference)

    assert title in text


def test_a_withdrawal_says_over_which_network_with_what_minimum_and_fee() -> None:
    report = report_of(b.balance("1"), b.network(), *MARKETS)

    text = " ".join(shown(report, only=1).split())

    assert "over BTC-Chain for example (minimum 0.0005 BTC, fee 0.00005 BTC)" in text


def test_the_step_to_the_wallet_that_withdraws_names_its_source() -> None:
    text = shown(report_of(b.balance("1", wallet="trading"), *MARKETS), only=1)

    assert "Source: OKX API documentation" in text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_wider_than_the_terminal(language: str, width: int) -> None:
    report = report_of(*orders(9), b.balance("1"), b.flow(), *MARKETS)
    translate = Translator(language)

    text = plan_view.render("terminal", report, Sink(width=width, translate=translate))

    assert max(len(line) for line in text.splitlines()) <= width


def test_amounts_below_a_cent_are_not_shown_as_nothing() -> None:
    assert ["<0.01", "0.50", "9.99", "10", "1,021"] == [
        dollars(Decimal(value)) for value in ("0.001", "0.5", "9.99", "10.2", "1020.84")
    ]
