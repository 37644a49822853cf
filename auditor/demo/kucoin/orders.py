"""KuCoin's answers about orders."""

from __future__ import annotations

from typing import Any

from auditor.demo.kucoin.history_lists import within
from auditor.demo.kucoin.lists import items, need
from auditor.demo.kucoin.protocol import data
from auditor.demo.model import Row
from auditor.demo.venue import Handler, Query

ACTIVE, MARGIN = "/api/v1/hf/orders/active/page", "/api/v3/hf/margin/orders/active"
MOST_FUTURES, LONG = 1000, 3650


def orders(query: Query) -> Any:
    """One path of two hosts: spot orders name what they trade as, futures orders do not. Finished unless asked."""
    kind = query.params.get("tradeType")
    is_active = query.params.get("status", "done") == "active"
    found = [row for row in query.rows() if row.get("tradeType") == kind and row.get("isActive") in {is_active, None}]
    # Of finished ones a request spans a day at most (KuCoin Futures API documentation, 2023).
    in_time = found if is_active else within(query, found, LONG, 1)
    return items(query, in_time, MOST_FUTURES if kind is None else 500)


def stop_orders(query: Query) -> Any:
    """Return stop orders of one type of trade, that of spot unless another is asked for."""
    kind = query.params.get("tradeType", "TRADE")
    return items(query, [row for row in query.rows() if row.get("tradeType", "TRADE") == kind])


def with_type(query: Query) -> Any:
    """Return orders of the type of trade that must be named."""
    need(query, "tradeType")
    return items(query, [row for row in query.rows() if row.get("tradeType") == query.params["tradeType"]])


def symbols(path: str) -> Handler:
    """Return the markets of the orders in another path's book."""

    def handler(query: Query) -> Any:
        kind = query.params.get("tradeType")
        found = [row for row in query.account.rows(path) if kind is None or row.get("tradeType") == kind]
        own = [row for row in query.rows() if row.get("tradeType") in {kind, None}]
        names = sorted({row["symbol"] for row in found} | {name for row in own for name in row["symbols"]})
        return data({"symbolSize": len(names), "symbols": names})

    return handler


def unified_orders(query: Query) -> Any:
    """Return orders of a unified account, ordinary ones unless another filter is asked for."""
    need(query, "tradeType")
    wanted: Row = {"tradeType": query.params["tradeType"], "orderFilter": query.params.get("orderFilter", "NORMAL")}
    found = [row for row in query.rows() if {name: row.get(name) for name in wanted} == wanted]
    return items(query, found, 200)


def structured(query: Query) -> Any:
    """Return structured products of the categories that must be named."""
    need(query, "categories")
    return items(query, [row for row in query.rows() if row.get("category") in query.params["categories"].split(",")])


def lending(query: Query) -> Any:
    """Return orders of margin lending that are done, or all others: the state must be named."""
    need(query, "status")
    is_done = query.params["status"] == "DONE"
    return items(query, [row for row in query.rows() if (row.get("status") == "DONE") is is_done], 50)


def withdrawal(query: Query) -> Any:
    """Return one withdrawal, with what became of its money if it failed."""
    number = query.params["withdrawalId"]
    books = ("/api/v1/withdrawals", "/api/ua/v2/asset/withdrawal/history", query.path)
    state: Row = {"returnStatus": "NOT_RETURN", "returnAmount": None, "returnCurrency": "KCS"}
    for book in books:
        for row in query.account.rows(book):
            if row.get("id") == number:
                state.update(row)
    return data(state)
