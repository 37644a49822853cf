"""KuCoin: the lists of an archive, added up or beside those that are."""
