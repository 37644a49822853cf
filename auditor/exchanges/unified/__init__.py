"""Exchanges without a table, read through ccxt's unified methods."""
