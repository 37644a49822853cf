"""A JSON report read again says the same, in every format."""

import copy
import functools
import json
import operator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from auditor.demo import names
from auditor.formats import Sink, format_names, get_format
from auditor.formats.as_json import render
from auditor.formats.json_reader import parse, read_report
from auditor.formats.json_writer import document
from auditor.i18n import Message, Translator
from auditor.model.errors import UserError
from auditor.model.report import Report
from tests.conftest import Audit
from tests.history.conftest import done, funding
from tests.slow_tests import first_of


@pytest.mark.parametrize("name", first_of(["messy", "empty", "dust", "hidden", "futures"]))
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
    "Unread": {"trouble", "right", "records"},
    "NotApplicable": {"source"},
    "Doubt": {"trouble", "right", "settled_by"},
    "Requirement": {"detail"},
    "Finding": {"surface", "evidence"},
}


def held(value: object) -> object:
    """Every field of a report that its JSON holds; messages as they are shown."""
    if isinstance(value, Message):
        return Translator()(value)
    if isinstance(value, tuple):
        return [held(item) for item in value]
    if not is_dataclass(value):
        return value
    kind = type(value).__name__
    names = [field.name for field in fields(value) if field.name not in NOT_HELD.get(kind, set())]
    return (kind, {name: held(getattr(value, name)) for name in names})


@pytest.mark.campaign(one_of=7)
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
    assert "source: OKX" in get_format("markdown").render(again, Sink())


def test_a_report_of_an_earlier_version_says_nothing_of_whose_words_they_are(demo: Audit) -> None:
    values: Any = json.loads(json.dumps(document(demo("empty").report, Translator())))
    for line in values["requirements"]:
        del line["official"]

    assert {False} == {line.official for line in parse(values).requirements}


def test_a_report_of_an_earlier_version_has_no_window_and_another_plan(demo: Audit) -> None:
    values: Any = json.loads(json.dumps(document(demo("empty").report, Translator())))
    report = parse(values)

    del values["window_seconds"]

    assert replace(report, window=None) == parse({**values, "plan": {"steps": []}})


def test_a_report_of_a_later_version_may_say_more(demo: Audit) -> None:
    values: Any = json.loads(json.dumps(document(demo("messy").report, Translator())))
    more = {**values, "more": 1, "findings": [{**finding, "more": 1} for finding in values["findings"]]}

    assert parse(values) == parse(more)


def changed(values: Any, at: str, value: object) -> Any:
    """``values`` with another value at a place such as ``findings.0.amount``; ABSENT: with none."""
    again = copy.deepcopy(values)
    *way, last = [int(name) if name.isdigit() else name for name in at.split(".")]
    place = functools.reduce(operator.getitem, way, again)
    if value is ABSENT:
        del place[last]
    else:
        place[last] = value
    return again


ABSENT = object()
MALFORMED = [
    ("generated_at", "2026-07-01T10:00:00"),
    ("confirmed_at", ABSENT),
    ("window_seconds", float("nan")),
    ("tool.config_sha256", "0"),
    ("accounts.0.host", None),
    ("accounts.0.kind", "other"),
    ("accounts.0.key.readonly", "no"),
    ("requirements.0.official", "no"),
    ("findings.0.area", "more"),
    ("findings.0.amount", 0.52),
    ("findings.0.amount", "NaN"),
    ("findings.0.muted", None),
    ("findings.0.message", 1),
    ("findings.0.evidence", []),
    ("coverage.0.status", "perhaps"),
    ("coverage.0.rows", None),
    ("coverage.0.rows", -1),
    ("coverage.0.rows", True),
    ("coverage.0.fetched_at", None),
    ("coverage.0", {}),
    ("dust.0.lot_size", "1E-8"),
    ("dust.0.as_of", "2026-13-01T10:00:00Z"),
    ("dust.0.more", 1),
]


@pytest.mark.parametrize(("at", "value"), MALFORMED)
def test_what_the_contract_does_not_allow_is_no_report(messy_report: Report, at: str, value: object) -> None:
    values: Any = json.loads(json.dumps(document(messy_report, Translator())))

    assert parse(values)
    with pytest.raises(ValueError, match=r"validation error|month must|^read$"):
        parse(changed(values, at, value))


@pytest.mark.parametrize("status", ["unread", "not_applicable"])
def test_a_place_that_was_not_read_needs_a_reason(messy_report: Report, status: str) -> None:
    values: Any = json.loads(json.dumps(document(messy_report, Translator())))

    with pytest.raises(ValueError, match=status):
        parse(changed(values, "coverage.0.status", status))


def test_hostile_text_is_read_as_it_was_written(hostile_report: Report, hostile: str) -> None:
    (finding,) = parse(json.loads(render(hostile_report))).findings

    assert (hostile, hostile, {hostile: [hostile]}) == (finding.asset, str(finding.message), finding.evidence)


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

    with pytest.raises(UserError, match=r"report\.json is not a report from this program"):
        read_report(file)
