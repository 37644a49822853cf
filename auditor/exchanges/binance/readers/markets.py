"""Binance: how to read a row about markets, and when to ask for any."""

from collections.abc import Iterable, Mapping, Sequence

from auditor.exchanges.binance.readers.rows import records_of
from auditor.model.records import Balance, Record
from auditor.model.reference_data import Convertible, Market, Network, Price, Valuation
from auditor.model.snapshot import Reading
from auditor.spec.fields import Row
from auditor.spec.surface import Context, Plan, Reader, Scope


def when_something_is_left(read: Mapping[str, Sequence[Reading]]) -> Sequence[Scope]:
    """Ask once when any holding or valuation is not zero."""
    left = any(r.amount if isinstance(r, Valuation) else r.holds for r in records_of(read))
    return [Scope()] if left else []


def when_left_in(wallet: str) -> Plan:
    """Ask once when that wallet of this account holds something."""

    def plan(read: Mapping[str, Sequence[Reading]]) -> Sequence[Scope]:
        held = (r for r in records_of(read) if isinstance(r, Balance) and r.wallet == wallet and r.tradable)
        return [Scope()] if any(record.amount for record in held) else []

    return plan


def with_markets(read: Mapping[str, Sequence[Reading]]) -> Sequence[Scope]:
    """Ask for prices when the markets were: only they tell which two assets a market's name is made of."""
    pairs = {r.subject: (r.base, r.quote) for r in records_of(read, "markets") if isinstance(r, Market)}
    return [Scope(known=pairs)] if pairs else []


def market(row: Row, context: Context) -> Iterable[Record]:
    """A spot market as ccxt reads it, with its LOT_SIZE and NOTIONAL or MIN_NOTIONAL filters."""
    found = context.market(row.raw) or {}
    limits = found.get("limits", {})
    yield Market(
        subject=row.text("symbol"),
        row={},
        base=row.text("baseAsset"),
        quote=row.text("quoteAsset"),
        live=row.text("status") == "TRADING" and row.flag("isSpotTradingAllowed") and bool(found.get("active")),
        min_amount=limits.get("amount", {}).get("min"),
        min_notional=limits.get("cost", {}).get("min"),
        lot=found.get("precision", {}).get("amount"),
    )


def price(row: Row, context: Context) -> Iterable[Record]:
    """The last price of a spot market."""
    pair = context.scope.known.get(row.text("symbol"))
    if pair is not None:
        base, quote = pair
        yield Price(subject=row.text("symbol"), row={}, base=base, quote=quote, price=row.hint_amount("price"))


def networks(row: Row, _context: Context) -> Iterable[Record]:
    """Every network by which an asset can leave."""
    for network in row.rows("networkList"):
        chain = network.text("network")
        asset = row.text("coin")
        yield Network(
            subject=f"{asset}:{chain}",
            row={},
            asset=asset,
            chain=chain,
            can_withdraw=network.raw.get("withdrawEnable") is True,
            min_withdrawal=network.hint_amount("withdrawMin"),
            fee=network.hint_amount("withdrawFee"),
            fee_asset=asset,
            can_send=network.hint_amount("withdrawInternalMin") is not None,
            min_send=network.hint_amount("withdrawInternalMin"),
            reopens_at=None,
        )


def convertible(wallet: str) -> Reader:
    """Assets that Binance converts as small balances out of ``wallet``, by its own live list."""

    def read(row: Row, _context: Context) -> Iterable[Record]:
        asset = row.text("asset")
        yield Convertible(subject=f"{wallet}:{asset}", row={}, wallet=wallet, asset=asset)

    return read
