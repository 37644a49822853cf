"""OKX's row readers and error codes; its table is `auditor.exchanges.okx`."""
