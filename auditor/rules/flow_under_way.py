"""A deposit, withdrawal or conversion is under way.

Finds: every movement whose state is not one of the few that the exchange documents as final. A state that nobody knows
counts as under way.
Why it blocks: what is on its way in will be a balance, and what is on its way out may come back. Whether a movement
under way blocks closing by itself is not documented by OKX.
What to do: wait for it; some withdrawals can still be cancelled.
Source: OKX API documentation, Get deposit history, Get withdrawal history (2026-06, read in a copy).
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import Message, _, sentences
from auditor.model.records import Flow
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import flow_sentence


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(Flow):
        message = sentences(flow_sentence(record), *_notes(record))
        remedy = _("Wait until it is finished, then check again.")
        yield view.finding(RULE.id, reading, record, message=message, remedy=remedy)


def _notes(record: Flow) -> Iterator[Message]:
    if not record.known:
        yield _("The exchange does not document this state, so it counts as not finished.")
    if record.ready_at is not None:
        yield _("The exchange expects it on {day}.").format(day=record.ready_at)


RULE = Rule(
    id="flow-under-way",
    title="A deposit or withdrawal is under way",
    severity=Severity.BLOCKER,
    check=_check,
)
