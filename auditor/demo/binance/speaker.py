"""Binance's side of the demo server: who may ask what, how much it weighs, and what is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from auditor.demo.binance import codes
from auditor.demo.binance.answers import READING, Asked, answer
from auditor.demo.binance.auth import Request, authenticate
from auditor.demo.binance.endpoint import SIGNED, Endpoint, RefusedError
from auditor.demo.binance.table import ENDPOINTS, WRITES
from auditor.demo.binance.weights import Weights
from auditor.demo.model import Account

SERVICES = ("/api/v3/", "/sapi/", "/fapi/", "/dapi/", "/eapi/", "/papi/")
"""What the paths of Binance's hosts begin with; OKX's begin with /api/v5/."""

NOBODY = Account("", exchange="binance")
Answer = tuple[int, Any, Mapping[str, str]]
"""HTTP status, body and headers."""

LOST: Answer = (404, "<html><body><h1>404 Not Found</h1></body></html>", {})


__all__ = ["NOBODY", "SERVICES", "Answer", "RefusedError", "Request", "Speaker", "refusal", "shown"]


class Speaker:
    """Answers for Binance's accounts."""

    def __init__(self, keys: Mapping[str, Account], clock: Callable[[], float], *, limits: bool) -> None:
        """Take the accounts by their keys, the clock in seconds, and whether weights count."""
        self._keys = keys
        self._clock = clock
        self._weights = Weights(clock) if limits else None

    def admit(self, request: Request) -> tuple[Account, Mapping[str, str]]:
        """Find who asks, and count the weight; gives the headers that say it. Raises `RefusedError`."""
        endpoint = _endpoint(request)
        account = self._account(request, endpoint)
        if endpoint is None:
            _refuse_write(request, account)
            return account, {}
        if self._weights is None:
            return account, {}
        return account, self._weights.spend(endpoint, request.address, account.uid)

    def answer(self, request: Request, account: Account, headers: Mapping[str, str]) -> Answer:
        """Answer what was admitted, under the headers that tell its weight."""
        endpoint = _endpoint(request)
        if endpoint is None:
            return LOST
        try:
            return 200, answer(Asked(endpoint, account, request.params, self._now_ms())), headers
        except RefusedError as refused:
            status, body, more = refusal(refused)
            return status, body, {**headers, **more}

    def _account(self, request: Request, endpoint: Endpoint | None) -> Account:
        unsigned = endpoint.public if endpoint else (request.method, _path(request)) not in WRITES
        return NOBODY if unsigned else authenticate(request, self._accounts(), self._now_ms())

    def _accounts(self) -> Mapping[str, Account]:
        return {key: account for key, account in self._keys.items() if account.exchange == "binance"}

    def _now_ms(self) -> int:
        return int(self._clock() * 1000)


def refusal(refused: RefusedError) -> Answer:
    """Give the answer that says no."""
    status, body = codes.body(refused)
    return status, body, refused.headers


def shown(request: Request) -> dict[str, str]:
    """Give the parameters that say what is asked, without those that only sign."""
    return {name: value for name, value in request.params.items() if name not in SIGNED}


def _path(request: Request) -> str:
    return request.path.lstrip("/")


def _endpoint(request: Request) -> Endpoint | None:
    return ENDPOINTS.get((request.method, _path(request)))


def _refuse_write(request: Request, account: Account) -> None:
    right = WRITES.get((request.method, _path(request)))
    if right is not None:
        raise RefusedError(-2015 if account.rights <= READING or right not in account.rights else -1016)
