"""Dust: balances that no live market takes as they stand, or that a sale would leave behind, and their way out.

An amount at which a minimum or a price could not be read is `unknown`, never taken for sellable.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from auditor.amounts import ZERO, less, plain, product
from auditor.exits import Exit, Exits
from auditor.i18n import _
from auditor.report import DustKind, DustLine, Route
from auditor.selling import Way, nearest, sellable, tidiest
from auditor.snapshot import Balance, Read, Reading
from auditor.view import View


@dataclass(frozen=True, slots=True)
class Sale:
    """Why an amount cannot be sold whole: how much of it, and the market that comes nearest."""

    kind: DustKind
    amount: Decimal
    way: Way | None


def dust_lines(view: View) -> tuple[DustLine, ...]:
    """Every balance of the account, and of its sub-accounts, that cannot be sold to the last digit."""
    return tuple(line for _reading, _balance, line in classified(view))


def classified(view: View) -> Iterator[tuple[Reading, Balance, DustLine]]:
    """Each dust line beside the balance that it is about."""
    exits = Exits(view)
    for reading, balance in view.each(Balance):
        if balance.amount > ZERO and isinstance(reading.result, Read):
            sale = _sale(exits, balance)
            if sale is not None:
                yield reading, balance, _line(view, exits, balance, sale, reading.result.at)


def _sale(exits: Exits, balance: Balance) -> Sale | None:
    """Tell what keeps the balance from being sold whole; None where nothing does."""
    if not balance.tradable:
        return Sale(DustKind.NO_MARKET, balance.amount, None)
    if not exits.markets:
        return Sale(DustKind.UNKNOWN, balance.amount, None)
    ways = exits.markets.ways(balance.asset, balance.amount)
    if not ways:
        return Sale(DustKind.NO_MARKET, balance.amount, None)
    can_sell = sellable(ways)
    if can_sell:
        return _left_behind(balance, ways)
    if can_sell is None:
        unsure = next(way for way in ways if way.sellable is None)
        return Sale(DustKind.UNKNOWN, balance.amount, unsure)
    return Sale(DustKind.BELOW_MINIMUM, balance.amount, nearest(ways))


def _left_behind(balance: Balance, ways: tuple[Way, ...]) -> Sale | None:
    best = tidiest(ways)
    if best is not None and best.residue is not None:
        return Sale(DustKind.LOT_RESIDUE, best.residue, best) if best.residue else None
    unsure = next((way for way in ways if way.sellable and way.as_base), None)
    return None if unsure is None else Sale(DustKind.UNKNOWN, balance.amount, unsure)


def _line(view: View, exits: Exits, balance: Balance, sale: Sale, at: datetime) -> DustLine:
    way_out = _way_out(exits, balance, sale)
    network = exits.network(balance.asset)
    owner = "" if balance.owner is None else f"/{balance.owner}"
    line = replace(
        _market_columns(sale, view, balance, at),
        account=f"{view.account.name}{owner}",
        convertible=exits.convertible(balance),
        route=way_out.route,
        reason=way_out.reason,
    )
    if network is None:
        return line
    return replace(line, min_withdrawal=network.min_withdrawal, withdrawal_fee=network.fee, network=network.chain)


def _market_columns(sale: Sale, view: View, balance: Balance, at: datetime) -> DustLine:
    """Fill the line as far as the markets tell it; the way out comes after."""
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
        reason="",
        as_of=at,
    )


def _minimum(way: Way, view: View) -> Decimal | None:
    """Give the market's minimum amount, in the asset."""
    price = view.prices.pair(way.market.base, way.market.quote)
    if way.as_base or way.market.min_amount is None:
        return way.market.min_amount
    return None if price is None else product(way.market.min_amount, price)


def _shortfall(sale: Sale) -> Decimal | None:
    if sale.kind is DustKind.UNKNOWN or sale.way is None or sale.way.least is None:
        return None
    return less(sale.way.least, sale.amount)


def _way_out(exits: Exits, balance: Balance, sale: Sale) -> Exit:
    found = exits.first(balance)
    if sale.kind is DustKind.LOT_RESIDUE:
        found = _before_selling(found)
    unsure = sale.kind is DustKind.UNKNOWN and found.route is Route.SUPPORT
    if unsure and sale.way is not None:
        found = Exit(Route.SELL, _("Try to sell it on {market}.").format(market=sale.way.name))
    elif unsure:
        found = Exit(Route.WAIT, _("Run the audit again when the markets can be read."))
    return Exit(found.route, f"{_why(exits, balance, sale)} {found.reason}")


def _before_selling(found: Exit) -> Exit:
    """Say what to do with a balance so that its sale leaves nothing: the way out takes all of it."""
    if found.route is Route.SUPPORT:
        text = _(
            "After the sale see whether the exchange converts the rest as a small balance; if not, ask its support."
        )
        return Exit(Route.SUPPORT, text)
    return Exit(found.route, _("Instead of selling: {reason}").format(reason=found.reason))


def _why(exits: Exits, balance: Balance, sale: Sale) -> str:
    way = sale.way
    if sale.kind is DustKind.UNKNOWN:
        return _("Whether it can be sold is not known: a minimum or a price could not be read.")
    if sale.kind is DustKind.LOT_RESIDUE and way is not None:
        text = _("Selling on {market} leaves this much behind, because it sells in steps of {lot}.")
        return text.format(market=way.name, lot=plain(way.market.lot or ZERO))
    if sale.kind is DustKind.BELOW_MINIMUM:
        return _("Every live market asks for more.")
    closed = exits.markets.ways(balance.asset, balance.amount, live=False) if balance.tradable else ()
    if closed:
        return _("No market of it is live; not open now: {markets}.").format(markets=", ".join(w.name for w in closed))
    return _("No market trades it.")
