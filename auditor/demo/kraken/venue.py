"""Kraken on the demo server."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.demo.kraken.endpoints import PUBLIC, READS
from auditor.demo.kraken.limits import spend
from auditor.demo.kraken.protocol import authenticate, parameters
from auditor.demo.model import Account
from auditor.demo.venue import Request, State, TableVenue, read_reference


class KrakenVenue(TableVenue):
    """Kraken's REST protocol, with its limit for each key."""

    def admit(self, request: Request, account: Account, state: State) -> Mapping[str, str]:
        """Count a private call. Raises RefusedError beyond the limit."""
        if state.limiter is not None and account.apikey:
            spend(state.limiter, account.apikey, request.path)
        return {}


VENUE = KrakenVenue(
    id="kraken",
    prefixes=("/0/",),
    reads=READS,
    public=PUBLIC,
    signer=authenticate,
    parameters=parameters,
    unknown={"error": ["EGeneral:Unknown method"]},
    listed=read_reference(__file__),
)
