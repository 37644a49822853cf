"""The few figures on top of the page: counts, dates and sums."""

from collections.abc import Iterator

from auditor.formats.html.figures import about
from auditor.i18n import Message, Text, _, counted
from auditor.model.report import Report, Verdict
from auditor.model.snapshot import Read
from auditor.plan.totals import Sum, Totals


def counts(totals: Totals) -> tuple[Message, ...]:
    """Return the numbers of findings, of places and of manual points, each in words; zeros are left out."""
    unread, manual = _("{count} could not be checked"), _("{count} to check yourself in the app")
    lines = (
        (totals.blockers, _("{count} blocker"), _("{count} blockers")),
        (totals.warnings, _("{count} warning"), _("{count} warnings")),
        (totals.notes, _("{count} note"), _("{count} notes")),
        (totals.places.checked, _("{count} place checked"), _("{count} places checked")),
        (totals.places.unchecked, unread, unread),
        (totals.manual, manual, manual),
    )
    return tuple(counted(count, one, many) for count, one, many in lines if count)


def has_nothing_checked(report: Report) -> bool:
    """Return whether no account was looked at: its key was refused, or the exchange did not answer."""
    checked = [account for account in report.accounts if account.snapshot.refused is None]
    return not any(isinstance(reading.result, Read) for account in checked for reading in account.snapshot.readings)


def sums(totals: Totals) -> Iterator[tuple[Message, Text, Text]]:
    """Yield what is still there, locked and owed: name, value, and how many have no price; zeros are left out."""
    lines = (
        (_("Still there, at most"), totals.left),
        (_("Locked as collateral"), totals.locked),
        (_("You owe"), totals.owed),
    )
    yield from ((name, *_value(worth)) for name, worth in lines if worth.count)


def next_steps(report: Report) -> Message | None:
    """Return what to do with this page; None where the report's own next step says it."""
    return {
        Verdict.BLOCKED: _(
            "Next: work through the plan from its first step, tick what you have done, then check again."
        ),
        Verdict.CLEAN: _("Next: tick off what only you can check in the app, then close the account there."),
    }.get(report.verdict)


def _value(worth: Sum) -> tuple[Text, Text]:
    unpriced = _("{count} without a price").format(count=worth.unpriced) if worth.unpriced else ""
    return about(worth.value_usd) if worth.priced else "?", unpriced
