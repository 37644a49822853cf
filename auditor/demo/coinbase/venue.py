"""Coinbase on the demo server: two APIs of one host, and the gateway of derivatives, which speaks JSON-RPC."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.demo.coinbase.endpoints import LOGIN, PUBLIC, READS
from auditor.demo.coinbase.protocol import GATEWAY, authenticate, log_in, rpc_error, rpc_params
from auditor.demo.model import NOBODY, Account
from auditor.demo.venue import Answer, Query, RefusedError, Request, State, read_reference

_LISTED = read_reference(__file__)
_UNKNOWN = Answer(404, {"error": "NOT_FOUND", "error_details": "no such path", "message": "no such path"})
# Requests of a user and seconds, by the beginning of a path.
_LIMITS = {"/api/v3/": (30, 1.0), "/v2/": (10_000, 3600.0), GATEWAY: (20, 1.0)}


class CoinbaseVenue:
    """Coinbase's protocol. A path with an id is named by its pattern, with the id among the parameters."""

    id = "coinbase"
    services: tuple[str, ...] = ()
    # Other exchanges have paths of their own below that of the gateway.
    prefixes = ("/api/v3/brokerage/", "/v2/", f"{GATEWAY}private/", LOGIN, f"{GATEWAY}public/status")

    def describe(self, request: Request) -> tuple[str, dict[str, str]]:
        """Return path and parameters, those of a JSON-RPC body as well; a token is left out."""
        path, filled = _pattern(request)
        if not request.path.startswith(GATEWAY):
            return path, {**request.query, **filled}
        try:
            params = rpc_params(request) if request.body else {}
        except RefusedError:
            params = {}
        return path, {name: _written(value) for name, value in params.items() if name not in {"token", "grant_type"}}

    def authenticate(self, request: Request, state: State) -> Account:
        """Find the account that signed a request, `NOBODY` for a public or unknown path. Raises RefusedError."""
        path = _pattern(request)[0]
        if path in PUBLIC or (request.method, path) not in READS:
            return NOBODY
        if request.path.startswith(GATEWAY):
            rpc_params(request)
        return log_in(request, state) if path == LOGIN else authenticate(request, state)

    def admit(self, request: Request, account: Account, state: State) -> Mapping[str, str]:
        """Count the request of a user. Raises RefusedError."""
        begin = next(prefix for prefix in _LIMITS if request.path.startswith(prefix))
        count, seconds = _LIMITS[begin]
        if state.limiter is None or state.limiter.admit((begin, account.apikey or request.address), count, seconds):
            return {}
        if begin == GATEWAY:
            raise rpc_error(10028, "too_many_requests")
        raise RefusedError(Answer(429, {"errors": [{"id": "rate_limit_exceeded", "message": "Too many requests"}]}))

    def answer(self, request: Request, account: Account, _state: State) -> Answer:
        """Answer by the path's handler. Raises RefusedError."""
        path, params = self.describe(request)
        handler = READS.get((request.method, path))
        return _UNKNOWN if handler is None else Answer(200, handler(Query(path, params, account, _LISTED)))


def _pattern(request: Request) -> tuple[str, dict[str, str]]:
    """Return the path by its pattern, and the id in it."""
    parts = request.path.split("/")
    for place, name, length in ((3, "account_id", 5), (5, "portfolio_uuid", 6)):
        if len(parts) == length and parts[place - 1] in {"accounts", "portfolios"} and parts[place]:
            return "/".join([*parts[:place], f"{{{name}}}", *parts[place + 1 :]]), {name: parts[place]}
    return request.path, {}


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


VENUE = CoinbaseVenue()
