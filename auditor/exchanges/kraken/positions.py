"""Kraken: open margin positions; what they borrowed has no balance of its own."""

from collections.abc import Iterable

from auditor.exchanges.kraken.no_result import KEY, check_result, where_result
from auditor.exchanges.kraken.pairs import market_name
from auditor.exchanges.kraken.rights import OPEN_ORDERS
from auditor.exchanges.kraken.rows import keyed_rows
from auditor.exchanges.kraken.sources import private
from auditor.exchanges.kraken.words import SIDES
from auditor.i18n import mark
from auditor.model.amounts import ZERO, subtract
from auditor.model.records import Area, Part, Position, Record
from auditor.spec.fields import amount, optional_amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.surface import Surface
from auditor.spec.words import side_in_words


@reads(text(KEY), where_result(amount("vol")), where_result(amount("vol_closed")), optional_amount("margin"))
def position(row: Row, _context: Context) -> Iterable[Record]:
    """Read an open position, however small: being listed proves that it is open."""
    check_result(row, "total")
    volume = row.amount("vol")
    yield Position(
        subject=row.text(KEY),
        row=row.raw,
        market=market_name(row.hint("pair")),
        kind=mark("margin position"),
        side=side_in_words(row.hint("type"), SIDES),
        amount=subtract(volume, row.amount("vol_closed")),
        held={mark("opened"): volume, Part.MARGIN: row.amount_or_none("margin") or ZERO},
    )


OPEN = Surface(
    id="positions",
    area=Area.POSITIONS,
    title="Open margin positions",
    endpoint=private("OpenPositions", "Get Open Positions", rows=keyed_rows),
    reader=position,
    right=OPEN_ORDERS,
)
POSITIONS = (OPEN,)
