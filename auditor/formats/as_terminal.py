"""Terminal format: the first screen, all details, or only the verdict."""

from auditor.formats import Format, Sink
from auditor.formats.terminal.canvas import TerminalPage
from auditor.formats.terminal.coverage import show_coverage
from auditor.formats.terminal.dust import show_dust
from auditor.formats.terminal.findings import show_findings
from auditor.formats.terminal.first_screen import FirstScreen
from auditor.formats.terminal.requirements import show_requirements
from auditor.formats.terminal.summary import show_foot, show_head
from auditor.formats.terminal.verdict_lines import show_verdicts
from auditor.model.report import Report


def render(report: Report, sink: Sink | None = None) -> str:
    """Return the report for the sink's width and colour, in characters of its encoding."""
    sink = sink or Sink()
    if sink.quiet:
        return _verdicts(report, sink)
    return _details(report, sink) if sink.details else FirstScreen(report, sink).text()


def _verdicts(report: Report, sink: Sink) -> str:
    page = TerminalPage(sink)
    show_verdicts(page, report)
    return page.finish()


def _details(report: Report, sink: Sink) -> str:
    page = TerminalPage(sink)
    show_head(page, report)
    # If nothing was requested, conditions and checklists would only hide the reason.
    if any(account.snapshot.readings for account in report.accounts):
        for show in (show_findings, show_dust, show_coverage, show_requirements):
            show(page, report)
    show_foot(page, report)
    return page.finish()


FORMAT = Format(name="terminal", suffix=".txt", render=render)
