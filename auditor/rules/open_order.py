"""An order is open.

Finds: open orders of every kind: ordinary, triggered, trailing, split over time, spread, requests for a quote.
Why it blocks: an open order keeps funds frozen or buys anew when it is filled. OKX asks to check what happens to one's
orders; whether an order blocks closing by itself is not documented.
What to do: cancel it.
Source: OKX Help Center, How do I close my account (2024-04 and 2026, the latter read in a copy).
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import EMPTY, Message, _, joined
from auditor.model.amounts import short
from auditor.model.records import Order
from auditor.model.report import Finding, Severity
from auditor.model.snapshot import Reading
from auditor.rules import Rule
from auditor.rules._wording import clauses, place_name, state_name

# Lists of ordinary orders, which need not be named.
PLAIN_LISTS = frozenset({"Open orders", "Spot orders"})


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(Order):
        remedy = _("Cancel it.")
        yield view.finding(RULE.id, reading, record, message=_message(reading, record), remedy=remedy)


def _message(reading: Reading, record: Order) -> Message:
    """Return a sentence such as ``BTC-USDT: buy 0.5 at 60000 (limit), partly filled``."""
    amount = "" if record.amount is None else short(record.amount)
    price = _("at {price}").format(price=short(record.price)) if record.price else ""
    size = joined(" ", filter(None, (state_name(record.side or ""), amount, price)))
    kind = state_name(record.kind)
    words = _("{order} ({kind})").format(order=size, kind=kind) if size else kind
    state = EMPTY if record.state == "open" else state_name(record.state)
    facts = clauses((words, state, *_place(reading, record)))
    return _("{market}: {facts}.").format(market=record.market or _("no market"), facts=facts)


def _place(reading: Reading, record: Order) -> Iterator[Message]:
    """Yield the list that shows the order, where its kind does not say it already."""
    if record.owner is not None or (reading.title not in PLAIN_LISTS and str(record.kind) not in reading.title):
        yield _("in: {place}").format(place=place_name(reading, record))


RULE = Rule(id="open-order", title="An order is open", severity=Severity.BLOCKER, check=_check)
