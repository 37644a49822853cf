"""A balance that is tied up.

Finds: balances of which a part is frozen, in orders, in bots, in copy trading, lent out, pending or being redeemed; and
what was seen elsewhere that can tie up so much of that asset in that wallet.
Why it blocks: what is tied up can be neither sold nor withdrawn, and it remains a balance.
What to do: end what ties it up (cancel the order, stop the bot, repay the loan, wait for the withdrawal); it then
becomes available again. Where nothing seen explains it, the exchange's support can say.
Source: OKX API documentation, Get balance, frozenBal, ordFrozen, stgyEq (2026-06, read in a copy); OKX Help Center, How
do I close my account (2026, read in a copy).
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from auditor.assessment.account_view import AccountView
from auditor.i18n import Message, _, joined, phrase, sentences
from auditor.model.amounts import ZERO, product
from auditor.model.records import Balance, Bot, Debt, Flow, Order, Part, Position
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import TIED_PARTS, balance_sentence, comma_list, market_sides, settlement, uses_asset

MOST_CAUSES = 3
"""Causes that a sentence names; each has a finding of its own."""
# Movements that set aside what they will take, from any wallet or from those that can withdraw; others bring something.
TAKING = frozenset({"conversion", "easy convert"})
WITHDRAWING = frozenset({"withdrawal", "fiat withdrawal", "sale for fiat", "P2P order"})
PARTLY = "partly filled"
# Wallets that trade, and withdraw nothing.
TRADING_ONLY = frozenset({"trading", "cross-margin", "isolated-margin", "usd-m", "coin-m", "options"})


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(Balance):
        if any(record.held.get(part) for part in TIED_PARTS):
            causes = tuple(dict.fromkeys(_causes(view, record)))
            balance = balance_sentence(reading, record)
            cause = _locked_by(causes) if causes else _("Nothing that was seen explains what locks it.")
            remedy = _remedy(explained=bool(causes))
            yield view.finding(RULE.id, reading, record, message=sentences(balance, cause), remedy=remedy)


def _locked_by(causes: Sequence[Message]) -> Message:
    named = comma_list(causes[:MOST_CAUSES])
    if len(causes) <= MOST_CAUSES:
        return _("Probably locked by: {causes}.").format(causes=named)
    return _("Probably locked by: {causes}, and {count} more.").format(causes=named, count=len(causes) - MOST_CAUSES)


def _remedy(*, explained: bool) -> Message:
    if explained:
        return _("Clear what locks it first.")
    return _(
        "Look for what locks it in the app (open orders, bots, Earn, P2P, withdrawals in review). If you find nothing, "
        "ask support."
    )


def _causes(view: AccountView, record: Balance) -> Iterator[Message]:
    """Yield what can lock this asset in this wallet: nothing that asks for more than is locked, or for another coin."""
    frozen, in_orders = record.held.get(Part.FROZEN, ZERO), record.held.get(Part.IN_ORDERS, ZERO)
    other = frozen > in_orders
    coin = view.codes.coin(record.asset)
    if record.held.get(Part.LENT):
        yield _("automatic lending")
    if record.wallet != "funding" and (in_orders or frozen):
        yield from _orders(view, record.owner, coin, in_orders or frozen)
    if other:
        yield from _flows(view, record, frozen)
        yield from _collateral(view, record, frozen)
    if other and record.wallet in TRADING_ONLY:
        yield from _positions(view, record, coin)
    if other or record.held.get(Part.IN_BOTS) or record.held.get(Part.IN_COPY_TRADING):
        yield from _bots(view, record, coin)


def _orders(view: AccountView, owner: str | None, coin: str, tied: Decimal) -> Iterator[Message]:
    for _reading, order in view.records_of(Order):
        if order.owner == owner and coin in _needed(order, tied):
            yield _("open orders in {market}").format(market=order.market)


def _needed(order: Order, tied: Decimal) -> tuple[str, ...]:
    """Return the coins that an order may lock: what it sells, or what it pays with."""
    sides = market_sides(order.market)
    if len(sides) < len(("base", "quote")):
        return ()
    base, quote = sides[0], sides[1]
    # A contract is secured by the coin that it settles in, whichever side it takes.
    if len(sides) > len(("base", "quote")):
        return (settlement(sides),)
    if str(order.side).lower() == "sell":
        # What was sold already is no longer locked, so an order that is partly filled may lock less than its size.
        return (base,) if order.amount is None or order.amount <= tied or order.state == PARTLY else ()
    if str(order.side).lower() == "buy":
        paid = product(order.amount, order.price) if order.amount and order.price else None
        return (quote,) if paid is None or paid <= tied or order.state == PARTLY else ()
    return (base, quote)


def _flows(view: AccountView, record: Balance, tied: Decimal) -> Iterator[Message]:
    taking = TAKING if record.wallet in TRADING_ONLY else TAKING | WITHDRAWING
    for _reading, flow in view.records_of(Flow):
        takes = flow.direction in taking and flow.owner == record.owner and flow.asset == record.asset
        if takes and (flow.amount is None or flow.amount <= tied):
            yield phrase(flow.direction)


def _collateral(view: AccountView, record: Balance, tied: Decimal) -> Iterator[Message]:
    for _reading, debt in view.records_of(Debt):
        secures = debt.collateral and debt.holds and debt.owner == record.owner and debt.asset == record.asset
        if secures and (debt.amount is None or debt.amount <= tied):
            yield _("collateral of a {kind}").format(kind=phrase(debt.kind))


def _positions(view: AccountView, record: Balance, coin: str) -> Iterator[Message]:
    for _reading, position in view.records_of(Position):
        sides = market_sides(position.market)
        if position.owner == record.owner and len(sides) > len(("base", "quote")) and settlement(sides) == coin:
            yield _("a position in {market}").format(market=position.market)


def _bots(view: AccountView, record: Balance, coin: str) -> Iterator[Message]:
    if record.wallet not in TRADING_ONLY:
        return
    for _reading, bot in view.records_of(Bot):
        kept = bot.acts and not bot.total and (bot.copies or not bot.repeats)
        if kept and bot.owner == record.owner and uses_asset(bot, coin):
            yield joined(" ", filter(None, (phrase(bot.kind), bot.market)))


RULE = Rule(
    id="frozen-balance",
    title="A balance is tied up",
    severity=Severity.BLOCKER,
    refines=frozenset(
        {"balance-left", "dust-below-minimum", "held-in-product", "lot-residue", "no-market", "non-tradable-asset"}
    ),
    check=_check,
)
