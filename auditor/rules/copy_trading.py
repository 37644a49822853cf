"""Copy trading is going on.

Finds: positions copied or led, lead traders who are being copied, and profit shares not yet paid. The mere role of a
lead trader holds nothing and is a warning.
Why it blocks: copying keeps assets tied up and opens new positions by itself. Whether it blocks closing by itself, or
the lead trader's role does, is not documented by OKX.
What to do: close the copied positions, stop copying every lead trader, and wait until profit shares are settled.
Source: OKX API documentation, Copy trading (2026-06, read in a copy); OKX Help Center, How do I close my account (2026,
read in a copy).
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import _, phrase
from auditor.model.records import Bot
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import bot_sentence


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(Bot):
        if not record.holds:
            message = _("You are registered as a {role}.").format(role=phrase(record.kind))
            remedy = _("Usually harmless. Leave copy trading if the exchange refuses to close the account.")
            yield view.finding(RULE.id, reading, record, message=message, remedy=remedy, severity=Severity.WARNING)
        elif record.copies:
            remedy = _("Stop copying, close the positions and wait for the settlement.")
            yield view.finding(RULE.id, reading, record, message=bot_sentence(record), remedy=remedy)


RULE = Rule(
    id="copy-trading",
    title="Copy trading is going on",
    severity=Severity.BLOCKER,
    refines=frozenset({"recurring-buy"}),
    check=_check,
)
