"""OKX: positions in margin trading, swaps, futures, options and event contracts."""

from collections.abc import Iterable, Mapping

from auditor.exchanges.okx import services
from auditor.exchanges.okx.event_contracts import without_ordinary
from auditor.exchanges.okx.sources import ATK, DOC
from auditor.exchanges.shared.readers import FieldOrName, figures, strict_amounts
from auditor.model.records import Area, Position, Record
from auditor.model.snapshot import Standing
from auditor.spec.blanks import always_blank, blank_unless
from auditor.spec.endpoint import Endpoint, Limit, Query
from auditor.spec.fields import Row, amount, optional_amount, text
from auditor.spec.reader import Context, reads
from auditor.spec.surface import Surface

_PARTS: Mapping[str, FieldOrName] = {
    "margin": amount("margin", blank_unless("mgnMode", "isolated")),
    "liability": amount("liab", always_blank),
    "interest": amount("interest", always_blank),
    "base": optional_amount("baseBal"),
    "quote": optional_amount("quoteBal"),
    "base_borrowed": optional_amount("baseBorrowed"),
    "quote_borrowed": optional_amount("quoteBorrowed"),
}


@reads(text("posId"), text("instId"), text("mgnMode"), amount("pos"), *strict_amounts(*_PARTS.values()))
def position(row: Row, _context: Context) -> Iterable[Record]:
    """Read a position; an isolated row without one may still hold margin."""
    yield Position(
        subject=row.text("posId"),
        row=row.raw,
        market=row.text("instId"),
        kind=row.hint("instType"),
        side=row.hint("posSide") or None,
        amount=row.amount("pos"),
        held=figures(row, _PARTS),
    )


OPEN_POSITIONS = Surface(
    id="positions",
    area=Area.POSITIONS,
    title="Positions: margin, swap, futures, options",
    endpoint=Endpoint(path="account/positions", limit=Limit(10, 2), source=f"{DOC}, Trading account, Get positions"),
    reader=position,
    services=services.TRADING,
)

EVENT_POSITIONS = Surface(
    id="event-positions",
    area=Area.POSITIONS,
    title="Positions in event contracts",
    endpoint=Endpoint(
        path="account/positions",
        limit=Limit(10, 2),
        queries=(Query(params={"instType": "EVENTS"}),),
        source=ATK,
    ),
    reader=without_ordinary(position),
    standing=Standing.UNDOCUMENTED,
    services=services.TRADING,
)

POSITIONS = (OPEN_POSITIONS, EVENT_POSITIONS)
