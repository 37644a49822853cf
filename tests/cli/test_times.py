"""Times are those of the reader for people, and in UTC in data."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from auditor.assessment.verdict import overall_verdict
from auditor.cli.runtime.reader import Runtime
from auditor.formats import Sink, get_format
from auditor.i18n import Translator, moment
from auditor.i18n.moments import zone_name
from auditor.model.report import Report, Tool
from tests import builders as b

BEIJING = timezone(timedelta(hours=8))
WHEN = datetime(2026, 7, 1, 20, 0, tzinfo=UTC)


def test_a_reader_sees_the_time_of_this_computer_unless_utc_is_asked_for() -> None:
    assert (None, None) == (Runtime.of([]).console.zone, Runtime.of(["--lang", "zh"]).files.zone)
    assert (UTC, UTC) == (Runtime.of(["--utc"]).console.zone, Runtime.of(["demo", "--utc"]).files.zone)


@pytest.mark.parametrize(
    ("hours", "expected"), [(8, "UTC+8"), (0, "UTC"), (-3.5, "UTC-3:30"), (5.75, "UTC+5:45"), (-10, "UTC-10")]
)
def test_a_zone_is_named_by_its_difference_from_utc(hours: float, expected: str) -> None:
    assert zone_name(WHEN, timezone(timedelta(hours=hours))) == expected


def test_a_page_names_the_zone_of_its_times_once() -> None:
    reader = Translator(zone=BEIJING)

    assert reader.named_time(WHEN) == "2 Jul 2026, 04:00 UTC+8"
    assert reader(moment(WHEN)) == "2 Jul 2026, 04:00"
    assert Translator().named_time(WHEN) == "1 Jul 2026, 20:00 UTC"


@pytest.mark.parametrize("form", ["json", "csv"])
def test_data_are_in_utc_wherever_they_are_read(form: str) -> None:
    (finding,) = b.find_all(b.earning(redeeming=True, ready_at=WHEN))
    report = Report(
        generated_at=WHEN,
        confirmed_at=None,
        tool=Tool(version="1", ccxt="1", config_sha256="0" * 64),
        verdict=overall_verdict(()),
        accounts=(),
        requirements=(),
        findings=(finding,),
        dust=(),
    )
    shown = get_format(form).render(report, Sink(translate=Translator(zone=BEIJING)))

    assert "expected 1 Jul 2026" in shown
    assert "2 Jul" not in shown
