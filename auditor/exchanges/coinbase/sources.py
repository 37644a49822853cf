"""Coinbase: the sources that its table cites, the sites of its API, and their rate limits.

The pages of docs.cdp.coinbase.com were read in copies of June to September 2026. SEEN marks what real accounts
answered, as third parties reported between July and September 2026.
"""

from auditor.spec.endpoint import Limit, Site

DOC = "Coinbase Advanced Trade API (docs.cdp.coinbase.com, June 2026)"
APP_DOC = "Coinbase App API, Track (docs.cdp.coinbase.com, 2026)"
GATEWAY_DOC = "Coinbase derivatives API (docs.cdp.coinbase.com, September 2026)"
SEEN = "seen on real accounts, July to September 2026"

V3 = Site("v3.private", "/api/v3/", "api")
V3_PUBLIC = Site("v3.public", "/api/v3/", "api")
V2 = Site("v2.private", "/v2/", "api")
# International derivatives since 2026-09-09: JSON-RPC.
GATEWAY = Site("gateway", "/api/v2/", "derivatives")

# 30 requests a second for each user, 10 for each address; 10,000 an hour for each user of the older API.
PRIVATE = Limit(30, 1, pool="v3")
PUBLIC = Limit(10, 1, pool="v3-public", shared=True)
APP = Limit(10_000, 3600, pool="v2")
# Credits for each user; the connection is dropped when they are spent, so one request a second.
CREDITS = Limit(1, 1, pool="gateway")
