"""Words that several rules share: places, amounts and what ties a balance up."""

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from auditor.i18n import EMPTY, Message, Text, _, joined, phrase
from auditor.model.amounts import plain
from auditor.model.records import Area, Balance, Bot, Earning, Flow, Held, Part, Record
from auditor.model.snapshot import Reading

# Figures that repeat the amount in other words; they count only where there is no amount.
REPEATS = frozenset({Part.AVAILABLE, Part.EQUITY})
TIED = frozenset(
    {Part.FROZEN, Part.IN_ORDERS, Part.IN_BOTS, Part.IN_COPY_TRADING, Part.LENT, Part.PENDING, Part.REDEEMING}
)


def place(reading: Reading, record: Record) -> Message:
    """Where it is: the surface's title, with the sub-account that it is in."""
    if record.owner is None or record.owner in reading.title:
        return _(reading.title)
    return _("{place} of {owner}").format(place=_(reading.title), owner=record.owner)


def state(word: str) -> Message:
    """Name a state by the table's word. ``live`` is an exchange's own, and something else here: a real account."""
    return _("live (a state)") if word == "live" else _(word)


def figure(amount: Decimal | None, asset: str | None) -> Text:
    """``0.5 BTC``, exact; words where the exchange does not say how much."""
    if amount is None:
        return _("an amount of {asset} that the exchange does not state").format(asset=asset or _("an asset"))
    return f"{plain(amount)} {asset}" if asset else plain(amount)


def part_name(part: str) -> Message:
    """Put a part of a balance into words."""
    names: dict[str, Message] = {
        Part.AVAILABLE: _("available"),
        Part.FROZEN: _("frozen"),
        Part.IN_ORDERS: _("in open orders"),
        Part.IN_BOTS: _("in trading bots"),
        Part.IN_SNIPER: _("in a Dip or Peak Sniper"),
        Part.IN_COPY_TRADING: _("in copy trading"),
        Part.LENT: _("lent out"),
        Part.EQUITY: _("equity"),
        Part.LIABILITY: _("owed"),
        Part.INTEREST: _("interest owed"),
        Part.PENDING: _("pending"),
        Part.REDEEMING: _("being redeemed"),
        Part.MARGIN: _("margin"),
        Part.OTHER: _("elsewhere"),
    }
    return names.get(part) or _(part.replace("_", " "))


def parts(held: Held) -> Message:
    """``frozen 0.5, in trading bots 150``: every figure that is not zero."""
    return _(", ").join(joined(" ", (part_name(part), plain(amount))) for part, amount in held.items() if amount)


def telling(held: Held) -> Message:
    """List the figures that say more than the amount does, in brackets after it; empty where there are none."""
    figures = parts({part: amount for part, amount in held.items() if part not in REPEATS})
    return _(" ({said})").format(said=figures) if figures else EMPTY


def balance(reading: Reading, record: Balance) -> Message:
    """Say what a balance is."""
    where = place(reading, record)
    if record.amount:
        return _("{place} holds {figure}{detail}.").format(
            place=where, figure=figure(record.amount, record.asset), detail=telling(record.held)
        )
    return _("{place} shows a balance of 0 {asset}, but other figures of that asset are not zero: {parts}.").format(
        place=where, asset=record.asset, parts=parts(record.held)
    )


def names_asset(market: str | None, asset: str) -> bool:
    """Whether ``asset`` is one side of ``market`` (BTC-USDT, BTC/USDT:USDT, ...)."""
    return market is not None and asset in re.split(r"[-/:_]", market)


def uses_asset(bot: Bot, asset: str) -> bool:
    """Whether a bot says that it trades in ``asset``."""
    return asset in bot.assets or bot.asset == asset


def area_name(area: Area) -> Message:
    """Put an area into words."""
    return {
        Area.BALANCES: _("balances"),
        Area.ORDERS: _("open orders"),
        Area.POSITIONS: _("positions"),
        Area.EARN: _("earn products"),
        Area.DEBTS: _("debts"),
        Area.FLOWS: _("deposits and withdrawals under way"),
        Area.BOTS: _("bots and copy trading"),
        Area.SUBACCOUNTS: _("sub-accounts"),
        Area.STATUS: _("account status"),
    }[area]


def listed(words: Iterable[Text]) -> Message:
    """Distinct words with commas, in the order of their first appearance."""
    return _(", ").join(dict.fromkeys(words))


def day(moment: datetime) -> Message:
    """Write a moment for a person, in UTC."""
    return _("{moment} UTC").format(moment=moment.strftime("%Y-%m-%d %H:%M"))


def bot(reading: Reading, record: Bot) -> Message:
    """Say what a bot is, with its market and what is in it."""
    words: list[Text] = [phrase(record.kind), *([record.market] if record.market else [])]
    if record.amount is not None:
        words.append(figure(record.amount, record.asset))
    return _("{place}: {words}.").format(place=place(reading, record), words=_(", ").join(words))


def earning(reading: Reading, record: Earning) -> Message:
    """Say what an earn product holds."""
    where = place(reading, record)
    named = record.product.casefold() in reading.title.casefold()
    return _("{place} holds {figure}{detail}.").format(
        place=where if named else _("{place}: {product}").format(place=where, product=_(record.product)),
        figure=figure(record.amount, record.asset),
        detail=telling(record.held),
    )


def flow(reading: Reading, record: Flow) -> Message:
    """Say what is on its way, since when, and why."""
    since = EMPTY if record.started_at is None else _(" since {moment}").format(moment=day(record.started_at))
    return _("{place}: {direction} of {figure}{since}, state {state}: {reason}.").format(
        place=place(reading, record),
        direction=phrase(record.direction),
        figure=figure(record.amount, record.asset),
        since=since,
        state=state(record.state),
        reason=_(record.reason.rstrip(".")),
    )
