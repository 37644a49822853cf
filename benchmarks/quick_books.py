"""OKX's lists of the embedded exchange with tens of thousands of rows, each page found without a look at all of them.

What is measured is a reader: with the exchange's own way, each answer of such a list took longer than its latency.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import cache
from itertools import islice

from auditor.demo import Account
from auditor.demo.model import Row
from auditor.demo.okx import answers, selection
from auditor.demo.okx.answers import DAY, OkxQuery
from auditor.demo.okx.spec import Endpoint, after_before
from auditor.demo.pages import newest_first, read_number


def install(account: Account) -> None:
    """Let the embedded exchange answer from the books of one account so."""

    @cache
    def book(path: str, order: str) -> tuple[list[Row], list[int]]:
        """Return the rows of a list, the newest first, and the numbers by which they are in order, below zero."""
        rows = newest_first(account.books.get(path, ()), lambda row: read_number(row.get(order)))
        return rows, [-read_number(row.get(order)) for row in rows]

    def page(query: OkxQuery, endpoint: Endpoint, oldest: int = 0) -> list[Row]:
        rows, numbers = book(query.path, endpoint.order)
        edges = (
            int(query.params[one.param])
            for one in endpoint.bounds
            if one.param in query.params and (one.field, one.relation) == (endpoint.order, "<")
        )
        start = max((bisect_right(numbers, -edge) for edge in edges), default=0)
        found = (rows[place] for place in range(start, len(rows)))
        fitting = (row for row in found if _fits(row, endpoint, query, oldest))
        few = list(islice(fitting, selection._limit(endpoint, query.params)))  # noqa: SLF001 - as the exchange does
        return selection.select(endpoint, few, query.params)

    def select(query: OkxQuery) -> list[Row]:
        endpoint = query.endpoint
        if not endpoint.order or not endpoint.bounds or query.account.uid != account.uid:
            return selection.select(endpoint, query.account.rows(query.path), query.params)
        return page(query, endpoint)

    def bills(query: OkxQuery) -> list[Row]:
        endpoint = query.endpoint
        if query.params.get("pagingType") == "2":
            endpoint = replace(endpoint, bounds=after_before("billId"))
        return page(query, endpoint, int(query.now_ms) - endpoint.reach * DAY if endpoint.reach else 0)

    setattr(OkxQuery, "select", select)  # noqa: B010 - a method in place of another
    for path in ("asset/bills-history", "account/bills-archive", "trade/fills-history"):
        answers._SHAPES[path] = bills  # noqa: SLF001 - of a benchmark's own process


def _fits(row: Row, endpoint: Endpoint, query: OkxQuery, oldest: int) -> bool:
    """Return whether a row is one that a query asks for."""
    if oldest and read_number(row.get("ts")) < oldest:
        return False
    return bool(selection.select(replace(endpoint, order=""), [row], query.params))
