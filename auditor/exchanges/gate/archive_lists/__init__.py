"""Gate: the lists of an archive that explain what its ledgers show."""
