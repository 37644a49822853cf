"""An order is open.

Finds: open orders of every kind: ordinary, triggered, trailing, split over time, spread, requests for a quote.
Why it blocks: an open order keeps funds frozen or buys anew when it is filled. OKX asks to check what happens to one's
orders; whether an order blocks closing by itself is not documented.
What to do: cancel it.
Source: OKX Help Center, How do I close my account (2024-04 and 2026, the latter read in a copy).
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import Message, _, joined, phrase
from auditor.model.amounts import plain
from auditor.model.records import Order
from auditor.model.report import Finding, Severity
from auditor.model.snapshot import Reading
from auditor.rules import Rule
from auditor.rules._wording import place_name, state_name


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(Order):
        remedy = _("Cancel it.")
        yield view.finding(RULE.id, reading, record, message=_message(reading, record), remedy=remedy)


def _message(reading: Reading, record: Order) -> Message:
    amount = "" if record.amount is None else plain(record.amount)
    words = joined(" ", filter(None, (phrase(record.kind), phrase(record.side or ""), amount)))
    return _("{place}: an order in {market} is open ({words}; state {state}).").format(
        place=place_name(reading, record), market=record.market, words=words, state=state_name(record.state)
    )


RULE = Rule(id="open-order", title="An order is open", severity=Severity.BLOCKER, check=_check)
