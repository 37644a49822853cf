"""Kraken's protocol for the demo exchange, from docs.kraken.com/api."""
