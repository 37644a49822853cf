"""OKX: markets, networks and convertible assets, requested when a balance is left."""

from collections.abc import Iterable

from auditor.exchanges.okx import services
from auditor.exchanges.okx.earn import EARN
from auditor.exchanges.okx.sources import DOC
from auditor.exchanges.okx.sub_accounts import SUB_ACCOUNT_PARTS
from auditor.exchanges.okx.wallets import WALLETS
from auditor.exchanges.shared.plans import when_any, when_anything_is_left
from auditor.model.records import Area, Balance, Record
from auditor.model.reference_data import Convertible, Market, Network, Price
from auditor.spec.endpoint import Endpoint, Limit, Query
from auditor.spec.fields import rows, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, reads
from auditor.spec.surface import RequestPlan, Surface

SPOT = Query(params={"instType": "SPOT"})


WHEN_ANYTHING_IS_LEFT = when_anything_is_left((*WALLETS, *EARN, *SUB_ACCOUNT_PARTS))


@reads(text("instId"), text("baseCcy"), text("quoteCcy"), text("state"))
def market(row: Row, context: Context) -> Iterable[Record]:
    """Read a spot market that this account may trade, as ccxt parses it."""
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


SPOT_MARKETS = Surface(
    id="markets",
    area=Area.BALANCES,
    title="Markets that this account may trade",
    endpoint=Endpoint(
        path="account/instruments",
        limit=Limit(20, 2),
        limit_by="instType",
        queries=(SPOT,),
        source=f"{DOC}, Trading account, Get instruments",
    ),
    reader=market,
    plan=WHEN_ANYTHING_IS_LEFT,
)


@reads(text("ccy"))
def network(row: Row, _context: Context) -> Iterable[Record]:
    """Read a withdrawal network of an asset."""
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


NETWORKS = Surface(
    id="networks",
    area=Area.BALANCES,
    title="Withdrawal minimums and fees",
    endpoint=Endpoint(path="asset/currencies", limit=Limit(6, 1), source=f"{DOC}, Funding account, Get currencies"),
    reader=network,
    plan=WHEN_ANYTHING_IS_LEFT,
)


@reads(text("instId"))
def price(row: Row, _context: Context) -> Iterable[Record]:
    """Read the last price of a spot market."""
    base, _dash, quote = row.text("instId").partition("-")
    yield Price(subject=row.text("instId"), row={}, base=base, quote=quote, price=row.hint_amount("last"))


PRICES = Surface(
    id="prices",
    area=Area.BALANCES,
    title="Prices",
    endpoint=Endpoint(
        path="market/tickers",
        section="public",
        limit=Limit(20, 2),
        queries=(SPOT,),
        source=f"{DOC}, Market data, Get tickers",
    ),
    reader=price,
    plan=WHEN_ANYTHING_IS_LEFT,
)


def convertible_assets(wallet: str) -> Reader:
    """Return the reader of assets that easy convert accepts from ``wallet``."""

    @reads(rows("fromData", text("fromCcy")))
    def read(row: Row, _context: Context) -> Iterable[Record]:
        for item in row.rows("fromData"):
            asset = item.text("fromCcy")
            yield Convertible(subject=f"{wallet}:{asset}", row={}, wallet=wallet, asset=asset)

    return read


def plan_when_left_in(wallet: str) -> RequestPlan:
    """Return the plan of one request, if ``wallet`` of this account holds something tradable."""

    def is_left(record: Record) -> bool:
        return isinstance(record, Balance) and record.wallet == wallet and record.tradable and bool(record.amount)

    return RequestPlan(after=(wallet,), scopes=when_any(is_left))


def _convertible(surface: str, title: str, wallet: str, *, number: str) -> Surface:
    """Return the surface of one wallet. ``number``: OKX's number of the wallet."""
    return Surface(
        id=surface,
        area=Area.BALANCES,
        title=title,
        endpoint=Endpoint(
            path="trade/easy-convert-currency-list",
            limit=Limit(1, 2),
            queries=(Query(params={"source": number}),),
            source=f"{DOC}, Trade, Get easy convert currency list",
        ),
        reader=convertible_assets(wallet),
        plan=plan_when_left_in(wallet),
        services=services.TRADING,
    )


MARKETS = (
    SPOT_MARKETS,
    NETWORKS,
    PRICES,
    _convertible("convertible-trading", "Easy convert from the trading wallet", "trading", number="1"),
    _convertible("convertible-funding", "Easy convert from the funding wallet", "funding", number="2"),
)
