"""OKX's request signature with all its errors, its envelope, and its error codes.

Sources: https://www.okx.com/docs-v5/en/#overview-rest-authentication and #error-code. The order in which OKX checks is
not documented; here it is headers, timestamp, key, passphrase, environment, address, signature. 50011 is sent with HTTP
429 and 50119 with HTTP 401, as they have been seen; the June 2026 text lists 200 for both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

from auditor.demo.model import Account, Row
from auditor.demo.signatures import hmac_base64, is_same
from auditor.demo.venue import Answer, RefusedError, Request

REFERENCE = Path(__file__).parent / "reference"

CLOCK_WINDOW = 30.0
"""Seconds by which a request's timestamp may differ from the exchange's clock."""

_HEADERS = (
    ("OK-ACCESS-KEY", "50103"),
    ("OK-ACCESS-PASSPHRASE", "50104"),
    ("OK-ACCESS-SIGN", "50106"),
    ("OK-ACCESS-TIMESTAMP", "50107"),
)
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z", re.ASCII)


def refusal(code: str, *names: str) -> RefusedError:
    """Return OKX's error with a code. `names`: the values in its message."""
    if code == "404":
        return RefusedError(Answer(404, {"code": code, "data": [], "msg": "Not Found"}), code)
    status, message = _codes().get(code, (200, "Refused"))
    for index, name in enumerate(names):
        message = message.replace(f"{{param{index}}}", name)
    return RefusedError(Answer(status, {"code": code, "data": [], "msg": message}), code)


def success(rows: list[Row]) -> Answer:
    """Put rows in the envelope of an answer."""
    return Answer(200, {"code": "0", "data": rows, "msg": ""})


def authenticate(request: Request, keys: Mapping[str, Account]) -> Account:
    """Find the account that signed a request. Raises RefusedError with the documented code."""
    for header, code in _HEADERS:
        if not request.headers.get(header):
            raise refusal(code)
    _check_time(request.headers["OK-ACCESS-TIMESTAMP"], request.now)
    account = keys.get(request.headers["OK-ACCESS-KEY"])
    if account is None:
        raise refusal("50119")
    if not is_same(account.passphrase, request.headers["OK-ACCESS-PASSPHRASE"]):
        raise refusal("50105")
    _check_environment(request, account)
    _check_address(request.address, account)
    _check_signature(request, account)
    return account


def sign(secret: str, timestamp: str, method: str, target: str, body: str = "") -> str:
    """Sign: base64 of HMAC-SHA256 over timestamp, method, path with query, and body."""
    return hmac_base64(secret, f"{timestamp}{method}{target}{body}")


def _check_time(timestamp: str, now: float) -> None:
    if not _TIMESTAMP.fullmatch(timestamp):
        raise refusal("50112")
    try:
        sent = datetime.fromisoformat(timestamp).timestamp()
    except ValueError:
        raise refusal("50112") from None
    if abs(sent - now) > CLOCK_WINDOW:
        raise refusal("50102")


def _check_environment(request: Request, account: Account) -> None:
    if (request.headers.get("x-simulated-trading") == "1") != account.simulated:
        raise refusal("50101")


def _check_address(address: str, account: Account) -> None:
    if account.addresses and address not in account.addresses:
        raise refusal("50110", address)


def _check_signature(request: Request, account: Account) -> None:
    headers = request.headers
    expected = sign(account.secret, headers["OK-ACCESS-TIMESTAMP"], request.method, request.target, request.body)
    if not is_same(expected, headers["OK-ACCESS-SIGN"]):
        raise refusal("50113")


@cache
def _codes() -> dict[str, tuple[int, str]]:
    entries = json.loads((REFERENCE / "codes.json").read_text(encoding="utf-8"))
    return {code: (status, message) for code, (status, message) in entries.items()}
