"""Findings by area in their working order, each with its number in the plan; the same remedy is shown once."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from auditor.formats.terminal.canvas import Mark, TerminalPage
from auditor.formats.terminal.labels import SEVERITY_MARKS, WORKING_ORDER, area_title, moment, value
from auditor.i18n import Message, Text, Translator, _, joined, labelled
from auditor.model.records import Area
from auditor.model.report import Finding, Report, Severity
from auditor.plan import Plan, make_plan

SEVERITIES = tuple(Severity)
INDENT = 5
# Placeholder of an asset's name in a remedy: a control character, which no text of an exchange contains.
ASSET = "\x00"
Numbers = Mapping[int, str]


def show_findings(page: TerminalPage, report: Report) -> None:
    """Show every finding with its remedy; areas that block before those that do not."""
    several = len(report.accounts) > 1
    numbers = plan_numbers(make_plan(report))
    for account in report.accounts:
        name = account.snapshot.name
        account_findings = [finding for finding in report.findings if finding.account == name]
        for area, area_findings in _by_area(account_findings):
            title = area_title(area)
            page.heading(joined(": ", (name, title)) if several else title)
            _show_area(page, area_findings, numbers)


def plan_numbers(plan: Plan) -> Numbers:
    """Return the number of each finding's item in the plan, such as 4.2, by the identity of the finding."""
    items = ((step, item) for step in plan.steps for item in step.items)
    return {id(finding): f"{step.number}.{item.number}" for step, item in items for finding in item.findings}


def _by_area(findings: Sequence[Finding]) -> list[tuple[Area, list[Finding]]]:
    areas = [(area, [finding for finding in findings if finding.area is area]) for area in WORKING_ORDER]
    nonempty = [(area, area_findings) for area, area_findings in areas if area_findings]
    return sorted(nonempty, key=lambda pair: all(finding.severity is not Severity.BLOCKER for finding in pair[1]))


def _show_area(page: TerminalPage, findings: Sequence[Finding], numbers: Numbers) -> None:
    """Show the findings of an area, grouped by rule and remedy, the most severe first."""
    groups: dict[tuple[Severity, str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.severity, finding.rule, _template(finding, page.translate)].append(finding)
    for (severity, rule, template), group in sorted(groups.items(), key=lambda pair: SEVERITIES.index(pair[0][0])):
        page.items([_row(finding, page.translate, numbers) for finding in group], indent=2)
        if template:
            words = _("To do: {remedy}").format(remedy=_remedy(group, template, page.translate))
            page.line(words, "bold" if severity is Severity.BLOCKER else "", INDENT)
        page.line(_("Rule: {rule}").format(rule=rule), "dim", INDENT)


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


def _row(finding: Finding, translate: Translator, numbers: Numbers) -> tuple[Mark, Text, Text, Text]:
    words = finding.message
    if finding.severity is not Severity.BLOCKER:
        label = {Severity.WARNING: _("Warning"), Severity.INFO: _("Note")}[finding.severity]
        words = labelled(label, words)
    number = numbers.get(id(finding))
    words = joined("  ", (number, words)) if number else words
    return SEVERITY_MARKS[finding.severity], words, _detail(finding, translate), value(finding)


def _detail(finding: Finding, translate: Translator) -> Message:
    date = translate(moment(finding.ready_at)) if finding.ready_at else ""
    ready = [_("ready {time}").format(time=date)] if date not in translate(finding.message) else []
    muted = [_("muted by you, still counted")] if finding.muted else []
    elsewhere = [_("also seen in: {places}").format(places=_("; ").join(finding.also_seen_in))]
    return _(", ").join(ready + muted + (elsewhere if finding.also_seen_in else []))
