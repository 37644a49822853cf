"""HTX on the demo server."""

from __future__ import annotations

from dataclasses import replace

from auditor.demo.htx.endpoints import READS
from auditor.demo.htx.paging import NOW
from auditor.demo.htx.protocol import authenticate
from auditor.demo.model import Account
from auditor.demo.venue import Answer, Request, State, TableVenue


class HtxVenue(TableVenue):
    """HTX's REST protocol, whose time windows are counted from its own clock."""

    def answer(self, request: Request, account: Account, state: State) -> Answer:
        """Answer by the path's handler, which gets the time. Raises RefusedError."""
        query = {**request.query, NOW: str(int(request.now * 1000))}
        return TableVenue.answer(self, replace(request, query=query), account, state)


VENUE = HtxVenue(
    id="htx",
    prefixes=("/v1/", "/v2/", "/v5/"),
    reads=READS,
    public=frozenset(),
    signer=authenticate,
    unknown={"status": "error", "err-code": "not-found", "err-msg": "no such path", "data": None},
)
