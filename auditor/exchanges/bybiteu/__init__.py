"""Bybit EU."""
