"""OKX's v5 REST protocol for the demo exchange, from https://www.okx.com/docs-v5/en/ (June 2026)."""
