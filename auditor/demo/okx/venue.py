"""OKX on the demo server: authentication, rate limits and answers."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.demo.model import NOBODY, Account
from auditor.demo.okx.answers import OkxQuery, answer
from auditor.demo.okx.endpoints import ENDPOINTS, WRITES
from auditor.demo.okx.protocol import authenticate, refusal, success
from auditor.demo.okx.spec import Endpoint
from auditor.demo.venue import Answer, Request, State

PREFIX = "/api/v5/"
"""What every path begins with."""


class OkxVenue:
    """OKX's v5 REST protocol."""

    id = "okx"
    prefixes = (PREFIX,)
    services: tuple[str, ...] = ()

    def describe(self, request: Request) -> tuple[str, dict[str, str]]:
        """Return the path without the common prefix, and the query."""
        return request.path.removeprefix(PREFIX), dict(request.query)

    def authenticate(self, request: Request, state: State) -> Account:
        """Find the account that signed a request, `NOBODY` for a public one. Raises RefusedError."""
        path, _query = self.describe(request)
        endpoint = ENDPOINTS.get(path)
        unsigned = endpoint.public if endpoint else path not in WRITES
        return NOBODY if unsigned else authenticate(request, state.accounts)

    def admit(self, request: Request, account: Account, state: State) -> Mapping[str, str]:
        """Check method, rights and rate limit; OKX has no headers for them. Raises RefusedError."""
        path, query = self.describe(request)
        _check_rights(request.method, path, account)
        endpoint = ENDPOINTS.get(path)
        if endpoint is not None and state.limiter is not None:
            client = request.address if endpoint.public else account.uid
            key = (path, client, query.get(endpoint.split_by))
            if not state.limiter.admit(key, *endpoint.limit):
                raise refusal("50011")
        return {}

    def answer(self, request: Request, account: Account, state: State) -> Answer:
        """Answer with the rows of an endpoint. Raises RefusedError; nothing is ever written."""
        path, params = self.describe(request)
        endpoint = ENDPOINTS.get(path)
        if endpoint is None:
            raise refusal("50005" if path in WRITES else "404")
        return success(answer(_query(endpoint, request, params, account, state)))


VENUE = OkxVenue()


def _check_rights(method: str, path: str, account: Account) -> None:
    known = path in ENDPOINTS or path in WRITES
    if known and method != ("POST" if path in WRITES else "GET"):
        raise refusal("50115")
    if account is not NOBODY and WRITES.get(path, "read_only") not in account.rights:
        raise refusal("50120")


def _query(endpoint: Endpoint, request: Request, params: Mapping[str, str], account: Account, state: State) -> OkxQuery:
    now_ms = str(int(request.now * 1000))
    return OkxQuery(endpoint.path, params, account, endpoint=endpoint, now_ms=now_ms, status=state.status_rows)
