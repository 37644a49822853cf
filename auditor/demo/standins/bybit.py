"""Bybit's V5 protocol (bybit-exchange.github.io/docs/v5): GET reads, an HMAC over timestamp, key, window and query."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from auditor.demo.standins.model import Answer, Asked, Holder, RefusedError, Sent, Venue, page

_WINDOW = 30 * 86400 * 1000
_COIN = "/v5/asset/coin/query-info"


def _signed_by(sent: Sent, keys: Mapping[str, Holder]) -> Holder:
    holder = keys.get(sent.headers.get("X-BAPI-API-KEY", ""))
    stamp, window = sent.headers.get("X-BAPI-TIMESTAMP", "0"), sent.headers.get("X-BAPI-RECV-WINDOW", "0")
    if holder is None:
        raise _error(10003, "API key is invalid.")
    if abs(sent.now * 1000 - int(stamp)) > int(window):
        raise _error(10002, "invalid request, please check your server timestamp or recv_window param")
    text = stamp + holder.apikey + window + sent.target.partition("?")[2]
    expected = hmac.new(holder.secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, sent.headers.get("X-BAPI-SIGN", "")):
        raise _error(10004, "error sign! origin_string[...]")
    return holder


def _error(code: int, text: str) -> RefusedError:
    return RefusedError(200, {"retCode": code, "retMsg": text, "result": {}, "retExtInfo": {}, "time": 0})


def _result(value: Any) -> dict[str, Any]:
    return {"retCode": 0, "retMsg": "OK", "result": value, "retExtInfo": {}, "time": 0}


def _paged(name: str, rows: list[Any], asked: Asked, **more: Any) -> dict[str, Any]:
    size, number = int(asked.params.get("limit", 20)), int(asked.params.get("cursor") or 0)
    following = str(number + 1) if len(rows) > size * (number + 1) else ""
    return _result({name: page(rows, size, number), "nextPageCursor": following, **more})


def _by_category(asked: Asked) -> Any:
    category = asked.params["category"]
    if category == "linear" and not {"settleCoin", "symbol", "baseCoin"} & set(asked.params):
        raise _error(10001, "params error: missing settleCoin, symbol or baseCoin")
    rows = asked.holder.rows(f"{asked.path}#{category}")
    wanted = {f"_{name}": asked.params[name] for name in ("settleCoin", "baseCoin") if name in asked.params}
    rows = [row for row in rows if all(row.get(name, value) == value for name, value in wanted.items())]
    plain = [{name: value for name, value in row.items() if not name.startswith("_")} for row in rows]
    return _paged("list", plain, asked, category=category)


def _between(field: str) -> Answer:
    def answer(asked: Asked) -> Any:
        since, until = int(asked.params["startTime"]), int(asked.params["endTime"])
        if until - since > _WINDOW:
            raise _error(10001, "the interval between startTime and endTime is more than 30 days")
        return _paged("rows", [row for row in asked.rows() if since <= int(row[field]) < until], asked)

    return answer


def _wallet(asked: Asked) -> Any:
    return _result({"list": [{"accountType": asked.params["accountType"], "coin": asked.rows()}]})


def _funding(asked: Asked) -> Any:
    return _result({"memberId": "1", "accountType": "FUND", "balance": asked.rows()})


def _market(asked: Asked) -> Any:
    rows = asked.listed[asked.path].get(asked.params["category"], [])
    return _result({"category": asked.params["category"], "list": rows, "nextPageCursor": ""})


_PRIVATE: Mapping[str, Answer] = {
    "/v5/user/query-api": lambda asked: _result({"apiKey": asked.holder.apikey, **asked.holder.key}),
    "/v5/account/info": lambda _asked: _result({"unifiedMarginStatus": 6, "marginMode": "REGULAR_MARGIN"}),
    _COIN: lambda asked: _result({"rows": asked.listed[asked.path]}),
    "/v5/account/wallet-balance": _wallet,
    "/v5/asset/transfer/query-account-coins-balance": _funding,
    "/v5/order/realtime": _by_category,
    "/v5/position/list": _by_category,
    "/v5/asset/deposit/query-record": _between("successAt"),
    "/v5/asset/withdraw/query-record": _between("createTime"),
}
_PUBLIC = ("/v5/market/instruments-info", "/v5/market/tickers")

VENUE = Venue(
    name="bybit",
    reads={("GET", path): answer for path, answer in (*_PRIVATE.items(), *((path, _market) for path in _PUBLIC))},
    public=frozenset(_PUBLIC),
    signed_by=_signed_by,
    params=lambda sent: sent.query,
    unknown="",
)
