"""Coinbase: an account at the demo exchange that has nothing, and knows the gateway of derivatives."""

from auditor.demo import account

EMPTY, MESSY = account("coinbase-empty"), account("coinbase-messy")
BARE = EMPTY.with_(
    name="bare",
    apikey="demo-coinbase-bare-key",
    key={**EMPTY.key, "portfolio_uuid": "75000009-bare", "@derivatives": True},
)
