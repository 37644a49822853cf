"""Bybit: the lists of an archive that explain what its two ledgers show."""
