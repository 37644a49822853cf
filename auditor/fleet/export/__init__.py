"""A fleet's accounts, findings and dust as tables for other programs: CSV, or Parquet."""
