"""OKX's table, one module for each kind of place; `auditor.exchanges.okx.exchange` joins them."""
