"""Items of the plan that the owner marks as done, or no longer as done, from the command line."""

import getpass
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

from auditor.cli.runtime import archive_notes, done_file
from auditor.cli.runtime.done_file import DoneNote
from auditor.formats import Sink
from auditor.i18n import Message, Text, _
from auditor.model.report import Report
from auditor.plan import AnyPreference, Plan, Preference, make_plan
from auditor.plan.done import NumberedItem, find_items

Say = Callable[[Text], None]


class PlanRenderer(Protocol):
    """Something that renders the plan of a report, given the days on which items were marked."""

    def __call__(self, report: Report, sink: Sink, *, done: Mapping[str, date]) -> str:
        """Return the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What to mark as done, and no longer as done: numbers of items as the plan shows them.

    ``keep``: whether the notes are read from and written to the user's file, which a demo has no part in.
    """

    done: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    preference: AnyPreference = Preference.WITHDRAW
    keep: bool = True

    def show(self, render: PlanRenderer, say: Say, report: Report, sink: Sink) -> str:
        """Note what is marked, tell it, and return the plan with its marks. Raises UserError."""
        path = done_file.default_path() if self.keep else None
        notes = () if path is None else done_file.load(path)
        plan = make_plan(report, self.preference)
        marked, unmarked = find_items(plan, self.done), find_items(plan, self.undone)
        new = [note for _number, item in marked for note in _notes(item.keys, report, item.account)]
        dropped = {key for _number, item in (*marked, *unmarked) for key in item.keys}
        notes = (*(note for note in notes if note.key not in dropped), *new)
        if path is not None and (marked or unmarked):
            done_file.save(path, notes)
        _list_items(say, plan, marked, _("Marked as done: {number} {text}"))
        _list_items(say, plan, unmarked, _("No longer marked as done: {number} {text}"))
        sealed = archive_notes.days(report) if self.keep else {}
        return render(report, sink, done={**done_file.days(notes, report), **sealed})


def _list_items(say: Say, plan: Plan, items: Iterable[NumberedItem], text: Message) -> None:
    for number, item in items:
        say(text.format(number=number, text=plan.text(item)))


def _notes(keys: Sequence[str], report: Report, account: str | None) -> list[DoneNote]:
    """Return the notes of one item; ``account``: its name, None for what concerns all of an exchange."""
    today = datetime.now(UTC).date()
    snapshots = {each.snapshot.name: each.snapshot for each in report.accounts}
    snapshot = None if account is None else snapshots.get(account)
    return [
        DoneNote(
            key=key,
            exchange=key.split("/")[1] if snapshot is None else snapshot.exchange,
            uid="" if snapshot is None else snapshot.uid or "",
            by=_user(),
            on=today,
            until=today + done_file.VALID,
        )
        for key in keys
    ]


def _user() -> str:
    """Return the name of the user on this computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"
