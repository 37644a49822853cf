"""KuCoin's protocol for the demo exchange, from kucoin.com/docs-new."""
