"""MEXC on the demo server."""

from __future__ import annotations

from auditor.demo.mexc.endpoints import PUBLIC, READS
from auditor.demo.mexc.history_endpoints import check_times
from auditor.demo.mexc.protocol import FUTURES, SPOT, authenticate
from auditor.demo.model import Account
from auditor.demo.venue import Answer, Request, State, TableVenue, read_reference


class MexcVenue(TableVenue):
    """A table of endpoints, whose lists are given in windows and for some time only."""

    def answer(self, request: Request, account: Account, state: State) -> Answer:
        """Answer by the path's handler. Raises RefusedError."""
        path, params = self.describe(request)
        check_times(path, params, request.now)
        return super().answer(request, account, state)


VENUE = MexcVenue(
    id="mexc",
    prefixes=(SPOT, FUTURES),
    reads=READS,
    public=PUBLIC,
    signer=authenticate,
    unknown={"code": 404, "msg": "no such path"},
    listed=read_reference(__file__),
)
