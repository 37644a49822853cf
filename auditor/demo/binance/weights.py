"""Weights and limits: so much of weight in each minute of the clock, for an address or for a user.

Sources: rest-api.md, IP limits (429, then 418 for who goes on, with Retry-After); the rate limits page of 2026: under
/sapi/ what counts for a user counts for each path alone, and there are never bans. What counts for the address there is
counted together here, which is harder on a client than Binance is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from auditor.demo.binance.endpoint import Endpoint, RefusedError

LIMITS = {"api": 6000, "sapi": 12000, "fapi": 2400, "dapi": 2400, "eapi": 400, "papi": 6000}
"""Weight in a minute, by the first part of the path."""

USER_LIMIT = 180_000
_MINUTE = 60
_STUBBORN = 10
_BAN = 120


class Weights:
    """What was used in this minute, by whom, and who is banned."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Start with nothing used; `clock` gives seconds."""
        self._clock = clock
        self._minute = 0
        self._used: Counter[tuple[str, str]] = Counter()
        self._refused: Counter[str] = Counter()
        self._banned: dict[str, float] = {}

    def spend(self, endpoint: Endpoint, address: str, user: str) -> dict[str, str]:
        """Count one request, and give the headers that say so. `RefusedError` beyond the limit."""
        self._turn()
        service = endpoint.path.partition("/")[0]
        self._check_ban(address)
        limit, key = (USER_LIMIT, (user, endpoint.path)) if endpoint.by_uid else (LIMITS[service], (address, service))
        self._used[key] += endpoint.weight
        headers = {_header(service, endpoint): str(self._used[key])}
        if self._used[key] > limit:
            self._refuse(service, address, limit, headers)
        return headers

    def _turn(self) -> None:
        minute = int(self._clock() // _MINUTE)
        if minute != self._minute:
            self._minute = minute
            self._used.clear()
            self._refused.clear()

    def _check_ban(self, address: str) -> None:
        left = self._banned.get(address, 0) - self._clock()
        if left > 0:
            raise RefusedError(-1003, "the", status=418, headers={"Retry-After": str(int(left) + 1)})

    def _refuse(self, service: str, address: str, limit: int, headers: dict[str, str]) -> None:
        self._refused[address] += 1
        if service != "sapi" and self._refused[address] > _STUBBORN:
            self._banned[address] = self._clock() + _BAN
            self._check_ban(address)
        left = _MINUTE - self._clock() % _MINUTE
        raise RefusedError(-1003, limit, status=429, headers={**headers, "Retry-After": str(int(left) + 1)})


def _header(service: str, endpoint: Endpoint) -> str:
    if service == "sapi":
        return f"X-SAPI-USED-{'UID' if endpoint.by_uid else 'IP'}-WEIGHT-1M"
    return "X-MBX-USED-WEIGHT-1M"
