"""Kraken's REST protocol (docs.kraken.com/api): every private read is a POST, signed with a nonce that must grow."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from auditor.demo.standins.model import Answer, Asked, Holder, RefusedError, Sent, Venue

_PAGE = 25


def _params(sent: Sent) -> Mapping[str, str]:
    return {**sent.query, **dict(parse_qsl(sent.body))}


def _signed_by(sent: Sent, keys: Mapping[str, Holder]) -> Holder:
    holder = keys.get(sent.headers.get("API-Key", ""))
    nonce = dict(parse_qsl(sent.body)).get("nonce", "")
    if holder is None:
        raise _error("EAPI:Invalid key")
    digest = hashlib.sha256((nonce + sent.body).encode()).digest()
    expected = hmac.new(base64.b64decode(holder.secret), sent.path.encode() + digest, hashlib.sha512).digest()
    if not hmac.compare_digest(base64.b64encode(expected).decode(), sent.headers.get("API-Sign", "")):
        raise _error("EAPI:Invalid signature")
    if int(nonce or 0) <= holder.seen.get("nonce", 0):
        raise _error("EAPI:Invalid nonce")
    holder.seen["nonce"] = int(nonce)
    return holder


def _error(text: str) -> RefusedError:
    return RefusedError(200, {"error": [text]})


def _result(value: Any) -> dict[str, Any]:
    return {"error": [], "result": value}


def _needs(right: str, answer: Answer) -> Answer:
    def permitted(asked: Asked) -> Any:
        if right not in asked.holder.key["permissions"]:
            raise _error("EGeneral:Permission denied")
        return answer(asked)

    return permitted


def _listed(asked: Asked) -> Any:
    return _result(asked.listed[asked.path])


def _by_id(field: str) -> Answer:
    def answer(asked: Asked) -> Any:
        rows = {row.pop(field): row for row in asked.rows()}
        return _result({"open": rows} if field == "txid" else rows)

    return answer


def _recent(asked: Asked) -> list[Any]:
    since, until = float(asked.params.get("start", 0)), float(asked.params.get("end", "inf"))
    return [row for row in asked.rows() if since <= row["time"] <= until]


def _withdrawals(asked: Asked) -> Any:
    cursor = asked.params.get("cursor")
    if cursor is None:
        return _result(_recent(asked)[:_PAGE])
    start = int(cursor) if cursor.isdigit() else 0
    rows = _recent(asked)
    more = {"next_cursor": str(start + _PAGE)} if len(rows) > start + _PAGE else {}
    return _result({"withdrawals": rows[start : start + _PAGE], **more})


_READS: dict[str, Answer] = {
    "GetApiKeyInfo": lambda asked: _result({"apiKey": asked.holder.apikey, **asked.holder.key}),
    "BalanceEx": _needs("query-funds", _by_id("asset")),
    "OpenOrders": _needs("query-open-trades", _by_id("txid")),
    "OpenPositions": _needs("query-open-trades", lambda asked: _result(asked.rows())),
    "DepositStatus": _needs("query-funds", lambda asked: _result(_recent(asked)[:_PAGE])),
    "WithdrawStatus": _needs("query-funds", _withdrawals),
}
_PUBLIC = ("Assets", "AssetPairs", "Ticker")

VENUE = Venue(
    name="kraken",
    reads={
        **{("GET", f"/0/public/{name}"): _listed for name in _PUBLIC},
        **{("POST", f"/0/private/{name}"): answer for name, answer in _READS.items()},
    },
    public=frozenset(f"/0/public/{name}" for name in _PUBLIC),
    signed_by=_signed_by,
    params=_params,
    unknown={"error": ["EGeneral:Unknown method"]},
)
