"""A balance that a sale would not clear.

Finds: balances that can be sold, but not to the last digit: markets sell in whole steps (the lot size), and what is
less than a step stays behind as new dust.
Why it blocks: the balance blocks by itself; the remainder would go on blocking after the sale.
What to do: before selling, see whether the whole balance can be withdrawn or converted instead.
Source: OKX API documentation, Get instruments, lotSz (2026-06, read in a copy); OKX Help Center, How do I close my
account (2026, read in a copy).
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.assessment.dust import classify_dust
from auditor.i18n import _
from auditor.model.amounts import plain
from auditor.model.report import DustKind, Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import balance_sentence


def _check(view: AccountView) -> Iterator[Finding]:
    for dust in classify_dust(view):
        if dust.line.kind is DustKind.LOT_RESIDUE:
            text = _("{said} Selling leaves {residue} {asset} that cannot be sold.")
            message = text.format(
                said=balance_sentence(dust.reading, dust.balance),
                residue=plain(dust.line.amount),
                asset=dust.line.asset,
            )
            yield view.finding(RULE.id, dust.reading, dust.balance, message=message, remedy=dust.way_out)


RULE = Rule(
    id="lot-residue",
    title="Selling a balance would leave dust",
    severity=Severity.BLOCKER,
    refines=frozenset({"balance-left"}),
    check=_check,
)
