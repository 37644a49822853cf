"""Markdown for tickets, JUnit for CI, annotations for GitHub: all escaped, none of them hides what was not read."""

import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from auditor.formats import get_format
from auditor.formats.as_github import render as github
from auditor.formats.as_junit import render as junit
from auditor.formats.as_markdown import render as markdown
from auditor.formats.as_markdown import text
from auditor.model.report import Report
from tests.formats.conftest import Maker


@pytest.mark.parametrize("name", ["markdown", "junit", "github", "html"])
def test_each_is_a_format(name: str) -> None:
    assert get_format(name).name == name


def test_markdown_has_the_verdict_the_plan_and_the_findings(messy_report: Report) -> None:
    told = markdown(messy_report)

    assert told.startswith(
        "# Account closure audit, 1 Jul 2026, 10:00 UTC\n\n**NOT READY TO CLOSE: 5 things to clear**"
    )
    assert "## Plan\n" in told
    assert "1. **Give access to what could not be checked**" in told
    assert "- [ ] 2.1 A recurring buy of BTC runs and will buy again on 2026-07-02 00:00 UTC." in told
    assert "| blocker | Balances | main | The funding account holds 0.52 BTC. |" in told
    assert "## Not read\n\n- main: Fiat deposits. The exchange did not answer." in told


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("<script>alert(1)</script>", r"\<script>alert(1)\</script>"),
        ("[link](https://evil.example)", r"\[link\](https\://evil.example)"),
        ("https://evil.example", r"https\://evil.example"),
        ("www.evil.example", r"www\.evil.example"),
        ("@someone #12 a|b", r"\@someone \#12 a\|b"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("> quote", r"\> quote"),
        ("a *b* _c_ `d` ~e~ $f$", r"a \*b\* \_c\_ \`d\` \~e\~ \$f\$"),
        ("&lt; back\\slash", r"\&lt; back\\slash"),
        ("![x](y)", r"!\[x\](y)"),
        ("plain words, 0.5 BTC (frozen)", "plain words, 0.5 BTC (frozen)"),
        ("two\nlines", r"two\\nlines"),
    ],
)
def test_markdown_shows_text_as_it_is(given: str, expected: str) -> None:
    assert text(given).replace("\\\\n", "\\\\n") == expected


def test_hostile_text_breaks_no_line_and_no_table(make: Maker, hostile_report: Report, clean_report: Report) -> None:
    told = markdown(hostile_report)
    rows = [line for line in told.splitlines() if line.startswith("|")]

    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {7, 8}
    assert "<script" not in told.replace("\\<script", "")


def cases(report: Report) -> list[ET.Element]:
    return ET.fromstring(junit(report)).findall("testsuite/testcase")


def test_junit_calls_a_blocker_a_failure_and_what_was_not_read_an_error(messy_report: Report) -> None:
    root = ET.fromstring(junit(messy_report))

    failed = [case.get("name") for case in cases(messy_report) if case.find("failure") is not None]
    wrong = [case.get("name") for case in cases(messy_report) if case.find("error") is not None]
    assert len(failed) == 5 + 1
    assert wrong == ["Fiat deposits"]
    assert (root.get("failures"), root.get("errors")) == ("6", "1")


def test_junit_passes_a_clean_account(clean_report: Report) -> None:
    root = ET.fromstring(junit(clean_report))

    assert (root.get("failures"), root.get("errors"), root.get("skipped")) == ("0", "0", "0")
    assert int(root.get("tests") or 0) == 11


def test_junit_has_an_error_where_nothing_was_read(refused_report: Report, incomplete_report: Report) -> None:
    (only,) = cases(refused_report)
    error = only.find("error")

    assert error is not None
    assert "untick Trade" in (error.get("message") or "")
    assert [c.get("name") for c in cases(incomplete_report) if c.find("error") is not None][-1] == "INCOMPLETE"


def test_junit_skips_what_only_a_person_can_check(incomplete_report: Report) -> None:
    skipped = [case.get("name") for case in cases(incomplete_report) if case.find("skipped") is not None]

    assert skipped == ["Fixed-term Simple Earn [check in the app]"]


def test_junit_stays_well_formed(hostile_report: Report) -> None:
    assert len(cases(hostile_report)) > 9


def test_github_has_a_line_for_everything(messy_report: Report) -> None:
    lines = github(messy_report).splitlines()

    assert lines[0].startswith("::error title=Account closure check::NOT READY TO CLOSE: 5 things to clear.")
    assert "::error title=main%3A could not be checked%3A Fiat deposits::The exchange did not answer." in lines
    assert sum(line.startswith("::error title=main%3A balance-left::") for line in lines) == 3
    assert sum(line.startswith("::warning title=main%3A frozen-balance::") for line in lines) == 1


def test_github_notices_a_clean_account_without_an_error(clean_report: Report) -> None:
    assert [line for line in github(clean_report).splitlines() if not line.startswith("::notice")] == []


def test_hostile_text_makes_no_command_of_its_own(make: Any) -> None:
    text = "x\n::set-output name=a::b\r::stop-commands::t 100%,title=y"

    lines = github(make.report(findings=[make.finding(message=text, rule=text)])).splitlines()

    assert all(line.startswith(("::error title=", "::notice title=", "::warning title=")) for line in lines)
    assert all(line.split("::")[1].count("title=") == line.split("::")[1].count(" title=") for line in lines[:1])
    assert "100%25" in lines[1]
