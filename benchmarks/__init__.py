"""How fast an audit is, beside what a user would write instead and what the exchange's own limits allow.

``python -m benchmarks`` runs all of it and writes ``benchmarks.json``; ``python -m benchmarks.compare OLD NEW`` tells
what became slower.
"""
