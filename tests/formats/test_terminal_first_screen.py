"""What a person sees first: one screen, whatever the account holds."""

import unicodedata
from dataclasses import replace
from datetime import UTC, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from auditor.formats import Sink, get_format
from auditor.formats.terminal.step_table import TITLES, short_path
from auditor.i18n import Translator
from auditor.model.records import Area
from auditor.model.report import Report, Severity
from auditor.model.snapshot import Environment, Key, Standing, Trouble
from auditor.plan import make_plan
from auditor.plan.kinds import StepKind
from tests import builders as b
from tests.conftest import part_of

SCREEN = 24
LANGUAGES = ["en", "zh"]
REPORTS = ["clean_report", "incomplete_report", "refused_report", "messy_report"]


def render(report: Report, language: str = "en", **more: Any) -> str:
    translate = Translator(language, zone=more.pop("zone", UTC))
    return get_format("terminal").render(report, Sink(translate=translate, **more))


def page_words(report: Report, language: str = "en", **more: Any) -> str:
    return " ".join(render(report, language, **more).split())


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
def test_first_screen(name: str, language: str, request: pytest.FixtureRequest, snapshot: SnapshotAssertion) -> None:
    assert render(request.getfixturevalue(name), language) == snapshot


WORDS = st.text(st.sampled_from("abcdefghij -_/\u4e2d\u6587\u5e01\u5b89"), min_size=1, max_size=60)


@st.composite
def reports(draw: st.DrawFn, make: Any) -> Report:
    """Reports with many accounts, findings, gaps and names of any length."""
    accounts = [_account(draw, make, number) for number in range(draw(st.integers(1, 20)))]
    findings = [
        make.finding(
            draw(st.sampled_from(Area)),
            account=draw(st.sampled_from(accounts)).name,
            subject=str(number),
            severity=draw(st.sampled_from(Severity)),
            asset=draw(st.none() | WORDS),
            amount=draw(st.none() | st.just(Decimal(7))),
            value_usd=draw(st.none() | st.decimals(0, 10**12, places=2)),
            ready_at=draw(st.none() | st.just(make.now + timedelta(days=900))),
            message=draw(WORDS) * 9,
        )
        for number in range(draw(st.integers(0, 25)))
    ]
    built: Report = make.report(*accounts, findings=findings)
    return built


def _account(draw: st.DrawFn, make: Any, number: int) -> Any:
    lost = [
        make.reading(
            draw(st.sampled_from(Area)),
            replace(make.unread(draw(WORDS) * 20), trouble=draw(st.sampled_from(Trouble))),
            surface=str(at),
            title=draw(WORDS),
            standing=draw(st.sampled_from(Standing)),
        )
        for at in range(draw(st.integers(0, 5)))
    ]
    read = make.everything_read() if draw(st.booleans()) else []
    return make.account(
        [*read, *lost],
        name=f"{draw(WORDS)}{number}",
        uid=draw(st.none() | WORDS),
        exchange=draw(st.sampled_from(["okx", "binance", "kraken"])),
        environment=draw(st.sampled_from(Environment)),
        certificates=draw(st.none() | st.just("SSL_CERT_FILE=/" + "long/" * 40)),
        clock_skew=draw(st.none() | st.floats(-9e6, 9e6)),
        refused=draw(st.none() | WORDS),
    )


@part_of(10)
@given(data=st.data(), language=st.sampled_from(LANGUAGES))
def test_any_report_fits_on_a_small_terminal(make: Any, data: st.DataObject, language: str) -> None:
    report = data.draw(reports(make))
    lines = render(report, language).splitlines()

    assert len(lines) < SCREEN, "\n".join(lines)
    assert [line for line in lines if columns(line) > 80] == []


@pytest.mark.parametrize("width", [40, 60, 100])
@pytest.mark.parametrize("name", REPORTS)
def test_first_screen_fits_its_width(name: str, width: int, request: pytest.FixtureRequest) -> None:
    lines = render(request.getfixturevalue(name), width=width).splitlines()

    assert [line for line in lines if columns(line) > width] == []
    assert len(lines) < SCREEN


def test_a_wide_terminal_is_not_filled_to_its_edge(messy_report: Report) -> None:
    assert max(map(columns, render(messy_report, width=200).splitlines())) <= 100


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp1252"])
def test_first_screen_can_be_written_in_any_encoding(messy_report: Report, encoding: str) -> None:
    page = render(messy_report, encoding=encoding)

    assert page.encode(encoding).decode(encoding) == page


def test_two_hundred_and_fifty_orders_are_one_line(make: Any) -> None:
    orders = [make.finding(Area.ORDERS, rule="open-order", subject=str(number)) for number in range(250)]
    page = render(make.report(findings=orders))

    assert "NOT READY TO CLOSE: 250 things to clear" in page
    assert [line.split()[:5] for line in page.splitlines() if "Cancel" in line] == [
        ["1", "Cancel", "open", "orders", "250"]
    ]


