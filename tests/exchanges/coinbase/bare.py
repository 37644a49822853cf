"""Coinbase: an account at the demo exchange with one wallet and nothing in it, known at the gateway of derivatives."""

from auditor.demo import account

EMPTY, MESSY = account("coinbase-empty"), account("coinbase-messy")
WALLETS = "/v2/accounts"
BARE = EMPTY.with_rows(WALLETS, [row for row in EMPTY.rows(WALLETS) if row["type"] == "fiat"]).with_(
    name="bare",
    apikey="demo-coinbase-bare-key",
    key={**EMPTY.key, "portfolio_uuid": "75000009-bare", "@derivatives": True},
)
