"""The matrix: every surface of the table, on an account that is clean and on one that holds one thing, every fault."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.wire.surface import Surface
from tests.campaign.accounts import accounts
from tests.campaign.answers import FOR_EVER, ONCE
from tests.campaign.fields import BLANK, breaking, changing, places
from tests.okx.surfaces import EXCHANGE

SEED = 20260701
PAGES = ("page repeated", "page lost", "page empty", "cursor does not move")
LEFT_OUT = "row left out"
SURFACES = {surface.id: surface for surface in EXCHANGE.all() if surface.id != EXCHANGE.clock.id}


@dataclass(frozen=True, order=True)
class Cell:
    """One surface under one fault. ``field``: the strict field that it strikes."""

    surface: str
    fault: str
    holding: bool
    field: str = ""

    def __str__(self) -> str:
        return " | ".join((self.surface, self.fault, "one thing" if self.holding else "clean", self.field or "-"))


def cells() -> list[Cell]:
    """All of them, from the table."""
    return [cell for surface in SURFACES.values() for cell in _of(surface)]


def sample(each: int) -> list[Cell]:
    """So many cells of every fault, always the same ones as long as the table does not change."""
    by_fault: dict[str, list[Cell]] = {}
    for cell in cells():
        by_fault.setdefault(cell.fault, []).append(cell)
    chosen = random.Random(SEED)
    return [cell for some in by_fault.values() for cell in chosen.sample(some, min(each, len(some)))]


def _of(surface: Surface) -> Iterator[Cell]:
    for holding in (False, True):
        if accounts(surface.id, holding=holding) is not None:
            for fault, field in _faults(surface):
                yield Cell(surface.id, fault, holding, field)


def _faults(surface: Surface) -> Iterator[tuple[str, str]]:
    yield from ((fault, "") for fault in (*ONCE, *FOR_EVER, LEFT_OUT, *(PAGES if surface.paging else ())))
    for place in places(surface.proves):
        yield from ((fault, place.name) for fault in (*breaking(place), *BLANK, *changing(place)))
