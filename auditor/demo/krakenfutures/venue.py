"""Kraken Futures on the demo server."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.demo.krakenfutures.endpoints import READS
from auditor.demo.krakenfutures.protocol import authenticate, refusal
from auditor.demo.model import Account
from auditor.demo.venue import Request, State, TableVenue

MOST, SECONDS = 500, 10
"""Of the trading API together; a read costs 2 (docs.kraken.com/api, Futures rate limits)."""


class KrakenFuturesVenue(TableVenue):
    """Kraken Futures' REST protocol, with the limit of its trading API."""

    def admit(self, _request: Request, account: Account, state: State) -> Mapping[str, str]:
        """Count a signed request. Raises RefusedError beyond the limit."""
        if state.limiter is not None and account.apikey:
            allowed = all(state.limiter.admit((self.id, account.apikey), MOST, SECONDS) for _cost in range(2))
            if not allowed:
                raise refusal("apiLimitExceeded")
        return {}


VENUE = KrakenFuturesVenue(
    id="krakenfutures",
    prefixes=("/derivatives/", "/api/history/", "/api/auth/"),
    reads=READS,
    public=frozenset(),
    signer=authenticate,
    unknown={"result": "error", "error": "notFound"},
)
