"""OKX US."""
