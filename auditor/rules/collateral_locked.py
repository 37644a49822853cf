"""Assets locked as security for a loan.

Finds: collateral that the exchange keeps for a loan. It lies outside the ordinary wallets.
Why it blocks: it is an asset of the account, and it is only given back once the loan is repaid.
What to do: repay the loan with its interest; then see that the collateral has come back to a wallet, and empty that.
Source: OKX API documentation, Flexible loan, collateralData (2026-06, read in a copy); OKX Help Center, How do I close
my account (2026, read in a copy).
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import _, phrase
from auditor.model.records import Debt
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import amount_text, detail_text


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(Debt):
        if record.holds and record.collateral:
            text = _("{figure} is locked as collateral: {kind}{detail}.")
            yield view.finding(
                RULE.id,
                reading,
                record,
                message=text.format(
                    figure=amount_text(record.amount, record.asset),
                    kind=phrase(record.kind),
                    detail=detail_text(record.held),
                ),
                remedy=_("Repay the loan in full; the collateral then returns to a wallet."),
            )


RULE = Rule(id="collateral-locked", title="Collateral is locked", severity=Severity.BLOCKER, check=_check)
