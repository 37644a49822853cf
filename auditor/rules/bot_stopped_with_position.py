"""A bot has stopped but kept its position.

Finds: bots that no longer trade and whose position was left open when they were stopped.
Why it blocks: the position is still there, in the bot and not among the ordinary positions.
What to do: close the position in the bot itself.
Source: OKX API documentation, Grid trading, state no_close_position (2026-06, read in a copy).
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
        if record.holds and record.stopped:
            message = sentences(bot_sentence(record), _("It still holds a position."))
            remedy = _("Close the position that it holds.")
            yield view.finding(RULE.id, reading, record, message=message, remedy=remedy)


RULE = Rule(
    id="bot-stopped-with-position",
    title="A stopped bot still holds a position",
    severity=Severity.BLOCKER,
    refines=frozenset({"bot-running"}),
    check=_check,
)
