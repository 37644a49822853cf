"""Kraken: markets, prices and withdrawals of an asset, requested when a balance is left.

Minimums and fees of withdrawals need the right to withdraw, so that no key that can only read sees them.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from auditor.exchanges.kraken.asset_codes import usual_name
from auditor.exchanges.kraken.earn import EARN
from auditor.exchanges.kraken.no_result import KEY
from auditor.exchanges.kraken.rows import keyed_rows
from auditor.exchanges.kraken.sources import public
from auditor.exchanges.kraken.wallets import WALLETS
from auditor.exchanges.shared.plans import Readings, is_unread, records_in, when_anything_is_left
from auditor.model.amounts import parse
from auditor.model.records import Area, Record
from auditor.model.reference_data import Market, Network, Price
from auditor.spec.fields import text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Scope, reads
from auditor.spec.surface import RequestPlan, Surface

# An asset of which withdrawals are open, by its status.
WITHDRAWABLE = frozenset({"enabled", "withdrawal_only"})
MOST_DECIMALS = 30


WHEN_ANYTHING_IS_LEFT = when_anything_is_left((*WALLETS, *EARN))


@reads(text(KEY), text("base"), text("quote"), text("status"))
def market(row: Row, _context: Context) -> Iterable[Record]:
    """Read a spot market; only ``online`` takes every order."""
    yield Market(
        subject=row.text(KEY),
        row={},
        base=usual_name(row.text("base")),
        quote=usual_name(row.text("quote")),
        live=row.text("status") == "online",
        min_amount=row.hint_amount("ordermin"),
        min_notional=row.hint_amount("costmin"),
        lot=_unit(row.raw.get("lot_decimals")),
    )


def _unit(decimals: object) -> Decimal | None:
    """Return the smallest amount with so many decimals, None where their number is not given."""
    if not isinstance(decimals, str) or not decimals.isascii() or not decimals.isdigit():
        return None
    return Decimal(1).scaleb(-int(decimals)) if int(decimals) <= MOST_DECIMALS else None


PAIR_LIST = Surface(
    id="markets",
    area=Area.BALANCES,
    title="Markets",
    endpoint=public("AssetPairs", "Get Tradable Asset Pairs", rows=keyed_rows),
    reader=market,
    plan=WHEN_ANYTHING_IS_LEFT,
)


PAIRS = "pairs"
Sides = Mapping[str, tuple[str, str]]


def with_pairs(readings: Readings) -> Sequence[Scope] | None:
    """Plan one request, which knows the base and quote of each pair: a ticker has only the pair's name."""
    markets = [record for record in records_in(readings) if isinstance(record, Market)]
    if not markets:
        return None if is_unread(readings) else []
    return [Scope(known={PAIRS: {one.subject: (one.base, one.quote) for one in markets}})]


@reads(text(KEY))
def price(row: Row, context: Context) -> Iterable[Record]:
    """Read the last price of a market that the list of markets names."""
    pairs: Sides = context.scope.known[PAIRS]
    if row.text(KEY) in pairs:
        base, quote = pairs[row.text(KEY)]
        yield Price(subject=row.text(KEY), row={}, base=base, quote=quote, price=_last(row))


def _last(row: Row) -> Decimal | None:
    trade = row.raw.get("c")
    return parse(trade[0]) if isinstance(trade, list) and trade else None


PRICES = Surface(
    id="prices",
    area=Area.BALANCES,
    title="Prices",
    endpoint=public("Ticker", "Get Ticker Information", rows=keyed_rows),
    reader=price,
    plan=RequestPlan(after=(PAIR_LIST.id,), scopes=with_pairs),
)


@reads(text(KEY), text("status"))
def network(row: Row, _context: Context) -> Iterable[Record]:
    """Read whether an asset can be withdrawn now; its networks, minimums and fees are not shown to this key."""
    asset = usual_name(row.text(KEY))
    yield Network(
        subject=row.text(KEY),
        row={},
        asset=asset,
        chain="",
        can_withdraw=row.text("status") in WITHDRAWABLE,
        min_withdrawal=None,
        fee=None,
        fee_asset=asset,
        can_send=False,
        min_send=None,
        reopens_at=None,
    )


NETWORKS = Surface(
    id="networks",
    area=Area.BALANCES,
    title="Which assets can be withdrawn",
    endpoint=public("Assets", "Get Asset Info", rows=keyed_rows),
    reader=network,
    plan=WHEN_ANYTHING_IS_LEFT,
)

MARKETS = (PAIR_LIST, PRICES, NETWORKS)
