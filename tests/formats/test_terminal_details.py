import unicodedata
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from auditor.formats import Sink, get_format
from auditor.i18n import verbatim
from auditor.model.records import Area
from auditor.model.report import Report, Severity
from auditor.model.snapshot import Environment, NotApplicable
from tests.conftest import part_of

REPORTS = ["clean_report", "incomplete_report", "refused_report", "messy_report"]
ENCODINGS = ["utf-8", "ascii", "gbk", "cp1252"]


def render(report: Report, sink: Sink | None = None) -> str:
    return get_format("terminal").render(report, replace(sink or Sink(), details=True))


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


def page_words(report: Report, **more: Any) -> str:
    """The page as one line of words, so that a test does not depend on where lines break."""
    return " ".join(render(report, Sink(**more)).split())


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "gbk"])
@pytest.mark.parametrize("name", REPORTS)
def test_page(name: str, encoding: str, request: pytest.FixtureRequest, snapshot: SnapshotAssertion) -> None:
    assert render(request.getfixturevalue(name), Sink(encoding=encoding)) == snapshot


def test_page_in_colour(messy_report: Report, snapshot: SnapshotAssertion) -> None:
    assert render(messy_report, Sink(colour=True)) == snapshot


@pytest.mark.parametrize("name", REPORTS)
def test_page_says_without_colour_all_that_it_says_with_it(name: str, request: pytest.FixtureRequest) -> None:
    report = request.getfixturevalue(name)
    coloured = render(report, Sink(colour=True))

    assert "\x1b" in coloured
    assert "\x1b" not in render(report)
    for word in ("NOT READY", "READY", "INCOMPLETE", "REJECTED"):
        assert (word in coloured) == (word in render(report))


@pytest.mark.parametrize("width", [40, 60, 80, 132])
@pytest.mark.parametrize("name", REPORTS)
def test_page_fits_its_width(name: str, width: int, request: pytest.FixtureRequest) -> None:
    lines = render(request.getfixturevalue(name), Sink(width=width)).splitlines()

    assert [line for line in lines if columns(line) > width] == []


def test_verdict_is_on_top_and_again_at_the_end_of_a_long_page(messy_report: Report) -> None:
    lines = render(messy_report).splitlines()

    assert lines[4] == "✗  NOT READY TO CLOSE: 5 things to clear"
    assert lines.count(lines[4]) == 2


def test_verdict_of_a_short_page_is_said_once(refused_report: Report) -> None:
    assert render(refused_report).count("REJECTED") == 1


def test_headline_names_exchange_environment_and_uid(clean_report: Report) -> None:
    assert "main: OKX, live, uid 4242, main account" in render(clean_report)


def test_demo_cannot_be_taken_for_an_account(messy_report: Report) -> None:
    lines = render(messy_report).splitlines()

    assert "main: OKX, DEMO at 127.0.0.1:4000, uid 4242, main account" in lines[:4]
    assert [at for at, line in enumerate(lines) if line.startswith("DEMO: play money.")] == [2, len(lines) - 5]


def test_other_host_is_named_with_a_warning(make: Any) -> None:
    report = make.report(make.account(environment=Environment.CUSTOM, host="proxy.example"))

    assert "CUSTOM HOST at proxy.example" in render(report)
    assert "did not come from the exchange's own address" in page_words(report)


def test_unknown_uid_is_said(make: Any) -> None:
    assert "uid unknown" in render(make.report(make.account(uid=None)))


def test_clean_page_counts_what_you_check_in_the_app(clean_report: Report) -> None:
    assert "READY as far as the API can see; 12 things to check yourself in the app" in render(clean_report)
    assert render(clean_report).count("[ ]") == 12


def test_second_reading_is_told_with_its_time(clean_report: Report) -> None:
    confirmed = replace(clean_report, confirmed_at=clean_report.generated_at + timedelta(minutes=2), window=600.0)

    assert "Checked twice, last at 1 Jul 2026, 10:02 UTC, all within 600 s." in page_words(confirmed)
    assert "Checked twice" not in page_words(clean_report)


def test_second_reading_of_some_accounts_is_not_told_of_all(messy_report: Report) -> None:
    some = replace(messy_report, confirmed_at=messy_report.generated_at)

    assert "The accounts that are ready were checked twice, last at 1 Jul 2026, 10:00 UTC." in page_words(some)


def test_long_words_are_not_cut(make: Any) -> None:
    page = render(make.report(findings=[make.finding(message="A" * 200, asset="B" * 90)]))

    assert page.count("A") >= 200


def test_refused_page_says_how_to_make_a_better_key(refused_report: Report) -> None:
    page = page_words(refused_report)

    assert "untick Trade, or make a new key" in page
    assert "https://www.okx.com/account/my-api" in page
    assert "Tick Read; leave Trade, Withdraw unticked." in page


def test_same_remedy_is_said_once(make: Any) -> None:
    findings = [make.finding(subject=str(n), message=f"Order {n} is open.", remedy="Cancel it.") for n in range(20)]

    page = render(make.report(findings=findings))

    assert (page.count("is open."), page.count("Cancel it.")) == (20, 1)


