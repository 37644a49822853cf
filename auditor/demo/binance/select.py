"""Which rows of a book a request gets: its filters, its stretch of time, its page; newest first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from auditor.demo.binance.endpoint import DAY, Endpoint, Pages, RefusedError, Stretch
from auditor.demo.model import Row

Query = Mapping[str, str]


def check(endpoint: Endpoint, query: Query) -> None:
    """Refuse a request that lacks a parameter, or has one that nobody reads."""
    for name in endpoint.required:
        if not query.get(name):
            raise RefusedError(-1102, name)
    read = endpoint.known & query.keys()
    if len(read) != len(query):
        raise RefusedError(-1104, len(read), len(query))


def select(endpoint: Endpoint, rows: list[Row], query: Query, now_ms: int) -> list[Row]:
    """Select every row that the query asks for, all pages of them."""
    for name, field in endpoint.filters.items():
        if name in query:
            rows = [row for row in rows if str(row.get(field)) == query[name]]
    if endpoint.stretch:
        rows = _within(endpoint.stretch, rows, query, now_ms)
    return [{name: value for name, value in row.items() if not _is_hidden(name)} for row in rows]


def _is_hidden(name: str) -> bool:
    """What only selects a row is no field of it."""
    return name.startswith("@") or name == "transactionType"


def page(pages: Pages | None, rows: list[Row], query: Query) -> list[Row]:
    """Cut out the page that is asked for."""
    if pages is None:
        return rows
    size = min(_number(query, pages.size, pages.default), pages.largest)
    if pages.number == "offset":
        first = _number(query, "offset", 0)
    else:
        first = (max(_number(query, pages.number, 1), 1) - 1) * size
    return rows[first : first + size]


def _within(stretch: Stretch, rows: list[Row], query: Query, now_ms: int) -> list[Row]:
    end = _number(query, stretch.end, now_ms)
    start = _number(query, stretch.start, end - stretch.default * DAY)
    if end - start > stretch.days * DAY:
        raise RefusedError(-1127, stretch.days * 24)
    chosen = [row for row in rows if start <= moment(row.get(stretch.field)) <= end]
    return sorted(chosen, key=lambda row: moment(row.get(stretch.field)), reverse=True)


def moment(value: Any) -> int:
    """Read a time in milliseconds, or in words as withdrawals have it (UTC)."""
    text = str(value or "0")
    if text.isdigit():
        return int(text)
    return int(datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC).timestamp() * 1000)


def _number(query: Query, name: str, default: int) -> int:
    text = query.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit()):
        raise RefusedError(-1102, name)
    return int(text)
