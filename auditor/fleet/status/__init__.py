"""Where a fleet stands: plain queries over the history's tables, and the forms in which they are shown."""
