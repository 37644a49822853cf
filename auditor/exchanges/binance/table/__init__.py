"""Binance's table, one module for each kind of place; `auditor.exchanges.binance.exchange` joins them."""
