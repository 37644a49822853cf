"""Bybit Indonesia: the Bybit table for a site with its own accounts and keys."""

from auditor.exchanges.bybit.exchange import regional_exchange

EXCHANGE = regional_exchange("bybitid", "Bybit Indonesia")
