"""What was found: by area in the order in which clearing works, the same advice said once."""

from collections.abc import Sequence
from itertools import groupby

from auditor.formats.screen.page import Mark, Page
from auditor.formats.screen.words import SEVERITY_MARKS, WORKING_ORDER, area_title, moment, value
from auditor.i18n import _
from auditor.report import Finding, Report, Severity
from auditor.snapshot import Area

SEVERITIES = tuple(Severity)


def show_findings(page: Page, report: Report) -> None:
    """Show every finding with its remedy; areas that block before those that do not."""
    several = len(report.accounts) > 1
    for account in report.accounts:
        name = account.snapshot.name
        found = [finding for finding in report.findings if finding.account == name]
        for area, here in _by_area(found):
            title = area_title(area)
            page.heading(f"{name}: {title}" if several else title)
            _show_area(page, here)


def _by_area(found: Sequence[Finding]) -> list[tuple[Area, list[Finding]]]:
    areas = [(area, [finding for finding in found if finding.area is area]) for area in WORKING_ORDER]
    some = [(area, here) for area, here in areas if here]
    return sorted(some, key=lambda pair: all(finding.severity is not Severity.BLOCKER for finding in pair[1]))


def _show_area(page: Page, found: Sequence[Finding]) -> None:
    """Findings with one remedy stand together, the gravest first."""
    order = {finding.remedy: place for place, finding in reversed(list(enumerate(found)))}
    ranked = sorted(found, key=lambda finding: (SEVERITIES.index(finding.severity), order[finding.remedy]))
    for (severity, remedy), group in groupby(ranked, key=lambda finding: (finding.severity, finding.remedy)):
        page.items([_row(severity, finding) for finding in group], indent=2)
        if remedy:
            page.line(_("To do: {remedy}").format(remedy=remedy), "bold" if severity is Severity.BLOCKER else "", 5)


def _row(severity: Severity, finding: Finding) -> tuple[Mark, str, str, str]:
    words = finding.message
    if severity is not Severity.BLOCKER:
        label = {Severity.WARNING: _("Warning"), Severity.INFO: _("Note")}[severity]
        words = f"{label}: {words}"
    return SEVERITY_MARKS[severity], words, _detail(finding), value(finding)


def _detail(finding: Finding) -> str:
    ready = [_("ready {time}").format(time=moment(finding.ready_at))] if finding.ready_at else []
    muted = [_("muted by you, still counted")] if finding.muted else []
    return ", ".join(ready + muted)
