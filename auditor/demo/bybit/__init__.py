"""Bybit's protocol for the demo exchange, from bybit-exchange.github.io/docs/v5."""
