"""What `auditor.exchanges.unified` is made of: the honest most that ccxt's unified methods give of any exchange."""
