"""How rows of Binance's answers are read."""
