"""Adapters of ccxt: loading, exact numbers, one account's object."""
