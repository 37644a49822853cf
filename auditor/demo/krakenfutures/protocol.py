"""Kraken Futures' signature and errors (docs.kraken.com/api, Futures REST API)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

from auditor.demo.model import Account
from auditor.demo.signatures import is_same, to_bytes
from auditor.demo.venue import Answer, RefusedError, Request, State

TIME = "2026-06-01T00:00:00.000Z"
_HTTP = {"authenticationError": 401}


def authenticate(request: Request, state: State) -> Account:
    """Find the account that signed a request. Raises RefusedError."""
    account = state.accounts.get(request.headers.get("APIKey", ""))
    nonce = request.headers.get("Nonce", "")
    if account is None:
        raise refusal("authenticationError")
    expected = sign(account.secret, request.path, nonce, request.raw_query or request.body)
    if not is_same(expected, request.headers.get("Authent", "")):
        raise refusal("authenticationError")
    return account


def sign(secret: str, path: str, nonce: str, data: str) -> str:
    """Sign: base64 of HMAC-SHA512, by the decoded secret, over the SHA-256 of data, nonce and path.

    The path is that behind `/derivatives`.
    """
    digest = hashlib.sha256(to_bytes(data + nonce + path.removeprefix("/derivatives"))).digest()
    return base64.b64encode(hmac.new(base64.b64decode(secret), digest, hashlib.sha512).digest()).decode()


def refusal(code: str) -> RefusedError:
    """Return the error that Kraken Futures answers."""
    return RefusedError(Answer(_HTTP.get(code, 200), {"result": "error", "error": code, "serverTime": TIME}), code)


def success(**fields: Any) -> dict[str, Any]:
    """Return an answer with these fields."""
    return {"result": "success", **fields, "serverTime": TIME}
