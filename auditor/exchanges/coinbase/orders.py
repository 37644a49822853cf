"""Coinbase: open orders of the key's portfolio.

The list shows orders of the advanced trade page only, unless another source is asked for, and holds orders of every
state, unless one is asked for. Attached, bracket, scaled, stop and TWAP orders are in it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from auditor.exchanges.coinbase.errors import REFUSED_FILTER
from auditor.exchanges.coinbase.sources import DOC, PRIVATE, V3
from auditor.exchanges.coinbase.wallets import BY_CURSOR, listed
from auditor.exchanges.coinbase.words import ORDER_KINDS, ORDER_STATES, SIDES
from auditor.exchanges.shared.key_rights import moment
from auditor.model import amounts
from auditor.model.records import Area, Order, Record
from auditor.spec.endpoint import Endpoint, Query
from auditor.spec.fields import text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.surface import ManualCheck, Surface
from auditor.spec.words import kind_in_words, side_in_words, state_in_words

SOURCES = ("RETAIL_ADVANCED", "RETAIL_SIMPLE", "UNKNOWN_PLACEMENT_SOURCE")
OPEN = ("PENDING", "OPEN", "QUEUED", "CANCEL_QUEUED", "EDIT_QUEUED")
# A word of the answers, which Coinbase may not take for a filter.
UNNAMED = ("UNKNOWN_ORDER_STATUS",)
FINAL = frozenset({"FILLED", "CANCELLED", "EXPIRED", "FAILED"})
NO_CHECK = ManualCheck()
SIZES = ("base_size", "quote_size")


@reads(text("order_id"))
def order(row: Row, _context: Context) -> Iterable[Record]:
    """Read an order of a list of open ones: being listed proves that it is open, unless its state is plainly final."""
    if row.hint("status") in FINAL:
        return
    size, price = _size_and_price(row.raw.get("order_configuration"))
    yield Order(
        subject=row.text("order_id"),
        row=row.raw,
        market=row.hint("product_id"),
        kind=kind_in_words(row.hint("order_type") or "order", ORDER_KINDS),
        side=side_in_words(row.hint("side"), SIDES),
        amount=amounts.parse(size),
        state=state_in_words(row.hint("status"), ORDER_STATES),
        price=amounts.parse(price) or None,
        started_at=created(row),
    )


def created(row: Row) -> datetime | None:
    """Return when an order was placed."""
    return moment(row.hint("created_time"))


def _size_and_price(kinds: object) -> tuple[object, object]:
    """Return size and limit price of the one kind of order that a configuration names."""
    one = next(iter(kinds.values()), None) if isinstance(kinds, dict) else None
    if not isinstance(one, dict):
        return None, None
    return next((one[name] for name in SIZES if one.get(name)), None), one.get("limit_price")


def _orders(name: str, title: str, states: Sequence[str], manual_check: ManualCheck = NO_CHECK) -> Surface:
    return Surface(
        id=name,
        area=Area.ORDERS,
        title=title,
        endpoint=Endpoint(
            path="brokerage/orders/historical/batch",
            site=V3,
            limit=PRIVATE,
            queries=tuple(
                Query(params={"order_status": state, "order_placement_source": source})
                for source in SOURCES
                for state in states
            ),
            pagination=BY_CURSOR,
            rows=listed("orders"),
            source=f"{DOC}, List Orders",
        ),
        reader=order,
        manual_check=manual_check,
        value=False,
        right="View",
    )


ORDERS = (
    _orders("orders", "Open orders", OPEN),
    _orders("orders-unnamed", "Orders in a state without a name", UNNAMED, REFUSED_FILTER),
)
