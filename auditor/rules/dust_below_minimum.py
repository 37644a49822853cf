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
from auditor.assessment.money import is_money
from auditor.i18n import EMPTY, Message, _, sentences
from auditor.model.amounts import short, total
from auditor.model.report import DustKind, DustLine, Finding, Route, Severity
from auditor.rules import Rule
from auditor.rules._wording import balance_sentence


def _check(view: AccountView) -> Iterator[Finding]:
    for dust in classify_dust(view):
        if dust.line.kind is DustKind.BELOW_MINIMUM:
            message = sentences(balance_sentence(dust.reading, dust.balance), _shortage(dust.line))
            yield view.finding(RULE.id, dust.reading, dust.balance, message=message, remedy=dust.way_out)


def _shortage(line: DustLine) -> Message:
    """Return why it cannot be sold; for money, which is not sold but withdrawn, why it cannot be withdrawn."""
    if is_money(line.asset):
        return _not_withdrawable(line)
    if line.shortfall is None:
        return _("That is too little to sell.")
    return _("That is too little to sell ({market} needs {least} {asset}).").format(
        market=line.best_market, least=short(total((line.amount, line.shortfall))), asset=line.asset
    )


def _not_withdrawable(line: DustLine) -> Message:
    if line.route in {Route.WITHDRAW, Route.CONVERT}:
        return EMPTY
    if line.min_withdrawal is None:
        return _("That is very little.")
    text = _("That is too little to withdraw (at least {minimum} {asset}).")
    return text.format(minimum=short(line.min_withdrawal), asset=line.asset)


RULE = Rule(
    id="dust-below-minimum",
    title="A balance is too small to sell",
    severity=Severity.BLOCKER,
    refines=frozenset({"balance-left"}),
    check=_check,
)
