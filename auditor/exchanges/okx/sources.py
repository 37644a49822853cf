"""OKX's table by kinds of place, row readers and error codes; `auditor.exchanges.okx.exchange` joins them."""

DOC = "OKX API v5 documentation, copy of June 2026"
DOC25 = "OKX API v5 documentation, copy of April 2025"
ATK = "OKX agent-trade-kit, April 2026; not in OKX's documentation"
CCXT = "ccxt 4.5.90; not in OKX's documentation"
