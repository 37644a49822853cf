"""Bitget."""
