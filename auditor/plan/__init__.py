"""Plan for closing: ordered steps, waiting times, and what closing now would lose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from auditor.i18n import Message, _, labelled
from auditor.model.report import Report
from auditor.plan.dates import Wait, earliest_clean, last_dated, waits
from auditor.plan.forfeits import Forfeit, forfeits
from auditor.plan.grouping import Titles
from auditor.plan.items import Item
from auditor.plan.preference import AnyPreference, Preference, Preferences, parse_preferences, preferences
from auditor.plan.sorting import FindingSorter
from auditor.plan.steps import Step, steps

__all__ = [
    "NOTHING_DONE",
    "AnyPreference",
    "Forfeit",
    "Item",
    "Plan",
    "Preference",
    "Preferences",
    "Step",
    "Wait",
    "earliest_clean",
    "make_plan",
    "parse_preferences",
]

NOTHING_DONE: Mapping[str, date] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Ordered steps, what has to be waited for, and what closing now would lose.

    ``earliest_clean`` is None if nothing has to be waited for, or if one of the waits has no date; ``accounts``: the
    names of the accounts that it is about.
    """

    steps: tuple[Step, ...]
    waits: tuple[Wait, ...]
    earliest_clean: datetime | None
    forfeits: tuple[Forfeit, ...]
    accounts: tuple[str, ...] = ()

    @property
    def last(self) -> Wait | None:
        """The wait with the latest date that is known; None if no date is."""
        return last_dated(self.waits)

    @property
    def earliest(self) -> datetime | None:
        """The latest date that is known: nothing can be over before it."""
        return None if self.last is None else self.last.until

    @property
    def undated(self) -> int:
        """The number of things to wait for that have no date."""
        return sum(wait.until is None for wait in self.waits)

    def text(self, item: Item) -> Message:
        """Return the text of an item, with its account if the plan is about several."""
        return self.named(item.account, item.text)

    def named(self, account: str | None, text: Message) -> Message:
        """Return ``text`` with the account in front if the plan is about several."""
        return labelled(account, text) if account is not None and len(self.accounts) > 1 else text


def make_plan(
    report: Report,
    preference: AnyPreference = Preference.WITHDRAW,
    done: Mapping[str, date] = NOTHING_DONE,
) -> Plan:
    """Return the plan for the findings of one check; what is done is missing in the next one.

    ``preference``: what to do with coins that can be withdrawn as well as sold; ``done``: days on which the owner said
    that something is done, by key of the item. It stays in the plan until a check confirms it.
    """
    titles = _titles(report)
    all_waits = waits(report.findings, titles)
    return Plan(
        steps=steps(report, FindingSorter(report, preferences(preference)), titles, done),
        waits=all_waits,
        earliest_clean=earliest_clean(all_waits),
        forfeits=forfeits(report.findings),
        accounts=tuple(account.snapshot.name for account in report.accounts),
    )


def _titles(report: Report) -> Titles:
    """Return the titles of the places of all accounts, by account and surface."""
    readings = (
        (account.snapshot.name, reading) for account in report.accounts for reading in account.snapshot.readings
    )
    return {(name, reading.surface): _(reading.title) for name, reading in readings}
