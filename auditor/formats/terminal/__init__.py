"""The parts of the report that a person reads in a terminal, from top to bottom."""
