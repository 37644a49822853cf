"""A redemption is under way.

Finds: earn products that were redeemed and have not paid out yet, with the date that the exchange expects.
Why it blocks: until it is paid out it is an asset in Grow (Earn); after that it is a balance in a wallet.
What to do: wait for the date, then empty the wallet that it returns to.
Source: OKX API documentation, On-chain earn, ETH and SOL staking, Dual investment (2026-06, read in a copy); OKX Help
Center, How do I close my account (2026, read in a copy).
"""

from collections.abc import Iterator
from dataclasses import replace

from auditor.assessment.account_view import AccountView
from auditor.i18n import Message, _
from auditor.model.amounts import ZERO
from auditor.model.records import Earning, Part
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import earning_sentence


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(Earning):
        if record.holds and record.redeeming:
            message = earning_sentence(_without_state(record), *_facts(record))
            remedy = _("Wait for the payout, then empty the wallet that it comes back to.")
            yield view.finding(RULE.id, reading, record, message=message, remedy=remedy)


def _without_state(record: Earning) -> Earning:
    """Return ``record`` without what the sentence says anyway."""
    held = {part: figure for part, figure in record.held.items() if part != Part.REDEEMING or figure != record.amount}
    return replace(record, state="", held=held)


def _facts(record: Earning) -> Iterator[Message]:
    if record.held.get(Part.REDEEMING) in {None, ZERO, record.amount}:
        yield _("being redeemed")
    yield _when(record)


def _when(record: Earning) -> Message:
    if record.ready_at is None:
        return _("no date given")
    return _("expected {day}").format(day=record.ready_at)


RULE = Rule(
    id="redemption-under-way",
    title="A redemption is under way",
    severity=Severity.BLOCKER,
    refines=frozenset({"earn-held"}),
    check=_check,
)
