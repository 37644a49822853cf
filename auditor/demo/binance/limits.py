"""Binance's rate limits: a weight in each minute of the clock, for an address or for a user.

Sources: rest-api.md, IP limits (429, then 418 for a client that goes on, with Retry-After); the rate limits page of
2026: under /sapi/ a user's weight is counted for each path separately, and there are no bans. An address's weight there
is counted for all paths together here, which is stricter than Binance.
"""

from __future__ import annotations

from collections.abc import Mapping

from auditor.demo.binance.protocol import refusal
from auditor.demo.binance.spec import Endpoint
from auditor.demo.limits import Limiter

LIMITS = {"api": 6000, "sapi": 12000, "fapi": 2400, "dapi": 2400, "eapi": 400, "papi": 6000}
"""Weight in a minute, by the first part of the path."""

USER_LIMIT = 180_000
_MINUTE = 60
_PATIENCE = 10
"""Refused requests in a minute before an address is banned."""
_BAN = 120
"""Seconds."""


def spend(limiter: Limiter, endpoint: Endpoint, address: str, user: str) -> dict[str, str]:
    """Count one request, and return the headers with the weight.

    Raises RefusedError beyond the limit.
    """
    service = endpoint.path.partition("/")[0]
    _check_ban(limiter, address)
    limit, key = (USER_LIMIT, (user, endpoint.path)) if endpoint.by_uid else (LIMITS[service], (address, service))
    used = limiter.spend(key, endpoint.weight, _MINUTE)
    headers = {_header(service, endpoint): str(used)}
    if used > limit:
        _refuse(limiter, service, address, limit, headers)
    return headers


def _check_ban(limiter: Limiter, address: str) -> None:
    remaining = limiter.banned(address)
    if remaining > 0:
        raise refusal(-1003, "the", status=418, headers={"Retry-After": str(int(remaining) + 1)})


def _refuse(limiter: Limiter, service: str, address: str, limit: int, headers: Mapping[str, str]) -> None:
    refused = limiter.spend(("refused", address), 1, _MINUTE)
    if service != "sapi" and refused > _PATIENCE:
        limiter.ban(address, _BAN)
        _check_ban(limiter, address)
    seconds = int(limiter.remaining(_MINUTE)) + 1
    raise refusal(-1003, limit, status=429, headers={**headers, "Retry-After": str(seconds)})


def _header(service: str, endpoint: Endpoint) -> str:
    if service == "sapi":
        return f"X-SAPI-USED-{'UID' if endpoint.by_uid else 'IP'}-WEIGHT-1M"
    return "X-MBX-USED-WEIGHT-1M"
