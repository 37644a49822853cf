"""Bitget on the demo server."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.demo.bitget.endpoints import PUBLIC, READS
from auditor.demo.bitget.history_endpoints import SPANS, check_span
from auditor.demo.bitget.protocol import authenticate, refusal
from auditor.demo.model import Account
from auditor.demo.venue import Request, State, TableVenue, read_reference


class BitgetVenue(TableVenue):
    """Bitget's REST protocol, with the rights, limits and reach of its lists of what is over."""

    def admit(self, request: Request, account: Account, state: State) -> Mapping[str, str]:
        """Check a request of such a list. Raises RefusedError."""
        span = SPANS.get(request.path)
        if span is None or not account.apikey:
            return {}
        rights = (*account.key.get("permissions", ()), *account.key.get("authorities", ()))
        if span.right and span.right not in rights:
            raise refusal("40014", f"Incorrect permissions, need {span.right} (read)")
        if state.limiter is not None and not state.limiter.admit((request.path, account.apikey), span.limit, 1):
            raise refusal("429", "Too Many Requests")
        check_span(request)
        return {}


VENUE = BitgetVenue(
    id="bitget",
    prefixes=("/api/v2/", "/api/v3/"),
    reads=READS,
    public=PUBLIC,
    signer=authenticate,
    unknown={"code": "40404", "msg": "Request URL NOT FOUND", "data": None},
    listed=read_reference(__file__),
)
