"""Measure an audit's speed against a plain ccxt script and the exchange's own rate limits.

``python -m benchmarks`` runs all cases and writes ``benchmarks.json``; ``python -m benchmarks.compare OLD NEW`` prints
the cases that became slower.
"""
