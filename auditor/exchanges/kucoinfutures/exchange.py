"""KuCoin Futures, as ccxt calls it: a part of KuCoin, so the whole account is read."""

from auditor.exchanges.kucoin.exchange import kucoin_exchange

EXCHANGE = kucoin_exchange("kucoinfutures", "KuCoin Futures")
