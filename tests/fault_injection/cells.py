"""The matrix: every place of every table, every fault, on an account that is clean and on two that hold things.

One of these holds one thing, the other something good beside it: another row of the same place, and other places.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest

from auditor.spec.endpoint import Cursor
from tests.exchanges.places import Place
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


def cells(*exchanges: str) -> list[Cell]:
    """All of them, from the tables of these exchanges, or of all."""
    chosen = exchanges or tuple(VENUES)
    return [cell for name in chosen for place in VENUES[name].places.values() for cell in _of(name, place)]


def sample(each: int) -> list[Cell]:
    """So many cells of every fault, from the exchanges in turn; the same ones as long as no table changes."""
    by_fault: dict[tuple[str, bool], dict[str, list[Cell]]] = {}
    for cell in cells():
        by_fault.setdefault((cell.fault, cell.beside), {}).setdefault(cell.exchange, []).append(cell)
    chosen, found = random.Random(SEED), []
    for by_exchange in by_fault.values():
        drawn = [chosen.sample(some, min(each, len(some))) for some in by_exchange.values()]
        chosen.shuffle(drawn)
        found += [cell for cell in chain(*zip_longest(*drawn)) if cell is not None][:each]
    return found


def _of(name: str, place: Place) -> Iterator[Cell]:
    for holding in (False, True):
        if VENUES[name].accounts(place.id, holding=holding) is not None:
            for fault, field in _faults(place):
                yield Cell(name, place.id, fault, holding, field)
    if place.id in VENUES[name].samples.all:
        for fault, field in _faults(place):
            if field or fault in WHOLE or fault in PARTS:
                yield Cell(name, place.id, fault, True, field, beside=True)


def _faults(place: Place) -> Iterator[tuple[str, str]]:
    pagination = place.endpoint.pagination
    stuck = (STUCK,) if isinstance(pagination, Cursor) else ()
    paged = (*PAGES, *stuck) if pagination else ()
    yield from ((fault, "") for fault in (*sorted(ONCE), *sorted(FOR_EVER), *HARMLESS, LEFT_OUT, *paged))
    for strict in strict_fields(place.fields):
        yield from ((fault, strict.name) for fault in (*breaking(strict), *BLANK, *changing(strict)))
