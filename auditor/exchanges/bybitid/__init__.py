"""Bybit Indonesia."""
