"""Last prices of spot markets whose rows name a symbol and not its two coins."""

from collections.abc import Iterable, Sequence

from auditor.exchanges.shared.plans import Readings, records_in
from auditor.model.records import Record
from auditor.model.reference_data import Market, Price
from auditor.spec.fields import text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, Scope
from auditor.spec.surface import RequestPlan


def last_prices(amount: str) -> Reader:
    """Return the reader of rows with a ``symbol`` and its last price in the field ``amount``."""

    def price(row: Row, context: Context) -> Iterable[Record]:
        pair = context.scope.known.get(row.text("symbol"))
        if pair is not None:
            base, quote = pair
            yield Price(subject=row.text("symbol"), row={}, base=base, quote=quote, price=row.hint_amount(amount))

    return Reader((text("symbol"),), price)


def _with_markets(readings: Readings) -> Sequence[Scope]:
    """Plan the request of prices when markets were read: only markets name the two assets of a symbol."""
    pairs = {r.subject: (r.base, r.quote) for r in records_in(readings, "markets") if isinstance(r, Market)}
    return [Scope(known=pairs)] if pairs else []


AFTER_MARKETS = RequestPlan(after=("markets",), scopes=_with_markets)
