"""Terminal format: verdict, findings, dust, coverage, and what to confirm by eye."""

from auditor.formats import Format, Sink
from auditor.formats.terminal.canvas import TerminalPage
from auditor.formats.terminal.coverage import show_coverage
from auditor.formats.terminal.dust import show_dust
from auditor.formats.terminal.findings import show_findings
from auditor.formats.terminal.requirements import show_requirements
from auditor.formats.terminal.summary import show_foot, show_head
from auditor.model.report import Report


def render(report: Report, sink: Sink | None = None) -> str:
    """Return the report for the sink's width and colour, in characters of its encoding."""
    page = TerminalPage(sink or Sink())
    show_head(page, report)
    # If nothing was requested, conditions and checklists would only hide the reason.
    if any(account.snapshot.readings for account in report.accounts):
        for show in (show_findings, show_dust, show_coverage, show_requirements):
            show(page, report)
    show_foot(page, report)
    return page.finish()


FORMAT = Format(name="terminal", suffix=".txt", render=render)
