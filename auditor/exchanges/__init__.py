"""Exchanges: one folder each, discovered by its ``exchange.py``."""
