"""Sentences at the top and the bottom of every report: meaning, counts, warnings and the next step."""

from collections.abc import Iterator

from auditor.formats.terminal import coverage
from auditor.formats.terminal.canvas import TerminalPage
from auditor.formats.terminal.labels import VERDICT_MARKS, account_line, exchange_name, moment, verdict_word
from auditor.formats.terminal.refusal import new_key
from auditor.formats.terminal.verdicts import has_nothing_read, headline, unchecked_count
from auditor.i18n import EMPTY, Message, _, counted, labelled, sentences
from auditor.model.report import AccountReport, Report, Verdict
from auditor.model.snapshot import AccountSnapshot, Environment, Reading
from auditor.plan.totals import totals

__all__ = ["headline"]

# Lines visible at once.
SCREEN = 24
# A synchronised clock is right to a few seconds.
CLOCK_SECONDS = 60
STYLES = {"bad": "bold red", "doubt": "bold magenta", "good": "bold green"}
Count = tuple[int, Message, Message]
"""A number with its words for one and for several."""


def show_head(page: TerminalPage, report: Report) -> None:
    """Show the accounts, the verdict and its meaning, and the counts."""
    time = page.translate.named_time(report.generated_at)
    page.line(_("Account closure check, {time}").format(time=time), "bold")
    _show_accounts(page, report)
    page.blank()
    show_verdict(page, report)
    page.line(meaning(report))
    if again := confirmation(report):
        page.line(again)
    for account in report.accounts:
        _show_refusal(page, account.snapshot)
    page.blank()
    page.line(counts(report))


def show_foot(page: TerminalPage, report: Report) -> None:
    """Show the next step; after a long page also the verdict again, whose top is out of sight."""
    page.blank()
    if page.height > SCREEN:
        page.rule()
        show_verdict(page, report)
        _show_accounts(page, report)
        page.line(counts(report))
    page.line(next_step(report))
    if report.findings:
        page.line(_("What a rule means: {command}").format(command="audit explain RULE"), "dim")


def counts(report: Report) -> Message:
    """Return the counts of findings, places and checks in one line."""
    findings = _(", ").join(counted(*pair) for pair in _finding_counts(report))
    places = _(", ").join(counted(*pair) for pair in _place_counts(report) if pair[0])
    return sentences(_("{clause}.").format(clause=findings), _("{clause}.").format(clause=places) if places else "")


def _finding_counts(report: Report) -> tuple[Count, ...]:
    figures = totals(report)
    return (
        (figures.blockers, _("{count} blocker"), _("{count} blockers")),
        (figures.warnings, _("{count} warning"), _("{count} warnings")),
        (figures.notes, _("{count} note"), _("{count} notes")),
    )


def _place_counts(report: Report) -> tuple[Count, ...]:
    figures = totals(report)
    lost, closed = _("{count} could not be checked"), _("{count} cannot be read by any key")
    manual = _("{count} for you to check in the app")
    return (
        (figures.places.checked, _("{count} place checked"), _("{count} places checked")),
        (figures.places.unchecked, lost, lost),
        (figures.places.unreadable, closed, closed),
        (figures.manual, manual, manual),
    )


def _show_accounts(page: TerminalPage, report: Report) -> None:
    several = len(report.accounts) > 1
    for account in report.accounts:
        line = account_line(account.snapshot)
        if several:
            page.item(VERDICT_MARKS[account.verdict], line, end=verdict_word(account.verdict))
        else:
            page.line(line, "bold")
        _show_environment(page, account)


def _show_refusal(page: TerminalPage, account: AccountSnapshot) -> None:
    """Show why the key was rejected, and how to create one that is accepted."""
    if account.refused is None:
        return
    page.item("bad", labelled(account.name, account.refused), indent=2)
    for line in new_key(account.exchange):
        page.line(line, indent=5)


def _show_environment(page: TerminalPage, account: AccountReport) -> None:
    for warning in (*source_warnings(account.snapshot), clock_warning(account.snapshot)):
        if warning:
            page.line(warning, "bold yellow")


def warnings(account: AccountSnapshot) -> Iterator[Message]:
    """Yield the warnings to show first: environment, other certificates, rejected key, wrong clock."""
    candidates = (*source_warnings(account), account.refused, clock_warning(account))
    yield from (warning for warning in candidates if warning)


