"""Dust: amounts that no live market accepts or a sale leaves behind, with exit routes.

A balance for which a minimum or a price could not be read is `unknown`; it is never assumed to be sellable.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from auditor.assessment.account_view import AccountView
from auditor.assessment.exit_routes import ExitRoute, ExitRoutes
from auditor.assessment.money import is_money
from auditor.assessment.prices import STEPS
from auditor.assessment.product_overlap import HoldingKey
from auditor.assessment.sellability import SaleOption, lowest_minimum, sellable, smallest_residue
from auditor.i18n import EMPTY, Message, _, capital, sentences
from auditor.model.amounts import ZERO, plain, product, subtract
from auditor.model.records import Balance
from auditor.model.report import DustKind, DustLine, Route
from auditor.model.snapshot import Reading, time_read


@dataclass(frozen=True, slots=True)
class Sale:
    """Why a balance cannot be sold in full: the amount concerned and the closest market."""

    kind: DustKind
    amount: Decimal
    way: SaleOption | None


@dataclass(frozen=True, slots=True)
class Dust:
    """A dust line, the balance that it describes, and the exit route as a separate sentence."""

    reading: Reading
    balance: Balance
    line: DustLine
    way_out: Message

    @property
    def holding(self) -> tuple[str, str | None, str]:
        """The identity of the balance within its account: surface, owner and subject."""
        return (self.reading.surface, self.balance.owner, self.balance.subject)


def dust_lines(view: AccountView, elsewhere: Container[HoldingKey] = ()) -> tuple[DustLine, ...]:
    """Return a line for each balance of the account that cannot be sold to the last digit.

    Sub-accounts are included. ``elsewhere``: holdings that another line already counts; they are left out.
    """
    return tuple(dust.line for dust in classify_dust(view) if (view.account.name, *dust.holding) not in elsewhere)


def classify_dust(view: AccountView) -> Iterator[Dust]:
    """Yield each dust line with the balance that it describes; it is worked out once, since seven rules ask for it."""
    known = view.worked_out
    exits = known[ExitRoutes] if ExitRoutes in known else known.setdefault(ExitRoutes, ExitRoutes(view))
    for reading, balance in view.records_of(Balance):
        key = (Dust, id(reading), id(balance))
        if key not in known:
            known[key] = _dust(view, exits, reading, balance)
        if known[key] is not None:
            yield known[key]


def _dust(view: AccountView, exits: ExitRoutes, reading: Reading, balance: Balance) -> Dust | None:
    """Return the dust line of a balance; None where it can be sold to the last digit, or is nothing."""
    at = time_read(reading.result)
    if balance.amount <= ZERO or at is None or _only_redeemed(view, balance):
        return None
    sale = _sale(exits, balance)
    if sale is None:
        return None
    way_out = _way_out(exits, balance, sale)
    line = _line(view, exits, balance, sale, at)
    reasons = (as_sentence(_why(exits, balance, sale)), as_sentence(way_out.reason))
    line = replace(line, route=way_out.route, reason=sentences(*_first_steps(view, balance), *reasons))
    return Dust(reading, balance, line, as_sentence(way_out.reason))


def _only_redeemed(view: AccountView, balance: Balance) -> bool:
    """Return whether a balance is a product that is left for another amount of a coin: nothing here measures it."""
    codes = view.codes
    return codes.must_be_redeemed(balance.asset) and codes.coin(balance.asset) == balance.asset


def _first_steps(view: AccountView, balance: Balance) -> Iterator[Message]:
    """Yield the meaning of a balance's asset code, and how to free the coin that the dust is judged by."""
    meaning = view.codes.meaning(balance.asset)
    if meaning is not None:
        yield from (meaning.sentence, meaning.remedy)


def as_sentence(clause: Message) -> Message:
    """Return ``clause`` as a sentence, with a capital and a full stop."""
    return _("{clause}.").format(clause=capital(clause))


def _sale(exits: ExitRoutes, balance: Balance) -> Sale | None:
    """Return why the balance cannot be sold in full; None if it can."""
    if not balance.tradable:
        return Sale(DustKind.NO_MARKET, balance.amount, None)
    if not exits.markets:
        return Sale(DustKind.UNKNOWN, balance.amount, None)
    ways = _sensible(exits.coin(balance.asset), exits.markets.ways(exits.coin(balance.asset), balance.amount))
    if not ways:
        return Sale(DustKind.NO_MARKET, balance.amount, None)
    can_sell = sellable(ways)
    if can_sell:
        return _residue(balance, ways)
    if can_sell is None:
        unsure = next(way for way in ways if way.sellable is None)
        return Sale(DustKind.UNKNOWN, balance.amount, unsure)
    return Sale(DustKind.BELOW_MINIMUM, balance.amount, lowest_minimum(ways))


