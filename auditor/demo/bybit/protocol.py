"""Bybit's signature, envelope and errors: an HMAC over timestamp, key, window and the query or body."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from auditor.demo.model import Account
from auditor.demo.pages import is_whole, read_number
from auditor.demo.signatures import hmac_hex, is_same
from auditor.demo.venue import Answer, RefusedError, Request, State

_AHEAD = 1000
"""Milliseconds that a timestamp may be ahead of the server's time."""


def authenticate(request: Request, state: State) -> Account:
    """Find the account that signed a request. Raises RefusedError."""
    headers = request.headers
    account = state.accounts.get(headers.get("X-BAPI-API-KEY", ""))
    timestamp, window = headers.get("X-BAPI-TIMESTAMP", ""), headers.get("X-BAPI-RECV-WINDOW", "")
    if account is None:
        raise refusal(10003, "API key is invalid.")
    if not _is_in_time(timestamp, request.now * 1000, read_number(window)):
        raise refusal(10002, "invalid request, please check your server timestamp or recv_window param")
    signed = request.body if request.method == "POST" else request.raw_query
    expected = hmac_hex(account.secret, timestamp + account.apikey + window + signed)
    if not is_same(expected, headers.get("X-BAPI-SIGN", "")):
        raise refusal(10004, "error sign! origin_string[...]")
    return account


def _is_in_time(timestamp: str, now: float, window: int) -> bool:
    return is_whole(timestamp) and now - window <= int(timestamp) < now + _AHEAD


def parameters(request: Request) -> Mapping[str, str]:
    """Return the parameters of the query, or those of a POST's JSON body. Raises RefusedError for another body."""
    if request.method != "POST":
        return request.query
    try:
        body = json.loads(request.body or "{}")
    except json.JSONDecodeError:
        body = None
    if not isinstance(body, dict):
        raise refusal(10001, "params error")
    return {name: str(value) for name, value in body.items()}


def refusal(code: int, text: str, status: int = 200) -> RefusedError:
    """Return the error that Bybit answers, with HTTP 200."""
    body = {"retCode": code, "retMsg": text, "result": {}, "retExtInfo": {}, "time": 0}
    return RefusedError(Answer(status, body), code)


def result(value: Any) -> dict[str, Any]:
    """Put a value in the envelope of an answer."""
    return {"retCode": 0, "retMsg": "OK", "result": value, "retExtInfo": {}, "time": 0}


def p2p_result(value: Any) -> dict[str, Any]:
    """Put a value in the envelope of P2P, which spells its names otherwise."""
    return {"ret_code": 0, "ret_msg": "SUCCESS", "result": value, "ext_code": "", "ext_info": {}, "time_now": "0"}
