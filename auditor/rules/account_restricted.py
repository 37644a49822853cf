"""The exchange restricts the account.

Finds: restrictions that the exchange states, and refusals with an error code that means one: blocked, frozen, under
risk control, an identity check missing.
Why it blocks: a restricted account cannot move its assets out. OKX documents the codes; what each means for closing is
not documented.
What to do: do what the exchange asks for, or write to its support and name the code.
Source: OKX API documentation, error codes (2026-06, read in a copy).
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import Message, _
from auditor.model.records import Area, Restriction
from auditor.model.report import Finding, Severity
from auditor.model.snapshot import Reading, Trouble, Unread
from auditor.rules import Rule


def _check(view: AccountView) -> Iterator[Finding]:
    codes: set[tuple[str | None, str | None]] = set()
    for reading, record in view.records_of(Restriction):
        codes.add((record.owner, record.code))
        message = _("The exchange restricts your account: {message} (code {code}).")
        message = message.format(message=record.message, code=record.code)
        yield view.finding(RULE.id, reading, record, message=message, remedy=_remedy())
    for reading, unread in view.unread():
        if unread.trouble is Trouble.RESTRICTED and (reading.owner, unread.code) not in codes:
            yield _refused(view, reading, unread)


def _refused(view: AccountView, reading: Reading, unread: Unread) -> Finding:
    text = _("The exchange restricts your account (seen at {place}): {reason} (code {code}).")
    return view.remark(
        RULE.id,
        Area.STATUS,
        unread.code or "restricted",
        owner=reading.owner,
        severity=Severity.BLOCKER,
        message=text.format(place=_(reading.title), reason=unread.reason, code=unread.code or _("not given")),
        remedy=_remedy(),
        evidence={
            "surface": reading.surface,
            "endpoint": reading.endpoint,
            "code": unread.code,
            "reason": unread.reason,
        },
    )


def _remedy() -> Message:
    return _(
        "Look for a notice in the app (identity check, risk review). If there is none, contact support and name the "
        "code."
    )


RULE = Rule(id="account-restricted", title="The account is restricted", severity=Severity.BLOCKER, check=_check)
