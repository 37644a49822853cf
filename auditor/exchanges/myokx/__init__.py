"""OKX (EEA)."""
