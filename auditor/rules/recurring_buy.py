"""A plan will buy again by itself.

Finds: recurring-buy plans that are not ended, paused ones included.
Why it blocks: an emptied account does not stay empty; the next purchase brings a balance back.
What to do: end the plan (pausing is not enough), and sell or withdraw what it has bought.
Source: OKX API documentation, Recurring buy (2026-06, read in a copy); OKX Help Center, How do I close my account
(2026, read in a copy).
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import _, sentences
from auditor.model.records import Bot
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import bot_sentence


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(Bot):
        if record.holds and record.repeats:
            message = sentences(bot_sentence(record), _("It will keep buying until you stop it."))
            remedy = _("Stop the plan; a pause is not enough.")
            yield view.finding(RULE.id, reading, record, message=message, remedy=remedy)


RULE = Rule(
    id="recurring-buy",
    title="A plan will buy again",
    severity=Severity.BLOCKER,
    refines=frozenset({"bot-stopped-with-position"}),
    check=_check,
)
