"""Exchanges: one table a file, found by being there. Adding one touches nothing else.

An exchange without a table of its own is read as far as ccxt's unified methods go: `auditor.exchanges.unified`.
"""

import importlib
import pkgutil

from auditor.exchanges._unified.listing import every
from auditor.wire.surface import Exchange

UNIFIED = "unified"


def known() -> tuple[str, ...]:
    """The ids of the exchanges that have a table, by ccxt's names."""
    names = (info.name for info in pkgutil.iter_modules(__path__))
    return tuple(sorted(name for name in names if not name.startswith("_") and name != UNIFIED))


def all_ids() -> tuple[str, ...]:
    """The ids of all exchanges that can be asked about: those with a table, and whatever else ccxt has."""
    return tuple(sorted({*known(), *every()}))


def load(exchange_id: str) -> Exchange:
    """The table of one exchange. Raises KeyError for an id that ccxt does not have."""
    if exchange_id in known():
        exchange: Exchange = importlib.import_module(f"{__name__}.{exchange_id}").EXCHANGE
        return exchange
    return _unified(exchange_id)


def _unified(exchange_id: str) -> Exchange:
    from auditor.exchanges.unified import table  # noqa: PLC0415 - it imports this package

    return table(exchange_id)
