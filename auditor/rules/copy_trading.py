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
from auditor.i18n import _
from auditor.model.records import Bot
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import bot_sentence, state_name


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(Bot):
        holding = bot_sentence(reading, record)
        if not record.holds:
            message = _("{said} That is a role, which holds nothing by itself.").format(said=holding)
            remedy = _("Give the role up if closing is refused because of it.")
            yield view.finding(RULE.id, reading, record, message=message, remedy=remedy, severity=Severity.WARNING)
        elif record.copies:
            message = _("{said} State: {state}.").format(said=holding, state=state_name(record.state))
            remedy = _("Close the positions, stop copying, and wait until profit is settled.")
            yield view.finding(RULE.id, reading, record, message=message, remedy=remedy)


RULE = Rule(
    id="copy-trading",
    title="Copy trading is going on",
    severity=Severity.BLOCKER,
    refines=frozenset({"recurring-buy"}),
    check=_check,
)
