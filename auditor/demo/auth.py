"""Who is asking: OKX's request signature and every way in which it can be wrong.

Source: https://www.okx.com/docs-v5/en/#overview-rest-authentication. The order in which OKX checks is not documented;
here it is headers, timestamp, key, passphrase, environment, address, signature.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from auditor.demo.codes import RefusedError
from auditor.demo.model import Account

CLOCK_WINDOW = 30.0
"""Seconds by which a request's timestamp may differ from the exchange's clock."""

_HEADERS = (
    ("OK-ACCESS-KEY", "50103"),
    ("OK-ACCESS-PASSPHRASE", "50104"),
    ("OK-ACCESS-SIGN", "50106"),
    ("OK-ACCESS-TIMESTAMP", "50107"),
)
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z", re.ASCII)


@dataclass(frozen=True)
class Request:
    """What a signature covers, and who sent it. `target` is the request path with its query, as it was sent."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: str = ""
    address: str = "127.0.0.1"


def authenticate(request: Request, keys: Mapping[str, Account], now: float) -> Account:
    """Find the account that signed this request, or raise `RefusedError` with the documented code."""
    for header, code in _HEADERS:
        if not request.headers.get(header):
            raise RefusedError(code)
    _check_time(request.headers["OK-ACCESS-TIMESTAMP"], now)
    account = keys.get(request.headers["OK-ACCESS-KEY"])
    if account is None:
        raise RefusedError("50119")
    if not hmac.compare_digest(_bytes(request.headers["OK-ACCESS-PASSPHRASE"]), _bytes(account.passphrase)):
        raise RefusedError("50105")
    _check_environment(request, account)
    _check_address(request.address, account)
    _check_signature(request, account)
    return account


def sign(secret: str, timestamp: str, method: str, target: str, body: str = "") -> str:
    """Sign: base64 of HMAC-SHA256 over timestamp, method, path with query, and body."""
    text = f"{timestamp}{method}{target}{body}"
    return base64.b64encode(hmac.new(_bytes(secret), _bytes(text), hashlib.sha256).digest()).decode()


def _check_time(timestamp: str, now: float) -> None:
    if not _TIMESTAMP.fullmatch(timestamp):
        raise RefusedError("50112")
    try:
        sent = datetime.fromisoformat(timestamp).timestamp()
    except ValueError:
        raise RefusedError("50112") from None
    if abs(sent - now) > CLOCK_WINDOW:
        raise RefusedError("50102")


def _check_environment(request: Request, account: Account) -> None:
    if (request.headers.get("x-simulated-trading") == "1") != account.simulated:
        raise RefusedError("50101")


def _check_address(address: str, account: Account) -> None:
    allowed = [entry.strip() for entry in account.ip.split(",") if entry.strip()]
    if allowed and address not in allowed:
        raise RefusedError("50110", address)


def _check_signature(request: Request, account: Account) -> None:
    headers = request.headers
    expected = sign(account.secret, headers["OK-ACCESS-TIMESTAMP"], request.method, request.target, request.body)
    if not hmac.compare_digest(_bytes(expected), _bytes(headers["OK-ACCESS-SIGN"])):
        raise RefusedError("50113")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
