"""A redemption is under way.

Finds: earn products that were redeemed and have not paid out yet, with the date that the exchange expects.
Why it blocks: until it is paid out it is an asset in Grow (Earn); after that it is a balance in a wallet.
What to do: wait for the date, then empty the wallet that it returns to.
Source: OKX API documentation, On-chain earn, ETH and SOL staking, Dual investment (2026-06, read in a copy); OKX Help
Center, How do I close my account (2026, read in a copy).
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import Message, _, sentences
from auditor.model.records import Earning
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import earning_sentence, utc_text


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(Earning):
        if record.holds and record.redeeming:
            message = sentences(earning_sentence(reading, record), _when(record))
            remedy = _("Wait until it is paid out, then empty the wallet that it returns to.")
            yield view.finding(RULE.id, reading, record, message=message, remedy=remedy)


def _when(record: Earning) -> Message:
    if record.ready_at is None:
        return _("It is being redeemed; the exchange gives no date.")
    return _("It is being redeemed; the exchange expects it on {moment}.").format(moment=utc_text(record.ready_at))


RULE = Rule(
    id="redemption-under-way",
    title="A redemption is under way",
    severity=Severity.BLOCKER,
    refines=frozenset({"earn-held"}),
    check=_check,
)
