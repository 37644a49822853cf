"""The command `audit history`: list, compare, delete and load earlier checks."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from auditor.cli.runtime.reader import Runtime
from auditor.formats.escape import amount, escape_invisible
from auditor.history.database import DamagedHistoryError
from auditor.history.database_url import beside, parse_location
from auditor.history.diff import Change, Transition, compare, known_holdings
from auditor.history.models import AccountResult, PassSummary
from auditor.history.serialization import Pass
from auditor.history.store import History
from auditor.i18n import Message, Text, Translator, _, counted, joined, mark, moment, sentences
from auditor.i18n.columns import padded
from auditor.model.errors import UserError
from auditor.model.report import Report

LAST = "last"
EMPTY = mark("No check is kept yet: run `audit` or `audit watch` first.")


def show(history: str | None, runtime: Runtime) -> int:
    """Print the passes, the newest first, and return the exit code. Raises UserError."""
    with _open(history) as stored:
        results = [(entry, result) for entry in stored.entries() for result in entry.results]
    _print([_line(entry, result, runtime.console) for entry, result in results] or [_(EMPTY)], runtime.console)
    return 0


def diff(history: str | None, before: str, after: str, runtime: Runtime) -> int:
    """Print the changes between two passes and return the exit code. Raises UserError."""
    with _open(history) as stored:
        one, other = (stored.load(_pass_id(stored, name)) for name in (before, after))
    lines = list(_differences(one, other, runtime.console))
    _print(lines or [_("No difference.")], runtime.console)
    return 0


def prune(history: str | None, older_than: timedelta, runtime: Runtime) -> int:
    """Drop old passes and return the exit code. Raises UserError."""
    with _open(history) as stored:
        dropped = stored.prune(datetime.now(UTC) - older_than)
    one = _("{count} check deleted. The last one of each account stays.")
    many = _("{count} checks deleted. The last one of each account stays.")
    _print([counted(dropped, one, many)], runtime.console)
    return 0


def is_check(name: str) -> bool:
    """Return whether a word means a check in the history: its number, or ``last``; any other is a file."""
    return name == LAST or (name.isascii() and name.isdigit())


def stored_report(name: str, history: str | None) -> Report:
    """Return the report of a check in the history. Raises UserError."""
    with _open(history) as stored:
        return stored.load(_pass_id(stored, name)).report


def _open(history: str | None) -> History:
    location = parse_location(history)
    if location.file is not None and not location.file.exists():
        raise UserError(
            _("There is no history at {file} yet: run `audit` or `audit watch` first.").format(file=location.file)
        )
    try:
        return History(location)
    except DamagedHistoryError as problem:
        others = [place.shown for place in beside(location) if place.file is not None and place.file.exists()]
        if not others:
            raise
        text = _("A watch went on with {file}.").format(file=others[-1])
        raise UserError(sentences(problem.message, text)) from None


def _pass_id(stored: History, name: str) -> int:
    if name == LAST and (last := stored.newest_id()):
        return last
    if name == LAST:
        raise UserError(_(EMPTY))
    if not (name.isascii() and name.isdigit()):
        raise UserError(_("{name!r} is not a check: give its number, or `last`.").format(name=name))
    return int(name[:18])


def _line(entry: PassSummary, result: AccountResult, translate: Translator) -> Message:
    account = (result.name, " (", result.exchange, ", ", _(result.environment.value), ", uid ", result.uid, "): ")
    counts = _("{blockers} to clear, {unread} not checked").format(blockers=result.blockers, unread=result.unread)
    when = translate(moment(entry.finished_at))
    verdict = padded(translate(_(result.verdict.value)), 10)
    return joined("", (f"{entry.id:>5}  {when}  {verdict}  ", *account, counts))


def _differences(one: Pass, other: Pass, translate: Translator) -> Iterator[Text]:
    earlier = {_identity(a.snapshot): a for a in one.report.accounts}
    for account in other.report.accounts:
        before = earlier.pop(_identity(account.snapshot), None)
        if before is None:
            yield _("{name}: only in the second check").format(name=account.snapshot.name)
            continue
        transitions = compare(known_holdings(one.report, before), account, other.report.findings)
        yield _("{name}: {before} -> {after}").format(
            name=account.snapshot.name, before=_(before.verdict.value), after=_(account.verdict.value)
        )
        yield from _changes(transitions, translate)
    yield from (_("{name}: only in the first check").format(name=a.snapshot.name) for a in earlier.values())


def _identity(snapshot: object) -> tuple[object, ...]:
    names = ("exchange", "environment", "uid")
    return tuple(getattr(snapshot, name) for name in names)


def _changes(transitions: Iterable[Transition], translate: Translator) -> Iterator[Text]:
    counted = Counter(transition.kind for transition in transitions)
    for transition in transitions:
        if transition.kind is not Change.STILL:
            seen = transition.seen
            where = "/".join(part for part in (seen.owner, seen.surface, seen.subject) if part)
            kind = padded(translate(_(transition.kind.value)), 9)
            yield f"  {kind} {where} ({seen.rule}) {_figures(transition)}".rstrip()
    if counted[Change.STILL]:
        yield _("  {count} unchanged").format(count=counted[Change.STILL])


def _figures(transition: Transition) -> str:
    now, asset = amount(transition.seen.amount) or "", transition.seen.asset or ""
    figures = f"{amount(transition.before)} -> {now}" if transition.kind is Change.CHANGED else now
    return f"{figures} {asset}".strip()


def _print(lines: Iterable[Text], translate: Translator) -> None:
    for line in lines:
        sys.stdout.write(escape_invisible(translate(line)) + "\n")
