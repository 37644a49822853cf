"""Funds in bots that no bot shows.

Finds: funds that the exchange counts as being in trading bots, in an asset in which no bot that this audit saw trades;
and any funds in a Dip or Peak Sniper. Some bots (infinity grid, Dip and Peak Sniper, smart portfolio, arbitrage) have
no request through which a key could see them: they show only here.
Why it blocks: what is in a bot is still an asset of the account.
What to do: open the list of running bots in the app, stop each one, and choose to sell or to take back what it holds.
Source: OKX API documentation, Get balance, stgyEq and fixedBal (2026-06, read in a copy); OKX Help Center, How do I
close my account (2026, read in a copy).
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import Message, _, sentences
from auditor.model.records import Area, Balance, Bot, Part
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import balance_sentence, uses_asset


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(Balance):
        if record.held.get(Part.IN_SNIPER) or (record.held.get(Part.IN_BOTS) and not _explained(view, record)):
            yield view.finding(
                RULE.id,
                reading,
                record,
                message=sentences(balance_sentence(reading, record), _why(view)),
                remedy=_("Open the trading bots in the app, stop every bot, then look again."),
            )


def _explained(view: AccountView, record: Balance) -> bool:
    return any(
        bot.acts and bot.owner == record.owner and uses_asset(bot, record.asset) and not bot.copies
        for _reading, bot in view.records_of(Bot)
    )


def _why(view: AccountView) -> Message:
    if any(reading.area is Area.BOTS for reading, _unread in view.unread()):
        return _("No bot that could be read explains this.")
    return _("It is in a kind of bot that only the app shows.")


RULE = Rule(
    id="unexplained-bot-funds",
    title="Funds are in a bot that only the app shows",
    severity=Severity.BLOCKER,
    refines=frozenset({"frozen-balance"}),
    check=_check,
)
