"""KuCoin's lists, by page number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from auditor.demo.kucoin.protocol import data, refusal
from auditor.demo.model import Row
from auditor.demo.pages import page_by_number
from auditor.demo.venue import Handler, Query

NUMBERS = ("currentPage", "pageNum", "pageNumber", "page")


def items(query: Query, rows: Sequence[Row], most: int = 500, least: int = 1) -> Any:
    """Return one page of rows, with their number; null for the rows of an empty page. Raises RefusedError."""
    number = next((int(query.params[name]) for name in NUMBERS if name in query.params), 1)
    size = int(query.params.get("pageSize", 50))
    if not least <= size <= most:
        raise refusal("400100", "pageSize is out of range")
    pages = -(-len(rows) // size)
    head = {"currentPage": number, "pageSize": size, "totalNum": len(rows), "totalPage": pages}
    return data({**head, "items": page_by_number(list(rows), number, size) or None})


def listed(*filters: str, required: Sequence[str] = (), most: int = 500) -> Handler:
    """Return a page of the path's own book. ``filters``: parameters that are fields of the rows."""

    def handler(query: Query) -> Any:
        need(query, *required)
        return items(query, query.rows(*filters), most)

    return handler


def rows(*filters: str, required: Sequence[str] = ()) -> Handler:
    """Return all rows of the path's own book as a list."""

    def handler(query: Query) -> Any:
        need(query, *required)
        return data(query.rows(*filters))

    return handler


def need(query: Query, *names: str) -> None:
    """Raise RefusedError unless these parameters were sent."""
    for name in names:
        if not query.params.get(name):
            raise refusal("400100", f"{name} cannot be empty")


def constant(value: Any) -> Handler:
    """Return the same data for every account, or the row that its book has instead."""

    def handler(query: Query) -> Any:
        own = query.account.rows(query.path)
        return data({**value, **own[0]} if own else value)

    return handler
