"""Coinbase: spot markets with their minimums and prices, requested when a balance is left.

No request of the retail API tells the minimum of a withdrawal or its fee.
"""

from collections.abc import Iterable

from auditor.exchanges.coinbase.breakdown import BREAKDOWNS
from auditor.exchanges.coinbase.derivatives import DERIVATIVES_PLACES
from auditor.exchanges.coinbase.sources import DOC, PUBLIC, V3_PUBLIC
from auditor.exchanges.coinbase.us_futures import US_FUTURES
from auditor.exchanges.coinbase.wallets import WALLETS
from auditor.exchanges.shared.plans import when_anything_is_left
from auditor.model.records import Area, Record
from auditor.model.reference_data import Market, Price
from auditor.spec.endpoint import Endpoint, Query
from auditor.spec.fields import flag, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.rows import rows_in
from auditor.spec.surface import Surface

_PLACES = (*WALLETS, *BREAKDOWNS, *US_FUTURES, *DERIVATIVES_PLACES)
CLOSED = ("is_disabled", "trading_disabled", "cancel_only", "view_only")


@reads(text("product_id"), text("base_currency_id"), text("quote_currency_id"), *map(flag, CLOSED))
def market(row: Row, _context: Context) -> Iterable[Record]:
    """Read a spot market and the price of its last trade."""
    name, base, quote = row.text("product_id"), row.text("base_currency_id"), row.text("quote_currency_id")
    yield Market(
        subject=name,
        row={},
        base=base,
        quote=quote,
        live=not any([row.flag(closed) for closed in CLOSED]),  # noqa: C419 - each is read
        min_amount=row.hint_amount("base_min_size"),
        min_notional=row.hint_amount("quote_min_size"),
        lot=row.hint_amount("base_increment"),
    )
    yield Price(subject=name, row={}, base=base, quote=quote, price=row.hint_amount("price"))


MARKETS = (
    Surface(
        id="markets",
        area=Area.BALANCES,
        title="Spot markets",
        endpoint=Endpoint(
            path="brokerage/market/products",
            site=V3_PUBLIC,
            section="public",
            limit=PUBLIC,
            queries=(Query(params={"product_type": "SPOT"}),),
            rows=rows_in("products"),
            source=f"{DOC}, List Public Products",
        ),
        reader=market,
        plan=when_anything_is_left(one for one in _PLACES if one.value),
    ),
)
