"""A position is open, or margin was left behind where one was.

Finds: margin, perpetual, futures, option and event positions; and isolated rows of size 0 that still hold margin, debt
or interest.
Why it blocks: a position ties assets up. Whether it blocks closing by itself is not documented by OKX, which asks for
the assets in trading to be gone.
What to do: close the position; where only margin is left, take that margin out.
Source: OKX API documentation, Get positions (2026-06, read in a copy); OKX Help Center, How do I close my account
(2026, read in a copy).
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import Message, _
from auditor.model.amounts import short
from auditor.model.records import Position
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import clauses, detail_text, parts_text, state_name


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(Position):
        if record.amount:
            remedy = _("Close it.")
            yield view.finding(RULE.id, reading, record, message=_open(record), remedy=remedy)
        elif record.holds:
            remedy = _("Remove the margin and repay the debt.")
            yield view.finding(RULE.id, reading, record, message=_emptied(record), remedy=remedy)


def _open(record: Position) -> Message:
    facts = clauses((short(record.amount), state_name(record.side or ""), state_name(record.kind)))
    return _("Position {market}: {facts}{detail}.").format(
        market=record.market, facts=facts, detail=detail_text(record.held)
    )


def _emptied(record: Position) -> Message:
    return _("{market}: position closed, but something is still in it: {parts}.").format(
        market=record.market, parts=parts_text(record.held)
    )


RULE = Rule(id="open-position", title="A position is open", severity=Severity.BLOCKER, check=_check)
