"""Binance: its table, one module for each area."""
