"""OKX: how to read a row about markets, and when to ask for any."""

from collections.abc import Iterable, Mapping, Sequence

from auditor.exchanges.okx.readers.subaccounts import not_read, records_of
from auditor.model.records import Balance, Record
from auditor.model.reference_data import Convertible, Market, Network, Price, Valuation
from auditor.model.snapshot import Reading
from auditor.spec.fields import Row
from auditor.spec.surface import Context, Plan, Reader, Scope


def when_something_is_left(read: Mapping[str, Sequence[Reading]]) -> Sequence[Scope]:
    """Ask once when any balance, earning or valuation is not zero."""
    left = any(r.amount if isinstance(r, Valuation) else r.holds for r in records_of(read))
    return [Scope()] if left else []


def when_left_in(wallet: str) -> Plan:
    """Ask once when that wallet of this account holds something."""

    def plan(read: Mapping[str, Sequence[Reading]]) -> Sequence[Scope]:
        held = (r for r in records_of(read) if isinstance(r, Balance) and r.wallet == wallet and r.tradable)
        return [Scope()] if any(record.amount for record in held) else []

    return plan


REWARDED = "USDG"


def each_reward(read: Mapping[str, Sequence[Reading]]) -> Sequence[Scope] | None:
    """One asking for each asset in stable rewards, and the one that is documented; None when those were not read."""
    if not_read(read):
        return None
    # What is only being subscribed is no balance yet.
    assets = {REWARDED: None, **{record.subject: None for record in records_of(read)}}
    return [Scope(params={"ccy": asset}) for asset in assets]


def market(row: Row, context: Context) -> Iterable[Record]:
    """A spot market that this account may trade, as ccxt reads it."""
    found = context.market(row.raw) or {}
    limits = found.get("limits", {})
    yield Market(
        subject=row.text("instId"),
        row={},
        base=row.text("baseCcy"),
        quote=row.text("quoteCcy"),
        live=row.text("state") == "live" and bool(found.get("active")),
        min_amount=limits.get("amount", {}).get("min"),
        min_notional=limits.get("cost", {}).get("min"),
        lot=found.get("precision", {}).get("amount"),
    )


def price(row: Row, _context: Context) -> Iterable[Record]:
    """The last price of a spot market."""
    base, _dash, quote = row.text("instId").partition("-")
    yield Price(subject=row.text("instId"), row={}, base=base, quote=quote, price=row.hint_amount("last"))


def network(row: Row, _context: Context) -> Iterable[Record]:
    """A network by which an asset can leave."""
    asset = row.text("ccy")
    yield Network(
        subject=f"{asset}:{row.hint('chain')}",
        row={},
        asset=asset,
        chain=row.hint("chain"),
        can_withdraw=row.raw.get("canWd") is True,
        min_withdrawal=row.hint_amount("minWd"),
        fee=row.hint_amount("fee"),
        fee_asset=asset,
        can_send=row.raw.get("canInternal") is True,
        min_send=row.hint_amount("minInternal"),
        reopens_at=row.hint_time("wdEstOpenTime"),
    )


def convertible(wallet: str) -> Reader:
    """Assets that easy convert takes from ``wallet``."""

    def read(row: Row, _context: Context) -> Iterable[Record]:
        for item in row.rows("fromData"):
            asset = item.text("fromCcy")
            yield Convertible(subject=f"{wallet}:{asset}", row={}, wallet=wallet, asset=asset)

    return read
