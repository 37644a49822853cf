"""How rows of OKX's answers are read."""
