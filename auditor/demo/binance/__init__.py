"""Binance's REST protocol for the demo exchange.

Sources: the official Python connector (github.com/binance/binance-connector-python, August 2026) for paths, weights,
parameters and bodies; github.com/binance/binance-spot-api-docs for signatures, limits and errors. Where real accounts
answered what no documentation says (codes of refusals), the table says so.
"""
