"""An asset that can only be withdrawn.

Finds: assets on the exchange's list of non-tradable assets that are still held.
Why it blocks: OKX's closing screen lists untradable assets beside the ordinary balances.
What to do: withdraw it, from the main account. OKX may ask that all of it is withdrawn at once, and takes the fee in
another asset (often USDT): keep enough of that until it is done.
Source: OKX Help Center, How do I close my account (2026, read in a copy); OKX API documentation, Get non-tradable
assets and error codes 58227 to 58229 (2026-06, read in a copy).
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.assessment.dust import classify_dust
from auditor.i18n import _, sentences
from auditor.model.records import Balance
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import balance_sentence


def _check(view: AccountView) -> Iterator[Finding]:
    ways_out = {dust.holding: dust.way_out for dust in classify_dust(view)}
    for reading, record in view.records_of(Balance):
        if record.holds and not record.tradable:
            text = _("{said} It can only be withdrawn.")
            remedy = _("Withdraw it in one go, and keep enough of the asset that pays the fee.")
            reason = ways_out.get((reading.surface, record.owner, record.subject))
            yield view.finding(
                RULE.id,
                reading,
                record,
                message=text.format(said=balance_sentence(reading, record)),
                remedy=sentences(remedy, reason or ""),
            )


RULE = Rule(
    id="non-tradable-asset",
    title="An asset can only be withdrawn",
    severity=Severity.BLOCKER,
    refines=frozenset({"balance-left", "dust-below-minimum", "lot-residue", "no-market"}),
    check=_check,
)
