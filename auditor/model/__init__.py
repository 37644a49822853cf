"""The data that every layer shares. Pure: no network, no files."""
