"""Everything that adapts ccxt: loading, exact numbers, one account's object."""
