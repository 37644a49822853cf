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
from auditor.i18n import Message, _, joined, phrase
from auditor.model.amounts import plain
from auditor.model.records import Position
from auditor.model.report import Finding, Severity
from auditor.model.snapshot import Reading
from auditor.rules import Rule
from auditor.rules._wording import detail_text, parts_text, place_name


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(Position):
        if record.amount:
            remedy = _("Close it.")
            yield view.finding(RULE.id, reading, record, message=_open(reading, record), remedy=remedy)
        elif record.holds:
            remedy = _("Take the margin out, and repay what is owed there.")
            yield view.finding(RULE.id, reading, record, message=_emptied(reading, record), remedy=remedy)


def _open(reading: Reading, record: Position) -> Message:
    words = joined(" ", filter(None, (phrase(record.kind), phrase(record.side or ""), plain(record.amount))))
    return _("{place}: a position in {market} is open ({words}){detail}.").format(
        place=place_name(reading, record), market=record.market, words=words, detail=detail_text(record.held)
    )


def _emptied(reading: Reading, record: Position) -> Message:
    return _("{place}: the position in {market} has size 0, but something is still in it: {parts}.").format(
        place=place_name(reading, record), market=record.market, parts=parts_text(record.held)
    )


RULE = Rule(id="open-position", title="A position is open", severity=Severity.BLOCKER, check=_check)
