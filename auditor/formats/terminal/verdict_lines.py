"""Only the verdict: one line for each account and one for all of them."""

from auditor.formats.terminal.account_lines import show_accounts
from auditor.formats.terminal.canvas import TerminalPage
from auditor.formats.terminal.summary import show_verdict
from auditor.model.report import Report


def show_verdicts(page: TerminalPage, report: Report) -> None:
    """Show the verdict of each account where there are several, then that of all."""
    if len(report.accounts) > 1:
        show_accounts(page, report, len(report.accounts))
    show_verdict(page, report)
