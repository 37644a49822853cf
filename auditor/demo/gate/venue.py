"""Gate on the demo server."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.demo.gate.endpoints import PUBLIC, READS
from auditor.demo.gate.protocol import authenticate, refusal
from auditor.demo.model import NOBODY, Account
from auditor.demo.venue import Request, State, TableVenue, read_reference

OFTEN, SELDOM, SECONDS = 200, 150, 10
"""Requests of one user to one path in so many seconds: of wallet, spot, margin and contracts, and of all else."""
_OFTEN = ("wallet", "spot", "margin", "futures", "delivery", "options")


class GateVenue(TableVenue):
    """Gate's APIv4, with its limit for each user and path."""

    def admit(self, request: Request, account: Account, state: State) -> Mapping[str, str]:
        """Count a private request. Raises RefusedError beyond the limit."""
        most = OFTEN if request.path.removeprefix("/api/v4/").startswith(_OFTEN) else SELDOM
        limiter = None if account is NOBODY else state.limiter
        if limiter is not None and not limiter.admit((request.path, account.apikey), most, SECONDS):
            raise refusal(429, "TOO_MANY_REQUESTS", "Request Rate limit Exceeded")
        return {}


VENUE = GateVenue(
    id="gate",
    prefixes=("/api/v4/",),
    reads=READS,
    public=PUBLIC,
    signer=authenticate,
    unknown={"label": "NOT_FOUND", "message": "no such path"},
    listed=read_reference(__file__),
)
