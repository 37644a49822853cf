"""Exchanges without a table: the honest most that ccxt's unified methods give of any exchange."""
