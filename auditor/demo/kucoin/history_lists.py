"""KuCoin's lists of what was, as they are asked for: in days, by the last id, by an offset, and no further back.

Source: kucoin.com/docs-new (November 2025), Account, Trade History, Positions; the older API documentation (2023) for
the longest time of a request and for the year of the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from auditor.demo.kucoin.lists import items, need
from auditor.demo.kucoin.protocol import data, refusal
from auditor.demo.model import Row
from auditor.demo.pages import read_number, rows_where
from auditor.demo.venue import Handler, Query

DAY = 86_400_000
"""Milliseconds."""
NOW = "now"
"""The parameter in which the venue hands over the exchange's time, in Unix milliseconds."""


def within(query: Query, found: Sequence[Row], days: int, longest: int, time: str = "createdAt") -> list[Row]:
    """Return the rows of the time that was asked for, none older than so many `days`. Raises RefusedError.

    `longest`: days that one request may span.
    """
    start, end = (query.params.get(name) for name in ("startAt", "endAt"))
    if start and end and int(end) - int(start) > longest * DAY:
        raise refusal("400100", "The time range is too long")
    edges = (start, ">="), (end, "<="), (str(read_number(query.params.get(NOW)) - days * DAY), ">=")
    rows = list(found)
    for edge, relation in edges:
        if edge:
            rows = rows_where(rows, time, relation, int(edge))
    return rows


def ledger(days: int = 365) -> Handler:
    """Return a page of the ledger of all accounts."""

    def handler(query: Query) -> Any:
        return items(query, within(query, query.rows(), days, 1), 500)

    return handler


def by_last_id(days: int, longest: int, most: int, *filters: str, wrapped: bool = False) -> Handler:
    """Return the rows with ids below the last one of the page before. `wrapped`: in an object with that id."""

    def handler(query: Query) -> Any:
        need(query, *filters)
        size = int(query.params.get("limit", most))
        if not 1 <= size <= most:
            raise refusal("400100", "limit is out of range")
        rows = within(query, query.rows(*filters), days, longest)
        if last := query.params.get("lastId"):
            rows = rows_where(rows, "id", "<", int(last))
        page = rows[:size]
        return data({"items": page, "lastId": page[-1]["id"] if page else 0} if wrapped else page)

    return handler


def done(days: int, longest: int, most: int, *filters: str) -> Handler:
    """Return orders before the last one of the page before, by a number that is no field of them."""

    def handler(query: Query) -> Any:
        need(query, *filters)
        size = int(query.params.get("limit", 20))
        if not 1 <= size <= most:
            raise refusal("400100", "limit is out of range")
        rows, last = within(query, query.rows(*filters), days, longest), query.params.get("lastId")
        # Numbers fall from the newest order on, and the oldest has 1.
        upto = len(rows) if last is None else int(last) - 1
        page = rows[len(rows) - upto :][:size]
        return data({"lastId": upto - len(page) + 1 if page else 0, "items": page})

    return handler


def funding(query: Query) -> Any:
    """Return the newest funding fees of the contract that must be named."""
    need(query, "symbol")
    rows = within(query, query.rows("symbol"), 3650, 3650, "timePoint")
    size = int(query.params.get("maxCount", 10))
    return data({"dataList": rows[:size], "hasMore": len(rows) > size})


def debts(query: Query) -> Any:
    """Return what was borrowed or repaid, of the coin that must be named; of isolated margin, of a pair, too."""
    is_isolated = query.params.get("isIsolated") == "true"
    need(query, "currency", *(("symbol",) if is_isolated else ()))
    return items(query, [row for row in query.rows("currency") if (row["symbol"] is not None) is is_isolated])


def interest(query: Query) -> Any:
    """Return interest; of isolated margin, of the pair that must be named. Rows do not name it."""
    is_isolated = query.params.get("isIsolated") == "true"
    need(query, *(("symbol",) if is_isolated else ()))
    symbol = query.params.get("symbol") if is_isolated else None
    found = [row for row in query.rows() if row.get("_symbol") == symbol]
    return items(query, [{name: row[name] for name in row if name != "_symbol"} for row in found])


def old(query: Query) -> Any:
    """Return a page of what happened on the first platform."""
    return items(query, query.rows("currency"))


def futures_ledger(query: Query) -> Any:
    """Return the newest rows of futures."""
    rows, size = within(query, query.rows(), 3650, 3650, "time"), int(query.params.get("maxCount", 50))
    return data({"dataList": rows[:size], "hasMore": len(rows) > size})


def unified_ledger(query: Query) -> Any:
    """Return the newest rows of a unified account, whose times are nanoseconds."""
    rows = [{**row, NOW: row["ts"] // 1_000_000} for row in query.rows()]
    found = [{name: row[name] for name in row if name != NOW} for row in within(query, rows, 7, 1, NOW)]
    page = found[: int(query.params.get("pageSize", 100))]
    return data({"items": page, "lastId": page[-1]["id"] if page else None})


def paged(days: int, longest: int, most: int) -> Handler:
    """Return a page of a list by number."""
    return _paged(lambda query: within(query, query.rows(), days, longest), most)


def positions(query: Query) -> Any:
    """Return a page of closed positions, whose parameters have names of their own."""
    params = {"currentPage": query.params.get("pageId", "1"), "pageSize": query.params.get("limit", "10")}
    return items(Query(query.path, params, query.account, query.listed), query.rows(), 200)


def _paged(select: Callable[[Query], list[Row]], most: int) -> Handler:
    return lambda query: items(query, select(query), most)
