"""Coinbase's signatures and errors: a JSON Web Token for each request, signed with the Ed25519 key for it alone.

At the gateway of derivatives such a token logs in once (``public/auth``); what the login gives is sent from then on.
"""

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
GATEWAY = "/api/v2/"
LOGIN = "/api/v2/public/auth"
V3 = "/api/v3/"
DERIVATIVES, SCOPE = "@derivatives", "@scope"
"""Fields of an account's key that its answer does not show: whether the gateway knows it, and a scope of its own."""
_SESSION = "demo-session-"
_LEEWAY, _LONGEST = 1, 120


def authenticate(request: Request, state: State) -> Account:
    """Find the account that signed a request. Raises RefusedError."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if request.path.startswith(GATEWAY):
        return _of_session(token, state)
    return _of_token(token, f"{request.method} ", request, state, refusal(request.path))


def log_in(request: Request, state: State) -> Account:
    """Find the account whose token logs in at the gateway. Raises RefusedError."""
    params = rpc_params(request)
    account = _of_token(str(params.get("token", "")), "POST ", request, state, rpc_error(13004, "invalid_credentials"))
    if params.get("grant_type") != "coinbase_cdp" or not account.key.get(DERIVATIVES):
        raise rpc_error(13004, "invalid_credentials")
    return account


def session(account: Account) -> dict[str, Any]:
    """Return what a login gives."""
    return {
        "access_token": _SESSION + base64.urlsafe_b64encode(account.apikey.encode()).decode(),
        "expires_in": 900,
        "scope": account.key.get(SCOPE) or scope(account),
        "token_type": "bearer",
    }


def scope(account: Account) -> str:
    """Return the scope of a session: the rights of the key in the gateway's words."""
    words = {"can_view": "rat#view", "can_trade": "rat#trade", "can_transfer": "rat#transfer"}
    return " ".join(word for right, word in words.items() if account.key.get(right))


def rpc_params(request: Request) -> dict[str, Any]:
    """Return the parameters of a JSON-RPC request whose body names the method of its path. Raises RefusedError."""
    try:
        body = json.loads(request.body)
        named = body["method"], body["jsonrpc"]
    except (ValueError, KeyError, TypeError):
        raise rpc_error(-32700, "Parse error") from None
    if named != (request.path.removeprefix(GATEWAY), "2.0"):
        raise rpc_error(-32601, "Method not found")
    params: dict[str, Any] = body.get("params") or {}
    return params


def rpc_error(code: int, message: str) -> RefusedError:
    """Return an error of the gateway."""
    return RefusedError(Answer(400, {"jsonrpc": "2.0", "id": 1, "error": {"code": code, "message": message}}))


def refusal(path: str) -> RefusedError:
    """Return the error for a key that is not known: a plain text at the newer API."""
    if path.startswith(V3):
        return RefusedError(Answer(401, b"Unauthorized\n", {"Content-Type": "text/plain"}))
    return RefusedError(Answer(401, {"errors": [{"id": "authentication_error", "message": "Unauthorized"}]}))


def forbidden() -> RefusedError:
    """Return the error for a portfolio that the key does not belong to."""
    words = "User does not have access to portfolio"
    return RefusedError(Answer(403, {"error": "PERMISSION_DENIED", "error_details": words, "message": words}))


def _of_session(token: str, state: State) -> Account:
    try:
        name = base64.urlsafe_b64decode(token.removeprefix(_SESSION)).decode()
    except ValueError:
        name = ""
    account = state.accounts.get(name) if token.startswith(_SESSION) else None
    if account is None or not account.key.get(DERIVATIVES):
        raise rpc_error(13009, "unauthorized")
    return account


def _of_token(token: str, verb: str, request: Request, state: State, refused: RefusedError) -> Account:
    parts = token.split(".")
    if len(parts) != len(("header", "claims", "signature")):
        raise refused
    claims = json.loads(_decoded(parts[1]))
    account = state.accounts.get(claims.get("sub", ""))
    if account is None or not _is_for(verb, request, claims):
        raise refused
    public = Ed25519PrivateKey.from_private_bytes(base64.b64decode(account.secret)[:_SEED]).public_key()
    try:
        public.verify(_decoded(parts[2]), f"{parts[0]}.{parts[1]}".encode())
    except InvalidSignature:
        raise refused from None
    return account


def _is_for(verb: str, request: Request, claims: dict[str, Any]) -> bool:
    valid = claims["nbf"] - _LEEWAY <= request.now <= min(claims["exp"], claims["nbf"] + _LONGEST)
    return valid and any(uri.startswith(verb) and uri.endswith(request.path) for uri in claims.get("uris", ()))


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
