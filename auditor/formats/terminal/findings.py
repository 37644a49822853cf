"""Findings by area in their working order, with the same remedy shown once."""

import re
from collections import defaultdict
from collections.abc import Sequence

from auditor.formats.terminal.canvas import Mark, TerminalPage
from auditor.formats.terminal.labels import SEVERITY_MARKS, WORKING_ORDER, area_title, moment, value
from auditor.i18n import Message, Text, Translator, _, joined, labelled
from auditor.model.records import Area
from auditor.model.report import Finding, Report, Severity

SEVERITIES = tuple(Severity)
# Placeholder of an asset's name in a remedy: a control character, which no text of an exchange contains.
ASSET = "\x00"


def show_findings(page: TerminalPage, report: Report) -> None:
    """Show every finding with its remedy; areas that block before those that do not."""
    several = len(report.accounts) > 1
    for account in report.accounts:
        name = account.snapshot.name
        account_findings = [finding for finding in report.findings if finding.account == name]
        for area, area_findings in _by_area(account_findings):
            title = area_title(area)
            page.heading(joined(": ", (name, title)) if several else title)
            _show_area(page, area_findings)


def _by_area(findings: Sequence[Finding]) -> list[tuple[Area, list[Finding]]]:
    areas = [(area, [finding for finding in findings if finding.area is area]) for area in WORKING_ORDER]
    nonempty = [(area, area_findings) for area, area_findings in areas if area_findings]
    return sorted(nonempty, key=lambda pair: all(finding.severity is not Severity.BLOCKER for finding in pair[1]))


def _show_area(page: TerminalPage, findings: Sequence[Finding]) -> None:
    """Show the findings of an area, grouped by remedy, the most severe first."""
    groups: dict[tuple[Severity, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.severity, _template(finding, page.translate)].append(finding)
    for (severity, template), group in sorted(groups.items(), key=lambda pair: SEVERITIES.index(pair[0][0])):
        page.items([_row(severity, finding, page.translate) for finding in group], indent=2)
        if template:
            words = _("To do: {remedy}").format(remedy=_remedy(group, template, page.translate))
            page.line(words, "bold" if severity is Severity.BLOCKER else "", 5)


def _template(finding: Finding, translate: Translator) -> str:
    """Return the remedy with a placeholder for the asset, to group assets with one remedy."""
    remedy = translate(finding.remedy)
    if not finding.asset:
        return remedy
    return re.sub(rf"(?<!\w){re.escape(finding.asset)}(?!\w)", ASSET, remedy)


def _remedy(group: Sequence[Finding], template: str, translate: Translator) -> Text:
    if len({translate(finding.remedy) for finding in group}) == 1:
        return group[0].remedy
    at_start, within = translate(_("Each asset")), translate(_("each asset"))
    return re.sub(rf"(^|[.!?] ){ASSET}", rf"\g<1>{at_start}", template).replace(ASSET, within)


def _row(severity: Severity, finding: Finding, translate: Translator) -> tuple[Mark, Text, Text, Text]:
    words = finding.message
    if severity is not Severity.BLOCKER:
        label = {Severity.WARNING: _("Warning"), Severity.INFO: _("Note")}[severity]
        words = labelled(label, words)
    return SEVERITY_MARKS[severity], words, _detail(finding, translate), value(finding)


def _detail(finding: Finding, translate: Translator) -> Message:
    date = translate(moment(finding.ready_at)) if finding.ready_at else ""
    ready = [_("ready {time}").format(time=date)] if date not in translate(finding.message) else []
    muted = [_("muted by you, still counted")] if finding.muted else []
    return _(", ").join(ready + muted)
