"""Looking again until nothing is left: when, how often, until when, and whom to tell. The audit knows nothing of it."""
