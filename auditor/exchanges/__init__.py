"""Exchanges: one table a folder, found by being there. Adding one touches nothing else.

An exchange without a table of its own is read as far as ccxt's unified methods go: `auditor.exchanges.unified`.
"""

import importlib
from pathlib import Path

from auditor.exchanges.catalogue import every
from auditor.spec.surface import Exchange

UNIFIED = "unified"


def known() -> tuple[str, ...]:
    """The ids of the exchanges that have a table, by ccxt's names."""
    files = (file for folder in __path__ for file in Path(folder).glob("*/exchange.py"))
    return tuple(sorted({file.parent.name for file in files} - {UNIFIED}))


def all_ids() -> tuple[str, ...]:
    """The ids of all exchanges that can be asked about: those with a table, and whatever else ccxt has."""
    return tuple(sorted({*known(), *every()}))


def load(exchange_id: str) -> Exchange:
    """The table of one exchange. Raises KeyError for an id that ccxt does not have."""
    if exchange_id in known():
        exchange: Exchange = importlib.import_module(f"{__name__}.{exchange_id}.exchange").EXCHANGE
        return exchange
    return _unified(exchange_id)


def _unified(exchange_id: str) -> Exchange:
    from auditor.exchanges.unified.exchange import table  # noqa: PLC0415 - it imports this package

    return table(exchange_id)
