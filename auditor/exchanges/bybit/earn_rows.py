"""Bybit: the rows of earn products: positions, and orders that are not over."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from auditor.exchanges.bybit.words import EARN_STATES
from auditor.exchanges.shared.readers import FieldOrName, figures, strict_amounts
from auditor.model.records import Area, Earning, Record
from auditor.spec.endpoint import Endpoint, Limit
from auditor.spec.fields import Field, amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader
from auditor.spec.surface import ManualCheck, Surface
from auditor.spec.words import state_in_words

TEN = Limit(10, 1)
NO_CHECK = ManualCheck()
# States in which a product pays out.
REDEEMING = frozenset({"Redeeming", "Settling", "EarlyRedemptionProcessing"})
# The state in which a position holds what it says: in any other one something is on its way.
RESTING = "Active"
Over = Callable[[Row], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarnRow:
    """The shape of a row: the fields of its id, asset, amount, state and end, and of further amounts by part.

    ``end``: evidence, in milliseconds; ``further``: strict fields that only say whether it is over; ``moves``: it is an
    order under way, whatever its amount.
    """

    product: str
    number: str
    asset: str
    amount: str
    state: str = "status"
    end: str = ""
    parts: Mapping[str, FieldOrName] = field(default_factory=dict)
    further: tuple[Field, ...] = ()
    moves: bool = False


def never_over(_row: Row) -> bool:
    """Return False: being listed proves that it holds something, unless it rests and every amount is zero."""
    return False


def over_in(*states: str, field: str = "status") -> Over:
    """Accept rows in one of these states as over."""
    return lambda row: row.text(field) in states


def earn_rows(shape: EarnRow, over: Over = never_over) -> Reader:
    """Read rows of this shape that are not ``over``."""

    def read(row: Row, _context: Context) -> Iterable[Record]:
        if not over(row):
            yield _earning(shape, row)

    named = map(text, (shape.number, shape.asset, shape.state))
    return Reader((*named, amount(shape.amount), *strict_amounts(*shape.parts.values()), *shape.further), read)


def _earning(shape: EarnRow, row: Row) -> Earning:
    state, figure = row.text(shape.state), row.amount(shape.amount)
    return Earning(
        subject=row.text(shape.number),
        row=row.raw,
        product=shape.product,
        asset=row.text(shape.asset),
        amount=figure or None if shape.moves or state != RESTING else figure,
        held=figures(row, shape.parts),
        state=state_in_words(state, EARN_STATES),
        redeeming=state in REDEEMING,
        ready_at=row.hint_time(shape.end) if shape.end else None,
    )


def earn_place(
    name: str, title: str, endpoint: Endpoint, reader: Reader, *, manual_check: ManualCheck = NO_CHECK
) -> Surface:
    """Return a surface of Earn."""
    return Surface(
        id=name,
        area=Area.EARN,
        title=title,
        endpoint=endpoint,
        reader=reader,
        right="Earn",
        manual_check=manual_check,
    )