def clock_warning(account: AccountSnapshot) -> Message:
    """Return a warning if the clock differs from the exchange's by a minute or more."""
    seconds = round(account.clock_skew or 0)
    if abs(seconds) < CLOCK_SECONDS:
        return EMPTY
    text = (
        _("Your computer's clock is {seconds} s behind {exchange}'s. Set it: dates may be shown wrong.")
        if seconds > 0
        else _("Your computer's clock is {seconds} s ahead of {exchange}'s. Set it: dates may be shown wrong.")
    )
    return text.format(seconds=abs(seconds), exchange=exchange_name(account.exchange))


def environment_warning(environment: Environment) -> Message:
    """Return a warning if the answers did not come from the exchange itself."""
    return {
        Environment.LIVE: EMPTY,
        Environment.DEMO: _("DEMO: play money. This says nothing about a real account."),
        Environment.CUSTOM: _("CUSTOM HOST: these answers did not come from the exchange's own address."),
    }[environment]


def source_warnings(account: AccountSnapshot) -> Iterator[Message]:
    """Yield the warnings about where the answers came from: another host, other certificates than the computer's."""
    if account.environment is not Environment.LIVE:
        yield environment_warning(account.environment)
    if account.certificates:
        text = _("OTHER CERTIFICATES: {places} says which hosts to trust.")
        yield text.format(places=account.certificates)


def show_verdict(page: TerminalPage, report: Report) -> None:
    """Show the verdict with its mark."""
    mark = VERDICT_MARKS[report.verdict]
    words = page.mark(mark).append("  ").append_text(page.text(headline(report), STYLES.get(mark, "bold")))
    page.show(words)


def meaning(report: Report) -> Message:
    """Return what the verdict means."""
    match report.verdict:
        case Verdict.BLOCKED:
            more = _("The place that could not be checked may hold more.")
            many = _("The {count} places that could not be checked may hold more.")
            unchecked = unchecked_count(report.accounts)
            return sentences(_("Clear the items below first."), counted(unchecked, more, many) if unchecked else "")
        case Verdict.REFUSED:
            return _("This program works only with keys that can do nothing but read.")
        case Verdict.INCOMPLETE:
            return _("This does not mean the account is empty.")
        case Verdict.CLEAN:
            names = _(", ").join(dict.fromkeys(exchange_name(a.snapshot.exchange) for a in report.accounts))
            return _whole(report).format(exchange=names)


def _whole(report: Report) -> Message:
    """Return what was checked of clean accounts: a regional site may show less than its exchange documents."""
    if any(reading.told_in for account in report.accounts for reading in account.snapshot.readings):
        return _(
            "Everything {exchange} shows to a key was checked. Nothing is left there; it does not show everything."
        )
    return _("Everything {exchange} documents was checked. Nothing is left there.")


def confirmation(report: Report) -> Message:
    """Return when clean accounts were checked a second time, and within what time; empty if none was."""
    if report.confirmed_at is None:
        return EMPTY
    sentence = (
        _("Checked twice, last at {time}{window}.")
        if report.verdict is Verdict.CLEAN
        else _("The accounts that are ready were checked twice, last at {time}{window}.")
    )
    within = _(", all within {seconds} s").format(seconds=f"{report.window:g}") if report.window else EMPTY
    return sentence.format(time=moment(report.confirmed_at), window=within)


def next_step(report: Report) -> Message:
    """Return the next step."""
    if has_nothing_read(report.accounts) and not _lacks_method(report):
        return _("Next: solve this and run it again.")
    return {
        Verdict.BLOCKED: _("Next: run `audit plan` for the steps in order, then check again."),
        Verdict.REFUSED: _("Next: create a read-only key and try again."),
        Verdict.INCOMPLETE: _after_incomplete(report),
        Verdict.CLEAN: _("Next: tick off the checklist in the app, then close the account there."),
    }[report.verdict]


def _after_incomplete(report: Report) -> Message:
    """Return the next step after INCOMPLETE: solve what can be solved, check the rest in the app.

    Some exchanges can never be read completely.
    """
    no_method = [coverage.has_no_method(reading) for reading in _unread(report)]
    solve = _("Next: fix the problems above and run it again.")
    look = _("What no API shows, you can only check in the app: at this exchange no check is ever complete.")
    return sentences("" if no_method and all(no_method) else solve, look if any(no_method) else "")


def _lacks_method(report: Report) -> bool:
    return any(map(coverage.has_no_method, _unread(report)))


def _unread(report: Report) -> list[Reading]:
    return [reading for account in report.accounts for reading in coverage.gaps(account)]
