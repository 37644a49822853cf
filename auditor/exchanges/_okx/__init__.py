"""OKX's row readers and error codes; its table is `auditor.exchanges.okx`."""

DOC = "OKX API v5 documentation, copy of June 2026"
DOC25 = "OKX API v5 documentation, copy of April 2025"
