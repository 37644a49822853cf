"""First screen: verdict, earliest date, sums, steps and what to type next, in one screen for any account."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from auditor.formats import Sink
from auditor.formats.plan_words import dollars
from auditor.formats.terminal import next_commands
from auditor.formats.terminal.account_lines import show_accounts, show_warnings
from auditor.formats.terminal.canvas import TerminalPage
from auditor.formats.terminal.gaps import show_gaps
from auditor.formats.terminal.labels import VERDICT_MARKS, short_account_line
from auditor.formats.terminal.refusal import key_advice, why_nothing
from auditor.formats.terminal.step_table import show_steps
from auditor.formats.terminal.summary import confirmation, meaning
from auditor.formats.terminal.verdicts import has_nothing_read, headline
from auditor.i18n import EMPTY, Message, _, day
from auditor.model.report import Report, Verdict
from auditor.plan import Plan, make_plan
from auditor.plan.totals import Sum, Totals, totals

# Lines of a small terminal, without the one of the prompt that follows.
SCREEN = 23
INDENT = 3
MOST_ACCOUNTS = 10
FEWEST_ACCOUNTS = 3
FEWEST_STEPS = 6
# Columns of a small terminal; a narrower one needs more lines.
USUAL = 80
STYLES = {"bad": "bold red", "doubt": "bold magenta", "good": "bold green"}


@dataclass(frozen=True, slots=True)
class Room:
    """Number of lines for the parts of the screen that can be folded; ``airy``: with empty lines between parts."""

    accounts: int
    steps: int
    warnings: int = 3
    airy: bool = True


@dataclass(frozen=True, slots=True)
class FirstScreen:
    """The first screen of a report for a sink."""

    report: Report
    sink: Sink

    def text(self) -> str:
        """Return the first screen: with all accounts and steps where they fit, else with fewer."""
        plan, figures = make_plan(self.report), totals(self.report)
        room = Room(accounts=min(len(self.report.accounts), MOST_ACCOUNTS), steps=len(plan.steps))
        page = self._page(plan, figures, room)
        for fold in FOLDS:
            if page.height > SCREEN:
                room = fold(room, page.height - SCREEN)
                page = self._page(plan, figures, room)
        return page.finish()

    def _page(self, plan: Plan, figures: Totals, room: Room) -> TerminalPage:
        page = TerminalPage(self.sink)
        self._show_head(page, room)
        page.blank()
        self._show_verdict(page, plan, figures)
        if self._has_plan():
            self._show_plan(page, plan, figures, room)
        else:
            _show_reason(page, self.report)
        for line in next_commands.lines(self.report, plan, page):
            page.line(line)
        return page

    def _show_plan(self, page: TerminalPage, plan: Plan, figures: Totals, room: Room) -> None:
        if plan.steps:
            page.blank()
            show_steps(page, plan, room.steps, next_commands.plan_command(self.report))
        if room.airy:
            page.blank()
        readings = [reading for account in self.report.accounts for reading in account.snapshot.readings]
        show_gaps(page, readings, figures.places)

    def _has_plan(self) -> bool:
        return not has_nothing_read(self.report.accounts) and self.report.verdict is not Verdict.REFUSED

    def _show_head(self, page: TerminalPage, room: Room) -> None:
        time = page.text(time_text(self.report.generated_at, page), "dim")
        if len(self.report.accounts) == 1:
            page.ends(page.text(short_account_line(self.report.accounts[0].snapshot), "bold"), time)
        else:
            count = _("{count} accounts").format(count=len(self.report.accounts))
            page.ends(page.text(count, "bold"), time)
            show_accounts(page, self.report, room.accounts)
        show_warnings(page, self.report, room.warnings)

    def _show_verdict(self, page: TerminalPage, plan: Plan, figures: Totals) -> None:
        mark = VERDICT_MARKS[self.report.verdict]
        words = page.mark(mark).append("  ")
        words.append_text(page.text(headline(self.report), STYLES.get(mark, "bold")))
        date = earliest(plan) if self._has_plan() else EMPTY
        if date:
            page.ends(words, page.text(date))
        else:
            page.show(words)
        if not self._has_plan():
            return
        show_sums(page, figures)
        if self.report.verdict is not Verdict.BLOCKED:
            page.clipped(meaning(self.report), indent=INDENT, lines=2)
        if self.report.verdict is Verdict.CLEAN and (again := confirmation(self.report)):
            page.clipped(again, "dim", INDENT)


def _without_gaps(room: Room, _excess: int) -> Room:
    return replace(room, airy=False)


def _with_fewer_steps(room: Room, excess: int) -> Room:
    return replace(room, steps=max(room.steps - excess, min(room.steps, FEWEST_STEPS)))


def _with_fewer_accounts(room: Room, excess: int) -> Room:
    return replace(room, accounts=max(room.accounts - excess, min(room.accounts, FEWEST_ACCOUNTS)))


def _with_least(room: Room, _excess: int) -> Room:
    return replace(room, steps=min(room.steps, 2), warnings=1)


# Ways to make room, the one that costs least first; each gets the number of lines that are too many.
FOLDS: tuple[Callable[[Room, int], Room], ...] = (_without_gaps, _with_fewer_steps, _with_fewer_accounts, _with_least)


def earliest(plan: Plan) -> Message:
    """Return the earliest date at which all can be over, and how many things have none; empty without waits."""
    dates = [wait.until for wait in plan.waits if wait.until is not None]
    undated = len(plan.waits) - len(dates)
    if not plan.waits:
        return EMPTY
    if not dates:
        return _("earliest date not known")
    date = day(max(dates))
    if not undated:
        return _("earliest {date}").format(date=date)
    return _("earliest {date} ({count} undated)").format(date=date, count=undated)


def show_sums(page: TerminalPage, figures: Totals) -> None:
    """Show what is still there, locked and owed in US dollars, in one line or with the first figure apart."""
    first, *others = sums(figures) or [EMPTY]
    together = _(", ").join([first, *others])
    fits = page.text(together).cell_len <= page.width - INDENT
    for line in (together,) if fits else (first, _(", ").join(others)):
        if line:
            page.clipped(line, indent=INDENT, lines=1 if page.width >= USUAL else 2)


def sums(figures: Totals) -> list[Message]:
    """Return what is still there, locked and owed, in US dollars; nothing of what there is none."""
    parts = (
        _amount(_("still there up to {value} USD"), _("still there: {value}"), figures.left),
        _amount(_("locked as collateral {value} USD"), _("locked as collateral: {value}"), figures.locked),
        _amount(_("you owe {value} USD"), _("you owe: {value}"), figures.owed),
    )
    return [part for part in parts if part]


def _amount(priced: Message, bare: Message, worth: Sum) -> Message:
    """Return a sum with the number of things that have no price; empty if there is nothing."""
    if not worth.count:
        return EMPTY
    without = _("{count} without a price").format(count=worth.unpriced)
    if not worth.priced:
        return bare.format(value=without)
    text = priced.format(value=dollars(worth.value_usd))
    return _("{sum} (+ {more})").format(sum=text, more=without) if worth.unpriced else text


def time_text(when: datetime, page: TerminalPage) -> str:
    """Return the time of a report, with the time zone of all times in it."""
    return page.translate.named_time(when)


def _show_reason(page: TerminalPage, report: Report) -> None:
    """Show why nothing was checked, and what to do."""
    for line in key_advice(report) or why_nothing(report):
        page.clipped(line, indent=INDENT, lines=3)
