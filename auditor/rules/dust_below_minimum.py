"""A balance too small to be sold.

Finds: balances below the smallest amount, or the smallest value, that any live market of the asset accepts.
Why it blocks: it is a remaining balance like any other; no waiver for small amounts is published.
What to do: take the way out that the dust list names: move the asset's balances together, convert it as a small
balance, withdraw it, send it to another user, or ask the exchange's support.
Source: OKX API documentation, Get instruments and Get currencies (2026-06, read in a copy); OKX Help Center, How do I
close my account (2026, read in a copy): what can be neither withdrawn nor converted is for support to resolve.
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.assessment.dust import classify_dust
from auditor.i18n import Message, _, sentences
from auditor.model.amounts import plain
from auditor.model.report import DustKind, DustLine, Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import balance_sentence


def _check(view: AccountView) -> Iterator[Finding]:
    for dust in classify_dust(view):
        if dust.line.kind is DustKind.BELOW_MINIMUM:
            message = sentences(balance_sentence(dust.reading, dust.balance), _shortage(dust.line))
            yield view.finding(RULE.id, dust.reading, dust.balance, message=message, remedy=dust.way_out)


def _shortage(line: DustLine) -> Message:
    if line.shortfall is None:
        return _("That is too little to sell on any market.")
    return _("That is too little to sell: {market}, which asks for the least, needs {shortfall} {asset} more.").format(
        market=line.best_market, shortfall=plain(line.shortfall), asset=line.asset
    )


RULE = Rule(
    id="dust-below-minimum",
    title="A balance is too small to sell",
    severity=Severity.BLOCKER,
    refines=frozenset({"balance-left"}),
    check=_check,
)