def test_one_thing_is_one_thing(make: Any) -> None:
    assert "NOT READY TO CLOSE: 1 thing to clear\n" in render(make.report(findings=[make.finding()]))


def test_steps_have_the_numbers_and_counts_of_the_plan(messy_report: Report) -> None:
    steps = make_plan(messy_report).steps
    page = render(messy_report, width=100)
    rows = [line.split() for line in page.splitlines()]

    numbers = {str(step.number) for step in steps}
    # A line of the table goes on with a title; others may begin with a number of things.
    shown = [row for row in rows if row and row[0] in numbers and row[1][0].isupper()]
    assert [row[0] for row in shown] == [str(step.number) for step in steps]
    assert [step.number for step, row in zip(steps, shown, strict=True) if str(step.count) not in row] == []


def test_folded_steps_are_counted_with_their_items(make: Any) -> None:
    findings = [make.finding(area, rule="x", subject=f"{area}{n}") for area in Area for n in range(2)]
    accounts = [make.account(name=f"account {n}") for n in range(9)]
    report = make.report(*accounts, findings=[replace(finding, account="account 0") for finding in findings])
    steps = make_plan(report).steps
    page = render(report)

    shown = [step for step in steps if f"\n {step.number:>2}  " in page]
    folded = [step for step in steps if step not in shown]
    assert folded
    assert f"and {len(folded)} more steps ({sum(step.count for step in folded)} items): audit plan" in page


def test_what_is_left_locked_and_owed_is_told_in_dollars(make: Any) -> None:
    findings = [
        make.finding(subject="a", asset="BTC", amount=Decimal(1), value_usd=Decimal("1234.50")),
        make.finding(subject="b", asset="GONE", amount=Decimal(1)),
        make.finding(Area.DEBTS, subject="c", rule="collateral-locked", asset="DOT", value_usd=Decimal("7.5")),
        make.finding(Area.DEBTS, subject="d", rule="debt", asset="ADA", value_usd=Decimal(98)),
    ]

    expected = "still there up to 1,234 USD (+ 1 without a price) locked as collateral 7.50 USD, you owe 98 USD"
    assert expected in page_words(make.report(findings=findings))


def test_the_earliest_date_is_told_with_how_many_have_none(make: Any) -> None:
    dated = make.finding(Area.EARN, subject="1", ready_at=make.now + timedelta(days=3))
    undated = make.finding(Area.FLOWS, subject="2")

    assert "earliest 4 Jul 2026 (1 undated)" in render(make.report(findings=[dated, undated]))
    assert "earliest 4 Jul 2026\n" in render(make.report(findings=[dated]))
    assert "earliest date not known" in render(make.report(findings=[undated]))


def test_what_could_not_be_checked_is_told_with_the_reasons(make: Any) -> None:
    gaps = [
        make.reading(Area.ORDERS, replace(make.unread(), trouble=trouble), surface=str(n), title=f"Place {n}")
        for n, trouble in enumerate((Trouble.UNSEEN, Trouble.UNSEEN, Trouble.LIMITED))
    ]
    page = page_words(make.report(make.account([*make.everything_read(), *gaps])))

    assert "INCOMPLETE: no blocker found so far, but 3 places could not be checked" in page
    assert (
        "9 places checked, 3 could not be checked: the sub-account needs its own key (2), asked too often (1)." in page
    )


def test_a_product_that_no_key_can_read_is_told_once_and_without_a_code(make: Any) -> None:
    closed = replace(make.unread("Not Found (HTTP 404)", code="404"), trouble=Trouble.EXCHANGE)
    hidden = make.reading(Area.EARN, closed, surface="okusd", title="OKUSD", standing=Standing.UNDOCUMENTED)
    page = page_words(make.report(make.account([*make.everything_read(), hidden])))

    assert "9 places checked. 1 product cannot be read by any key; check it in the app: OKUSD." in page
    assert "404" not in page


def test_nothing_read_is_three_lines_that_say_so(make: Any) -> None:
    silent = make.account([make.reading(Area.STATUS, make.unread("No connection. See your network."))], uid=None)
    page = render(make.report(silent))

    assert "?  NOTHING CHECKED: could not reach OKX\n   No connection. See your network.\n" in page
    assert "no blocker" not in page
    assert len(page.splitlines()) <= 6


def test_a_place_that_was_read_in_part_is_not_nothing(make: Any) -> None:
    seen = replace(make.unread(), records=(b.balance("1"),))

    assert "NOTHING CHECKED" not in render(make.report(make.account([make.reading(Area.BALANCES, seen)])))


