"""KuCoin on the demo server: one server for the spot and the futures host, which paths and parameters distinguish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.demo.kucoin.endpoints import BY_ID, ENDPOINTS, PUBLIC, READS, Endpoint
from auditor.demo.kucoin.history_lists import NOW
from auditor.demo.kucoin.limits import spend
from auditor.demo.kucoin.protocol import authenticate, data, refusal
from auditor.demo.kucoin.wallets import is_unified
from auditor.demo.model import Account
from auditor.demo.venue import Answer, Query, Request, State, TableVenue, read_reference

WITHDRAWALS, TIME = "/api/v1/withdrawals/", "/api/v1/timestamp"


@dataclass(frozen=True)
class KucoinVenue(TableVenue):
    """KuCoin's REST protocol: rights, account modes and limits beside the table of handlers."""

    def describe(self, request: Request) -> tuple[str, dict[str, str]]:
        """Return path and parameters; the number in the path of a withdrawal is a parameter."""
        number = request.path.removeprefix(WITHDRAWALS)
        if number == request.path or "/" in number:
            return request.path, dict(request.query)
        return BY_ID, {**request.query, "withdrawalId": number}

    def authenticate(self, request: Request, state: State) -> Account:
        """Find the account that signed a request, `NOBODY` for a public or unknown path. Raises RefusedError."""
        if request.method == "GET" and self.describe(request)[0] == BY_ID:
            return self.signer(request, state)
        return super().authenticate(request, state)

    def admit(self, request: Request, account: Account, state: State) -> Mapping[str, str]:
        """Count the weight. Raises RefusedError above the limit."""
        endpoint = self._endpoint(request)
        if endpoint is None:
            return {}
        is_public = request.path in PUBLIC
        user = request.address if is_public else account.apikey
        return {} if state.limiter is None else spend(state.limiter, endpoint.pool, endpoint.weight, user)

    def answer(self, request: Request, account: Account, _state: State) -> Answer:
        """Answer by the path's handler. Raises RefusedError."""
        endpoint = self._endpoint(request)
        if endpoint is None:
            return Answer(404, self.unknown)
        path, params = self.describe(request)
        params = {**dict(request.query), **params}
        if path == TIME:
            return Answer(200, data(int(request.now * 1000)))
        if path not in PUBLIC:
            _check_right(endpoint, account, path)
        if code := account.refusal(path):
            raise refusal(str(code))
        query = Query(path, {**params, NOW: str(int(request.now * 1000))}, account, self.listed)
        if endpoint.unified and not is_unified(query):
            raise refusal("112010")
        return Answer(200, endpoint.handler(query))

    def _endpoint(self, request: Request) -> Endpoint | None:
        return ENDPOINTS.get(self.describe(request)[0]) if request.method == "GET" else None


def _check_right(endpoint: Endpoint, account: Account, path: str) -> None:
    rights = {right.strip() for right in str(account.key.get("permission", "General")).split(",")}
    is_refused = endpoint.main and account.key.get("isMaster") is False
    # KuCoin's pages differ on some rights: an account that has rows in the path's own book is answered all the same.
    may_ask = not endpoint.right or endpoint.right in rights or ("General" in rights and account.rows(path))
    if is_refused or not may_ask:
        raise refusal("400007")


VENUE = KucoinVenue(
    id="kucoin",
    prefixes=("/api/v1/", "/api/v2/", "/api/v3/", "/api/ua/"),
    reads=READS,
    public=frozenset(PUBLIC),
    signer=authenticate,
    unknown={"code": "404", "msg": "Not Found", "retry": False, "success": False},
    listed=read_reference(__file__),
)
