"""KuCoin Futures."""
