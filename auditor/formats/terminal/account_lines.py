"""Accounts of a report in a line each, and the warnings about where answers came from."""

from collections import Counter

from auditor.formats.report_integrity import edit_warning_of
from auditor.formats.terminal.canvas import GAP, TerminalPage, cut
from auditor.formats.terminal.labels import VERDICT_MARKS, short_account_line, verdict_word
from auditor.formats.terminal.summary import clock_warning, source_warnings
from auditor.formats.terminal.verdicts import account_verdict
from auditor.i18n import Message, _, counted, joined
from auditor.model.report import AccountReport, Report, Verdict

ORDER = tuple(Verdict)


def show_accounts(page: TerminalPage, report: Report, rows: int) -> None:
    """Show at most ``rows`` accounts with their verdicts; where there are more, those that need most first."""
    accounts = report.accounts
    if len(accounts) > rows:
        accounts = tuple(sorted(accounts, key=lambda account: ORDER.index(account.verdict)))[: max(rows - 1, 0)]
    for account in accounts:
        _show_account(page, report, account)
    others = [account for account in report.accounts if account not in accounts]
    if others:
        counts = Counter(account.verdict for account in others)
        figures = _(", ").join(
            joined(" ", (counts[verdict], verdict_word(verdict))) for verdict in ORDER if counts[verdict]
        )
        text = counted(len(others), _("and {count} more account"), _("and {count} more accounts"))
        page.clipped(_("{text}: {figures}").format(text=text, figures=figures), "dim", 3)


def _show_account(page: TerminalPage, report: Report, account: AccountReport) -> None:
    end = page.text(account_verdict(report, account))
    line = page.mark(VERDICT_MARKS[account.verdict]).append(" " * GAP)
    line.append_text(page.text(short_account_line(account.snapshot)))
    end = cut(end, page.width // 2)
    page.ends(cut(line, page.width - end.cell_len - GAP), end)


def show_warnings(page: TerminalPage, report: Report, rows: int) -> None:
    """Show each warning about the answers once, at most ``rows`` of them."""
    snapshots = [account.snapshot for account in report.accounts]
    candidates = (warning for one in snapshots for warning in (*source_warnings(one), clock_warning(one)))
    warnings: list[Message] = list(dict.fromkeys(warning for warning in candidates if warning))
    if edited := edit_warning_of(report):
        page.clipped(edited, "bold red", lines=2)
    for warning in warnings[:rows]:
        page.clipped(warning, "bold yellow", lines=2)
    if len(warnings) > rows:
        text = counted(len(warnings) - rows, _("and {count} more warning"), _("and {count} more warnings"))
        page.clipped(text, "bold yellow")
