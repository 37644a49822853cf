"""KuCoin's signature, envelope and errors: an HMAC in base64, the passphrase signed as well."""

from __future__ import annotations

from typing import Any

from auditor.demo.model import Account
from auditor.demo.signatures import hmac_base64, is_near, is_same
from auditor.demo.venue import Answer, RefusedError, Request, State

CLOCK_WINDOW = 5000.0
"""Milliseconds by which a request's timestamp may differ from the exchange's clock."""

WORDS = {
    "101030": "You haven't yet enabled the margin trading",
    "112010": "Invalid Unified Account user.",
    "400007": "Access denied, require more permission",
    "400100": "Bad Request",
    "429000": "Too many requests in a short period of time, please retry later",
}


def authenticate(request: Request, state: State) -> Account:
    """Find the account that signed a request. Raises RefusedError."""
    headers = request.headers
    account = state.accounts.get(headers.get("KC-API-KEY", ""))
    timestamp = headers.get("KC-API-TIMESTAMP", "")
    if account is None:
        raise refusal("400003", "KC-API-KEY not exists")
    if not is_near(timestamp, request.now * 1000, CLOCK_WINDOW):
        raise refusal("400002", "KC-API-TIMESTAMP Invalid")
    if not is_same(hmac_base64(account.secret, account.passphrase), headers.get("KC-API-PASSPHRASE", "")):
        raise refusal("400004", "Invalid KC-API-PASSPHRASE")
    expected = hmac_base64(account.secret, timestamp + request.method + request.target + request.body)
    if not is_same(expected, headers.get("KC-API-SIGN", "")):
        raise refusal("400005", "Invalid KC-API-SIGN")
    return account


def refusal(code: str, text: str = "") -> RefusedError:
    """Return the error that KuCoin answers, with HTTP 200."""
    return RefusedError(Answer(200, {"code": code, "msg": text or WORDS.get(code, "")}), code)


def data(value: Any) -> dict[str, Any]:
    """Put a value in the envelope of an answer."""
    return {"code": "200000", "data": value}
