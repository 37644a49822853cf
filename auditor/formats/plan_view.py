"""`audit plan`: the steps to take, in their working order."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from auditor.formats import Sink, plan_words
from auditor.formats.as_markdown import plan_blocks
from auditor.formats.escape import break_commands_in_json
from auditor.formats.json_writer import plan_values
from auditor.formats.terminal import labels as words
from auditor.formats.terminal import summary as head
from auditor.formats.terminal.canvas import Mark, TerminalPage
from auditor.i18n import Text, _, day, joined
from auditor.model.amounts import plain, total
from auditor.model.errors import UserError
from auditor.model.report import Report
from auditor.plan import NOTHING_DONE, AnyPreference, Item, Plan, Preference, Step, make_plan
from auditor.plan.done import find_step
from auditor.plan.forfeits import Forfeit, by_area

FORMATS = ("terminal", "markdown", "json", "ics")
# More lines a step would not be read; `audit plan 4` shows all of step 4.
MAX_LINES = 6
MAX_ASSETS = 5


def check(form: str) -> None:
    """Raise UserError for an unknown form of the plan."""
    if form not in FORMATS:
        raise UserError(_("A plan has no form {form!r}. It has: {known}.").format(form=form, known=", ".join(FORMATS)))


def render(
    form: str,
    report: Report,
    sink: Sink,
    number: int | None = None,
    *,
    preference: AnyPreference = Preference.WITHDRAW,
    done: Mapping[str, date] = NOTHING_DONE,
) -> str:
    """Return the plan of ``report`` in one of `FORMATS`; ``number``: of the step to show, in all detail.

    Raises UserError for a number that no step has.
    """
    plan = make_plan(report, preference, done)
    chosen = None if number is None else find_step(plan, number)
    shown = plan if chosen is None else replace(plan, steps=(chosen,))
    if form == "json":
        return break_commands_in_json(json.dumps(plan_values(shown, report.findings, sink.translate), indent=2)) + "\n"
    if form == "ics":
        from auditor.formats.as_ics import plan_calendar  # noqa: PLC0415 - its library is loaded only when used

        return plan_calendar(shown, report, sink)
    if form == "markdown":
        return "\n\n".join(plan_blocks(plan, sink.translate, shown.steps)) + "\n"
    page = TerminalPage(sink)
    _show_head(page, report)
    if chosen is not None:
        _show_whole_step(page, plan, chosen)
    else:
        _show_plan(page, report, plan)
    return page.finish()


def _show_head(page: TerminalPage, report: Report) -> None:
    for account in report.accounts:
        page.line(words.account_line(account.snapshot), "bold")
        for warning in head.source_warnings(account.snapshot):
            page.line(warning, "bold yellow")


def _show_plan(page: TerminalPage, report: Report, plan: Plan) -> None:
    page.line(head.headline(report))
    if plan.waits:
        page.line(plan_words.earliest(plan))
    for step in plan.steps:
        _show_step(page, plan, step)
    _show_dates(page, plan)
    _show_forfeits(page, plan)


def _show_dates(page: TerminalPage, plan: Plan) -> None:
    dated = [(day(wait.until), plan.named(wait.finding.account, wait.label)) for wait in plan.waits if wait.until]
    if dated:
        page.heading(_("What you have to wait for"))
        page.table([(_("Date"), False), (_("What"), False)], dated)


def _show_step_head(page: TerminalPage, plan: Plan, step: Step) -> None:
    page.heading(joined(". ", (step.number, step.title)))
    exchanges = {other.exchange for other in plan.steps}
    name = words.exchange_name(step.exchange)
    if len(exchanges) > 1:
        page.line(name, "bold", 2)
    page.line(_("Where: {where}").format(where=step.where), indent=2)
    page.line(plan_words.why(step), "dim", 2)
    if before := plan_words.after(step, plan):
        page.line(before, "dim", 2)


def _show_step(page: TerminalPage, plan: Plan, step: Step) -> None:
    _show_step_head(page, plan, step)
    page.items([_row(plan, step, item) for item in step.items[:MAX_LINES]], indent=2)
    more = len(step.items) - MAX_LINES
    if more > 0:
        page.line(_("and {count} more: audit plan {number}").format(count=more, number=step.number), indent=7)


def _show_whole_step(page: TerminalPage, plan: Plan, step: Step) -> None:
    _show_step_head(page, plan, step)
    if step.source:
        page.line(_("Source: {source}").format(source=step.source), "dim", 2)
    if step.items:
        page.line(plan_words.totals(step), "dim", 2)
    for item in step.items:
        page.blank()
        page.items([_row(plan, step, item, item.how)], indent=2)
        if len(item.findings) > 1:
            page.items([("note", finding.message, "", words.value(finding)) for finding in item.findings], indent=7)
        for place in dict.fromkeys(place for finding in item.findings for place in finding.also_seen_in):
            page.line(_("Also seen in: {place}").format(place=place), "dim", 7)


def _row(plan: Plan, step: Step, item: Item, how: Text = "") -> tuple[Mark, Text, Text, Text]:
    text = joined("  ", (plan_words.item_number(step, item), plan_words.item_text(plan, item)))
    return ("done" if item.done else "todo", text, how, plan_words.item_value(item))


def _show_forfeits(page: TerminalPage, plan: Plan) -> None:
    if not plan.forfeits:
        return
    page.heading(_("What you would lose by closing now"))
    page.line(_("Amounts in bots, on their way and in wallets may overlap, so do not add these up."), "dim", 2)
    columns: list[tuple[Text, bool]] = [(_("Where"), False), (_("USD"), True), (_("Assets"), False)]
    page.table(columns, [_forfeit_row(lines) for lines in by_area(plan.forfeits)])


def _forfeit_row(lines: tuple[Forfeit, ...]) -> tuple[Text, Text, Text]:
    known = [line.value_usd for line in lines if line.value_usd is not None]
    value = plan_words.dollars(total(known)) if known else "?"
    named = [_asset_text(line) for line in lines[:MAX_ASSETS]]
    more = len(lines) - MAX_ASSETS
    rest = [_("and {count} more").format(count=more)] if more > 0 else []
    unpriced = _(", ").join(line.asset for line in lines if line.value_usd is None and line.amount)
    without = [_("without a price: {assets}").format(assets=unpriced)] if unpriced else []
    unstated = _(", ").join(line.asset for line in lines if line.unstated)
    without += [_("more of {assets}, amount not given by the exchange").format(assets=unstated)] if unstated else []
    return words.area_title(lines[0].area), value, _(", ").join([*named, *rest, *without])


def _asset_text(line: Forfeit) -> str:
    return f"{plain(line.amount) if line.amount or not line.unstated else '?'} {line.asset}"
