"""A JSON report read again says the same, in every format."""

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from auditor.demo import names
from auditor.formats import Sink, format_names, get_format
from auditor.formats.json_reader import parse, read_report
from auditor.formats.json_writer import document
from auditor.i18n import Message, Translator
from auditor.model.errors import UserError
from tests.conftest import Audit
from tests.history.conftest import done, funding


@pytest.mark.parametrize("name", ["messy", "empty", "dust", "hidden", "futures"])
def test_what_it_says_is_the_same_but_for_steps_that_need_more_than_json_holds(demo: Audit, name: str) -> None:
    first = json.loads(json.dumps(document(demo(name).report, Translator())))
    again = json.loads(json.dumps(document(parse(first), Translator())))

    assert {**first, "plan": None} == {**again, "plan": None}
    assert first["plan"]["earliest_clean"] == again["plan"]["earliest_clean"]


# What the JSON does not hold, so that a report that is read again lacks it.
NOT_HELD = {
    "AccountSnapshot": {"main_uid", "mode", "clock_skew", "confirmed_at", "refused"},
    "Reading": {"surface", "title", "owner", "by_eye"},
    "Read": {"records"},
    "Unread": {"trouble", "right"},
    "NotApplicable": {"source"},
    "Requirement": {"detail"},
    "Finding": {"surface", "evidence"},
}


def held(value: object) -> object:
    """Every field of a report that its JSON holds; messages as they are shown."""
    if isinstance(value, Message):
        return str(value)
    if isinstance(value, tuple):
        return [held(item) for item in value]
    if not is_dataclass(value):
        return value
    kind = type(value).__name__
    names = [field.name for field in fields(value) if field.name not in NOT_HELD.get(kind, set())]
    return (kind, {name: held(getattr(value, name)) for name in names})


@pytest.mark.parametrize("name", [*names("okx"), *names("binance")])
def test_every_field_that_json_holds_is_read_as_it_was_written(demo: Audit, name: str) -> None:
    report = demo(name).report

    again = parse(json.loads(json.dumps(document(report, Translator()))))

    assert held(report) == held(again)


def test_the_exchanges_own_words_are_still_its_own(demo: Audit) -> None:
    report = demo("empty").report

    again = parse(json.loads(json.dumps(document(report, Translator()))))

    own = [line.id for line in report.requirements if line.official]
    assert own
    assert own == [line.id for line in again.requirements if line.official]
    assert "OKX's own words" in get_format("markdown").render(again, Sink())


def test_a_report_of_an_earlier_version_says_nothing_of_whose_words_they_are(demo: Audit) -> None:
    values: Any = json.loads(json.dumps(document(demo("empty").report, Translator())))
    for line in values["requirements"]:
        del line["official"]

    assert {False} == {line.official for line in parse(values).requirements}


@pytest.mark.parametrize("form", format_names())
def test_it_can_be_rendered_in_every_format(form: str) -> None:
    again = parse(json.loads(json.dumps(document(done(funding("BTC")).report, Translator()))))

    assert get_format(form).render(again, Sink())


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"\xff", b'{"schema": "auditor.report/9"}', b'{"schema": "auditor.report/1"}', b"1.5"],
)
def test_what_is_no_report_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "report.json"
    file.write_bytes(content)

    with pytest.raises(UserError, match=r"report\.json is no JSON report of this program"):
        read_report(file)
