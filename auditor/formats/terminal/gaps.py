"""What could not be checked, and why: in one line, and product by product."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from auditor.formats.terminal.canvas import TerminalPage
from auditor.i18n import Message, Translator, _, counted, labelled, mark
from auditor.model.snapshot import Reading, Trouble, Unread
from auditor.plan.totals import Places, is_unreadable

# Reasons in a few words: the details have the exchange's own words.
REASONS: Mapping[Trouble, str] = {
    Trouble.NETWORK: mark("no connection"),
    Trouble.GATEWAY: mark("something else answered"),
    Trouble.CERTIFICATE: mark("no secure connection"),
    Trouble.LIMITED: mark("asked too often"),
    Trouble.MALFORMED: mark("answer not understood"),
    Trouble.PAGES: mark("the list did not end"),
    Trouble.PERMISSION: mark("the key lacks a right"),
    Trouble.CREDENTIALS: mark("the key was not accepted"),
    Trouble.RESTRICTED: mark("the account is restricted"),
    Trouble.REGION: mark("not open where you are"),
    Trouble.MAINTENANCE: mark("under maintenance"),
    Trouble.UNAVAILABLE: mark("switched off by the exchange"),
    Trouble.UNSEEN: mark("the sub-account needs its own key"),
    Trouble.UNNAMED: mark("you have to name it"),
    Trouble.UNSETTLED: mark("the account changed meanwhile"),
    Trouble.TIME: mark("the time ran out"),
    Trouble.SKIPPED: mark("not asked"),
    Trouble.NO_METHOD: mark("no API shows it"),
    Trouble.EXCHANGE: mark("refused by the exchange"),
}


def show_gaps(page: TerminalPage, readings: Sequence[Reading], figures: Places) -> None:
    """Show how many places were checked, which reasons kept others from it, and what no key can read."""
    page.clipped(checked_line(readings, figures), lines=2)
    if figures.unreadable:
        page.clipped(unreadable_line(readings, page.translate), lines=2)


def checked_line(readings: Iterable[Reading], figures: Places) -> Message:
    """Return how many places were checked, and how many could not be, by reason."""
    checked = counted(figures.checked, _("{count} place checked"), _("{count} places checked"))
    if not figures.unchecked:
        return _("{clause}.").format(clause=checked)
    text = _("{checked}, {count} could not be checked: {reasons}.")
    return text.format(checked=checked, count=figures.unchecked, reasons=reasons(readings))


def reasons(readings: Iterable[Reading]) -> Message:
    """Return why places could not be checked, with the number of each where there are several reasons."""
    counts = Counter(
        reading.result.trouble
        for reading in readings
        if isinstance(reading.result, Unread) and not is_unreadable(reading)
    )
    if len(counts) == 1:
        return _(REASONS[next(iter(counts))])
    parts = [_("{reason} ({count})").format(reason=_(REASONS[why]), count=count) for why, count in counts.most_common()]
    return _(", ").join(parts)


def unreadable_line(readings: Iterable[Reading], translate: Translator) -> Message:
    """Return which products no key can read."""
    names = list(dict.fromkeys(translate(_(reading.title)) for reading in readings if is_unreadable(reading)))
    one = _("{count} product cannot be read by any key; check it in the app")
    many = _("{count} products cannot be read by any key; check them in the app")
    return _("{clause}.").format(clause=labelled(counted(len(names), one, many), _(", ").join(names)))
