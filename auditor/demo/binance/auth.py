"""Who is asking: Binance's signature and every way in which it can be wrong.

Source: github.com/binance/binance-spot-api-docs, rest-api.md, request security. The order in which Binance checks is
not documented; here it is key, address, time, signature.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from auditor.demo.binance.endpoint import RefusedError
from auditor.demo.model import Account

AHEAD = 1000
"""Milliseconds by which a timestamp may be ahead of the exchange's clock."""

_LONGEST = 60_000
_KEY_CHARACTERS = 100


@dataclass(frozen=True)
class Request:
    """What was sent: `query` and `body` as they came, which are what a signature covers."""

    method: str
    path: str
    query: str = ""
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    address: str = "127.0.0.1"

    @property
    def params(self) -> dict[str, str]:
        """Read the parameters; those of the query count more."""
        return {**_pairs(self.body), **_pairs(self.query)}


def authenticate(request: Request, keys: Mapping[str, Account], now_ms: int) -> Account:
    """Find the account that signed this request, or raise `RefusedError` with the documented code."""
    key = request.headers.get("X-MBX-APIKEY", "")
    if not key or len(key) > _KEY_CHARACTERS or not key.isascii():
        raise RefusedError(-2014)
    account = keys.get(key)
    if account is None:
        raise RefusedError(-2008)
    allowed = [entry.strip() for entry in account.ip.split(",") if entry.strip()]
    if allowed and request.address not in allowed:
        raise RefusedError(-2015)
    _check_time(request.params, now_ms)
    _check_signature(request, account)
    return account


def sign(secret: str, query: str, body: str = "") -> str:
    """Sign: HMAC-SHA256 in hexadecimal over query and body, put together."""
    return hmac.new(secret.encode(), (query + body).encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()


def _check_time(params: Mapping[str, str], now_ms: int) -> None:
    sent, window = params.get("timestamp", ""), params.get("recvWindow", "5000")
    if not sent.isdigit():
        raise RefusedError(-1102, "timestamp")
    if not window.isdigit() or int(window) > _LONGEST:
        raise RefusedError(-1102, "recvWindow")
    if not -AHEAD < now_ms - int(sent) <= int(window):
        raise RefusedError(-1021)


def _check_signature(request: Request, account: Account) -> None:
    given = request.params.get("signature")
    if not given:
        raise RefusedError(-1102, "signature")
    expected = sign(account.secret, _without_signature(request.query), _without_signature(request.body))
    if not hmac.compare_digest(expected.encode(), given.encode("utf-8", "surrogateescape")):
        raise RefusedError(-1022)


def _without_signature(text: str) -> str:
    return "&".join(part for part in text.split("&") if not part.startswith("signature="))


def _pairs(text: str) -> dict[str, str]:
    return dict(parse_qsl(text, keep_blank_values=True))
