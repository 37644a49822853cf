"""Kraken Futures on the demo exchange, from docs.kraken.com/api."""
