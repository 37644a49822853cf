"""A sub-account is not empty.

Finds: anything that a main account's key sees in a sub-account.
Why it blocks: OKX lets a sub-account be deleted only when its funds were moved to the main account. Whether
sub-accounts must be deleted before the main account is closed is not documented; what is in them belongs to it.
What to do: end what is running there, repay what is owed, move everything to the main account and clear it from there.
Source: OKX API documentation, error code 59606 (2026-06, read in a copy).
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import Message, _, labelled, phrase
from auditor.model.records import Area, Balance, Bot, Debt, Earning, Flow, Record
from auditor.model.report import Finding, Severity
from auditor.model.snapshot import Reading, records
from auditor.rules import ALL_OTHER_RULES, Rule
from auditor.rules._wording import (
    amount_text,
    balance_sentence,
    bot_sentence,
    earning_sentence,
    flow_sentence,
    place_name,
)

ELSEWHERE = frozenset({Area.SUBACCOUNTS, Area.STATUS})


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in records(view.account):
        if record.holds and record.owner is not None and record.AREA not in ELSEWHERE:
            remedy = _("In {owner}: close everything and transfer it all to the main account.")
            yield view.finding(
                RULE.id,
                reading,
                record,
                message=_message(reading, record),
                remedy=remedy.format(owner=record.owner),
            )


def _message(reading: Reading, record: Record) -> Message:
    if isinstance(record, Balance):
        return balance_sentence(reading, record)
    where = place_name(reading, record)
    if isinstance(record, Debt):
        owed = amount_text(record.amount, record.asset)
        return _("{place}: you owe {figure}, {kind}.").format(place=where, figure=owed, kind=phrase(record.kind))
    if isinstance(record, Bot | Earning | Flow):
        return labelled(where, _sentence(record))
    return _("{place} shows {subject}.").format(place=where, subject=record.subject)


def _sentence(record: Bot | Earning | Flow) -> Message:
    if isinstance(record, Flow):
        return flow_sentence(record)
    return earning_sentence(record) if isinstance(record, Earning) else bot_sentence(record)


RULE = Rule(
    id="sub-account-not-empty",
    title="A sub-account is not empty",
    severity=Severity.BLOCKER,
    refines=ALL_OTHER_RULES,
    check=_check,
)
