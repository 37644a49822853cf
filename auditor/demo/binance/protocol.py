"""Binance's signature with all its errors, and its error codes.

Sources: github.com/binance/binance-spot-api-docs, rest-api.md (request security) and errors.md (January 2025); codes
beyond -3000 from Binance's margin, wallet and portfolio margin documentation and, for sub-accounts, from what real
accounts were answered in August 2026. The order in which Binance checks is not documented; here it is key, address,
time, signature.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from auditor.demo.model import Account
from auditor.demo.signatures import hmac_hex, is_same
from auditor.demo.venue import Answer, RefusedError, Request

MESSAGES: dict[int, str] = {
    -1002: "You are not authorized to execute this request.",
    -1003: "Too much request weight used; current limit is {} request weight per 1 MINUTE.",
    -1016: "This service is no longer available.",
    -1021: "Timestamp for this request is outside of the recvWindow.",
    -1022: "Signature for this request is not valid.",
    -1102: "Mandatory parameter '{}' was not sent, was empty/null, or malformed.",
    -1104: "Not all sent parameters were read; read '{}' parameter(s) but was sent '{}'.",
    -1127: "More than {} hours between startTime and endTime.",
    -2008: "Invalid Api-Key ID.",
    -2014: "API-key format invalid.",
    -2015: "Invalid API-key, IP, or permissions for action.",
    -3003: "Margin account does not exist.",
    -4047: "Time interval must be within 0-7 days",
    -5026: "startTime is too far back.",
    -8012: "Sub-account function is not enabled.",
    -9000: "Sub-account function is not enabled.",
    -11001: "Isolated margin account does not exist.",
    -12022: "This endpoint is allowed to request from sub account only",
    -12023: "This endpoint is allowed to request from master account only",
    -21001: "Request ID is not a Portfolio Margin Account.",
}
_STATUS = {-2008: 401, -2014: 401, -2015: 401, -1003: 429}
NOT_FOUND = Answer(404, "<html><body><h1>404 Not Found</h1></body></html>")
"""What a path is answered that there is not."""

AHEAD = 1000
"""Milliseconds by which a timestamp may be ahead of the exchange's clock."""

_LONGEST = 60_000
_KEY_CHARACTERS = 100


def refusal(code: int, *names: object, status: int = 0, headers: Mapping[str, str] | None = None) -> RefusedError:
    """Return Binance's error with a code. `names`: the values in its message."""
    body = {"code": code, "msg": MESSAGES.get(code, "Refused").format(*names)}
    return RefusedError(Answer(status or _STATUS.get(code, 400), body, headers or {}), code)


def parameters(request: Request) -> dict[str, str]:
    """Read the parameters; those of the query take precedence over those of the body."""
    return {**_pairs(request.body), **_pairs(request.raw_query)}


def authenticate(request: Request, keys: Mapping[str, Account]) -> Account:
    """Find the account that signed a request. Raises RefusedError with the documented code."""
    key = request.headers.get("X-MBX-APIKEY", "")
    if not key or len(key) > _KEY_CHARACTERS or not key.isascii():
        raise refusal(-2014)
    account = keys.get(key)
    if account is None:
        raise refusal(-2008)
    if account.addresses and request.address not in account.addresses:
        raise refusal(-2015)
    _check_time(parameters(request), int(request.now * 1000))
    _check_signature(request, account)
    return account


def sign(secret: str, query: str, body: str = "") -> str:
    """Sign: HMAC-SHA256 in hexadecimal over query and body, put together."""
    return hmac_hex(secret, query + body)


def _check_time(params: Mapping[str, str], now_ms: int) -> None:
    sent, window = params.get("timestamp", ""), params.get("recvWindow", "5000")
    if not sent.isdigit():
        raise refusal(-1102, "timestamp")
    if not window.isdigit() or int(window) > _LONGEST:
        raise refusal(-1102, "recvWindow")
    if not -AHEAD < now_ms - int(sent) <= int(window):
        raise refusal(-1021)


def _check_signature(request: Request, account: Account) -> None:
    given = parameters(request).get("signature")
    if not given:
        raise refusal(-1102, "signature")
    expected = sign(account.secret, _without_signature(request.raw_query), _without_signature(request.body))
    if not is_same(expected, given):
        raise refusal(-1022)


def _without_signature(text: str) -> str:
    return "&".join(part for part in text.split("&") if not part.startswith("signature="))


def _pairs(text: str) -> dict[str, str]:
    return dict(parse_qsl(text, keep_blank_values=True))
