"""What to type next: commands that work with what was just checked."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from auditor.formats.terminal.canvas import TerminalPage
from auditor.formats.terminal.verdicts import has_nothing_read
from auditor.i18n import Message, _
from auditor.model.report import Report, Verdict
from auditor.model.snapshot import AccountSnapshot, Environment
from auditor.plan import Plan

LOOPBACK = "127.0.0.1"
BETWEEN = " | "


def lines(report: Report, plan: Plan, page: TerminalPage) -> Iterator[str]:
    """Yield the last lines of the first screen: the next commands, as many in a line as fit."""
    line = ""
    for part in map(page.translate, _parts(report, plan)):
        longer = f"{line}{BETWEEN}{part}" if line else part
        if line and cell_len(longer) > page.width:
            yield line
            longer = part
        line = longer
    yield line


def plan_command(report: Report, step: int | None = None) -> str:
    """Return the command that shows the plan, or one step of it."""
    demo = demo_name(report)
    words = ("audit plan", *([str(step)] if step else []), *([f"--demo {demo}"] if demo else []))
    return " ".join(words)


def demo_name(report: Report) -> str | None:
    """Return the name of the embedded demo account; None for any other report."""
    snapshots = [account.snapshot for account in report.accounts]
    return snapshots[0].name if len(snapshots) == 1 and _is_embedded(snapshots[0]) else None


def _is_embedded(account: AccountSnapshot) -> bool:
    return account.environment is Environment.DEMO and account.host.startswith(LOOPBACK)


def _parts(report: Report, plan: Plan) -> Sequence[Message]:
    demo = demo_name(report)
    details = f"audit demo {demo} --details" if demo else "audit --details"
    if report.verdict is Verdict.REFUSED:
        return [_("Next: create that key and run this again."), _("Help: {command}").format(command="audit doctor")]
    if has_nothing_read(report.accounts):
        return [_("Next: solve this and run it again."), _("Help: {command}").format(command="audit doctor")]
    first = plan.steps[0].number if plan.steps else None
    return [
        _("Next: {command}").format(command=plan_command(report)),
        *([_("One step: {command}").format(command=plan_command(report, first))] if first else []),
        _("Everything: {command}").format(command=details),
    ]