def test_a_rejected_key_says_its_rights_and_how_to_create_another(make: Any) -> None:
    key = Key(rights=("read_only", "trade"), readonly=False, ip_bound=True)
    page = page_words(make.report(make.account([], refused="The key may do more.", key=key)))

    assert "KEY REJECTED: it can do more than read, so it was not used Rights of the key: read only, trade." in page
    assert "Create a read-only key: https://www.okx.com/account/my-api" in page


def test_a_key_that_cannot_prove_itself_is_not_said_to_do_more(make: Any) -> None:
    key = Key(rights=(), readonly=False, ip_bound=None)
    page = page_words(make.report(make.account([], refused="It cannot prove itself: add --accept.", key=key)))

    assert "KEY REJECTED: it cannot prove that it only reads, so it was not used It cannot prove itself" in page


def test_each_of_several_accounts_has_a_line_with_its_verdict(make: Any) -> None:
    report = make.report(
        make.account(name="one"),
        make.account(name="two"),
        make.account([], name="three", refused="Too wide."),
        findings=[make.finding(account="two")],
    )
    lines = [" ".join(line.split()) for line in render(report).splitlines()]

    assert lines[1:4] == [
        "\u2713 one: OKX main account 4242 ready",
        "\u2717 two: OKX main account 4242 1 thing to clear",
        "\u2717 three: OKX main account 4242 key rejected",
    ]


def test_a_restriction_is_told_of_an_account_of_which_nothing_was_read(make: Any) -> None:
    silent = [make.account([make.reading(Area.STATUS, make.unread())], name=name, uid=None) for name in "abc"]
    restricted = make.finding(Area.STATUS, rule="account-restricted", account="c", surface="restricted", asset=None)
    lines = render(make.report(*silent, findings=[restricted])).splitlines()

    assert ["nothing checked", "nothing checked", "1 thing to clear"] == [line[-16:].strip() for line in lines[1:4]]


def test_accounts_that_do_not_fit_are_counted_by_verdict(make: Any) -> None:
    accounts = [make.account(name=f"account {number}") for number in range(20)]
    page = page_words(make.report(*accounts, findings=[make.finding(account="account 19")]))

    assert "account 19: OKX main account 4242 1 thing to clear" in page
    assert "20 accounts" in page
    assert "more accounts:" in page


def test_steps_of_several_exchanges_name_theirs(make: Any) -> None:
    report = make.report(make.account(), make.account(name="other", exchange="kraken"))

    assert "OKX: Assets > History" in render(report)


def test_times_are_those_of_the_reader_and_name_their_zone_once(make: Any) -> None:
    page = render(make.report(), zone=timezone(timedelta(hours=8)))

    assert page.splitlines()[0].endswith("1 Jul 2026, 18:00 UTC+8")
    assert page.count("UTC") == 1


def test_a_demo_names_the_commands_that_work_with_it(make: Any) -> None:
    demo = make.report(make.account(name="dust", environment=Environment.DEMO, host="127.0.0.1:4000"))

    assert "Next: audit plan --demo dust | One step: audit plan 1 --demo dust" in page_words(demo)
    assert "Everything: audit demo dust --details" in page_words(demo)


def test_a_practice_account_of_an_exchange_is_no_demo_of_this_program(make: Any) -> None:
    sandbox = make.report(make.account(environment=Environment.DEMO))

    assert "Next: audit plan | One step: audit plan 1 | Everything: audit --details" in page_words(sandbox)


@pytest.mark.parametrize("language", LANGUAGES)
def test_quiet_says_only_the_verdict(make: Any, messy_report: Report, language: str) -> None:
    two = make.report(make.account(), make.account(name="second"))

    assert len(render(messy_report, language, quiet=True).splitlines()) == 2  # the first says that it is a demo
    assert len(render(two, language, quiet=True).splitlines()) == 3


def test_a_quiet_verdict_on_answers_of_another_host_says_so(make: Any) -> None:
    shown = render(make.report(make.account(environment=Environment.CUSTOM)), "en", quiet=True)

    assert ("CUSTOM HOST: these answers did not come", 2) == (shown[:39], len(shown.splitlines()))


def test_every_kind_of_step_has_a_title_that_fits() -> None:
    assert [kind for kind in StepKind if kind not in TITLES] == []
    assert [title for title in TITLES.values() if len(title) > 34] == []


@pytest.mark.parametrize(
    ("path", "cells", "expected"),
    [
        ("Trade > Trading bots > Running > Stop; Trade > Copy trading", 26, "Trade > Trading bots"),
        ("Grow (Earn) > My products > Redeem", 26, "Grow (Earn) > My products"),
        ("Assets > Withdraw (crypto or fiat)", 26, "Assets > Withdraw"),
        ("Profile > API and connections > Create API key", 26, "Profile > API and conne..."),
        ("In the app.", 26, "In the app"),
    ],
)
def test_a_menu_path_is_shortened_by_whole_levels(path: str, cells: int, expected: str) -> None:
    assert short_path(path, cells) == expected
