"""Something is in an earn product.

Finds: savings, staking, dual investment, rewards and every other earn product that still holds something.
Why it blocks: OKX's closing screen asks to review the assets in Grow (Earn) beside those in trading and funding.
What to do: redeem it. Some products pay out only days later, or at the end of a term.
Source: OKX Help Center, How do I close my account (2024-04 and 2026, the latter read in a copy).
"""

from collections.abc import Iterator
from math import ceil

from auditor.assessment.account_view import AccountView
from auditor.i18n import Message, _, sentences
from auditor.model.records import Earning
from auditor.model.reference_data import EarnTerms
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import earning_sentence

DAY = 86_400
"""Seconds."""


def _check(view: AccountView) -> Iterator[Finding]:
    terms = {(one.owner, one.subject): one for _reading, one in view.records_of(EarnTerms)}
    for reading, record in view.records_of(Earning):
        if record.holds:
            message = earning_sentence(record, *_end(record))
            remedy = _remedy(terms.get((record.owner, record.subject)))
            yield view.finding(RULE.id, reading, record, message=message, remedy=remedy)


def _remedy(terms: EarnTerms | None) -> Message:
    if terms is not None and terms.ending:
        return _(terms.ending)
    redeem = _("Redeem it, then empty the wallet that it comes back to.")
    days = 0 if terms is None else ceil(terms.seconds / DAY)
    if not days:
        return redeem
    takes = _("Redeeming takes about {count} days.").format(count=days) if days > 1 else _("Redeeming takes a day.")
    return sentences(redeem, takes)


def _end(record: Earning) -> Iterator[Message]:
    if record.ready_at is not None:
        yield _("until {day}").format(day=record.ready_at)


RULE = Rule(id="earn-held", title="Something is in an earn product", severity=Severity.BLOCKER, check=_check)
