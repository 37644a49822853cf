"""MEXC's protocol for the demo exchange, from www.mexc.com/api-docs."""
