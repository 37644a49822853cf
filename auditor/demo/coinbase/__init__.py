"""Coinbase's protocol for the demo exchange, from docs.cdp.coinbase.com."""