def test_remedy_that_differs_only_by_its_asset_is_said_once(make: Any) -> None:
    findings = [
        make.finding(subject=coin, asset=coin, message=f"{coin} left.", remedy=f"{coin} converts: look for {coin}.")
        for coin in ("DOGE", "NA", "C++")
    ]

    assert "To do: Each asset converts: look for each asset." in page_words(make.report(findings=findings))


def test_areas_that_block_come_first_in_the_order_in_which_clearing_works(make: Any) -> None:
    findings = [
        make.finding(Area.STATUS, subject="key", severity=Severity.WARNING),
        *(make.finding(area, subject=str(area)) for area in (Area.BALANCES, Area.EARN, Area.ORDERS, Area.BOTS)),
    ]

    lines = render(make.report(findings=findings)).splitlines()

    assert [line for line in lines if line.isupper()][:5] == [
        "BOTS AND COPY TRADING",
        "OPEN ORDERS",
        "EARN",
        "BALANCES",
        "ACCOUNT STATUS AND KEY",
    ]


def test_date_that_frees_a_holding_is_said_once(make: Any) -> None:
    ready = make.now + timedelta(days=3)
    silent = make.finding(subject="1", message="Being redeemed.", ready_at=ready)
    spoken = make.finding(subject="2", message="Redeemed on 4 Jul 2026, 10:00 UTC.", ready_at=ready)

    assert render(make.report(findings=[silent, spoken])).count("4 Jul 2026, 10:00 UTC") == 2


def test_values_give_a_sense_of_size(make: Any) -> None:
    findings = [
        make.finding(subject=value, value_usd=Decimal(value), message=f"Holding {value}.")
        for value in ("12.30", "0.00")
    ]
    page = render(make.report(findings=findings))

    assert "~12.30 USD" in page
    assert "<0.01 USD" in page


def test_muted_finding_is_still_shown(make: Any) -> None:
    assert "muted by you, still counted" in render(make.report(findings=[make.finding(muted=True)]))


def test_every_unread_place_is_named_with_its_reason(incomplete_report: Report) -> None:
    page = page_words(incomplete_report)

    assert "could not be checked: Trigger orders, Chase orders The exchange did not answer." in page
    assert "could not be checked: Open positions The key lacks a right. (code 50120) Missing right: Read." in page
    assert "could not be checked: Fixed-term Simple Earn [check in the app]" in page


def test_all_of_many_places_unread_for_one_reason_are_named(make: Any) -> None:
    lost = [make.reading(Area.ORDERS, make.unread(), surface=str(n), title=f"Place {n}") for n in range(30)]

    page = page_words(make.report(make.account(lost)))

    assert [n for n in range(30) if f"Place {n}" not in page] == []


def test_several_accounts_each_have_their_verdict(make: Any) -> None:
    second = make.account(
        [make.reading(Area.BALANCES, NotApplicable(reason=verbatim("-"), source="-"))], name="second", uid="7"
    )
    page = render(make.report(make.account(), second))

    assert "✓  main: OKX, live, uid 4242, main account" in page
    assert "?  second: OKX, live, uid 7, main account" in page


def test_findings_of_several_accounts_stand_apart(make: Any) -> None:
    report = make.report(make.account(), make.account(name="second"), findings=[make.finding(account="second")])

    assert "SECOND: BALANCES" in render(report)


def test_third_parties_claims_are_marked(clean_report: Report) -> None:
    assert "guides by third parties (source: third parties, 2026-06-28)" in page_words(clean_report)


def test_blocked_balances_say_that_dust_counts(messy_report: Report) -> None:
    assert "No waiver for small amounts is published, so dust blocks." in page_words(messy_report)


@pytest.mark.campaign(one_of=6)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_hostile_text_is_harmless(hostile_report: Report, encoding: str) -> None:
    page = render(hostile_report, Sink(encoding=encoding))

    assert [character for character in page if character != "\n" and not character.isprintable()] == []
    assert page.encode(encoding).decode(encoding) == page


def test_markup_is_shown_and_not_obeyed(make: Any) -> None:
    finding = make.finding(message="[bold]loud[/bold] :warning: [/]")

    assert "[bold]loud[/bold] :warning: [/]" in render(make.report(findings=[finding]), Sink(colour=True))


def test_terminal_escapes_are_shown_and_not_obeyed(make: Any) -> None:
    finding = make.finding(message="\x1b]0;title\x07")

    assert "\\x1b]0;title\\x07" in render(make.report(findings=[finding]))


@part_of(40)
@given(text=st.text(st.characters(exclude_categories=[])), encoding=st.sampled_from(ENCODINGS))
def test_any_text_can_be_shown_in_any_encoding(make: Any, text: str, encoding: str) -> None:
    finding = make.finding(message=text, remedy=text, asset=text)
    page = render(make.report(make.account(uid=text), findings=[finding]), Sink(encoding=encoding))

    assert page.encode(encoding).decode(encoding) == page
    assert [character for character in page if character != "\n" and not character.isprintable()] == []


def test_chinese_is_shown_where_the_console_can(make: Any) -> None:
    report = make.report(findings=[make.finding(message="\u5e01\u5b89")])

    assert "\u5e01\u5b89" in render(report, Sink(encoding="gbk"))
    assert "\\u5e01\\u5b89" in render(report, Sink(encoding="ascii"))
