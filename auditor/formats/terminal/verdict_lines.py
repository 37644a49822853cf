"""Only the verdict: one line for each account and one for all of them, below warnings about where answers came from."""

from auditor.formats.terminal.account_lines import show_accounts, show_warnings
from auditor.formats.terminal.canvas import TerminalPage
from auditor.formats.terminal.summary import show_verdict
from auditor.model.report import Report

WARNINGS = 3


def show_verdicts(page: TerminalPage, report: Report) -> None:
    """Show the verdict of each account where there are several, then that of all.

    A verdict on answers that did not come from the exchange itself never stands alone.
    """
    show_warnings(page, report, WARNINGS)
    if len(report.accounts) > 1:
        show_accounts(page, report, len(report.accounts))
    show_verdict(page, report)
