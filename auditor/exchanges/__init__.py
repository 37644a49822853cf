"""Exchanges: one table a file, found by being there. Adding one touches nothing else."""

import importlib
import pkgutil

from auditor.wire.surface import Exchange


def known() -> tuple[str, ...]:
    """The ids of the exchanges that have a table, by ccxt's names."""
    return tuple(sorted(info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_")))


def load(exchange_id: str) -> Exchange:
    """The table of one exchange. Raises KeyError for an id that is not among the known ones."""
    if exchange_id not in known():
        raise KeyError(exchange_id)
    exchange: Exchange = importlib.import_module(f"{__name__}.{exchange_id}").EXCHANGE
    return exchange
