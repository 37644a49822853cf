"""Kraken Futures: open orders, triggers included, open positions, and the assignment programme."""

from collections.abc import Iterable

from auditor.exchanges.krakenfutures.rights import READ
from auditor.exchanges.krakenfutures.sources import trading
from auditor.exchanges.krakenfutures.words import ORDER_KINDS, ORDER_STATES, SIDES
from auditor.exchanges.shared.key_rights import moment
from auditor.i18n import mark
from auditor.model.records import Area, Bot, Order, Position, Record
from auditor.spec.fields import amount, flag, inner, optional_amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.rows import rows_in
from auditor.spec.surface import Surface
from auditor.spec.words import kind_in_words, side_in_words, state_in_words

FUNDING = "unrealizedFunding"


@reads(text("order_id"))
def open_order(row: Row, _context: Context) -> Iterable[Record]:
    """Read an open order: being listed proves that it is open, whatever its state."""
    yield Order(
        subject=row.text("order_id"),
        row=row.raw,
        market=row.hint("symbol"),
        kind=kind_in_words(row.hint("orderType") or "lmt", ORDER_KINDS),
        side=side_in_words(row.hint("side"), SIDES),
        amount=row.hint_amount("unfilledSize"),
        state=state_in_words(row.hint("status"), ORDER_STATES),
        price=row.hint_amount("limitPrice") or row.hint_amount("stopPrice") or None,
        started_at=moment(row.raw.get("receivedTime")),
    )


ORDERS = Surface(
    id="orders",
    area=Area.ORDERS,
    title="Open orders",
    endpoint=trading("openorders", "Get open orders", rows=rows_in("openOrders")),
    reader=open_order,
    right=READ,
    value=False,
)


@reads(text("symbol"), amount("size"), optional_amount(FUNDING))
def position(row: Row, _context: Context) -> Iterable[Record]:
    """Read an open position, or one in a contract that matured and is not settled yet."""
    size, funding = row.amount("size"), row.amount_or_none(FUNDING)
    yield Position(
        subject=f"{row.text('symbol')}:{row.hint('side')}",
        row=row.raw,
        market=row.text("symbol"),
        kind=mark("futures"),
        side=side_in_words(row.hint("side"), SIDES),
        amount=size,
        held={mark("funding that is due"): funding} if funding and not size else {},
    )


POSITIONS = Surface(
    id="positions",
    area=Area.POSITIONS,
    title="Open positions",
    endpoint=trading("openpositions", "Get open positions", rows=rows_in("openPositions")),
    reader=position,
    right=READ,
)


@reads(text("id"), inner("participant", flag("enabled")))
def assignment(row: Row, _context: Context) -> Iterable[Record]:
    """Read a standing instruction by which positions may be assigned at any time."""
    terms = row.inner("participant")
    if terms.flag("enabled"):
        yield Bot(
            subject=row.text("id"),
            row=row.raw,
            kind=mark("assignment programme"),
            state="",
            market=terms.hint("contract") or terms.hint("contractType") or None,
            assets=(),
            amount=None,
            asset=None,
            ending=mark("Delete the preference: while it is active, a position may be assigned to you at any time."),
        )


ASSIGNMENTS = Surface(
    id="assignments",
    area=Area.BOTS,
    title="Assignment programme",
    endpoint=trading("assignmentprogram/current", "List assignment programs", rows=rows_in("participants")),
    reader=assignment,
    right=READ,
)
