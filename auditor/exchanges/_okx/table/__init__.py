"""OKX's table, one module for each kind of place; `auditor.exchanges.okx` joins them."""
