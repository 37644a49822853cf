"""OKX: positions in margin trading, swaps, futures, options and event contracts."""

from collections.abc import Iterable, Mapping

from auditor.exchanges.okx import services
from auditor.exchanges.okx.event_contracts import without_ordinary
from auditor.exchanges.okx.sources import ATK, DOC
from auditor.exchanges.okx.words import POSITION_KINDS, SIDES
from auditor.exchanges.shared.readers import FieldOrName, figures, strict_amounts
from auditor.i18n import Text
from auditor.model.records import Area, Position, Record
from auditor.model.snapshot import Standing
from auditor.spec.blanks import always_blank, blank_unless
from auditor.spec.endpoint import Endpoint, Limit, Query
from auditor.spec.fields import amount, optional_amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.surface import Surface
from auditor.spec.words import kind_in_words, side_in_words

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
        kind=kind_in_words(row.hint("instType"), POSITION_KINDS),
        side=_side(row),
        amount=row.amount("pos"),
        held=figures(row, _PARTS),
    )


def _side(row: Row) -> Text | None:
    """Return the side; of a net position outside margin trading that of its sign."""
    side, amount = row.hint("posSide"), row.hint_amount("pos")
    if side == "net" and amount and row.hint("instType") in {"SWAP", "FUTURES", "OPTION"}:
        side = "long" if amount > 0 else "short"
    return side_in_words(side, SIDES)


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
