"""Gate's protocol for the demo exchange, from gate.com/docs/developers/apiv4."""
