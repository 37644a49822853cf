"""KuCoin: positions in futures."""

from collections.abc import Iterable

from auditor.exchanges.kucoin.sites import FUTURES, futures
from auditor.exchanges.kucoin.sources import documented
from auditor.exchanges.kucoin.unified_orders import UNIFIED_POSITIONS
from auditor.exchanges.kucoin.words import SIDES
from auditor.exchanges.shared.readers import figures
from auditor.i18n import Text, _, mark
from auditor.model.records import Area, Part, Position, Record
from auditor.spec.fields import MalformedError, amount, optional_amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.surface import Surface
from auditor.spec.words import side_in_words


@reads(text("id"), text("symbol"), amount("currentQty"), optional_amount("posMargin"))
def position(row: Row, _context: Context) -> Iterable[Record]:
    """Read a position; in hedge mode each market has one for each side."""
    yield Position(
        subject=row.text("id"),
        row=row.raw,
        market=row.text("symbol"),
        kind=mark("futures"),
        side=_side(row),
        amount=row.amount("currentQty"),
        held=figures(row, {Part.MARGIN: "posMargin"}),
    )
    if row.raw.get("isOpen") is True and row.is_understood("currentQty") and not row.amount("currentQty"):
        raise MalformedError(_("the position is open, and {name} is 0").format(name="currentQty"))


def _side(row: Row) -> Text | None:
    """Return the side; in one-way mode that of the amount's sign."""
    side, amount = row.hint("positionSide"), row.hint_amount("currentQty")
    if side in {"", "BOTH"} and amount:
        side = "LONG" if amount > 0 else "SHORT"
    return side_in_words(side, SIDES)


FUTURES_POSITIONS = Surface(
    id="positions",
    area=Area.POSITIONS,
    title="Futures positions",
    endpoint=documented(FUTURES, "positions", futures(2)),
    reader=position,
)

POSITIONS = (FUTURES_POSITIONS, UNIFIED_POSITIONS)
