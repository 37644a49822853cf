"""Gate's APIv4 (gate.com/docs/developers/apiv4): GET reads, bare lists for answers, an HMAC over five lines."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from auditor.demo.standins.model import Answer, Asked, Holder, RefusedError, Sent, Venue, page

_BASE = "/api/v4/"
_WINDOW = 60.0
_LONGEST = 30 * 86400


def _signed_by(sent: Sent, keys: Mapping[str, Holder]) -> Holder:
    holder = keys.get(sent.headers.get("KEY", ""))
    stamp = sent.headers.get("Timestamp", "0")
    if holder is None:
        raise _error(401, "INVALID_KEY", "Invalid key provided")
    if abs(sent.now - int(stamp)) > _WINDOW:
        raise _error(403, "REQUEST_EXPIRED", "gap between request Timestamp and server time exceeds 60")
    query = sent.target.partition("?")[2]
    lines = (sent.method, sent.path, query, hashlib.sha512(sent.body.encode()).hexdigest(), stamp)
    expected = hmac.new(holder.secret.encode(), "\n".join(lines).encode(), hashlib.sha512).hexdigest()
    if not hmac.compare_digest(expected, sent.headers.get("SIGN", "")):
        raise _error(401, "INVALID_SIGNATURE", "Signature mismatch")
    return holder


def _error(status: int, label: str, message: str) -> RefusedError:
    return RefusedError(status, {"label": label, "message": message})


def _rows(asked: Asked) -> Any:
    size, offset = int(asked.params.get("limit", 100)), int(asked.params.get("offset", 0))
    return asked.rows()[offset : offset + size]


def _all(asked: Asked) -> Any:
    return asked.rows()


def _recent(asked: Asked) -> Any:
    since, until = int(asked.params["from"]), int(asked.params["to"])
    if until - since > _LONGEST:
        raise _error(400, "INVALID_PARAM_VALUE", "time range is too long")
    rows = [row for row in asked.rows() if since <= int(row["timestamp"]) < until]
    size, offset = int(asked.params.get("limit", 100)), int(asked.params.get("offset", 0))
    return rows[offset : offset + size]


def _spot_orders(asked: Asked) -> Any:
    pairs: dict[str, list[Any]] = {}
    for row in asked.rows():
        pairs.setdefault(row["currency_pair"], []).append(row)
    size, number = int(asked.params.get("limit", 100)), int(asked.params.get("page", 1))
    shown = {pair: page(rows, size, number - 1) for pair, rows in pairs.items()}
    return [{"currency_pair": pair, "total": len(pairs[pair]), "orders": rows} for pair, rows in shown.items() if rows]


def _account(asked: Asked) -> Any:
    zero = {"total": "0", "available": "0", "position_margin": "0", "order_margin": "0", "unrealised_pnl": "0"}
    currency = "BTC" if "/btc/" in asked.path else "USDT"
    return (asked.rows() or [{**zero, "currency": currency}])[0]


def _unified(asked: Asked) -> Any:
    return {"user_id": 1, "locked": False, "balances": {row.pop("currency"): row for row in asked.rows()}}


def _detail(asked: Asked) -> Any:
    key = asked.holder.key
    return {"user_id": key["user_id"], "ip_whitelist": key["ip_whitelist"], "key": {"mode": 1}, "tier": 1}


def _keys(asked: Asked) -> Any:
    key = asked.holder.key
    row = {"name": "closure audit", "state": 1, "user_id": key["user_id"], "perms": key["perms"]}
    return [{**row, "key": "demo-other-key", "perms": []}, {**row, "key": asked.holder.apikey}]


def _listed(asked: Asked) -> Any:
    return asked.listed.get(asked.path.removeprefix(_BASE), [])


_CONTRACTS = ("futures/usdt", "futures/btc", "delivery/usdt")
_PRIVATE: Mapping[str, Answer] = {
    "account/detail": _detail,
    "account/main_keys": _keys,
    "spot/accounts": _all,
    "unified/accounts": _unified,
    "margin/accounts": _all,
    "margin/funding_accounts": _all,
    "options/accounts": _account,
    **{f"{name}/accounts": _account for name in _CONTRACTS},
    **{f"{name}/orders": _rows for name in _CONTRACTS},
    **{f"{name}/price_orders": _rows for name in _CONTRACTS},
    **{f"{name}/positions": _all if "delivery" in name else _rows for name in _CONTRACTS},
    "options/positions": _all,
    "spot/open_orders": _spot_orders,
    "spot/price_orders": _rows,
    "wallet/deposits": _recent,
    "wallet/withdrawals": _recent,
}
_PUBLIC = (
    *("spot/currencies", "spot/currency_pairs", "spot/tickers", "margin/currency_pairs", "options/underlyings"),
    *(f"{name}/contracts" for name in _CONTRACTS),
)
_ALL = {**_PRIVATE, **dict.fromkeys(_PUBLIC, _listed)}

VENUE = Venue(
    name="gate",
    reads={("GET", _BASE + path): answer for path, answer in _ALL.items()},
    public=frozenset(_BASE + path for path in _PUBLIC),
    signed_by=_signed_by,
    params=lambda sent: sent.query,
    unknown={"label": "NOT_FOUND", "message": "no such path"},
)
