"""What an audit says of one place of its first account."""

import json

from auditor.formats import Sink, get_format
from auditor.model.report import Report, Severity, Status
from auditor.model.snapshot import NotApplicable, Read, Reading, Unread
from tests.conftest import DemoAudit


def readings(audited: DemoAudit, surface: str) -> list[Reading]:
    """What came of asking ``surface``."""
    return [reading for reading in audited.snapshot.accounts[0].readings if reading.surface == surface]


def result(audited: DemoAudit, surface: str) -> Read | Unread | NotApplicable:
    """What came of asking a surface that is asked once."""
    (reading,) = readings(audited, surface)
    return reading.result


def unread(audited: DemoAudit, surface: str) -> Unread:
    """The same, for a surface that was not read."""
    found = result(audited, surface)
    assert isinstance(found, Unread), found
    return found


def blockers(audited: DemoAudit) -> set[str]:
    """The surfaces where something blocks."""
    return {finding.surface for finding in audited.report.findings if finding.severity is Severity.BLOCKER}


def blocking_amounts(report: Report, asset: str) -> set[str]:
    """The amounts of an asset that block."""
    return {str(f.amount) for f in report.findings if f.severity is Severity.BLOCKER and f.asset == asset}


def sentences(report: Report, surface: str) -> list[str]:
    """What the report says in English of each thing that blocks at a surface."""
    printed = json.loads(get_format("json").render(report, Sink()))["findings"]
    pairs = zip(report.findings, printed, strict=True)
    return [line["message"] for finding, line in pairs if finding.surface == surface and line["severity"] == "blocker"]


def manual_lines(report: Report) -> set[str]:
    """The ids of what a person must look at."""
    return {line.id for line in report.requirements if line.status is Status.MANUAL}
