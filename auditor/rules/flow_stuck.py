"""A deposit or withdrawal is stuck.

Finds: movements that will not go on by themselves: stopped by an address blacklist, a freeze, a sub-account's
interception, an identity limit.
Why it blocks: the money belongs to the account and cannot leave it until someone acts.
What to do: do what the reason asks for (finish the identity check, write to support).
Source: OKX API documentation, Get deposit history, states 11 to 14 (2026-06, read in a copy).
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import _, sentences
from auditor.model.records import Flow
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import flow_sentence


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(Flow):
        if record.stuck:
            message = sentences(flow_sentence(record), _("It stays there until you act."))
            remedy = _("Open it in the app's history and follow the instructions, or contact support with its number.")
            yield view.finding(RULE.id, reading, record, message=message, remedy=remedy)


RULE = Rule(
    id="flow-stuck",
    title="A deposit or withdrawal is stuck",
    severity=Severity.BLOCKER,
    refines=frozenset({"flow-under-way"}),
    check=_check,
)
