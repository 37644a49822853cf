"""Messages that several rules share: places, amounts, and what ties a balance up."""

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from auditor.i18n import EMPTY, Message, Text, _, joined, moment, phrase
from auditor.model.amounts import plain
from auditor.model.records import Area, Balance, Bot, Earning, Flow, Held, Part, Record
from auditor.model.snapshot import Reading

# Figures that repeat the amount; they are shown only where there is no amount.
REPEATED_PARTS = frozenset({Part.AVAILABLE, Part.EQUITY})
TIED_PARTS = frozenset(
    {Part.FROZEN, Part.IN_ORDERS, Part.IN_BOTS, Part.IN_COPY_TRADING, Part.LENT, Part.PENDING, Part.REDEEMING}
)


def place_name(reading: Reading, record: Record) -> Message:
    """Return where a record was seen: the surface's title, and the sub-account if any."""
    if record.owner is None or record.owner in reading.title:
        return _(reading.title)
    return _("{place} of {owner}").format(place=_(reading.title), owner=record.owner)


def state_name(word: str) -> Message:
    """Return a state in words; an exchange's state ``live`` must not read as a real account."""
    return _("live (a state)") if word == "live" else _(word)


def amount_text(amount: Decimal | None, asset: str | None) -> Text:
    """Return an exact amount such as ``0.5 BTC``, or words if the exchange does not state it."""
    if amount is None:
        return _("an amount of {asset} that the exchange does not state").format(asset=asset or _("an asset"))
    return f"{plain(amount)} {asset}" if asset else plain(amount)


def part_name(part: str) -> Message:
    """Return the name of a part of a balance."""
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


def parts_text(held: Held) -> Message:
    """Return every part that is not zero: ``frozen 0.5, in trading bots 150``."""
    return _(", ").join(joined(" ", (part_name(part), plain(amount))) for part, amount in held.items() if amount)


def detail_text(held: Held) -> Message:
    """Return the figures that the amount does not include, in brackets; empty if none."""
    figures = parts_text({part: amount for part, amount in held.items() if part not in REPEATED_PARTS})
    return _(" ({said})").format(said=figures) if figures else EMPTY


def balance_sentence(reading: Reading, record: Balance) -> Message:
    """Return a sentence about a balance: where it is, its amount and its parts."""
    where = place_name(reading, record)
    if record.amount:
        return _("{place} holds {figure}{detail}.").format(
            place=where, figure=amount_text(record.amount, record.asset), detail=detail_text(record.held)
        )
    return _("{place} shows a balance of 0 {asset}, but other figures of that asset are not zero: {parts}.").format(
        place=where, asset=record.asset, parts=parts_text(record.held)
    )


def names_asset(market: str | None, asset: str) -> bool:
    """Return whether ``asset`` is a side of ``market`` (BTC-USDT, BTC/USDT:USDT, ...)."""
    return market is not None and asset in re.split(r"[-/:_]", market)


def uses_asset(record: Bot, asset: str) -> bool:
    """Return whether the record of a bot names ``asset``."""
    return asset in record.assets or record.asset == asset


def area_name(area: Area) -> Message:
    """Return the name of an area."""
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


def comma_list(words: Iterable[Text]) -> Message:
    """Join distinct words with commas, in the order of their first appearance."""
    return _(", ").join(dict.fromkeys(words))


def utc_text(when: datetime) -> Message:
    """Return a time to the minute, shown in the reader's time zone."""
    return moment(when)


def bot_sentence(reading: Reading, record: Bot) -> Message:
    """Return a sentence about a bot: its kind, its market and its amount."""
    words: list[Text] = [phrase(record.kind), *([record.market] if record.market else [])]
    if record.amount is not None:
        words.append(amount_text(record.amount, record.asset))
    return _("{place}: {words}.").format(place=place_name(reading, record), words=_(", ").join(words))


def earning_sentence(reading: Reading, record: Earning) -> Message:
    """Return a sentence about an earn product: its name and what it holds."""
    where = place_name(reading, record)
    title_has_product = record.product.casefold() in reading.title.casefold()
    return _("{place} holds {figure}{detail}.").format(
        place=where if title_has_product else _("{place}: {product}").format(place=where, product=_(record.product)),
        figure=amount_text(record.amount, record.asset),
        detail=detail_text(record.held),
    )


def flow_sentence(reading: Reading, record: Flow) -> Message:
    """Return a sentence about a movement: what, since when, its state and the reason."""
    since = EMPTY if record.started_at is None else _(" since {moment}").format(moment=utc_text(record.started_at))
    return _("{place}: {direction} of {figure}{since}, state {state}: {reason}.").format(
        place=place_name(reading, record),
        direction=phrase(record.direction),
        figure=amount_text(record.amount, record.asset),
        since=since,
        state=state_name(record.state),
        reason=_(record.reason.rstrip(".")),
    )
