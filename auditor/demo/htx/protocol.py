"""HTX's signature, envelopes and errors: an HMAC over method, host, path and the sorted query."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from auditor.demo.model import Account
from auditor.demo.signatures import hmac_base64, is_same
from auditor.demo.venue import Answer, RefusedError, Request, State

SPOT_HOST, CONTRACT_HOST = "api.huobi.pro", "api.hbdm.vn"
"""HTX's hosts, which are part of the text that a request signs."""
CONTRACTS = "/v5/"
"""How paths of contracts begin."""
CLOCK_WINDOW = 300.0
"""Seconds for which a signature is good."""
_SIGNATURE = "Signature"


def authenticate(request: Request, state: State) -> Account:
    """Find the account that signed a request. Raises RefusedError."""
    params = dict(request.query)
    account = state.accounts.get(params.get("AccessKeyId", ""))
    if account is None:
        raise refusal("invalid-access-key", "Access key invalid")
    given = params.pop(_SIGNATURE, "")
    pairs = sorted((quote(name, safe=""), quote(value, safe="")) for name, value in params.items())
    host = CONTRACT_HOST if request.path.startswith(CONTRACTS) else SPOT_HOST
    lines = (request.method, host, request.path, "&".join(f"{name}={value}" for name, value in pairs))
    if not _is_in_time(params.get("Timestamp", ""), request.now):
        raise refusal("api-signature-not-valid", "Signature not valid: Invalid timestamp")
    if not is_same(hmac_base64(account.secret, "\n".join(lines)), given):
        raise refusal("api-signature-not-valid", "Signature not valid: Verification failure")
    return account


def _is_in_time(timestamp: str, now: float) -> bool:
    try:
        moment = datetime.fromisoformat(timestamp).replace(tzinfo=UTC)
    except ValueError:
        return False
    return abs(now - moment.timestamp()) <= CLOCK_WINDOW


def refusal(code: str, message: str) -> RefusedError:
    """Return the error that paths with v1 answer, with HTTP 200."""
    return RefusedError(Answer(200, {"status": "error", "err-code": code, "err-msg": message, "data": None}), code)


def new_refusal(code: int, message: str) -> RefusedError:
    """Return the error that paths with v2 answer, with HTTP 200."""
    return RefusedError(Answer(200, {"code": code, "message": message}), code)


def result(data: Any, **more: Any) -> dict[str, Any]:
    """Put data in the envelope of paths with v1."""
    return {"status": "ok", "data": data, **more}


def new_result(data: Any, **more: Any) -> dict[str, Any]:
    """Put data in the envelope of paths with v2."""
    return {"code": 200, "message": "success", "data": data, "ok": True, **more}
