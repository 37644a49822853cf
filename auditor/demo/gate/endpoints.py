"""Gate's APIv4 endpoints (gate.com/docs/developers/apiv4) that an audit reads, without an envelope."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from auditor.demo.gate.history_endpoints import BASE, HISTORY
from auditor.demo.pages import page_by_number, page_by_offset
from auditor.demo.venue import Handler, Query


def _page(query: Query, rows: list[Any]) -> list[Any]:
    return page_by_offset(rows, int(query.params.get("offset", 0)), int(query.params.get("limit", 100)))


def _rows(query: Query) -> Any:
    return _page(query, query.rows())


def _all_rows(query: Query) -> Any:
    return query.rows()


def _spot_orders(query: Query) -> Any:
    """List orders by market, a page of each market's."""
    markets: dict[str, list[Any]] = {}
    for row in query.rows():
        markets.setdefault(row["currency_pair"], []).append(row)
    size, number = int(query.params.get("limit", 100)), int(query.params.get("page", 1))
    pages = {pair: page_by_number(rows, number, size) for pair, rows in markets.items()}
    return [{"currency_pair": p, "total": len(markets[p]), "orders": rows} for p, rows in pages.items() if rows]


def _account(query: Query) -> Any:
    zero = {"total": "0", "available": "0", "position_margin": "0", "order_margin": "0", "unrealised_pnl": "0"}
    currency = "BTC" if "/btc/" in query.path else "USDT"
    return (query.rows() or [{**zero, "currency": currency}])[0]


def _unified(query: Query) -> Any:
    return {"user_id": 1, "locked": False, "balances": {row.pop("currency"): row for row in query.rows()}}


def _totals(query: Query) -> Any:
    """Value every part of the account in USDT; a book of this path has the parts that no other endpoint lists."""
    spot = sum((_worth(query, row) for row in query.account.rows(f"{BASE}spot/accounts")), Decimal(0))
    amounts = {**dict.fromkeys(_PARTS, "0"), "spot": str(spot)}
    amounts |= {row["part"]: row["amount"] for row in query.rows()}
    total = sum(map(Decimal, amounts.values()), Decimal(0))
    details = {name: {"amount": amount, "currency": "USDT"} for name, amount in amounts.items()}
    return {"details": details, "total": {"amount": str(total), "currency": "USDT", "unrealised_pnl": "0"}}


def _worth(query: Query, row: Any) -> Decimal:
    """Return a balance in USDT; nothing where no market has its currency."""
    held, name = Decimal(row["available"]) + Decimal(row["locked"]), f"{row['currency']}_USDT"
    prices = {market["currency_pair"]: Decimal(market["last"]) for market in query.listed["spot/tickers"]}
    return held * (Decimal(1) if row["currency"] == "USDT" else prices.get(name, Decimal(0)))


def _detail(query: Query) -> Any:
    key = query.account.key
    return {"user_id": key["user_id"], "ip_whitelist": key["ip_whitelist"], "key": {"mode": 1}, "tier": 1}


def _keys(query: Query) -> Any:
    """List the account's keys: this one, and another that may do nothing."""
    key = query.account.key
    row = {"name": "closure audit", "state": 1, "user_id": key["user_id"], "perms": key["perms"]}
    return [{**row, "key": "demo-other-key", "perms": []}, {**row, "key": query.account.apikey}]


def _reference(query: Query) -> Any:
    return query.listed.get(query.path.removeprefix(BASE), [])


_PARTS = (
    *("cross_margin", "spot", "finance", "margin", "quant", "futures", "delivery", "warrant", "cbbc", "meme_box"),
    *("options", "payment"),
)
_CONTRACTS = ("futures/usdt", "futures/btc", "delivery/usdt")
_PRIVATE: dict[str, Handler] = {
    "account/detail": _detail,
    "account/main_keys": _keys,
    "spot/accounts": _all_rows,
    "unified/accounts": _unified,
    "margin/accounts": _all_rows,
    "margin/funding_accounts": _all_rows,
    "options/accounts": _account,
    **{f"{name}/accounts": _account for name in _CONTRACTS},
    **{f"{name}/orders": _rows for name in _CONTRACTS},
    **{f"{name}/price_orders": _rows for name in _CONTRACTS},
    "futures/usdt/positions": _rows,
    "futures/btc/positions": _rows,
    "delivery/usdt/positions": _all_rows,
    "options/positions": _all_rows,
    "spot/open_orders": _spot_orders,
    "spot/price_orders": _rows,
    "wallet/total_balance": _totals,
}
_MARKETS = ("spot/currencies", "spot/currency_pairs", "spot/tickers", "margin/currency_pairs", "options/underlyings")

PUBLIC = frozenset(BASE + path for path in (*_MARKETS, *(f"{name}/contracts" for name in _CONTRACTS)))
READS: dict[tuple[str, str], Handler] = {
    **{("GET", path): _reference for path in PUBLIC},
    **{("GET", BASE + path): handler for path, handler in (_PRIVATE | HISTORY).items()},
}
