"""Kraken's rate limit: a counter for each key that calls raise and time lowers (docs.kraken.com/api, REST rate limits).

That of the lowest tier: at most 15, going down by 0.33 a second.
"""

from __future__ import annotations

from auditor.demo.kraken.protocol import refusal
from auditor.demo.limits import Limiter

MOST, DECAY = 15, 0.33
LEDGER_CALLS = frozenset(f"/0/private/{name}" for name in ("Ledgers", "QueryLedgers", "TradesHistory"))
_SECONDS = MOST / DECAY


def spend(limiter: Limiter, key: str, path: str) -> None:
    """Count one private call. Raises RefusedError beyond the limit.

    No stretch as long as the counter needs to fall from 15 to 0 has more than 15: a little stricter than Kraken.
    """
    for _call in range(2 if path in LEDGER_CALLS else 1):
        if not limiter.admit(("kraken", key), MOST, _SECONDS):
            raise refusal("EAPI:Rate limit exceeded")
