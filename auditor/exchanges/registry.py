"""The exchanges: one folder each, discovered by its ``exchange.py``.

Adding one changes no other file.

An exchange without a table is read through ccxt's unified methods. They also read the areas that an incomplete table
lacks; each of the table's own areas then has a surface that stays unread, so such an account is never called clean.
"""

import importlib
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cache
from pathlib import Path

from auditor import exchanges
from auditor.exchanges.catalogue import ccxt_ids
from auditor.exchanges.unified.exchange import AREAS, REFERENCE, gap_surface, others_surface, unified_exchange
from auditor.model.records import Area
from auditor.spec.exchange import Exchange
from auditor.spec.surface import Surface

UNIFIED = "unified"


@cache
def table_ids() -> tuple[str, ...]:
    """Return the ids of the exchanges that have a table, by ccxt's names."""
    files = (file for folder in exchanges.__path__ for file in Path(folder).glob("*/exchange.py"))
    return tuple(sorted({file.parent.name for file in files} - {UNIFIED}))


def all_ids() -> tuple[str, ...]:
    """Return the ids of all exchanges: those with a table, and the others that ccxt has."""
    return tuple(sorted({*table_ids(), *ccxt_ids()}))


def load(exchange_id: str) -> Exchange:
    """Return one exchange. Raises KeyError for an id that ccxt does not have."""
    if exchange_id not in table_ids():
        return unified_exchange(exchange_id)
    exchange: Exchange = importlib.import_module(f"auditor.exchanges.{exchange_id}.exchange").EXCHANGE
    return exchange if exchange.complete else _with_unified(exchange)


def _with_unified(exchange: Exchange) -> Exchange:
    return replace(exchange, surfaces=(*exchange.surfaces, *_other_surfaces(exchange)))


def _other_surfaces(exchange: Exchange) -> Iterator[Surface]:
    """Yield the surfaces of areas that the table lacks, and an unread one for each area that it has."""
    own, ids = {surface.area for surface in exchange.surfaces}, {surface.id for surface in exchange.surfaces}
    unified = [surface for surface in unified_exchange(exchange.id).surfaces if surface.id not in ids]
    others = [surface for surface in unified if surface.area not in own or surface.id in REFERENCE]
    places = {*ids, *(surface.id for surface in others)}
    wallets = tuple(surface.id for surface in (*exchange.surfaces, *others) if _is_wallet(surface))
    yield from (_without_lost_places(surface, places, wallets) for surface in others)
    yield from (others_surface(area) for area in AREAS if area in own)


def _is_wallet(surface: Surface) -> bool:
    return surface.area is Area.BALANCES and surface.id not in REFERENCE


def _without_lost_places(surface: Surface, places: AbstractSet[str], wallets: tuple[str, ...]) -> Surface:
    """Return a unified surface for use beside a table, which may read the places that its plan depends on.

    Facts about markets are asked when any wallet holds something. What ccxt asks for by what it saw itself is a place
    that stays unread, since ccxt has not seen the table's places.
    """
    plan = surface.plan
    if plan is None or places >= set(plan.after):
        return surface
    if surface.id in REFERENCE:
        return replace(surface, plan=replace(plan, after=wallets))
    return gap_surface(surface.id, surface.area, surface.title)
