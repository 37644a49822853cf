"""Coinbase: the login at the derivatives gateway, with a token that the key signs for it alone.

The token's scope is proved again: it reads only where every word of it is ``rat#view`` or ends in ``:read``.
"""

from collections.abc import Mapping
from typing import Any

from auditor.exchanges.coinbase.errors import LOGIN_EXPIRED
from auditor.exchanges.coinbase.sources import GATEWAY, GATEWAY_DOC
from auditor.spec.endpoint import Endpoint, Limit
from auditor.spec.exchange import SessionToken, TokenLogin
from auditor.spec.fields import text
from auditor.spec.parsed_row import Row
from auditor.spec.rows import object_row

VIEW, READ, TOKEN = "rat#view", ":read", "access_token"


def grant(ccxt: Any, url: str) -> Mapping[str, str]:
    """Return what the login sends: a JWT of the key, Ed25519 or ES256, for this address."""
    is_eddsa = not str(ccxt.secret).startswith("-----BEGIN")
    return {"grant_type": "coinbase_cdp", "token": str(ccxt.create_auth_token(ccxt.seconds(), "POST", url, is_eddsa))}


def session_token(row: Row) -> SessionToken:
    """Return the token, and whether it can only read."""
    words = row.text("scope").split()
    return SessionToken(row.text(TOKEN), all(word == VIEW or word.endswith(READ) for word in words))


LOGIN = TokenLogin(
    endpoint=Endpoint(
        path="public/auth",
        rpc="public/auth",
        section="public",
        method="POST",
        site=GATEWAY,
        limit=Limit(1, 1),
        rows=object_row,
        source=f"{GATEWAY_DOC}, Authentication, public/auth",
    ),
    params=grant,
    fields=(text(TOKEN), text("scope")),
    read=session_token,
    secret=TOKEN,
    expired=LOGIN_EXPIRED,
)
