"""A JSON report read again says the same, in every format."""

import json
from pathlib import Path

import pytest

from auditor.formats import Sink, format_names, get_format
from auditor.formats.json_reader import parse, read_report
from auditor.formats.json_writer import document
from auditor.model.errors import Problem
from tests.conftest import Audit
from tests.history.conftest import done, funding


@pytest.mark.parametrize("name", ["messy", "empty", "dust", "hidden", "futures"])
def test_what_it_says_is_the_same_but_for_steps_that_need_more_than_json_holds(demo: Audit, name: str) -> None:
    first = json.loads(json.dumps(document(demo(name).report)))
    again = json.loads(json.dumps(document(parse(first))))

    assert {**first, "plan": None} == {**again, "plan": None}
    assert first["plan"]["earliest_clean"] == again["plan"]["earliest_clean"]


@pytest.mark.parametrize("form", format_names())
def test_it_can_be_rendered_in_every_format(form: str) -> None:
    again = parse(json.loads(json.dumps(document(done(funding("BTC")).report))))

    assert get_format(form).render(again, Sink())


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"\xff", b'{"schema": "auditor.report/9"}', b'{"schema": "auditor.report/1"}', b"1.5"],
)
def test_what_is_no_report_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "report.json"
    file.write_bytes(content)

    with pytest.raises(Problem, match=r"report\.json is no JSON report of this program"):
        read_report(file)
