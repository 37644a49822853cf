"""KuCoin's REST protocol (kucoin.com/docs-new): GET reads, an HMAC in base64, the passphrase signed as well."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from auditor.demo.standins.model import Answer, Asked, Holder, RefusedError, Sent, Venue, page

_WINDOW = 5.0


def _mac(secret: str, text: str) -> str:
    return base64.b64encode(hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()).decode()


def _signed_by(sent: Sent, keys: Mapping[str, Holder]) -> Holder:
    holder = keys.get(sent.headers.get("KC-API-KEY", ""))
    stamp = sent.headers.get("KC-API-TIMESTAMP", "0")
    if holder is None:
        raise _error("400003", "KC-API-KEY not exists")
    if abs(sent.now - int(stamp) / 1000) > _WINDOW:
        raise _error("400002", "KC-API-TIMESTAMP Invalid")
    if sent.headers.get("KC-API-PASSPHRASE") != _mac(holder.secret, holder.passphrase):
        raise _error("400004", "Invalid KC-API-PASSPHRASE")
    expected = _mac(holder.secret, stamp + sent.method + sent.target + sent.body)
    if not hmac.compare_digest(expected, sent.headers.get("KC-API-SIGN", "")):
        raise _error("400005", "Invalid KC-API-SIGN")
    return holder


def _error(code: str, text: str) -> RefusedError:
    return RefusedError(200, {"code": code, "msg": text})


def _data(value: Any) -> dict[str, Any]:
    return {"code": "200000", "data": value}


def _items(book: str) -> Answer:
    def answer(asked: Asked) -> Any:
        rows = asked.holder.rows(book)
        number, size = int(asked.params.get("currentPage", 1)), int(asked.params.get("pageSize", 50))
        head = {"currentPage": number, "pageSize": size, "totalNum": len(rows), "totalPage": -(-len(rows) // size)}
        return _data({**head, "items": page(rows, size, number - 1)})

    return answer


def _orders(asked: Asked) -> Any:
    """One path of two hosts: spot orders name what they trade as, futures orders do not."""
    return _items("orders" if "tradeType" in asked.params else "futures-orders")(asked)


def _futures(answer: Answer) -> Answer:
    """Futures are read only by a key with that right, which can trade as well."""

    def permitted(asked: Asked) -> Any:
        if "Futures" not in asked.holder.key["permission"]:
            raise _error("400007", "Access denied, require more permission")
        return answer(asked)

    return permitted


def _active(asked: Asked) -> Any:
    if "symbol" not in asked.params:
        raise _error("400100", "symbol cannot be empty")
    return _data([row for row in asked.rows() if row["symbol"] == asked.params["symbol"]])


def _overview(asked: Asked) -> Any:
    zero = {
        "accountEquity": "0",
        "availableBalance": "0",
        "positionMargin": "0",
        "orderMargin": "0",
        "frozenFunds": "0",
    }
    rows = asked.rows("currency")
    return _data(rows[0] if rows else {**zero, "currency": asked.params["currency"]})


def _cross(asked: Asked) -> Any:
    return _data({"debtRatio": "0", "accounts": asked.rows()})


def _isolated(asked: Asked) -> Any:
    return _data({"totalAssetOfQuoteCurrency": "0", "assets": asked.rows()})


def _listed(asked: Asked) -> Any:
    return _data(asked.listed[asked.path])


_PRIVATE: Mapping[str, Answer] = {
    "/api/v1/user/api-key": lambda asked: _data({"apiKey": asked.holder.apikey, **asked.holder.key}),
    "/api/ua/v1/account/mode": lambda _asked: _data({"selfAccountMode": "CLASSIC"}),
    "/api/v3/margin/symbols": lambda _asked: _data({"timestamp": 0, "items": []}),
    "/api/v1/isolated/symbols": lambda _asked: _data([]),
    "/api/v1/hf/accounts/opened": lambda _asked: _data(True),
    "/api/v1/accounts": lambda asked: _data(asked.rows("type")),
    "/api/v1/margin/account": _cross,
    "/api/v3/margin/accounts": _cross,
    "/api/v3/isolated/accounts": _isolated,
    "/api/v1/account-overview": _futures(_overview),
    "/api/v1/positions": _futures(lambda asked: _data(asked.rows())),
    "/api/v1/orders": _orders,
    "/api/v1/hf/orders/active": _active,
    "/api/v1/stop-order": _items("stop-orders"),
    "/api/v1/stopOrders": _items("futures-stop-orders"),
    "/api/v1/deposits": _items("deposits"),
    "/api/v1/withdrawals": _items("withdrawals"),
}
_PUBLIC = ("/api/v3/currencies", "/api/v2/symbols", "/api/v1/market/allTickers", "/api/v1/contracts/active")

VENUE = Venue(
    name="kucoin",
    reads={("GET", path): answer for path, answer in (*_PRIVATE.items(), *((path, _listed) for path in _PUBLIC))},
    public=frozenset(_PUBLIC),
    signed_by=_signed_by,
    params=lambda sent: sent.query,
    unknown={"code": "404", "msg": "Not Found"},
)
