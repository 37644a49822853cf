"""One audit: collect, confirm by a second reading, build the report."""
