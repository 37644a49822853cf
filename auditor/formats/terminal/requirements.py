"""Conditions of the exchange for closing, and those that only the user can confirm."""

from collections.abc import Sequence

from auditor.formats.terminal.canvas import Mark, TerminalPage
from auditor.formats.terminal.labels import exchange_name
from auditor.i18n import Message, Text, _, labelled, sentences
from auditor.model.report import Report, Requirement, Status

MARKS: dict[Status, Mark] = {
    Status.MET: "good",
    Status.BLOCKED: "bad",
    Status.UNKNOWN: "doubt",
    Status.MANUAL: "todo",
    Status.ATTESTED: "good",
}


def show_requirements(page: TerminalPage, report: Report) -> None:
    """Show each exchange's conditions with their state, then the checklist."""
    for exchange in dict.fromkeys(requirement.exchange for requirement in report.requirements):
        lines = [requirement for requirement in report.requirements if requirement.exchange == exchange]
        proved = [line for line in lines if line.status is not Status.MANUAL]
        page.heading(_("What {exchange} requires").format(exchange=exchange_name(exchange)))
        page.items([_condition(line) for line in proved], indent=2)
        _show_checklist(page, exchange, [line for line in lines if line.status is Status.MANUAL])


def _show_checklist(page: TerminalPage, exchange: str, lines: Sequence[Requirement]) -> None:
    if not lines:
        return
    title = _("Check these yourself in the {exchange} app (no API shows them)")
    page.heading(title.format(exchange=exchange_name(exchange)))
    page.items([("todo", line.title, voucher(line), "") for line in lines], indent=2)


def _condition(line: Requirement) -> tuple[Mark, Text, Text, Text]:
    detail = _("{source} ({voucher})").format(source=line.source, voucher=voucher(line))
    if line.detail and line.status is Status.BLOCKED:
        detail = sentences(line.detail, detail)
    return MARKS[line.status], labelled(status_word(line.status), line.title), detail, ""


def status_word(status: Status) -> Message:
    """Return the status of a condition in words."""
    return {
        Status.MET: _("OK"),
        Status.BLOCKED: _("not yet"),
        Status.UNKNOWN: _("not checked"),
        Status.MANUAL: _("check in the app"),
        Status.ATTESTED: _("confirmed by you"),
    }[status]


def voucher(line: Requirement) -> Message:
    """Return whether a condition is in the exchange's own words, and its date: "source: OKX, 2026-06-28"."""
    if line.official:
        name = exchange_name(line.exchange)
        return _("source: {exchange}, {date}").format(exchange=name, date=line.as_of)
    return _("source: third parties, {date}").format(date=line.as_of)
