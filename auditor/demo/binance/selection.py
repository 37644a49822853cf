"""Select the rows of a book for a request: filters, time window and page, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from auditor.demo.binance.protocol import refusal
from auditor.demo.binance.spec import DAY, Endpoint, Pages, TimeWindow
from auditor.demo.model import Row
from auditor.demo.pages import is_whole, newest_first, page_by_number, page_by_offset, rows_with

Params = Mapping[str, str]


def check(endpoint: Endpoint, params: Params) -> None:
    """Check the parameters.

    Raises RefusedError for one that is missing or unknown to the endpoint.
    """
    for name in endpoint.required:
        if not params.get(name):
            raise refusal(-1102, name)
    read = endpoint.known & params.keys()
    if len(read) != len(params):
        raise refusal(-1104, len(read), len(params))


def select(endpoint: Endpoint, rows: list[Row], params: Params, now_ms: int) -> list[Row]:
    """Return every row that the query asks for, all pages of them."""
    rows = rows_with(rows, {field: params[name] for name, field in endpoint.filters.items() if name in params})
    if endpoint.window:
        rows = _within(endpoint.window, _kept(endpoint, endpoint.window, rows, params, now_ms), params, now_ms)
    if endpoint.most:
        rows = rows[: min(_number(params, "limit", endpoint.most), endpoint.most)]
    return [{name: value for name, value in row.items() if not _is_hidden(name)} for row in rows]


def _kept(endpoint: Endpoint, window: TimeWindow, rows: list[Row], params: Params, now_ms: int) -> list[Row]:
    """Return the rows that are kept so long. Raises RefusedError for a question about older ones."""
    if not endpoint.reach:
        return rows
    first = now_ms - endpoint.reach * DAY
    if endpoint.reach_code and _number(params, window.start, now_ms) < first:
        raise refusal(endpoint.reach_code)
    return [row for row in rows if moment(row.get(window.field)) >= first]


def _is_hidden(name: str) -> bool:
    """Return whether a field only selects its row, and is not shown."""
    return name.startswith("@") or name == "transactionType"


def page(pages: Pages | None, rows: list[Row], params: Params) -> list[Row]:
    """Return the page that the query asks for."""
    if pages is None:
        return rows
    size = min(_number(params, pages.size, pages.default), pages.largest) if pages.size else pages.default
    if pages.number == "offset":
        return page_by_offset(rows, _number(params, "offset", 0), size)
    return page_by_number(rows, _number(params, pages.number, 1), size)


def _within(window: TimeWindow, rows: list[Row], params: Params, now_ms: int) -> list[Row]:
    end = _number(params, window.end, now_ms)
    start = _number(params, window.start, end - window.default * DAY)
    if end - start > window.days * DAY:
        raise refusal(window.code, window.days * 24)
    chosen = [row for row in rows if start <= moment(row.get(window.field)) <= end]
    return newest_first(chosen, lambda row: moment(row.get(window.field)))


def moment(value: Any) -> int:
    """Read a time in milliseconds, or in words as withdrawals have it (UTC)."""
    text = str(value or "0")
    if is_whole(text):
        return int(text)
    return int(datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC).timestamp() * 1000)


def _number(params: Params, name: str, default: int) -> int:
    text = params.get(name, "")
    if not text:
        return default
    if not is_whole(text):
        raise refusal(-1102, name)
    return int(text)
