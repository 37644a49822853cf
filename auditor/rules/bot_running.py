"""A trading bot is running.

Finds: bots that trade, start, stop or wait, and bots in a state that is not known to be the end.
Why it blocks: a bot keeps assets tied up and places new orders by itself, also after everything else was emptied.
Whether a bot blocks closing by itself is not documented by OKX.
What to do: stop it, choose to sell or take back what it holds, and wait until it has stopped.
Source: OKX API documentation, Grid, DCA and Signal trading (2026-06, read in a copy); OKX Help Center, How do I close
my account (2026, read in a copy).
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import Message, _
from auditor.model.records import Bot
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import bot_sentence


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(Bot):
        if record.holds:
            yield view.finding(
                RULE.id,
                reading,
                record,
                message=bot_sentence(record),
                remedy=_remedy(record),
                with_path=not record.ending,
            )


def _remedy(record: Bot) -> Message:
    if record.ending:
        return _(record.ending)
    if record.total:
        return _("Open it in the app and end every bot there.")
    return _("Stop it. Choose whether it sells or returns the coins.")


RULE = Rule(id="bot-running", title="A bot is running", severity=Severity.BLOCKER, check=_check)
