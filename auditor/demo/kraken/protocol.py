"""Kraken's signature, envelope and errors: every private read is a POST, signed with a nonce that must grow."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any
from urllib.parse import parse_qsl

from auditor.demo.model import Account
from auditor.demo.pages import read_number
from auditor.demo.signatures import is_same, to_bytes
from auditor.demo.venue import Answer, RefusedError, Request, State


def parameters(request: Request) -> dict[str, str]:
    """Read the parameters of query and body."""
    return {**request.query, **dict(parse_qsl(request.body))}


def authenticate(request: Request, state: State) -> Account:
    """Find the account that signed a request. Raises RefusedError."""
    account = state.accounts.get(request.headers.get("API-Key", ""))
    nonce = parameters(request).get("nonce", "")
    if account is None:
        raise refusal("EAPI:Invalid key")
    if not is_same(sign(account.secret, request.path, nonce, request.body), request.headers.get("API-Sign", "")):
        raise refusal("EAPI:Invalid signature")
    if read_number(nonce) <= state.nonces.get(account.apikey, 0):
        raise refusal("EAPI:Invalid nonce")
    state.nonces[account.apikey] = read_number(nonce)
    return account


def sign(secret: str, path: str, nonce: str, body: str) -> str:
    """Sign: base64 of HMAC-SHA512, by the decoded secret, over the path and the SHA-256 of nonce and body."""
    digest = hashlib.sha256(to_bytes(nonce + body)).digest()
    return base64.b64encode(
        hmac.new(base64.b64decode(secret), to_bytes(path) + digest, hashlib.sha512).digest()
    ).decode()


def refusal(text: str) -> RefusedError:
    """Return the error that Kraken answers, with HTTP 200."""
    return RefusedError(Answer(200, {"error": [text]}), text)


def result(value: Any) -> dict[str, Any]:
    """Put a value in the envelope of an answer."""
    return {"error": [], "result": value}
