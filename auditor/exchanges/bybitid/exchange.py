"""Bybit Indonesia: the Bybit table for a site with its own accounts and keys."""

from auditor.exchanges.bybit.exchange import bybit_exchange

EXCHANGE = bybit_exchange("bybitid", "Bybit Indonesia")
