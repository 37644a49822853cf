"""Something is left in a wallet.

Finds: any balance whose amount, or any other figure that the exchange gives of it, is not zero.
Why it blocks: the exchange closes an account only when its assets are gone; a remaining balance is the one reason for a
refusal that OKX names.
What to do: withdraw it, or sell or convert it first. Finer rules say so where that is not possible.
Source: OKX Help Center, How do I close my account (2026, read in a copy). No waiver for small amounts is published.
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.assessment.dust import classify_dust
from auditor.assessment.money import is_money
from auditor.i18n import Message, _
from auditor.model.records import Balance
from auditor.model.report import DustKind, Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import balance_sentence


def _check(view: AccountView) -> Iterator[Finding]:
    unknown = {dust.holding for dust in classify_dust(view) if dust.line.kind is DustKind.UNKNOWN}
    for reading, record in view.records_of(Balance):
        if record.holds:
            known = (reading.surface, record.owner, record.subject) not in unknown
            yield view.finding(
                RULE.id,
                reading,
                record,
                message=_message(balance_sentence(reading, record), known=known),
                remedy=_remedy(view, record),
                path="withdraw" if record.amount and is_money(view.codes.coin(record.asset)) else "",
            )


def _message(holding: Message, *, known: bool) -> Message:
    if known:
        return holding
    return _("{said} It is not known whether that is enough to sell: a minimum or a price could not be read.").format(
        said=holding
    )


def _remedy(view: AccountView, record: Balance) -> Message:
    """Return what to do. Money is not sold: it is what the others are sold for."""
    if not record.amount:
        return _("Open this wallet in the app, find where these figures come from, and clear that first.")
    if is_money(view.codes.coin(record.asset)):
        return _("Withdraw it.")
    return _("Withdraw it. Or sell or convert it first.")


RULE = Rule(id="balance-left", title="A balance is left", severity=Severity.BLOCKER, check=_check)
