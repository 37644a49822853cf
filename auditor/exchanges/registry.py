"""The exchanges: one folder each, discovered by its ``exchange.py``.

Adding one changes no other file.

An exchange without a table is read through ccxt's unified methods. They also read the areas that an incomplete table
lacks; each of the table's own areas then has a surface that stays unread, so such an account is never called clean.
"""

import importlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from auditor import exchanges
from auditor.exchanges.catalogue import every
from auditor.exchanges.unified.exchange import AREAS, REFERENCE, others_surface, unified_exchange
from auditor.spec.exchange import Exchange
from auditor.spec.surface import Surface

UNIFIED = "unified"


def known() -> tuple[str, ...]:
    """Return the ids of the exchanges that have a table, by ccxt's names."""
    files = (file for folder in exchanges.__path__ for file in Path(folder).glob("*/exchange.py"))
    return tuple(sorted({file.parent.name for file in files} - {UNIFIED}))


def all_ids() -> tuple[str, ...]:
    """Return the ids of all exchanges: those with a table, and the others that ccxt has."""
    return tuple(sorted({*known(), *every()}))


def load(exchange_id: str) -> Exchange:
    """Return one exchange. Raises KeyError for an id that ccxt does not have."""
    if exchange_id not in known():
        return unified_exchange(exchange_id)
    exchange: Exchange = importlib.import_module(f"auditor.exchanges.{exchange_id}.exchange").EXCHANGE
    return exchange if exchange.complete else _with_unified(exchange)


def _with_unified(exchange: Exchange) -> Exchange:
    return replace(exchange, surfaces=(*exchange.surfaces, *_other_surfaces(exchange)))


def _other_surfaces(exchange: Exchange) -> Iterator[Surface]:
    """Yield the surfaces of areas that the table lacks, and an unread one for each area that it has."""
    own, ids = {surface.area for surface in exchange.surfaces}, {surface.id for surface in exchange.surfaces}
    for surface in unified_exchange(exchange.id).surfaces:
        if surface.id not in ids and (surface.area not in own or surface.id in REFERENCE):
            yield surface
    yield from (others_surface(area) for area in AREAS if area in own)
