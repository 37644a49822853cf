"""Calendar format (RFC 5545): the dates of redemptions, unlocks, settlements and the like, each with reminders."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from auditor.formats import Format, Sink, plan_words
from auditor.formats.escape import escape_invisible
from auditor.formats.report_integrity import edit_warning_of
from auditor.formats.terminal import labels as words
from auditor.formats.terminal import summary as head
from auditor.i18n import EMPTY, Message, Text, _, joined, sentences
from auditor.model.report import Finding, Report
from auditor.model.snapshot import AccountSnapshot, Environment
from auditor.plan import Plan, Step, Wait, make_plan
from auditor.plan.items import finding_key

PROGRAM = "exchange-closure-audit"
REMINDERS = (timedelta(days=-1), timedelta(0))
"""When a calendar reminds of a date, before it."""


def render(report: Report, sink: Sink) -> str:
    """Return a calendar with an event for each known date; events keep their ids from check to check."""
    return plan_calendar(make_plan(report), report, sink)


def plan_calendar(plan: Plan, report: Report, sink: Sink) -> str:
    """Return the dates of a plan as a calendar."""
    page = _Page(plan, {account.snapshot.name: account.snapshot for account in report.accounts}, sink)
    calendar = Calendar()
    calendar.add("prodid", f"-//{PROGRAM}//{report.tool.version}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", page.text(_("Closing my exchange account")))
    calendar.add(
        "x-wr-caldesc", page.text(sentences(edit_warning_of(report), head.headline(report), head.confirmation(report)))
    )
    for event in page.events(report.generated_at):
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written.decode("utf-8")


@dataclass(frozen=True)
class _Page:
    """The events of one plan, in the language of their reader."""

    plan: Plan
    accounts: dict[str, AccountSnapshot]
    sink: Sink

    def events(self, written_at: datetime) -> Iterator[Event]:
        """Yield an event for each date that is known."""
        steps = {id(finding): step for step in self.plan.steps for finding in step.findings}
        for wait in self.plan.waits:
            if wait.until is not None:
                yield self._event(wait, wait.until, steps.get(id(wait.finding)), written_at)

    def text(self, words_: Text) -> str:
        """Return a text that a calendar shows as it is."""
        return escape_invisible(self.sink.translate(words_))

    def _event(self, wait: Wait, until: datetime, step: Step | None, written_at: datetime) -> Event:
        event, summary = Event(), self.text(self._summary(wait))
        event.add("uid", self._uid(wait.finding))
        event.add("dtstamp", written_at.astimezone(UTC))
        event.add("dtstart", until.astimezone(UTC))
        event.add("duration", timedelta(minutes=15))
        event.add("summary", summary)
        event.add("description", self.text(self._description(wait.finding, step)))
        event.add("transp", "TRANSPARENT")
        for before in REMINDERS:
            event.add_component(_alarm(summary, before))
        return event

    def _summary(self, wait: Wait) -> Message:
        account = self.accounts.get(wait.finding.account)
        text = self.plan.named(wait.finding.account, wait.label)
        if account is None:
            return text
        is_real = account.environment is Environment.LIVE
        place = [words.exchange_name(account.exchange), *([] if is_real else [words.environment_word(account)])]
        return joined(": ", (joined(" ", place), text))

    def _description(self, finding: Finding, step: Step | None) -> Message:
        if step is None:
            return finding.remedy
        number = next((i for i in step.items if any(finding is other for other in i.findings)), None)
        where = (
            EMPTY
            if number is None
            else _("Item {number} of the plan.").format(number=plan_words.item_number(step, number))
        )
        again = _("Then check again: audit plan")
        return sentences(where, finding.remedy, again)

    def _uid(self, finding: Finding) -> str:
        """Return an id that is the same in every check and names no account."""
        account = self.accounts.get(finding.account)
        owner = () if account is None else (account.exchange, account.uid or "")
        digest = hashlib.sha256("\0".join((*owner, finding_key(finding))).encode()).hexdigest()
        return f"{digest[:32]}@{PROGRAM}"


def _alarm(summary: str, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", before)
    return alarm


FORMAT = Format(name="ics", suffix=".ics", render=render)
