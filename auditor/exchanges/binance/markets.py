"""Binance: markets, prices, networks and convertible small balances.

They are requested when a balance is left.
"""

from collections.abc import Iterable

from auditor.exchanges.binance.bots import BOTS
from auditor.exchanges.binance.earn import EARN
from auditor.exchanges.binance.earn_requests import EARN_REQUESTS
from auditor.exchanges.binance.futures_wallets import FUTURES_WALLETS
from auditor.exchanges.binance.limits import PUBLIC, SAPI, api, sapi
from auditor.exchanges.binance.margin_wallets import MARGIN_WALLETS
from auditor.exchanges.binance.rows import list_or_object_rows
from auditor.exchanges.binance.sources import documented
from auditor.exchanges.binance.sub_accounts import SUB_ACCOUNTS
from auditor.exchanges.binance.wallet_totals import VALUATION, WALLETS_WITHOUT_REQUEST
from auditor.exchanges.binance.wallets import WALLETS
from auditor.exchanges.shared.last_prices import AFTER_MARKETS, last_prices
from auditor.exchanges.shared.plans import when_any, when_anything_is_left
from auditor.model.records import Area, Balance, Record
from auditor.model.reference_data import Convertible, Market, Network
from auditor.spec.endpoint import Endpoint, Query
from auditor.spec.fields import flag, text
from auditor.spec.fields import rows as rows_field
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, reads
from auditor.spec.rows import rows_in
from auditor.spec.surface import RequestPlan, Surface

_PLACES = (
    *WALLETS,
    *MARGIN_WALLETS,
    *FUTURES_WALLETS,
    VALUATION,
    *EARN,
    *EARN_REQUESTS,
    WALLETS_WITHOUT_REQUEST,
    *BOTS,
    *SUB_ACCOUNTS,
)


WHEN_ANYTHING_IS_LEFT = when_anything_is_left(surface for surface in _PLACES if surface.value)


@reads(text("symbol"), text("status"), text("baseAsset"), text("quoteAsset"), flag("isSpotTradingAllowed"))
def market(row: Row, context: Context) -> Iterable[Record]:
    """Read a spot market as ccxt does, with its LOT_SIZE and NOTIONAL or MIN_NOTIONAL filters."""
    known = context.market(row.raw) or {}
    limits = known.get("limits", {})
    yield Market(
        subject=row.text("symbol"),
        row={},
        base=row.text("baseAsset"),
        quote=row.text("quoteAsset"),
        live=row.text("status") == "TRADING" and row.flag("isSpotTradingAllowed") and bool(known.get("active")),
        min_amount=limits.get("amount", {}).get("min"),
        min_notional=limits.get("cost", {}).get("min"),
        lot=known.get("precision", {}).get("amount"),
    )


SPOT_MARKETS = Surface(
    id="markets",
    area=Area.BALANCES,
    title="Spot markets",
    endpoint=documented(
        PUBLIC,
        "exchangeInfo",
        api(20),
        queries=(Query(params={"showPermissionSets": "false"}),),
        rows=rows_in("symbols"),
    ),
    reader=market,
    plan=WHEN_ANYTHING_IS_LEFT,
)


PRICES = Surface(
    id="prices",
    area=Area.BALANCES,
    title="Prices",
    endpoint=documented(PUBLIC, "ticker/price", api(4), rows=list_or_object_rows),
    reader=last_prices("price"),
    plan=AFTER_MARKETS,
)


@reads(text("coin"), rows_field("networkList", text("network")))
def networks(row: Row, _context: Context) -> Iterable[Record]:
    """Read every withdrawal network of an asset."""
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


NETWORKS = Surface(
    id="networks",
    area=Area.BALANCES,
    title="Withdrawal minimums and fees",
    endpoint=documented(SAPI, "capital/config/getall", sapi(10)),
    reader=networks,
    plan=WHEN_ANYTHING_IS_LEFT,
)


def _when_left_in(wallet: str) -> RequestPlan:
    """Return the plan of one request, if ``wallet`` of this account holds something."""
    is_held = when_any(lambda r: isinstance(r, Balance) and r.wallet == wallet and r.tradable and bool(r.amount))
    return RequestPlan(after=(wallet,), scopes=is_held)


def convertible(wallet: str) -> Reader:
    """Read assets that Binance converts as small balances out of ``wallet``, by its live list."""

    @reads(text("asset"))
    def read(row: Row, _context: Context) -> Iterable[Record]:
        asset = row.text("asset")
        yield Convertible(subject=f"{wallet}:{asset}", row={}, wallet=wallet, asset=asset)

    return read


def _small_balances(name: str, title: str, endpoint: Endpoint, wallet: str) -> Surface:
    return Surface(
        id=name,
        area=Area.BALANCES,
        title=title,
        endpoint=endpoint,
        reader=convertible(wallet),
        plan=_when_left_in(wallet),
    )


def _convertible_assets(path: str, query: Query) -> Endpoint:
    return documented(SAPI, path, sapi(1), method="POST", queries=(query,), rows=rows_in("details"))


SMALL_BALANCES = (
    _small_balances(
        "convertible-spot",
        "Small balances that Binance converts into BNB, spot wallet",
        _convertible_assets("asset/dust-btc", Query(params={"accountType": "SPOT"})),
        "spot",
    ),
    _small_balances(
        "convertible-spot-usdt",
        "Small balances that Binance converts into USDT, spot wallet",
        _convertible_assets(
            "asset/dust-convert/query-convertible-assets", Query(params={"accountType": "SPOT", "targetAsset": "USDT"})
        ),
        "spot",
    ),
    _small_balances(
        "convertible-cross-margin",
        "Small balances that Binance converts into BNB, cross-margin wallet",
        _convertible_assets("asset/dust-btc", Query(params={"accountType": "MARGIN"})),
        "cross-margin",
    ),
    _small_balances(
        "convertible-cross-margin-usdt",
        "Small balances that Binance converts into USDT, cross-margin wallet",
        _convertible_assets(
            "asset/dust-convert/query-convertible-assets",
            Query(params={"accountType": "MARGIN", "targetAsset": "USDT"}),
        ),
        "cross-margin",
    ),
)

MARKETS = (SPOT_MARKETS, PRICES, NETWORKS, *SMALL_BALANCES)
