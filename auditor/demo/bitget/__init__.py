"""Bitget's protocol for the demo exchange, from bitget.com/api-doc."""
