"""KuCoin: spot markets, prices and withdrawal networks, requested when something is left."""

from collections.abc import Iterable

from auditor.exchanges.kucoin.earn import EARN
from auditor.exchanges.kucoin.futures_wallets import FUTURES_WALLETS
from auditor.exchanges.kucoin.margin_wallets import MARGIN_WALLETS
from auditor.exchanges.kucoin.sites import PUBLIC, PUBLIC_V2, PUBLIC_V3, public
from auditor.exchanges.kucoin.sources import documented
from auditor.exchanges.kucoin.sub_accounts import SUB_ACCOUNT_WALLETS
from auditor.exchanges.kucoin.unified_account import UNIFIED_ACCOUNT
from auditor.exchanges.kucoin.wallets import WALLETS
from auditor.exchanges.kucoin.whole_sub_accounts import WHOLE_ACCOUNT
from auditor.exchanges.shared.plans import when_anything_is_left
from auditor.model.records import Area, Record
from auditor.model.reference_data import Market, Network, Price
from auditor.spec.fields import flag, text
from auditor.spec.fields import rows as rows_field
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.rows import rows_in
from auditor.spec.surface import Surface

_PLACES = (
    *WALLETS,
    *MARGIN_WALLETS,
    *FUTURES_WALLETS,
    *UNIFIED_ACCOUNT,
    *EARN,
    SUB_ACCOUNT_WALLETS,
    WHOLE_ACCOUNT,
)


WHEN_ANYTHING_IS_LEFT = when_anything_is_left(surface for surface in _PLACES if surface.value)


@reads(text("symbol"), text("baseCurrency"), text("quoteCurrency"), flag("enableTrading"))
def market(row: Row, _context: Context) -> Iterable[Record]:
    """Read a spot market. ``minFunds``: the least value of an order, in the quote currency."""
    yield Market(
        subject=row.text("symbol"),
        row={},
        base=row.text("baseCurrency"),
        quote=row.text("quoteCurrency"),
        live=row.flag("enableTrading"),
        min_amount=row.hint_amount("baseMinSize"),
        min_notional=row.hint_amount("minFunds"),
        lot=row.hint_amount("baseIncrement"),
    )


SPOT_MARKETS = Surface(
    id="markets",
    area=Area.BALANCES,
    title="Spot markets",
    endpoint=documented(PUBLIC_V2, "symbols", public(4)),
    reader=market,
    plan=WHEN_ANYTHING_IS_LEFT,
)


@reads(text("symbol"))
def price(row: Row, _context: Context) -> Iterable[Record]:
    """Read the last price of a spot market."""
    base, _dash, quote = row.text("symbol").partition("-")
    yield Price(subject=row.text("symbol"), row={}, base=base, quote=quote, price=row.hint_amount("last"))


PRICES = Surface(
    id="prices",
    area=Area.BALANCES,
    title="Prices",
    endpoint=documented(PUBLIC, "market/allTickers", public(15), rows=rows_in("ticker")),
    reader=price,
    plan=WHEN_ANYTHING_IS_LEFT,
)


@reads(text("currency"), rows_field("chains", text("chainName")))
def networks(row: Row, _context: Context) -> Iterable[Record]:
    """Read every withdrawal network of a currency."""
    asset = row.text("currency")
    for chain in row.rows("chains"):
        yield Network(
            subject=f"{asset}:{chain.text('chainName')}",
            row={},
            asset=asset,
            chain=chain.text("chainName"),
            can_withdraw=chain.raw.get("isWithdrawEnabled") is True,
            min_withdrawal=chain.hint_amount("withdrawalMinSize"),
            fee=chain.hint_amount("withdrawalMinFee"),
            fee_asset=asset,
            can_send=False,
            min_send=None,
            reopens_at=None,
        )


NETWORKS = Surface(
    id="networks",
    area=Area.BALANCES,
    title="Withdrawal minimums and fees",
    endpoint=documented(PUBLIC_V3, "currencies", public(3)),
    reader=networks,
    plan=WHEN_ANYTHING_IS_LEFT,
)

MARKETS = (SPOT_MARKETS, PRICES, NETWORKS)
