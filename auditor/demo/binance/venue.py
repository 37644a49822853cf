"""Binance on the demo server: authentication, weights and answers."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.demo.binance.answers import READING, answer
from auditor.demo.binance.endpoints import ENDPOINTS, WRITES
from auditor.demo.binance.limits import spend
from auditor.demo.binance.protocol import NOT_FOUND, authenticate, parameters, refusal
from auditor.demo.binance.query import BinanceQuery
from auditor.demo.binance.spec import SIGNED, Endpoint
from auditor.demo.model import NOBODY, Account
from auditor.demo.venue import Answer, Request, State


class BinanceVenue:
    """Binance's REST protocol; paths distinguish its hosts."""

    id = "binance"
    prefixes = ("/api/v3/", "/sapi/", "/fapi/", "/dapi/", "/eapi/", "/papi/")
    services: tuple[str, ...] = ()

    def describe(self, request: Request) -> tuple[str, dict[str, str]]:
        """Return the path, and the parameters without those that only sign."""
        shown = {name: value for name, value in parameters(request).items() if name not in SIGNED}
        return _path(request), shown

    def authenticate(self, request: Request, state: State) -> Account:
        """Find the account that signed a request, `NOBODY` for a public one. Raises RefusedError."""
        endpoint = _endpoint(request)
        unsigned = endpoint.public if endpoint else (request.method, _path(request)) not in WRITES
        return NOBODY if unsigned else authenticate(request, state.accounts)

    def admit(self, request: Request, account: Account, state: State) -> Mapping[str, str]:
        """Count the weight, and return the headers with it. Raises RefusedError."""
        endpoint = _endpoint(request)
        if endpoint is None:
            _refuse_write(request, account)
        if endpoint is None or state.limiter is None:
            return {}
        return spend(state.limiter, endpoint, request.address, account.uid)

    def answer(self, request: Request, account: Account, _state: State) -> Answer:
        """Answer with the rows of an endpoint. Raises RefusedError."""
        endpoint = _endpoint(request)
        if endpoint is None:
            return NOT_FOUND
        now_ms = int(request.now * 1000)
        return Answer(
            200, answer(BinanceQuery(endpoint.path, parameters(request), account, endpoint=endpoint, now_ms=now_ms))
        )


VENUE = BinanceVenue()


def _path(request: Request) -> str:
    return request.target.partition("?")[0].lstrip("/")


def _endpoint(request: Request) -> Endpoint | None:
    return ENDPOINTS.get((request.method, _path(request)))


def _refuse_write(request: Request, account: Account) -> None:
    right = WRITES.get((request.method, _path(request)))
    if right is not None:
        raise refusal(-2015 if account.rights <= READING or right not in account.rights else -1016)
