"""Coinbase's signature and error: each request has a token that an Ed25519 key signed for it alone."""

from __future__ import annotations

import base64
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from auditor.demo.model import Account
from auditor.demo.venue import Answer, RefusedError, Request, State

_SEED = 32
"""Bytes of a secret that are the private key; the public key follows."""


def authenticate(request: Request, state: State) -> Account:
    """Find the account that signed a request. Raises RefusedError."""
    parts = request.headers.get("Authorization", "").removeprefix("Bearer ").split(".")
    if len(parts) != len(("header", "claims", "signature")):
        raise refusal()
    claims = json.loads(_decoded(parts[1]))
    account = state.accounts.get(claims.get("sub", ""))
    if account is None or not _is_for(request, claims):
        raise refusal()
    public = Ed25519PrivateKey.from_private_bytes(base64.b64decode(account.secret)[:_SEED]).public_key()
    try:
        public.verify(_decoded(parts[2]), f"{parts[0]}.{parts[1]}".encode())
    except InvalidSignature:
        raise refusal() from None
    return account


def refusal() -> RefusedError:
    """Return the error that Coinbase answers."""
    return RefusedError(Answer(401, {"errors": [{"id": "authentication_error", "message": "Unauthorized"}]}))


def forbidden() -> RefusedError:
    """Return the error for a portfolio that the key does not belong to."""
    body = {
        "error": "PERMISSION_DENIED",
        "error_details": "Missing required scopes",
        "message": "Missing required scopes",
    }
    return RefusedError(Answer(403, body))


def _is_for(request: Request, claims: dict[str, Any]) -> bool:
    valid = claims["nbf"] - 1 <= request.now <= claims["exp"]
    uris = claims.get("uris", ())
    return valid and any(f"{request.method} " in uri and uri.endswith(request.path) for uri in uris)


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