def _residue(balance: Balance, ways: tuple[SaleOption, ...]) -> Sale | None:
    """Return the residue of a sale on the best market; None if nothing stays behind."""
    best = smallest_residue(ways)
    if best is not None and best.residue is not None:
        return Sale(DustKind.LOT_RESIDUE, best.residue, best) if best.residue else None
    unsure = next((way for way in ways if way.sellable and way.as_base), None)
    return None if unsure is None else Sale(DustKind.UNKNOWN, balance.amount, unsure)


def _sensible(coin: str, ways: tuple[SaleOption, ...]) -> tuple[SaleOption, ...]:
    """Return the ways to sell; for money not those that buy some coin with it, where there are others."""
    plain_ways = tuple(way for way in ways if way.as_base or way.market.base in STEPS or not is_money(coin))
    return plain_ways or ways


def _line(view: AccountView, exits: ExitRoutes, balance: Balance, sale: Sale, at: datetime) -> DustLine:
    network = exits.network(exits.coin(balance.asset))
    owner = "" if balance.owner is None else f"/{balance.owner}"
    line = replace(
        _market_columns(sale, view, balance, at),
        account=f"{view.account.name}{owner}",
        convertible=exits.convertible(balance),
    )
    if network is None:
        return line
    return replace(line, min_withdrawal=network.min_withdrawal, withdrawal_fee=network.fee, network=network.chain)


def _market_columns(sale: Sale, view: AccountView, balance: Balance, at: datetime) -> DustLine:
    """Return the line with the columns that markets decide; the exit route is added later."""
    way = sale.way
    return DustLine(
        exchange=view.account.exchange,
        account=view.account.name,
        wallet=balance.wallet,
        asset=balance.asset,
        amount=sale.amount,
        value_usd=view.value_usd(balance.asset, sale.amount),
        kind=sale.kind,
        best_market=way.name if way else None,
        min_amount=_minimum(way, view) if way else None,
        min_notional=way.market.min_notional if way else None,
        lot_size=way.market.lot if way and way.as_base else None,
        shortfall=_shortfall(sale),
        convertible=None,
        min_withdrawal=None,
        withdrawal_fee=None,
        network=None,
        route=Route.SUPPORT,
        reason=EMPTY,
        as_of=at,
    )


def _minimum(way: SaleOption, view: AccountView) -> Decimal | None:
    """Return the market's minimum amount, in the asset of the balance."""
    price = view.prices.pair(way.market.base, way.market.quote)
    if way.as_base or way.market.min_amount is None:
        return way.market.min_amount
    return None if price is None else product(way.market.min_amount, price)


def _shortfall(sale: Sale) -> Decimal | None:
    if sale.kind is DustKind.UNKNOWN or sale.way is None or sale.way.least is None:
        return None
    return subtract(sale.way.least, sale.amount)


def _way_out(exits: ExitRoutes, balance: Balance, sale: Sale) -> ExitRoute:
    first_exit = exits.first(balance)
    if sale.kind is DustKind.LOT_RESIDUE:
        return _before_selling(balance, first_exit)
    if sale.kind is not DustKind.UNKNOWN or first_exit.route is not Route.SUPPORT:
        return first_exit
    if sale.way is not None:
        return ExitRoute(Route.SELL, _("try to sell it on {market}").format(market=sale.way.name))
    return ExitRoute(Route.WAIT, _("check again when the markets can be read"))


def _before_selling(balance: Balance, first_exit: ExitRoute) -> ExitRoute:
    """Return an exit that takes the whole balance before a sale could leave a residue."""
    if first_exit.route is Route.SUPPORT:
        text = _("after the sale, see whether the exchange converts the rest among small balances; if not, ask support")
        return ExitRoute(Route.SUPPORT, text)
    text = _("for all {amount} {asset}, instead of selling: {way_out}")
    whole = {"amount": plain(balance.amount), "asset": balance.asset, "way_out": first_exit.reason}
    return ExitRoute(first_exit.route, text.format(**whole))


def _why(exits: ExitRoutes, balance: Balance, sale: Sale) -> Message:
    way = sale.way
    if sale.kind is DustKind.UNKNOWN:
        return _("it is not known whether it can be sold: a minimum or a price could not be read")
    if sale.kind is DustKind.LOT_RESIDUE and way is not None:
        text = _("selling on {market} leaves this much: it sells in steps of {lot}")
        return text.format(market=way.name, lot=plain(way.market.lot or ZERO))
    if sale.kind is DustKind.BELOW_MINIMUM:
        return _("every open market asks for more")
    coin = exits.coin(balance.asset)
    closed = exits.markets.ways(coin, balance.amount, live=False) if balance.tradable else ()
    if closed:
        return _("no market of it is open now ({markets})").format(markets=", ".join(w.name for w in closed))
    return _("no market trades it")
