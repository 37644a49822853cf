"""Coverage: every unread surface with its reason, and the number of all others."""

from collections import defaultdict
from collections.abc import Sequence

from auditor.formats.terminal.canvas import TerminalPage
from auditor.formats.terminal.gaps import unreadable_line
from auditor.i18n import EMPTY, Message, Translator, _, counted, joined
from auditor.model.report import AccountReport, Report
from auditor.model.snapshot import NotApplicable, Read, Reading, Standing, Trouble, Unread
from auditor.plan.totals import is_unreadable


def show_coverage(page: TerminalPage, report: Report) -> None:
    """Show which surfaces were read, do not apply, or were not read and why."""
    page.heading(_("What was checked"))
    several = len(report.accounts) > 1
    for account in report.accounts:
        if several:
            page.line(account.snapshot.name, "bold", 2)
        _show_account(page, account)


def _show_account(page: TerminalPage, account: AccountReport) -> None:
    readings = account.snapshot.readings
    read = sum(isinstance(reading.result, Read) for reading in readings)
    absent = sum(isinstance(reading.result, NotApplicable) for reading in readings)
    if read:
        text = counted(read, _("{count} place checked completely"), _("{count} places checked completely"))
        page.item("good", text, indent=2)
    if absent:
        page.item("note", _("not applicable to this account: {count}").format(count=absent), indent=2)
    if not readings:
        page.item("doubt", _("Nothing was checked: the exchange was not asked."), indent=2)
    unread = [reading for reading in account.unread if not is_unreadable(reading)]
    for reason, places in by_reason(unread).items():
        _show_unread(page, reason, places)
    if len(unread) < len(account.unread):
        page.item("todo", unreadable_line(account.unread, page.translate), indent=2)


def gaps(account: AccountReport) -> list[Reading]:
    """Return the documented places that could not be checked."""
    return [reading for reading in account.unread if reading.standing is Standing.DOCUMENTED]


def by_reason(unread: Sequence[Reading]) -> dict[Message, list[Reading]]:
    """Group unread surfaces by their reason."""
    groups: dict[Message, list[Reading]] = defaultdict(list)
    for reading in unread:
        groups[reason_of(reading)].append(reading)
    return groups


def reason_of(reading: Reading) -> Message:
    """Return the reason why a surface was not read; empty if it was."""
    if not isinstance(reading.result, Unread):
        return EMPTY
    code = _(" (code {code})").format(code=reading.result.code) if reading.result.code else ""
    right = _(" Missing right: {right}.").format(right=reading.result.right) if reading.result.right else ""
    return joined("", (reading.result.reason, code, right))


def _show_unread(page: TerminalPage, reason: Message, places: Sequence[Reading]) -> None:
    if all(map(has_no_method, places)):
        # The user has to check these one by one, so each gets its own line.
        one = _("{count} place to check yourself in the app")
        many = _("{count} places to check yourself in the app")
        page.item("doubt", counted(len(places), one, many), reason, indent=2)
        page.items([("todo", name_of(reading), "", "") for reading in places], indent=5)
        return
    names = names_of(places, page.translate)
    page.item("doubt", _("could not be checked: {names}").format(names=names), reason, indent=2)


def has_no_method(reading: Reading) -> bool:
    """Return whether no request exists for the surface, so that no audit can read it."""
    return isinstance(reading.result, Unread) and reading.result.trouble is Trouble.NO_METHOD


def names_of(places: Sequence[Reading], translate: Translator) -> str:
    """Join the names of surfaces, with semicolons if a name contains a comma itself."""
    names = [translate(name_of(reading)) for reading in places]
    comma = translate(_(", "))
    return (translate(_("; ")) if any(comma.strip() in name for name in names) else comma).join(names)


def name_of(reading: Reading) -> Message:
    """Return the name of a surface, with its sub-account and a note to check it in the app."""
    title = _(reading.title)
    if reading.owner is not None and reading.owner not in reading.title:
        title = _("{place} ({owner})").format(place=title, owner=reading.owner)
    if reading.standing is Standing.UNDOCUMENTED:
        return _("{title} [check in the app]").format(title=title)
    return title
