"""The matrix: every place of every table, every fault, on an account that is clean and on two that hold things.

One of these holds one thing, the other something good beside it: another row of the same place, and other places.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from auditor.spec.endpoint import Cursor, Token
from tests.exchanges.places import Place, area_of
from tests.exchanges.spoiling import BLANK, breaking, changing, strict_fields
from tests.fault_injection.answers import FOR_EVER, HARMLESS, ONCE
from tests.fault_injection.venues import VENUES, Venue

SEED = 20260701
PAGES = ("page repeated", "page lost", "page empty")
STUCK = "cursor does not move"
PAGED = (*PAGES, STUCK)
LEFT_OUT = "row left out"
PARTS = (*PAGED, LEFT_OUT)
# Of whole answers these few strike the account that holds more: what they leave of it does not depend on their kind.
WHOLE = (
    "connection reset, once",
    "HTTP 404",
    "HTTP 500, for ever",
    "right is missing",
    "unknown error code",
    "no data",
    "nested too deep",
)


@dataclass(frozen=True, order=True)
class Cell:
    """One place of one exchange under one fault. ``field``: the strict field that it strikes.

    ``beside``: whether something good stands beside the one thing.
    """

    exchange: str
    place: str
    fault: str
    holding: bool
    field: str = ""
    beside: bool = False

    def __str__(self) -> str:
        kind = "more beside it" if self.beside else "one thing" if self.holding else "clean"
        return " | ".join((self.exchange, self.place, self.fault, kind, self.field or "-"))

    @property
    def venue(self) -> Venue:
        return VENUES[self.exchange]

    @property
    def asked(self) -> Place:
        """The place, as its table has it."""
        return self.venue.places[self.place]


@cache
def cells(*exchanges: str) -> Sequence[Cell]:
    """All of them, from the tables of these exchanges, or of all."""
    chosen = exchanges or tuple(VENUES)
    return tuple(cell for name in chosen for place in VENUES[name].places.values() for cell in _of(name, place))


def sample(each: int) -> list[Cell]:
    """So many cells of every fault, and one of every area of every exchange; the same ones as long as no table changes.

    Where no area is left that none strikes, they are at places that others strike too: these share their first audits.
    """
    by_fault: dict[str, list[Cell]] = {}
    for cell in random.Random(SEED).sample(cells(), len(cells())):
        by_fault.setdefault(cell.fault, []).append(cell)
    drawn = _Drawn()
    for _fault, some in sorted(by_fault.items()):
        for _number in range(min(each, len(some))):
            drawn.add(min((cell for cell in some if cell not in drawn.cells), key=drawn.rank))
    for cell in chain(*by_fault.values()):
        if not drawn.knows_area_of(cell):
            drawn.add(cell)
    return list(drawn.cells)


class _Drawn:
    """The cells of a sample so far, and what they strike."""

    def __init__(self) -> None:
        self.cells: dict[Cell, None] = {}
        self._areas: set[tuple[str, str]] = set()
        self._audits: set[tuple[str, str, bool, bool]] = set()

    def add(self, cell: Cell) -> None:
        self.cells[cell] = None
        self._areas.add(area_of(cell.exchange, cell.place))
        self._audits.add(_audit_of(cell))

    def rank(self, cell: Cell) -> tuple[bool, bool]:
        """The lowest for what is best drawn next."""
        return self.knows_area_of(cell), _audit_of(cell) not in self._audits

    def knows_area_of(self, cell: Cell) -> bool:
        """Whether a cell of the same area of the same exchange was drawn."""
        return area_of(cell.exchange, cell.place) in self._areas


def _audit_of(cell: Cell) -> tuple[str, str, bool, bool]:
    return cell.exchange, cell.place, cell.holding, cell.beside


def _of(name: str, place: Place) -> Iterator[Cell]:
    for holding in (False, True):
        if VENUES[name].has_account(place.id, holding=holding):
            for fault, field in _faults(place):
                yield Cell(name, place.id, fault, holding, field)
    if place.id in VENUES[name].samples.all:
        for fault, field in _faults(place):
            if field or fault in WHOLE or fault in PARTS:
                yield Cell(name, place.id, fault, True, field, beside=True)


def _faults(place: Place) -> Iterator[tuple[str, str]]:
    pagination = place.endpoint.pagination
    stuck = (STUCK,) if isinstance(pagination, Cursor) else ()
    # The pages of a list by token do not overlap: one without its first row is a row left out.
    pages = [one for one in PAGES if one != "page lost" or not isinstance(pagination, Token)]
    paged = (*pages, *stuck) if pagination else ()
    yield from ((fault, "") for fault in (*sorted(ONCE), *sorted(FOR_EVER), *HARMLESS, LEFT_OUT, *paged))
    for strict in strict_fields(place.fields):
        yield from ((fault, strict.name) for fault in (*breaking(strict), *BLANK, *changing(strict)))
