"""Something is in an earn product.

Finds: savings, staking, dual investment, rewards and every other earn product that still holds something.
Why it blocks: OKX's closing screen asks to review the assets in Grow (Earn) beside those in trading and funding.
What to do: redeem it. Some products pay out only days later, or at the end of a term.
Source: OKX Help Center, How do I close my account (2024-04 and 2026, the latter read in a copy).
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import Message, _
from auditor.model.records import Earning
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import earning_sentence


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(Earning):
        if record.holds:
            message = earning_sentence(record, *_end(record))
            remedy = _("Redeem it, then empty the wallet that it comes back to.")
            yield view.finding(RULE.id, reading, record, message=message, remedy=remedy)


def _end(record: Earning) -> Iterator[Message]:
    if record.ready_at is not None:
        yield _("until {day}").format(day=record.ready_at)


RULE = Rule(id="earn-held", title="Something is in an earn product", severity=Severity.BLOCKER, check=_check)
