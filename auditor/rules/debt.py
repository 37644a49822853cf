"""Something is owed.

Finds: loans, margin liabilities and interest, and balances below zero.
Why it blocks: what secures a debt cannot be withdrawn, so assets remain. Whether a debt blocks closing by itself is not
documented by OKX.
What to do: repay it in full, interest included; a little interest may have been added since.
Source: of the assets, OKX Help Center, How do I close my account (2026, read in a copy); of the debt itself: not
documented.
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import Message, _, phrase, sentences
from auditor.model.records import Balance, Debt, Part
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import amount_text, balance_sentence, detail_text

OWED = (Part.LIABILITY, Part.INTEREST)


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(Debt):
        if record.holds and not record.collateral:
            yield view.finding(RULE.id, reading, record, message=_message(record), remedy=_remedy())
    for reading, row in view.records_of(Balance):
        if row.amount < 0 or (not row.amount and any(row.held.get(part) for part in OWED)):
            message = sentences(balance_sentence(reading, row), _("You owe that."))
            yield view.finding(RULE.id, reading, row, message=message, remedy=_remedy())


def _message(record: Debt) -> Message:
    return _("You owe {figure}: {kind}{detail}.").format(
        figure=amount_text(record.amount, record.asset),
        kind=phrase(record.kind),
        detail=detail_text(record.held),
    )


def _remedy() -> Message:
    return _("Repay it including interest, then check again for late interest.")


RULE = Rule(
    id="debt",
    title="Something is owed",
    severity=Severity.BLOCKER,
    refines=frozenset({"balance-left", "unexplained-bot-funds"}),
    check=_check,
)
