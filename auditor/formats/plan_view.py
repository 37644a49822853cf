"""`audit plan`: the steps to take, in their working order."""

import json

from auditor.formats import Sink
from auditor.formats.as_markdown import plan_blocks
from auditor.formats.escape import break_commands_in_json
from auditor.formats.json_writer import plan_values
from auditor.formats.terminal import labels as words
from auditor.formats.terminal import summary as head
from auditor.formats.terminal.canvas import TerminalPage
from auditor.i18n import EMPTY, Message, Text, _, joined
from auditor.model.amounts import plain
from auditor.model.errors import UserError
from auditor.model.report import Report
from auditor.plan import Plan, Step, make_plan

FORMATS = ("terminal", "markdown", "json")
# More lines per step would not be read; the report has all of them.
MAX_LINES = 12


def check(form: str) -> None:
    """Raise UserError for an unknown form of the plan."""
    if form not in FORMATS:
        raise UserError(_("A plan has no form {form!r}. It has: {known}.").format(form=form, known=", ".join(FORMATS)))


def render(form: str, report: Report, sink: Sink) -> str:
    """Return the plan of ``report`` in one of `FORMATS`."""
    plan = make_plan(report)
    if form == "json":
        return break_commands_in_json(json.dumps(plan_values(plan, report.findings, sink.translate), indent=2)) + "\n"
    if form == "markdown":
        return "\n\n".join(plan_blocks(plan, sink.translate)) + "\n"
    page = TerminalPage(sink)
    for account in report.accounts:
        page.line(words.account_line(account.snapshot), "bold")
        for warning in head.source_warnings(account.snapshot):
            page.line(warning, "bold yellow")
    page.line(head.headline(report))
    _show_dates(page, plan)
    numbers = {step.id: number for number, step in enumerate(plan.steps, 1)}
    for step in plan.steps:
        _show_step(page, step, numbers)
    _show_forfeits(page, plan)
    return page.finish()


def earliest(plan: Plan) -> Message:
    """Return a sentence about the earliest end; empty if nothing has to be waited for."""
    if plan.earliest_clean is not None:
        return _("It can be over at the earliest on {time}.").format(time=words.moment(plan.earliest_clean))
    return _("When it can be over is not known: something that takes time has no date.") if plan.waits else EMPTY


def _show_dates(page: TerminalPage, plan: Plan) -> None:
    if not plan.waits:
        return
    page.heading(_("When it can be over"))
    page.line(earliest(plan), indent=2)
    undated = sum(wait.until is None for wait in plan.waits)
    dated = [wait for wait in plan.waits if wait.until is not None]
    page.items([("note", wait.finding.message, "", words.moment(wait.until)) for wait in dated if wait.until], indent=2)
    if undated:
        page.line(_("Without a date: {count}. They stand in the steps below.").format(count=undated), indent=2)


def _show_step(page: TerminalPage, step: Step, numbers: dict[str, int]) -> None:
    page.heading(joined(". ", (numbers[step.id], step.title)))
    page.line(_("Where: {where}").format(where=step.where), indent=2)
    page.line(_("Why here: {why}").format(why=step.why), "dim", 2)
    if step.after:
        page.line(_("After: {steps}").format(steps=", ".join(str(numbers[other]) for other in step.after)), "dim", 2)
    lines = [*(finding.message for finding in step.findings), *step.todo]
    page.items([("todo", line, "", "") for line in lines[:MAX_LINES]], indent=2)
    if len(lines) > MAX_LINES:
        page.line(_("and {count} more").format(count=len(lines) - MAX_LINES), indent=6)


def _show_forfeits(page: TerminalPage, plan: Plan) -> None:
    if not plan.forfeits:
        return
    page.heading(_("What closing now would give up"))
    page.line(_("Amounts in bots, on their way and in wallets may overlap, so they are not added up."), "dim", 2)
    columns: list[tuple[Text, bool]] = [(_("Where"), False), (_("Asset"), False), (_("Amount"), True), (_("USD"), True)]
    rows = [
        (
            words.area_title(line.area),
            line.asset,
            plain(line.amount) if line.amount or not line.unstated else "?",
            "?" if line.value_usd is None else plain(line.value_usd),
        )
        for line in plan.forfeits
    ]
    page.table(columns, rows)
