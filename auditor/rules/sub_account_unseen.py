"""A part of another account that this key cannot see.

Finds: what a key cannot read because it lies in another account of the same person: a main account's key does not see a
sub-account's orders, positions, bots, earn products, loans or movements, and a sub-account's key sees no other account.
Why it matters: something may be held there. The verdict cannot be clean before it was read.
What to do: create a read-only key in that account and audit it in the same run.
Source: OKX API documentation, Sub-account (2026-06, read in a copy): no request reaches these from the main account.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import Message, _
from auditor.model.records import Area
from auditor.model.report import Finding, Severity
from auditor.model.snapshot import Reading, Trouble
from auditor.rules import Rule
from auditor.rules._wording import area_name, comma_list


def _check(view: AccountView) -> Iterator[Finding]:
    unseen: dict[str | None, list[Reading]] = defaultdict(list)
    for reading, unread in view.unread():
        if unread.trouble is Trouble.UNSEEN:
            unseen[reading.owner].append(reading)
    for owner, readings in unseen.items():
        yield view.remark(
            RULE.id,
            Area.SUBACCOUNTS,
            owner or "main account",
            owner=owner,
            severity=Severity.WARNING,
            message=_message(owner, readings),
            remedy=_remedy(owner),
            evidence={"surfaces": [reading.surface for reading in readings]},
        )


def _message(owner: str | None, readings: Iterable[Reading]) -> Message:
    if owner is None:
        return _("The main account was not checked: this key belongs to a sub-account.")
    areas = comma_list(area_name(reading.area) for reading in readings)
    text = _("Sub-account {owner} was only partly checked: it needs its own read-only key. Not checked: {areas}.")
    return text.format(owner=owner, areas=areas)


def _remedy(owner: str | None) -> Message:
    if owner is None:
        return _("Create a read-only key in the main account and check it in the same run.")
    return _("Create a read-only key in {owner} and check it in the same run.").format(owner=owner)


RULE = Rule(
    id="sub-account-unseen",
    title="Part of another account cannot be seen",
    severity=Severity.WARNING,
    check=_check,
)
