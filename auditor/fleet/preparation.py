"""What a worker loads before its first looks, which would each be held up by it."""

from collections.abc import Iterable
from contextlib import suppress

from auditor.exchanges.registry import load
from auditor.history import serialization
from auditor.transport.ccxt.loader import exchange_class


def prepare(exchange_ids: Iterable[str]) -> None:
    """Load the tables of these exchanges, ccxt's classes for them, and what writes a pass.

    What cannot be loaded is reported by the look that needs it.
    """
    serialization.prepare()
    for exchange_id in exchange_ids:
        with suppress(Exception):
            load(exchange_id)
            exchange_class(exchange_id)
