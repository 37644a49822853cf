"""JUnit XML format for CI: a blocker is a failure, an unread surface is an error."""

import io
from collections.abc import Callable
from xml.etree.ElementTree import Element, ElementTree, SubElement

from auditor.formats import Format, Sink
from auditor.formats.checksum import PLACEHOLDER, seal
from auditor.formats.escape import escape_invisible, iso_time
from auditor.formats.terminal import coverage
from auditor.formats.terminal import labels as words
from auditor.i18n import Text, Translator, joined
from auditor.model.report import AccountReport, Finding, Report, Severity, Verdict
from auditor.model.snapshot import Reading, Standing

Write = Callable[[Text], str]
"""Renders a text and escapes characters that a terminal would act on."""


def render(report: Report, sink: Sink | None = None) -> str:
    """Return a suite for each account, with a case for each surface and each finding."""
    write = _writer((sink or Sink()).translate)
    root = Element("testsuites", name="audit")
    for account in report.accounts:
        _suite(root, report, account, write)
    suites = [suite.attrib for suite in root]
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(counts[name]) for counts in suites)))
    output = io.BytesIO()
    ElementTree(root).write(output, encoding="utf-8", xml_declaration=True)
    return seal(output.getvalue().decode() + "\n")


def _writer(translate: Translator) -> Write:
    return lambda text: escape_invisible(translate(text))


def _suite(root: Element, report: Report, account: AccountReport, write: Write) -> None:
    snapshot = account.snapshot
    suite = SubElement(
        root, "testsuite", name=escape_invisible(snapshot.name), timestamp=iso_time(report.generated_at) or ""
    )
    _properties(suite, report, account, write)
    for reading in snapshot.readings:
        _reading(suite, reading, write)
    for finding in report.findings:
        if finding.account == snapshot.name:
            _finding(suite, finding, write)
    _verdict(suite, account, write)
    kinds = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    suite.set("tests", str(len(suite.findall("testcase"))))
    for name, tag in kinds.items():
        suite.set(name, str(len(suite.findall(f"testcase/{tag}"))))


def _properties(suite: Element, report: Report, account: AccountReport, write: Write) -> None:
    tool = report.tool
    values: dict[str, Text] = {
        "account": words.account_line(account.snapshot),
        "environment": account.snapshot.environment.value,
        **({"certificates": account.snapshot.certificates} if account.snapshot.certificates else {}),
        "verdict": account.verdict.value,
        "confirmed_at": iso_time(account.snapshot.confirmed_at) or "",
        "audit": tool.version,
        "ccxt": tool.ccxt,
        "config_sha256": tool.config_sha256,
        "digest": PLACEHOLDER,
    }
    properties = SubElement(suite, "properties")
    for name, value in values.items():
        SubElement(properties, "property", name=name, value=write(value))


def _reading(suite: Element, reading: Reading, write: Write) -> None:
    """Add a surface: an error if it was not read, skipped if only a person can check it in the app."""
    name = coverage.name_of(reading)
    case = _case(suite, f"read.{reading.area.value}", write(name))
    reason = coverage.reason_of(reading)
    if reason:
        tag = "error" if reading.standing is Standing.DOCUMENTED else "skipped"
        SubElement(case, tag, message=write(reason))


def _finding(suite: Element, finding: Finding, write: Write) -> None:
    case = _case(suite, f"{finding.rule}.{finding.area.value}", f"{write(finding.message)} [{finding.subject}]")
    if finding.severity is Severity.BLOCKER:
        failure = SubElement(case, "failure", message=write(finding.message), type=escape_invisible(finding.rule))
        failure.text = write(finding.remedy)
    else:
        SubElement(case, "system-out").text = write(joined(" ", (finding.message, finding.remedy))).strip()


def _verdict(suite: Element, account: AccountReport, write: Write) -> None:
    """Add the verdict as a case, so that an account of which nothing was read cannot pass."""
    verdict = words.verdict_word(account.verdict)
    case = _case(suite, "verdict", write(verdict))
    if account.verdict is Verdict.BLOCKED:
        SubElement(case, "failure", message=write(verdict))
    elif account.verdict is not Verdict.CLEAN:
        SubElement(case, "error", message=write(account.snapshot.refused or verdict))


def _case(suite: Element, classname: str, name: str) -> Element:
    return SubElement(suite, "testcase", classname=escape_invisible(classname), name=escape_invisible(name))


FORMAT = Format(name="junit", suffix=".xml", render=render)
