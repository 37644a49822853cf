"""A balance that no market trades now.

Finds: balances of assets for which the exchange has no live market, for this account, at all.
Why it blocks: it is a remaining balance like any other, and it cannot be sold.
What to do: take the way out that the dust list names: convert, withdraw, wait for a market or a network that is closed
now, or ask the exchange's support.
Source: OKX API documentation, Get instruments (2026-06, read in a copy); OKX Help Center, How do I close my account
(2026, read in a copy).
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.assessment.dust import classify_dust
from auditor.i18n import _
from auditor.model.report import DustKind, Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import balance_sentence


def _check(view: AccountView) -> Iterator[Finding]:
    for dust in classify_dust(view):
        if dust.line.kind is DustKind.NO_MARKET and dust.balance.tradable:
            text = _("{said} It cannot be traded here now.")
            message = text.format(said=balance_sentence(dust.reading, dust.balance))
            yield view.finding(RULE.id, dust.reading, dust.balance, message=message, remedy=dust.way_out)


RULE = Rule(
    id="no-market",
    title="A balance has no market",
    severity=Severity.BLOCKER,
    refines=frozenset({"balance-left"}),
    check=_check,
)
