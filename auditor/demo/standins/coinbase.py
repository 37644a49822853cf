"""Coinbase's protocol (docs.cdp.coinbase.com): GET reads, each with a token that an Ed25519 key signed for it alone."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from auditor.demo.standins.model import Answer, Asked, Holder, RefusedError, Sent, Venue

_SEED = 32


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _signed_by(sent: Sent, keys: Mapping[str, Holder]) -> Holder:
    token = sent.headers.get("Authorization", "").removeprefix("Bearer ")
    parts = token.split(".")
    if len(parts) != len("hps"):
        raise _error()
    claims = json.loads(_decoded(parts[1]))
    holder = keys.get(claims.get("sub", ""))
    if holder is None or not claims["nbf"] - 1 <= sent.now <= claims["exp"]:
        raise _error()
    if not any(f"{sent.method} " in uri and uri.endswith(sent.path) for uri in claims.get("uris", ())):
        raise _error()
    public = Ed25519PrivateKey.from_private_bytes(base64.b64decode(holder.secret)[:_SEED]).public_key()
    try:
        public.verify(_decoded(parts[2]), f"{parts[0]}.{parts[1]}".encode())
    except InvalidSignature:
        raise _error() from None
    return holder


def _error() -> RefusedError:
    return RefusedError(401, {"errors": [{"id": "authentication_error", "message": "Unauthorized"}]})


def _paged(name: str, size: int) -> Answer:
    def answer(asked: Asked) -> Any:
        rows, start = asked.rows(), int(asked.params.get("cursor") or 0)
        more = len(rows) > start + size
        return {
            name: rows[start : start + size],
            "has_next": more,
            "cursor": str(start + size) if more else "",
            "size": size,
        }

    return answer


def _listing(asked: Asked) -> Any:
    rows, after = asked.rows(), asked.params.get("starting_after")
    ids = [row["id"] for row in rows]
    start = ids.index(after) + 1 if after in ids else 0
    shown = rows[start : start + 2]
    following = shown[-1]["id"] if len(rows) > start + 2 else None
    return {"pagination": {"limit": 2, "order": "desc", "next_starting_after": following}, "data": shown}


def _listed(asked: Asked) -> Any:
    kind = asked.params.get("product_type")
    return {"products": []} if kind not in {None, "SPOT"} else asked.listed[asked.path]


_FEES = {"total_volume": 0, "total_fees": 0, "fee_tier": {"taker_fee_rate": "0.006", "maker_fee_rate": "0.004"}}
_PRIVATE: Mapping[str, Answer] = {
    "/api/v3/brokerage/key_permissions": lambda asked: dict(asked.holder.key),
    "/api/v3/brokerage/transaction_summary": lambda _asked: _FEES,
    "/api/v3/brokerage/accounts": _paged("accounts", 2),
    "/v2/accounts": _listing,
    "/v2/accounts/*/transactions": _listing,
    "/api/v3/brokerage/cfm/balance_summary": lambda asked: {"balance_summary": (asked.rows() or [None])[0]},
    "/api/v3/brokerage/cfm/positions": lambda asked: {"positions": asked.rows()},
    "/api/v3/brokerage/orders/historical/batch": _paged("orders", 2),
}
_PUBLIC = ("/v2/currencies", "/v2/currencies/crypto", "/v2/exchange-rates", "/api/v3/brokerage/market/products")

VENUE = Venue(
    name="coinbase",
    reads={("GET", path): answer for path, answer in (*_PRIVATE.items(), *((path, _listed) for path in _PUBLIC))},
    public=frozenset(_PUBLIC),
    signed_by=_signed_by,
    params=lambda sent: sent.query,
    unknown={"error": "NOT_FOUND", "error_details": "no such path", "message": "no such path"},
)
