"""Top and bottom of the report: accounts, verdict, counts and the next step."""

from collections.abc import Iterator

from auditor.formats.terminal import coverage
from auditor.formats.terminal.canvas import TerminalPage
from auditor.formats.terminal.labels import (
    VERDICT_MARKS,
    account_line,
    exchange_name,
    manual_count,
    moment,
    severity_count,
    verdict_word,
)
from auditor.i18n import EMPTY, Message, _, joined, labelled, sentences
from auditor.model.report import AccountReport, Report, Severity, Verdict
from auditor.model.snapshot import AccountSnapshot, Environment, Read, Reading, Standing, Unread
from auditor.settings.exchange_facts import config_if_written

# Lines visible at once.
SCREEN = 24
# A synchronised clock is right to a few seconds.
CLOCK_SECONDS = 60


def show_head(page: TerminalPage, report: Report) -> None:
    """Show the accounts, the verdict and its meaning, and the counts."""
    page.line(_("Account closure audit, {time}").format(time=moment(report.generated_at)), "bold")
    _show_accounts(page, report)
    page.blank()
    _show_verdict(page, report)
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
        _show_verdict(page, report)
        _show_accounts(page, report)
        page.line(counts(report))
    page.line(next_step(report))


def counts(report: Report) -> Message:
    """Return the counts of findings, surfaces and checks in one line."""
    return joined("  ", (joined(" ", pair) for pair in count_pairs(report)))


def count_pairs(report: Report) -> tuple[tuple[Message, int], ...]:
    """Return the counts of findings, surfaces and checks, each with its name."""
    readings = [reading for account in report.accounts for reading in account.snapshot.readings]
    return (
        (_("blockers"), severity_count(report, Severity.BLOCKER)),
        (_("warnings"), severity_count(report, Severity.WARNING)),
        (_("notes"), severity_count(report, Severity.INFO)),
        (_("read"), sum(isinstance(reading.result, Read) for reading in readings)),
        (_("not read"), sum(isinstance(reading.result, Unread) for reading in readings)),
        (_("by eye"), manual_count(report)),
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
    """Show why the key was refused, and how to create one that is accepted."""
    if account.refused is None:
        return
    page.item("bad", labelled(account.name, account.refused), indent=2)
    facts = config_if_written(account.exchange)
    if facts is not None:
        key = facts.key
        words = _("A key that can only read: {page} ({path}). Tick {tick}; leave {leave}. {advice}")
        path, *boxes = _(key.path), *(_(", ").join(map(_, rights)) for rights in (key.tick, key.leave))
        page.line(words.format(page=key.page, path=path, tick=boxes[0], leave=boxes[1], advice=_(key.advice)), indent=5)


def _show_environment(page: TerminalPage, account: AccountReport) -> None:
    for warning in (*source_warnings(account.snapshot), clock_warning(account.snapshot)):
        if warning:
            page.line(warning, "bold yellow")


def warnings(account: AccountSnapshot) -> Iterator[Message]:
    """Yield the warnings to show first: environment, other certificates, refused key, wrong clock."""
    candidates = (*source_warnings(account), account.refused, clock_warning(account))
    yield from (warning for warning in candidates if warning)


def clock_warning(account: AccountSnapshot) -> Message:
    """Return a warning if the clock differs from the exchange's by a minute or more."""
    seconds = round(account.clock_skew or 0)
    if abs(seconds) < CLOCK_SECONDS:
        return EMPTY
    text = (
        _("This computer's clock is {seconds} s behind that of {exchange}. Set it right: dates may be shown wrong.")
        if seconds > 0
        else _(
            "This computer's clock is {seconds} s ahead of that of {exchange}. Set it right: dates may be shown wrong."
        )
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
        text = _("OTHER CERTIFICATES: which hosts are believed is said by {places}, not by this computer's own list.")
        yield text.format(places=account.certificates)


def _show_verdict(page: TerminalPage, report: Report) -> None:
    style = {"bad": "bold red", "doubt": "bold magenta", "good": "bold green"}
    mark = VERDICT_MARKS[report.verdict]
    words = page.mark(mark).append("  ").append_text(page.text(headline(report), style.get(mark, "bold")))
    page.show(words)


def headline(report: Report) -> Message:
    """Return the verdict in one sentence."""
    sentence = {
        Verdict.BLOCKED: _("{word}: not ready to be closed."),
        Verdict.REFUSED: _("{word}: the key was not accepted, and nothing was audited with it."),
        Verdict.INCOMPLETE: _("{word}: nothing was found that blocks, but not every place could be read."),
        Verdict.CLEAN: _("{word} as far as the API shows, {count} things to confirm by eye."),
    }[report.verdict]
    return sentence.format(word=verdict_word(report.verdict), count=manual_count(report))


def meaning(report: Report) -> Message:
    """Return what the verdict means."""
    match report.verdict:
        case Verdict.BLOCKED if _unread(report):
            return _("What is listed below must be cleared first. More may be hidden in the places not read.")
        case Verdict.BLOCKED:
            return _("What is listed below must be cleared first.")
        case Verdict.REFUSED:
            return _("This audit works only with keys that can do nothing but read.")
        case Verdict.INCOMPLETE:
            return _("Do not take it for empty: something may be left where the audit could not look.")
        case Verdict.CLEAN:
            return _("Every place that the exchange documents was read, and nothing is left there.")


def confirmation(report: Report) -> Message:
    """Return when clean accounts were confirmed, and within what time; empty if none was."""
    if report.confirmed_at is None:
        return EMPTY
    sentence = (
        _("Confirmed at {time} by a second reading.")
        if report.verdict is Verdict.CLEAN
        else _("What is clean was confirmed at {time} by a second reading.")
    )
    limit = _("All of it was read within {seconds} s.").format(seconds=f"{report.window:g}") if report.window else ""
    return sentences(sentence.format(time=moment(report.confirmed_at)), limit)


def next_step(report: Report) -> Message:
    """Return the next step."""
    return {
        Verdict.BLOCKED: _("Next: clear what is listed above, from the top down, then run the audit again."),
        Verdict.REFUSED: _("Next: create a key with the read right only, then run the audit again with it."),
        Verdict.INCOMPLETE: _after_incomplete(report),
        Verdict.CLEAN: _("Next: confirm the checklist by eye, then close the account in the exchange's own app."),
    }[report.verdict]


def _after_incomplete(report: Report) -> Message:
    """Return the next step after INCOMPLETE: repair what can be, check the rest by hand.

    Some exchanges can never be read completely.
    """
    no_method = [coverage.has_no_method(reading) for reading in _unread(report)]
    mend = _("Next: mend what kept places from being read, then run the audit again.")
    look = _(
        "What has no method can only be looked at by hand, place by place: at this exchange no audit of this program "
        "is ever complete."
    )
    return sentences("" if no_method and all(no_method) else mend, look if any(no_method) else "")


def _unread(report: Report) -> list[Reading]:
    readings = [reading for account in report.accounts for reading in account.unread]
    return [reading for reading in readings if reading.standing is Standing.DOCUMENTED]
