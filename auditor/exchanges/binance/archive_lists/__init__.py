"""Binance: the lists of an archive, whose rows are changes of the Spot and Funding wallets."""
