"""A report that was changed after it was written says so, and never shows what it was made to claim."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auditor.demo import names
from auditor.formats import format_names
from auditor.formats.as_json import render
from auditor.formats.checksum import PLACEHOLDER, seal
from auditor.formats.json_reader import read_report
from auditor.model.report import Report
from tests.cli.conftest import Cli, cli, fake, here
from tests.conftest import Audit

__all__ = ["cli", "fake", "here"]
Edit = Callable[[dict[str, Any]], None]
TOLD = "This report is not as it was written"


def claim_clean(report: dict[str, Any]) -> None:
    report["verdict"], report["confirmed_at"] = "clean", report["generated_at"]
    for account in report["accounts"]:
        account["verdict"] = "clean"


def empty_the_findings(report: dict[str, Any]) -> None:
    claim_clean(report)
    report["findings"], report["dust"] = [], []


def forge_the_coverage(report: dict[str, Any]) -> None:
    empty_the_findings(report)
    for line in report["coverage"]:
        line |= {"status": "read", "rows": 0, "fetched_at": report["generated_at"], "reason": None, "code": None}
    for line in report["requirements"]:
        line["status"] = "met"


def drop_the_digest(report: dict[str, Any]) -> None:
    forge_the_coverage(report)
    del report["digest"]


def edited(report: Report, *edits: Edit) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(render(report))
    for edit in edits:
        edit(values)
    return values


def keep(values: object, file: Path) -> Path:
    file.write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")
    return file


def sealed(values: dict[str, Any], file: Path) -> Path:
    """A file with a fitting digest, as whoever knows the program can write it."""
    file.write_text(seal(json.dumps({**values, "digest": PLACEHOLDER}, indent=2) + "\n"), encoding="utf-8")
    return file


EDITS = [claim_clean, empty_the_findings, forge_the_coverage, drop_the_digest]


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_report_is_told_and_is_no_clean(cli: Cli, here: Path, demo: Audit, edit: Edit) -> None:
    keep(edited(demo("messy").report, edit), here / "report.json")

    ran = cli("report", "report.json")

    assert ran.code in {1, 3}
    assert TOLD in ran.err
    assert "READY" not in ran.out.replace("NOT READY", "")


@pytest.mark.campaign(one_of=4)
@pytest.mark.parametrize("form", format_names())
def test_it_is_told_in_every_format(cli: Cli, here: Path, demo: Audit, form: str) -> None:
    keep(edited(demo("messy").report, forge_the_coverage), here / "report.json")

    ran = cli("report", "report.json", "--format", form)

    assert 3 == ran.code
    assert TOLD in re.sub(r"\s+", " ", ran.out)
    assert "Every place that the exchange documents was read" not in ran.out


def test_it_is_told_of_a_report_that_was_clean_before(cli: Cli, here: Path, demo: Audit) -> None:
    def another_account(report: dict[str, Any]) -> None:
        report["accounts"][0]["uid"] = "1"

    keep(edited(demo("empty").report, another_account), here / "report.json")

    assert 3 == cli("report", "report.json").code


def test_no_format_seals_it_anew_without_the_warning(cli: Cli, here: Path, demo: Audit) -> None:
    keep(edited(demo("messy").report, forge_the_coverage), here / "report.json")
    cli("report", "report.json", "--format", "json", "--output", "again.json")

    ran = cli("report", "again.json")

    assert 3 == ran.code
    assert TOLD in ran.err
    assert TOLD in re.sub(r"\s+", " ", ran.out)


def test_one_byte_is_enough(cli: Cli, here: Path, demo: Audit) -> None:
    file = here / "report.json"
    file.write_text(render(demo("empty").report).replace('  "schema"', '   "schema"'), encoding="utf-8")

    assert 3 == cli("report", "report.json").code


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_what_a_console_adds_is_no_edit(cli: Cli, here: Path, demo: Audit, start: bytes, ends: bytes) -> None:
    text = render(demo("empty").report).encode()
    (here / "report.json").write_bytes(start + text.replace(b"\n", ends))

    ran = cli("report", "report.json")

    assert (0, "") == (ran.code, ran.err)


@pytest.mark.campaign(one_of=7)
@pytest.mark.parametrize("name", [*names("okx"), *names("binance")])
def test_no_report_that_was_left_alone_is_suspected(tmp_path: Path, demo: Audit, name: str) -> None:
    report = demo(name).report
    file = tmp_path / "report.json"
    file.write_text(render(report), encoding="utf-8")

    again = read_report(file)

    assert report.verdict is again.verdict
    assert [finding.rule for finding in report.findings] == [finding.rule for finding in again.findings]


def hide_an_account(report: dict[str, Any]) -> None:
    report["accounts"][0]["name"] = "other"


def leave_an_area_out(report: dict[str, Any]) -> None:
    forge_the_coverage(report)
    report["coverage"] = [line for line in report["coverage"] if line["area"] != "earn"]


def leave_the_findings_out(report: dict[str, Any]) -> None:
    report["findings"] = []


def confirm_nothing(report: dict[str, Any]) -> None:
    forge_the_coverage(report)
    report["confirmed_at"] = None


def leave_the_dust(report: dict[str, Any]) -> None:
    dust = report["dust"]
    forge_the_coverage(report)
    report["dust"] = dust


def leave_a_condition(report: dict[str, Any]) -> None:
    forge_the_coverage(report)
    report["requirements"][0]["status"] = "unknown"


def soften(report: dict[str, Any]) -> None:
    report["verdict"] = report["accounts"][0]["verdict"] = "incomplete"


def clean_as_a_whole(report: dict[str, Any]) -> None:
    report["verdict"] = "clean"


def forget_who_it_was(report: dict[str, Any]) -> None:
    forge_the_coverage(report)
    report["accounts"][0]["uid"] = None


CONTRADICTIONS = [
    claim_clean,
    clean_as_a_whole,
    soften,
    leave_the_findings_out,
    leave_an_area_out,
    leave_the_dust,
    leave_a_condition,
    confirm_nothing,
    hide_an_account,
    forget_who_it_was,
]


@pytest.mark.parametrize("edit", CONTRADICTIONS)
def test_a_verdict_that_does_not_follow_is_refused_whatever_the_digest(
    cli: Cli, here: Path, demo: Audit, edit: Edit
) -> None:
    sealed(edited(demo("messy").report, edit), here / "report.json")

    ran = cli("report", "report.json")

    assert (2, "") == (ran.code, ran.out)
    assert "contradicts itself" in ran.err


def test_a_report_of_no_account_is_refused(cli: Cli, here: Path, demo: Audit) -> None:
    sealed({**edited(demo("empty").report), "accounts": [], "verdict": "incomplete"}, here / "report.json")

    assert 2 == cli("report", "report.json").code
