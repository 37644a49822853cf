"""Bybit's signature, envelope and errors: an HMAC over timestamp, key, window and query."""

from __future__ import annotations

from typing import Any

from auditor.demo.model import Account
from auditor.demo.pages import read_number
from auditor.demo.signatures import hmac_hex, is_near, is_same
from auditor.demo.venue import Answer, RefusedError, Request, State


def authenticate(request: Request, state: State) -> Account:
    """Find the account that signed a request. Raises RefusedError."""
    headers = request.headers
    account = state.accounts.get(headers.get("X-BAPI-API-KEY", ""))
    timestamp, window = headers.get("X-BAPI-TIMESTAMP", ""), headers.get("X-BAPI-RECV-WINDOW", "")
    if account is None:
        raise refusal(10003, "API key is invalid.")
    if not is_near(timestamp, request.now * 1000, read_number(window)):
        raise refusal(10002, "invalid request, please check your server timestamp or recv_window param")
    expected = hmac_hex(account.secret, timestamp + account.apikey + window + request.raw_query)
    if not is_same(expected, headers.get("X-BAPI-SIGN", "")):
        raise refusal(10004, "error sign! origin_string[...]")
    return account


def refusal(code: int, text: str) -> RefusedError:
    """Return the error that Bybit answers, with HTTP 200."""
    return RefusedError(Answer(200, {"retCode": code, "retMsg": text, "result": {}, "retExtInfo": {}, "time": 0}), code)


def result(value: Any) -> dict[str, Any]:
    """Put a value in the envelope of an answer."""
    return {"retCode": 0, "retMsg": "OK", "result": value, "retExtInfo": {}, "time": 0}
