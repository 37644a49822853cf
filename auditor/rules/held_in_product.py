"""A balance is a share in a product, under a code of its own.

Finds: balances whose code stands for a coin in an earn or staking product, such as Binance's LDUSDT or Kraken's DOT.S.
Why it blocks: it is the user's money, and it is neither sold nor withdrawn under that code.
What to do: take the coin out of the product first; it is then an ordinary balance, which may need a step of its own.
Source: each exchange's API documentation; the table of asset codes in the exchange's folder names page and date.
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.assessment.dust import classify_dust
from auditor.i18n import EMPTY, Message, _
from auditor.model.records import Balance
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import balance_sentence


def _check(view: AccountView) -> Iterator[Finding]:
    ways_out = {dust.holding: dust.way_out for dust in classify_dust(view)}
    for reading, record in view.records_of(Balance):
        if record.holds and view.codes.must_be_redeemed(record.asset):
            way_out = ways_out.get((reading.surface, record.owner, record.subject))
            yield view.finding(
                RULE.id,
                reading,
                record,
                message=balance_sentence(reading, record),
                remedy=EMPTY if way_out is None else _afterwards(way_out),
            )


def _afterwards(way_out: Message) -> Message:
    return _("After that: {way_out}").format(way_out=way_out)


RULE = Rule(
    id="held-in-product",
    title="A balance is a share in a product",
    severity=Severity.BLOCKER,
    refines=frozenset({"balance-left", "dust-below-minimum", "lot-residue", "no-market", "non-tradable-asset"}),
    check=_check,
)
