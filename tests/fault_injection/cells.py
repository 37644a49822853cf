"""The matrix: every surface of every table, on an account that is clean and one that holds one thing, every fault."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest

from tests.fault_injection.fields import BLANK, breaking, changing, places

from auditor.spec.surface import Paging, Surface
from tests.fault_injection.venues import FOR_EVER, ONCE, VENUES, Venue

SEED = 20260701
PAGES = ("page repeated", "page lost", "page empty")
STUCK = "cursor does not move"
PAGED = (*PAGES, STUCK)
LEFT_OUT = "row left out"


@dataclass(frozen=True, order=True)
class Cell:
    """One surface of one exchange under one fault. ``field``: the strict field that it strikes."""

    exchange: str
    surface: str
    fault: str
    holding: bool
    field: str = ""

    def __str__(self) -> str:
        kind = "one thing" if self.holding else "clean"
        return " | ".join((self.exchange, self.surface, self.fault, kind, self.field or "-"))

    @property
    def venue(self) -> Venue:
        return VENUES[self.exchange]

    @property
    def asked(self) -> Surface:
        """The surface, as its table has it."""
        return self.venue.surfaces[self.surface]


def cells(*exchanges: str) -> list[Cell]:
    """All of them, from the tables of these exchanges, or of all."""
    chosen = exchanges or tuple(VENUES)
    return [cell for name in chosen for surface in VENUES[name].surfaces.values() for cell in _of(name, surface)]


def sample(each: int) -> list[Cell]:
    """So many cells of every fault, from the exchanges in turn; the same ones as long as no table changes."""
    by_fault: dict[str, dict[str, list[Cell]]] = {}
    for cell in cells():
        by_fault.setdefault(cell.fault, {}).setdefault(cell.exchange, []).append(cell)
    chosen, found = random.Random(SEED), []
    for by_exchange in by_fault.values():
        drawn = [chosen.sample(some, min(each, len(some))) for some in by_exchange.values()]
        chosen.shuffle(drawn)
        found += [cell for cell in chain(*zip_longest(*drawn)) if cell is not None][:each]
    return found


def _of(name: str, surface: Surface) -> Iterator[Cell]:
    for holding in (False, True):
        if VENUES[name].accounts(surface.id, holding=holding) is not None:
            for fault, field in _faults(surface):
                yield Cell(name, surface.id, fault, holding, field)


def _faults(surface: Surface) -> Iterator[tuple[str, str]]:
    stuck = (STUCK,) if isinstance(surface.paging, Paging) else ()
    paged = (*PAGES, *stuck) if surface.paging else ()
    yield from ((fault, "") for fault in (*sorted(ONCE), *sorted(FOR_EVER), LEFT_OUT, *paged))
    for place in places(surface.proves):
        yield from ((fault, place.name) for fault in (*breaking(place), *BLANK, *changing(place)))
