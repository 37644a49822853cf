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
from auditor.i18n import _
from auditor.model.records import Bot
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import bot_sentence, state_name


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(Bot):
        if record.holds:
            text = _("{said} It is not finished (state {state}).")
            message = text.format(said=bot_sentence(reading, record), state=state_name(record.state))
            remedy = _("Stop it, and let it sell or return what it holds.")
            yield view.finding(RULE.id, reading, record, message=message, remedy=remedy)


RULE = Rule(id="bot-running", title="A bot is running", severity=Severity.BLOCKER, check=_check)
