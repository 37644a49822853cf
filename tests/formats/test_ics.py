"""The calendar: what another program reads in it."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from icalendar import Calendar

from auditor.audit.report_builder import build_report
from auditor.formats import Sink, get_format, plan_view
from auditor.i18n import Translator
from auditor.model.records import Record
from auditor.model.report import Report
from auditor.model.snapshot import Environment
from tests import builders as b
from tests.plan.test_steps import report_of

SOON = b.earning("3.4", "SOL", subject="a", redeeming=True, ready_at=b.LATER)


def read_back(report: Report, sink: Sink | None = None) -> Any:
    """Return the calendar as a program reads it; it must be one calendar without errors."""
    (calendar,) = Calendar.from_ical(get_format("ics").render(report, sink or Sink()), multiple=True)
    assert [] == [error for component in calendar.walk() for error in component.errors]
    return calendar


def events(*records: Record, **account: Any) -> list[Any]:
    return list(read_back(report_of(*records, **account)).walk("VEVENT"))


def test_each_known_date_is_an_event_in_utc_and_what_has_none_is_left_out() -> None:
    (event,) = events(SOON, b.flow(), b.order())

    assert "OKX: Funding wallet 3.4 SOL" == event["SUMMARY"]
    assert (b.LATER, timedelta(0)) == (event.decoded("DTSTART"), event.decoded("DTSTART").utcoffset())
    assert b.NOW == event.decoded("DTSTAMP")


def test_a_time_of_another_zone_is_the_same_moment() -> None:
    east = b.LATER.astimezone(timezone(timedelta(hours=8)))

    (event,) = events(b.earning(subject="a", redeeming=True, ready_at=east))

    assert datetime(2026, 7, 9, 8, tzinfo=UTC) == event.decoded("DTSTART")


def test_each_event_reminds_a_day_before_and_at_the_time() -> None:
    (event,) = events(SOON)

    alarms = event.walk("VALARM")
    assert ["DISPLAY", "DISPLAY"] == [alarm["ACTION"] for alarm in alarms]
    assert [timedelta(days=-1), timedelta(0)] == [alarm.decoded("TRIGGER") for alarm in alarms]


def test_an_event_says_what_to_do_and_which_item_of_the_plan_it_is() -> None:
    (event,) = events(SOON)

    assert event["DESCRIPTION"].startswith("Item 1.1 of the plan.")


def test_an_event_keeps_its_id_from_check_to_check_whatever_its_number() -> None:
    (before,) = events(SOON)
    later = b.earning("1", "SOL", subject="a", redeeming=True, ready_at=b.LATER + timedelta(days=2))
    surface = b.reading(later, surface="surface-0")
    after = build_report(b.snapshot(surface, b.reading(b.bot())), now=b.NOW + timedelta(days=1))

    (event,) = read_back(after).walk("VEVENT")

    assert before["UID"] == event["UID"]


def test_different_holdings_and_accounts_have_different_ids() -> None:
    other = b.earning("3.4", "SOL", subject="b", redeeming=True, ready_at=b.LATER)
    ids = {event["UID"] for event in (*events(SOON, other), *events(SOON, uid="43"))}

    assert 3 == len(ids)
    assert not any("42" == uid or "main" in uid for uid in ids)


def test_a_long_text_is_folded_and_special_characters_are_read_back_as_they_were() -> None:
    product = "A, B; C\\D 很长的产品名称" * 12
    record = b.earning("3.4", product, subject="a", redeeming=True, ready_at=b.LATER)
    text = get_format("ics").render(report_of(record), Sink())

    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    (event,) = events(record)
    assert f"OKX: Funding wallet 3.4 {product}" == event["SUMMARY"]


def test_no_text_of_an_exchange_can_add_a_line() -> None:
    hostile = "X\r\nEND:VEVENT\r\nBEGIN:VEVENT\nSUMMARY:stolen"

    (event,) = events(b.earning("1", hostile, subject="a", redeeming=True, ready_at=b.LATER))

    assert "\n" not in event["SUMMARY"]


def test_an_account_that_is_not_real_is_named_as_such() -> None:
    (event,) = events(SOON, environment=Environment.DEMO)

    assert event["SUMMARY"].startswith("OKX DEMO at www.okx.com: ")


def test_an_account_without_dates_has_an_empty_calendar_with_its_verdict() -> None:
    calendar = read_back(report_of())

    assert ([], True) == (calendar.walk("VEVENT"), "READY" in calendar["X-WR-CALDESC"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_plan_can_be_written_as_a_calendar(language: str) -> None:
    text = plan_view.render("ics", report_of(SOON), Sink(translate=Translator(language)))

    assert 1 == len(Calendar.from_ical(text).walk("VEVENT"))
