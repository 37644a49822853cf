"""Bybit: positions in linear and inverse contracts and in options.

Those of futures bots live in the bots' own sub-accounts: only the overview shows what they are worth.
"""

from collections.abc import Iterable

from auditor.exchanges.bybit.orders import FIFTY, ORDERS_RIGHT, OTHER_COINS
from auditor.exchanges.bybit.sources import asking, documented
from auditor.exchanges.bybit.words import POSITION_SIDES
from auditor.exchanges.shared.readers import figures, strict_amounts
from auditor.i18n import mark
from auditor.model.records import Area, Position, Record
from auditor.spec.endpoint import Query, Token
from auditor.spec.fields import optional_amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, reads
from auditor.spec.surface import RequestPlan, Surface
from auditor.spec.words import side_in_words

# Isolated margin stays with a position also when nothing else is left of it.
_PARTS = {"margin": optional_amount("positionIM"), mark("value"): optional_amount("positionValue")}


def position_in(kind: str) -> Reader:
    """Return the reader of positions of this kind, one for each side in hedge mode."""

    @reads(text("symbol"), *strict_amounts("size", *_PARTS.values()))
    def read(row: Row, _context: Context) -> Iterable[Record]:
        # The number of the side arrives as a text: 0 is one-way mode.
        side = row.hint("positionIdx")
        yield Position(
            subject=f"{row.text('symbol')}:{side}" if side not in {"", "0"} else row.text("symbol"),
            row=row.raw,
            market=row.text("symbol"),
            kind=kind,
            side=side_in_words(row.hint("side"), POSITION_SIDES),
            amount=row.amount("size"),
            held=figures(row, _PARTS),
        )

    return read


def _positions(surface: str, title: str, kind: str, query: Query, plan: RequestPlan | None = None) -> Surface:
    return Surface(
        id=surface,
        area=Area.POSITIONS,
        title=title,
        endpoint=documented("v5/position/list", "Position, Get Position Info", FIFTY, query, pages=Token(size=200)),
        reader=position_in(kind),
        plan=plan,
        right=ORDERS_RIGHT,
    )


LINEAR = mark("linear contract")
POSITIONS = (
    _positions("positions-usdt", "Positions: USDT contracts", LINEAR, asking(category="linear", settleCoin="USDT")),
    _positions("positions-usdc", "Positions: USDC contracts", LINEAR, asking(category="linear", settleCoin="USDC")),
    _positions(
        "positions-inverse", "Positions: inverse contracts", mark("inverse contract"), asking(category="inverse")
    ),
    _positions("positions-options", "Positions: options", mark("option"), asking(category="option")),
    _positions(
        "positions-other",
        "Positions: contracts settled in further coins",
        LINEAR,
        Query(),
        OTHER_COINS,
    ),
)
