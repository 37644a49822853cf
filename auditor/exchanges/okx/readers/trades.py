"""OKX: how to read a row of an order or a position."""

from collections.abc import Iterable

from auditor.exchanges.okx.readers.wallets import held_parts
from auditor.model.records import Order, Position, Record
from auditor.spec.fields import Row, always, amount, retired, text, unless
from auditor.spec.surface import Context, Reader


def order(number: str, market: str, kind: str) -> Reader:
    """An open order: that it is listed is the proof, whatever its state is called."""

    def read(row: Row, _context: Context) -> Iterable[Record]:
        yield Order(
            subject=row.text(number),
            row=row.raw,
            market=row.hint(market),
            kind=row.hint("ordType") or kind,
            side=row.hint("side") or None,
            amount=row.hint_amount("sz"),
            state=row.hint("state"),
        )

    return read


FINISHED_RFQ = frozenset({"canceled", "filled", "expired", "failed", "traded_away"})


def rfq(number: str, kind: str) -> Reader:
    """A request for quote, or a quote, that is not finished."""

    def read(row: Row, _context: Context) -> Iterable[Record]:
        state = row.text("state")
        if state not in FINISHED_RFQ:
            legs = row.raw.get("legs")
            named = [leg for leg in legs if isinstance(leg, dict)] if isinstance(legs, list) else []
            market = ", ".join(str(leg.get("instId")) for leg in named)
            yield Order(
                subject=row.text(number), row=row.raw, market=market, kind=kind, side=None, amount=None, state=state
            )

    return read


POSITION_FIELDS = (
    text("posId"),
    text("instId"),
    text("mgnMode"),
    amount("pos"),
    amount("margin", unless("mgnMode", "isolated")),
    *(amount(name, always) for name in ("liab", "interest")),
    *(retired(name) for name in ("baseBal", "quoteBal", "baseBorrowed", "quoteBorrowed")),
)


def position(row: Row, _context: Context) -> Iterable[Record]:
    """A position; an isolated row without one may still hold margin."""
    yield Position(
        subject=row.text("posId"),
        row=row.raw,
        market=row.text("instId"),
        kind=row.hint("instType"),
        side=row.hint("posSide") or None,
        amount=row.amount("pos"),
        held=held_parts(
            row,
            margin="margin",
            liability="liab",
            interest="interest",
            base="baseBal",
            quote="quoteBal",
            base_borrowed="baseBorrowed",
            quote_borrowed="quoteBorrowed",
        ),
    )


ORDINARY = frozenset({"SPOT", "MARGIN", "SWAP", "FUTURES", "OPTION"})


def events_only(read: Reader) -> Reader:
    """``read`` without what the ordinary list shows, should the exchange not heed the filter for event contracts."""

    def reader(row: Row, context: Context) -> Iterable[Record]:
        return () if row.hint("instType") in ORDINARY else read(row, context)

    return reader
