"""Bitget's signature, envelope and errors: an HMAC in base64 over time, method, path and query."""

from __future__ import annotations

from typing import Any

from auditor.demo.model import Account
from auditor.demo.signatures import hmac_base64, is_near, is_same
from auditor.demo.venue import Answer, RefusedError, Request, State

CLOCK_WINDOW = 30_000.0
"""Milliseconds by which a request's timestamp may differ from the exchange's clock."""


def authenticate(request: Request, state: State) -> Account:
    """Find the account that signed a request. Raises RefusedError."""
    headers = request.headers
    account = state.accounts.get(headers.get("ACCESS-KEY", ""))
    timestamp = headers.get("ACCESS-TIMESTAMP", "")
    if account is None:
        raise refusal("40006", "Invalid ACCESS_KEY")
    if not is_near(timestamp, request.now * 1000, CLOCK_WINDOW):
        raise refusal("40008", "Request timestamp expired")
    if not is_same(account.passphrase, headers.get("ACCESS-PASSPHRASE", "")):
        raise refusal("40012", "apikey/password is incorrect")
    expected = hmac_base64(account.secret, timestamp + request.method + request.target + request.body)
    if not is_same(expected, headers.get("ACCESS-SIGN", "")):
        raise refusal("40009", "sign signature error")
    return account


def refusal(code: str, text: str) -> RefusedError:
    """Return the error that Bitget answers."""
    return RefusedError(Answer(400, {"code": code, "msg": text, "requestTime": 0, "data": None}), code)


def data(value: Any) -> dict[str, Any]:
    """Put a value in the envelope of an answer."""
    return {"code": "00000", "msg": "success", "requestTime": 0, "data": value}
