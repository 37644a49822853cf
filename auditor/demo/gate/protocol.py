"""Gate's signature and errors: an HMAC over five lines; answers have no envelope."""

from __future__ import annotations

import hashlib

from auditor.demo.model import Account
from auditor.demo.signatures import hmac_hex, is_near, is_same, to_bytes
from auditor.demo.venue import Answer, RefusedError, Request, State

CLOCK_WINDOW = 60.0
"""Seconds by which a request's timestamp may differ from the exchange's clock."""


def authenticate(request: Request, state: State) -> Account:
    """Find the account that signed a request. Raises RefusedError."""
    headers = request.headers
    account = state.accounts.get(headers.get("KEY", ""))
    timestamp = headers.get("Timestamp", "")
    if account is None:
        raise refusal(401, "INVALID_KEY", "Invalid key provided")
    if not is_near(timestamp, request.now, CLOCK_WINDOW):
        raise refusal(403, "REQUEST_EXPIRED", "gap between request Timestamp and server time exceeds 60")
    digest = hashlib.sha512(to_bytes(request.body)).hexdigest()
    lines = (request.method, request.path, request.raw_query, digest, timestamp)
    if not is_same(hmac_hex(account.secret, "\n".join(lines), "sha512"), headers.get("SIGN", "")):
        raise refusal(401, "INVALID_SIGNATURE", "Signature mismatch")
    return account


def refusal(status: int, label: str, message: str) -> RefusedError:
    """Return the error that Gate answers."""
    return RefusedError(Answer(status, {"label": label, "message": message}), label)
