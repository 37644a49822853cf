"""Messages that several rules share: places, amounts, and what ties a balance up."""

import re
from collections.abc import Iterable
from decimal import Decimal

from auditor.i18n import EMPTY, Message, Text, _, capital, joined, phrase
from auditor.model.amounts import plain
from auditor.model.records import Area, Balance, Bot, Earning, Flow, Held, Part, Record
from auditor.model.snapshot import Reading

# Figures that repeat the amount; they are shown only where there is no amount.
REPEATED_PARTS = frozenset({Part.AVAILABLE, Part.EQUITY})
# States of an earn product that say no more than that it is held.
PLAIN_STATES = frozenset({"", "held", "staked", "earning"})
TIED_PARTS = frozenset(
    {Part.FROZEN, Part.IN_ORDERS, Part.IN_BOTS, Part.IN_COPY_TRADING, Part.LENT, Part.PENDING, Part.REDEEMING}
)


def place_name(reading: Reading, record: Record) -> Message:
    """Return where a record was seen: the surface's title, and the sub-account if any."""
    if record.owner is None or record.owner in reading.title:
        return _(reading.title)
    return _("{place} of {owner}").format(place=_(reading.title), owner=record.owner)


def state_name(word: Text) -> Text:
    """Return a state in words: a table's own, or what an exchange without one says.

    Its state ``live`` must not read as a real account.
    """
    if word == "live":
        return _("live (a state)")
    return _(word) if isinstance(word, str) and word else word


def amount_text(amount: Decimal | None, asset: str | None) -> Text:
    """Return an exact amount such as ``0.5 BTC``, or words if the exchange does not state it."""
    if amount is None:
        return _("{asset} (amount not given by the exchange)").format(asset=asset or _("an asset"))
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
        Part.INTEREST: _("interest"),
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
    return _("{place}: the balance is 0 {asset}, but not all is gone: {parts}.").format(
        place=where, asset=record.asset, parts=parts_text(record.held)
    )


def market_sides(market: str) -> tuple[str, ...]:
    """Return the names in that of a market (BTC-USDT, BTC-USD-SWAP): base, quote, and more of a contract."""
    return tuple(re.split(r"[-/:_]", market))


def settlement(sides: tuple[str, ...]) -> str:
    """Return the coin that a contract settles in: its base where it is quoted in dollars, as ``BTC-USD-SWAP``."""
    return sides[0] if sides[1] == "USD" else sides[1]


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


def function_name(word: str) -> Message:
    """Return a right of a key, or a function that an exchange can freeze, in words."""
    return _(word.replace("_", " "))


def clauses(facts: Iterable[Text]) -> Text:
    """Join facts of one sentence with commas; empty ones are left out."""
    first, *others = [fact for fact in facts if fact] or [EMPTY]
    for other in others:
        first = _("{fact}, {more}").format(fact=first, more=other)
    return first


def bot_sentence(record: Bot) -> Message:
    """Return a sentence about a bot: its kind and market, its state, and its amount."""
    name = capital(joined(" ", filter(None, (phrase(record.kind), record.market))))
    amount = "" if record.amount is None else amount_text(record.amount, record.asset)
    if record.total:
        return _("{bot}: about {figure} (only the total can be read).").format(bot=name, figure=amount)
    if amount and record.acts and not (record.copies or record.repeats):
        amount = _("{figure} in it").format(figure=amount)
    facts = clauses((state_name(record.state), amount))
    return _("{bot}: {facts}.").format(bot=name, facts=facts) if facts else _("{bot}.").format(bot=name)


def earning_sentence(record: Earning, *facts: Text) -> Message:
    """Return a sentence about an earn product: what it holds, its name, its state and further facts."""
    state = EMPTY if record.state in PLAIN_STATES else state_name(record.state)
    text = _("{figure}{detail}") if record.product == record.asset else _("{figure} in {product}{detail}")
    holding = text.format(
        figure=amount_text(record.amount, record.asset), product=_(record.product), detail=detail_text(record.held)
    )
    return _("{facts}.").format(facts=clauses((holding, state, *facts)))


def flow_sentence(record: Flow) -> Message:
    """Return a sentence about a movement: what, of which day, and why it is not finished."""
    since = EMPTY if record.started_at is None else _(" ({day})").format(day=record.started_at)
    reason = _(record.reason.rstrip(".")) if record.known else _("unknown state '{state}'").format(state=record.state)
    return _("{direction} of {figure}{since}: {reason}.").format(
        direction=capital(phrase(record.direction)),
        figure=amount_text(record.amount, record.asset),
        since=since,
        reason=reason,
    )
