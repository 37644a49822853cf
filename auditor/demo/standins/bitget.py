"""Bitget's v2 and v3 protocol (bitget.com/api-doc): GET reads, an HMAC in base64 over time, method, path and query."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from auditor.demo.standins.model import Answer, Asked, Holder, RefusedError, Sent, Venue

_WINDOW = 30.0
_LONGEST = 30 * 86400 * 1000


def _signed_by(sent: Sent, keys: Mapping[str, Holder]) -> Holder:
    holder = keys.get(sent.headers.get("ACCESS-KEY", ""))
    stamp = sent.headers.get("ACCESS-TIMESTAMP", "0")
    if holder is None:
        raise _error("40006", "Invalid ACCESS_KEY")
    if abs(sent.now - int(stamp) / 1000) > _WINDOW:
        raise _error("40008", "Request timestamp expired")
    if sent.headers.get("ACCESS-PASSPHRASE") != holder.passphrase:
        raise _error("40012", "apikey/password is incorrect")
    text = stamp + sent.method + sent.target + sent.body
    expected = base64.b64encode(hmac.new(holder.secret.encode(), text.encode(), hashlib.sha256).digest()).decode()
    if not hmac.compare_digest(expected, sent.headers.get("ACCESS-SIGN", "")):
        raise _error("40009", "sign signature error")
    return holder


def _error(code: str, text: str) -> RefusedError:
    return RefusedError(400, {"code": code, "msg": text, "requestTime": 0, "data": None})


def _data(value: Any) -> dict[str, Any]:
    return {"code": "00000", "msg": "success", "requestTime": 0, "data": value}


def _of(mode: str, answer: Answer) -> Answer:
    """A classic account does not have the unified one's paths, and the other way round."""

    def permitted(asked: Asked) -> Any:
        if asked.holder.key["mode"] != mode:
            raise _error("40084" if mode == "unified" else "40085", f"The account is not a {mode} account")
        return answer(asked)

    return permitted


def _plain(asked: Asked) -> Any:
    return _data(asked.rows("productType"))


def _positions(asked: Asked) -> Any:
    return _data(asked.rows("productType", "marginCoin"))


def _older(asked: Asked, rows: list[Any]) -> list[Any]:
    cursor = asked.params.get("idLessThan") or asked.params.get("cursor")
    ids = [row["orderId"] for row in rows]
    start = ids.index(cursor) + 1 if cursor in ids else 0
    return rows[start : start + int(asked.params.get("limit", 100))]


def _list(asked: Asked) -> Any:
    return _data(_older(asked, asked.rows()))


def _held(name: str, *filters: str) -> Answer:
    """Rows in a list that is null when there are none."""

    def answer(asked: Asked) -> Any:
        rows = _older(asked, asked.rows(*filters))
        return _data({name: rows or None, "endId": rows[-1]["orderId"] if rows else None})

    return answer


def _recent(asked: Asked) -> Any:
    since, until = int(asked.params["startTime"]), int(asked.params["endTime"])
    if until - since > _LONGEST:
        raise _error("00001", "startTime and endTime interval cannot be greater than 30 days")
    return _data(_older(asked, [row for row in asked.rows() if since <= int(row["cTime"] or 0) < until]))


def _info(asked: Asked) -> Any:
    return _data({name: value for name, value in asked.holder.key.items() if name != "mode"})


def _listed(asked: Asked) -> Any:
    wanted = {name: asked.params[name] for name in ("category", "productType") if name in asked.params}
    rows = asked.listed.get(asked.path, [])
    return _data([row for row in rows if all(row.get(name, value) == value for name, value in wanted.items())])


_PRIVATE: Mapping[str, Answer] = {
    "/api/v2/spot/account/info": _of("classic", _info),
    "/api/v2/spot/account/assets": _of("classic", _plain),
    "/api/v2/mix/account/accounts": _of("classic", _plain),
    "/api/v2/margin/crossed/account/assets": _of("classic", _plain),
    "/api/v2/margin/isolated/account/assets": _of("classic", _plain),
    "/api/v2/spot/trade/unfilled-orders": _of("classic", _list),
    "/api/v2/spot/trade/current-plan-order": _of("classic", _held("orderList")),
    "/api/v2/mix/order/orders-pending": _of("classic", _held("entrustedList", "productType")),
    "/api/v2/mix/order/orders-plan-pending": _of("classic", _held("entrustedList", "productType", "planType")),
    "/api/v2/margin/crossed/open-orders": _of("classic", _held("orderList")),
    "/api/v2/margin/isolated/open-orders": _of("classic", _held("orderList")),
    "/api/v2/mix/position/all-position": _of("classic", _positions),
    "/api/v2/spot/wallet/deposit-records": _of("classic", _recent),
    "/api/v2/spot/wallet/withdrawal-records": _of("classic", _recent),
    "/api/v3/account/settings": _of("unified", lambda _asked: _data({"accountMode": "unified"})),
    "/api/v3/account/info": _of("unified", _info),
    "/api/v3/account/assets": _of("unified", lambda asked: _data({"assets": asked.rows()})),
    "/api/v3/account/funding-assets": _of("unified", _plain),
    "/api/v3/trade/unfilled-orders": _of("unified", _held("list", "category")),
    "/api/v3/trade/unfilled-strategy-orders": _of("unified", lambda asked: _data(asked.rows("category"))),
    "/api/v3/position/current-position": _of("unified", _held("list", "category")),
    "/api/v3/account/deposit-records": _of("unified", _recent),
    "/api/v3/account/withdrawal-records": _of("unified", _recent),
}
_PUBLIC = (
    *("/api/v2/spot/public/coins", "/api/v2/spot/public/symbols", "/api/v2/spot/market/tickers"),
    *("/api/v2/margin/currencies", "/api/v2/mix/market/contracts"),
    *("/api/v3/market/instruments", "/api/v3/market/tickers"),
)

VENUE = Venue(
    name="bitget",
    reads={("GET", path): answer for path, answer in (*_PRIVATE.items(), *((path, _listed) for path in _PUBLIC))},
    public=frozenset(_PUBLIC),
    signed_by=_signed_by,
    params=lambda sent: sent.query,
    unknown={"code": "40404", "msg": "Request URL NOT FOUND", "data": None},
)
