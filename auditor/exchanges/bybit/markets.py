"""Bybit: markets, prices, networks and convertible small balances; requested when something is left."""

from collections.abc import Iterable

from auditor.exchanges.bybit.advanced_earn import ADVANCED_EARN
from auditor.exchanges.bybit.conversions import CONVERT_RIGHT
from auditor.exchanges.bybit.debts import DEBTS
from auditor.exchanges.bybit.earn import EASY_EARN, FIXED_TERM
from auditor.exchanges.bybit.liquidity_mining import LIQUIDITY_MINING
from auditor.exchanges.bybit.loans import LOANS
from auditor.exchanges.bybit.on_chain import ALPHA_POOLS, ALPHA_TOKENS
from auditor.exchanges.bybit.overview import OVERVIEW
from auditor.exchanges.bybit.sources import UNSTATED, asking, documented, public
from auditor.exchanges.bybit.sub_accounts import SUB_ACCOUNT_PARTS
from auditor.exchanges.bybit.tokenised import RWA, TOKENS
from auditor.exchanges.bybit.wallets import UNIFIED_ACCOUNTS, WALLETS
from auditor.exchanges.bybit.wealth import WEALTH_MANAGEMENT
from auditor.exchanges.shared.last_prices import AFTER_MARKETS, last_prices
from auditor.exchanges.shared.plans import when_any, when_anything_is_left
from auditor.model.records import Area, Balance, Record
from auditor.model.reference_data import Convertible, Market, Network
from auditor.spec.endpoint import Limit
from auditor.spec.fields import rows, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.rows import rows_in
from auditor.spec.surface import RequestPlan, Surface

_PLACES = (
    *WALLETS,
    OVERVIEW,
    ALPHA_TOKENS,
    ALPHA_POOLS,
    *EASY_EARN,
    *FIXED_TERM,
    *ADVANCED_EARN,
    *LIQUIDITY_MINING,
    *TOKENS,
    *RWA,
    *WEALTH_MANAGEMENT,
    *DEBTS,
    *LOANS,
    *SUB_ACCOUNT_PARTS,
)


WHEN_ANYTHING_IS_LEFT = when_anything_is_left(surface for surface in _PLACES if surface.value)
TRADING = "Trading"


@reads(text("symbol"), text("baseCoin"), text("quoteCoin"), text("status"))
def market(row: Row, _context: Context) -> Iterable[Record]:
    """Read a spot market with its minimums; one that Bybit does not state is not known."""
    lots = row.raw.get("lotSizeFilter")
    sizes = Row(lots if isinstance(lots, dict) else {}, ())
    yield Market(
        subject=row.text("symbol"),
        row={},
        base=row.text("baseCoin"),
        quote=row.text("quoteCoin"),
        live=row.text("status") == TRADING,
        min_amount=sizes.hint_amount("minOrderQty"),
        min_notional=sizes.hint_amount("minOrderAmt"),
        lot=sizes.hint_amount("basePrecision"),
    )


SPOT_MARKETS = Surface(
    id="markets",
    area=Area.BALANCES,
    title="Spot markets",
    endpoint=public("v5/market/instruments-info", "Market, Get Instruments Info", asking(category="spot")),
    reader=market,
    plan=WHEN_ANYTHING_IS_LEFT,
)


PRICES = Surface(
    id="prices",
    area=Area.BALANCES,
    title="Last prices",
    endpoint=public("v5/market/tickers", "Market, Get Tickers", asking(category="spot")),
    reader=last_prices("lastPrice"),
    plan=AFTER_MARKETS,
)
OPEN = "1"


@reads(text("coin"), rows("chains", text("chain")))
def networks(row: Row, _context: Context) -> Iterable[Record]:
    """Read every network of a coin: one without a fee is none by which it can be withdrawn."""
    asset = row.text("coin")
    for network in row.rows("chains"):
        fee = network.hint_amount("withdrawFee")
        yield Network(
            subject=f"{asset}:{network.text('chain')}",
            row={},
            asset=asset,
            chain=network.hint("chainType") or network.text("chain"),
            can_withdraw=network.hint("chainWithdraw") == OPEN and fee is not None,
            min_withdrawal=network.hint_amount("withdrawMin"),
            fee=fee,
            fee_asset=asset,
            can_send=False,
            min_send=None,
            reopens_at=None,
        )


NETWORKS = Surface(
    id="networks",
    area=Area.BALANCES,
    title="Networks and withdrawal minimums",
    endpoint=documented("v5/asset/coin/query-info", "Asset, Get Coin Info", UNSTATED, rows=rows_in("rows")),
    reader=networks,
    plan=WHEN_ANYTHING_IS_LEFT,
)


@reads(text("fromCoin"), text("supportConvert"))
def convertible(row: Row, _context: Context) -> Iterable[Record]:
    """Read a small balance of the unified account that Bybit converts."""
    if row.text("supportConvert") == OPEN:
        asset = row.text("fromCoin")
        yield Convertible(subject=asset, row={}, wallet="unified", asset=asset)


def _is_in_unified(record: Record) -> bool:
    return isinstance(record, Balance) and record.wallet == "unified" and bool(record.amount)


CONVERTIBLE = Surface(
    id="convertible-unified",
    area=Area.BALANCES,
    title="Small balances of the unified account that can be converted",
    endpoint=documented(
        "v5/asset/covert/small-balance-list",
        "Asset, Convert Small Balance, Get Small Balance Coins",
        Limit(10, 1),
        asking(accountType="eb_convert_uta"),
        rows=rows_in("smallAssetCoins"),
    ),
    reader=convertible,
    applies_to=UNIFIED_ACCOUNTS,
    plan=RequestPlan(after=("unified",), scopes=when_any(_is_in_unified)),
    right=CONVERT_RIGHT,
)

MARKETS = (SPOT_MARKETS, PRICES, NETWORKS, CONVERTIBLE)
