"""Exchanges: one folder each, found by being there."""
