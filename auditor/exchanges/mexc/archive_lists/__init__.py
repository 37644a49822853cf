"""MEXC: the lists of an archive, most of whose rows are changes of the Spot and Futures accounts."""
