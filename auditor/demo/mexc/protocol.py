"""MEXC's signatures and errors: spot signs the query, futures key, time and sorted parameters."""

from __future__ import annotations

from auditor.demo.model import Account
from auditor.demo.signatures import hmac_hex, is_near, is_same
from auditor.demo.venue import Answer, RefusedError, Request, State

SPOT, FUTURES = "/api/v3/", "/api/v1/"
CLOCK_WINDOW = 60_000.0
"""Milliseconds by which a request's time may differ from the exchange's clock."""


def authenticate(request: Request, state: State) -> Account:
    """Find the account that signed a request. Raises RefusedError."""
    return _of_spot(request, state) if request.path.startswith(SPOT) else _of_futures(request, state)


def _of_spot(request: Request, state: State) -> Account:
    account = state.accounts.get(request.headers.get("X-MEXC-APIKEY", ""))
    signed, _name, signature = request.raw_query.rpartition("&signature=")
    if account is None:
        raise refusal(10072, "Api key info invalid")
    if not is_near(request.query.get("timestamp", ""), request.now * 1000, CLOCK_WINDOW):
        raise refusal(700003, "Timestamp for this request is outside of the recvWindow.")
    if not is_same(hmac_hex(account.secret, signed), signature):
        raise refusal(700002, "Signature for this request is not valid.")
    return account


def _of_futures(request: Request, state: State) -> Account:
    headers = request.headers
    account = state.accounts.get(headers.get("ApiKey", ""))
    time = headers.get("Request-Time", "")
    if account is None:
        raise futures_refusal(402, "API Key expired!")
    if not is_near(time, request.now * 1000, CLOCK_WINDOW):
        raise futures_refusal(513, "Invalid request(Request-Time)")
    if not is_same(
        hmac_hex(account.secret, f"{account.apikey}{time}{request.raw_query}"), headers.get("Signature", "")
    ):
        raise futures_refusal(602, "Signature verification failed!")
    return account


def refusal(code: int, message: str) -> RefusedError:
    """Return the error that spot answers."""
    return RefusedError(Answer(400, {"code": code, "msg": message, "_extend": None}), code)


def futures_refusal(code: int, message: str) -> RefusedError:
    """Return the error that futures answer."""
    return RefusedError(Answer(200, {"success": False, "code": code, "message": message}), code)
