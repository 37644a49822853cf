"""The report as JUnit XML, for CI: a blocker is a failure, and what was not read is an error."""

import io
from collections.abc import Sequence
from xml.etree.ElementTree import Element, ElementTree, SubElement

from auditor.formats import Format, Sink
from auditor.formats.checksum import PLACEHOLDER, seal
from auditor.formats.escape import instant, visible
from auditor.formats.terminal import coverage
from auditor.formats.terminal import labels as words
from auditor.model.report import AccountReport, Finding, Report, Severity, Verdict
from auditor.model.snapshot import Reading, Standing


def render(report: Report, sink: Sink | None = None) -> str:  # noqa: ARG001 - XML is the same everywhere
    """Write a suite for each account and a case for each place that was asked and each thing that was found."""
    root = Element("testsuites", name="audit")
    for account in report.accounts:
        found = [finding for finding in report.findings if finding.account == account.snapshot.name]
        _suite(root, report, account, found)
    counted = [suite.attrib for suite in root]
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(each[name]) for each in counted)))
    written = io.BytesIO()
    ElementTree(root).write(written, encoding="utf-8", xml_declaration=True)
    return seal(written.getvalue().decode() + "\n")


def _suite(root: Element, report: Report, account: AccountReport, found: Sequence[Finding]) -> None:
    snapshot = account.snapshot
    suite = SubElement(root, "testsuite", name=visible(snapshot.name), timestamp=instant(report.generated_at) or "")
    _properties(suite, report, account)
    for reading in snapshot.readings:
        _reading(suite, reading)
    for finding in found:
        _finding(suite, finding)
    _verdict(suite, account)
    kinds = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    suite.set("tests", str(len(suite.findall("testcase"))))
    for name, tag in kinds.items():
        suite.set(name, str(len(suite.findall(f"testcase/{tag}"))))


def _properties(suite: Element, report: Report, account: AccountReport) -> None:
    tool = report.tool
    values = {
        "account": words.account_line(account.snapshot),
        "environment": account.snapshot.environment.value,
        "verdict": account.verdict.value,
        "confirmed_at": instant(account.snapshot.confirmed_at) or "",
        "audit": tool.version,
        "ccxt": tool.ccxt,
        "config_sha256": tool.config_sha256,
        "digest": PLACEHOLDER,
    }
    properties = SubElement(suite, "properties")
    for name, value in values.items():
        SubElement(properties, "property", name=name, value=visible(value))


def _reading(suite: Element, reading: Reading) -> None:
    """A place of the table: an error where it was not read, skipped where only the eye can look."""
    name = coverage.name_of(reading)
    case = _case(suite, f"read.{reading.area.value}", name)
    reason = coverage.reason_of(reading)
    if reason:
        tag = "error" if reading.standing is Standing.DOCUMENTED else "skipped"
        SubElement(case, tag, message=visible(reason))


def _finding(suite: Element, finding: Finding) -> None:
    case = _case(suite, f"{finding.rule}.{finding.area.value}", f"{finding.message} [{finding.subject}]")
    if finding.severity is Severity.BLOCKER:
        failure = SubElement(case, "failure", message=visible(finding.message), type=visible(finding.rule))
        failure.text = visible(finding.remedy)
    else:
        SubElement(case, "system-out").text = visible(f"{finding.message} {finding.remedy}".strip())


def _verdict(suite: Element, account: AccountReport) -> None:
    """The verdict as a case of its own, so that an account of which nothing was read cannot pass."""
    case = _case(suite, "verdict", words.verdict_word(account.verdict))
    if account.verdict is Verdict.BLOCKED:
        SubElement(case, "failure", message=words.verdict_word(account.verdict))
    elif account.verdict is not Verdict.CLEAN:
        told = account.snapshot.refused or words.verdict_word(account.verdict)
        SubElement(case, "error", message=visible(told))


def _case(suite: Element, classname: str, name: str) -> Element:
    return SubElement(suite, "testcase", classname=visible(classname), name=visible(name))


FORMAT = Format(name="junit", suffix=".xml", render=render)
