"""Select the rows of a book for a request: filters, window and page, newest first as the book has them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote

from auditor.demo.bybit.protocol import refusal
from auditor.demo.bybit.spec import Days, Endpoint, Numbers, Page, Span
from auditor.demo.model import Row
from auditor.demo.pages import is_whole, page_by_number, page_by_offset, read_number
from auditor.demo.venue import Query

_DAY = 86_400_000
_MARK = "row:"


def listed(query: Query, endpoint: Endpoint, now_ms: int) -> Any:
    """Return the `result` of a list. Raises RefusedError for parameters that are not documented so."""
    check(query, endpoint)
    rows = selected(query, endpoint)
    match endpoint.span:
        case Span() as span:
            rows = _in_window(rows, query, span, now_ms)
        case Days() as days:
            rows = _in_days(rows, query, days, now_ms)
    match endpoint.page:
        case Page() as page:
            return _by_token(rows, query, endpoint, page)
        case Numbers() as numbers:
            return _by_number(rows, query, endpoint, numbers)
    return {endpoint.name: rows} if endpoint.name else rows


def check(query: Query, endpoint: Endpoint) -> None:
    """Raise RefusedError for a parameter that is missing or has a value that is not documented."""
    for name in endpoint.required:
        if not query.params.get(name):
            raise refusal(10001, f"params error: {name} is required")
    for name, values in endpoint.choices.items():
        if query.params.get(name, next(iter(values))) not in values:
            raise refusal(10001, f"params error: {name} is invalid")


def selected(query: Query, endpoint: Endpoint) -> list[Row]:
    """Return the rows of the path's book that the query asks for, without the fields that only select them."""
    rows = query.account.rows(query.path)
    for name, field in endpoint.filters.items():
        rows = [row for row in rows if name not in query.params or str(row.get(field)) == query.params[name]]
    for name in endpoint.selects:
        rows = [row for row in rows if _is_selected(row, name, query)]
    if endpoint.hidden and not any(name in query.params for name in endpoint.filters):
        rows = [row for row in rows if row.get("status") not in endpoint.hidden]
    return [{name: value for name, value in row.items() if not name.startswith("_")} for row in rows]


def _is_selected(row: Row, name: str, query: Query) -> bool:
    wanted = query.params.get(name)
    return wanted is None or row.get(f"_{name}", wanted) == wanted


def _in_window(rows: list[Row], query: Query, span: Span, now_ms: int) -> list[Row]:
    end = _time(query, span.end, span, now_ms)
    first = 0 if span.default is None else end - int(span.default * _DAY)
    start = _time(query, span.start, span, first)
    if span.most is not None and span.start in query.params and end - start > span.most * _DAY:
        raise refusal(10001, f"the interval between the times is more than {span.most} days")
    first = start if span.kept is None else max(start, now_ms - int(span.kept * _DAY))
    beyond = end + span.inclusive
    return [row for row in rows if not row.get(span.field) or first <= _moment(row, span) < beyond]


def _in_days(rows: list[Row], query: Query, days: Days, now_ms: int) -> list[Row]:
    asked = query.params.get("days", "0")
    if not is_whole(asked) or int(asked) > days.most:
        raise refusal(10001, "params error: days is invalid")
    start = now_ms - (int(asked) or days.default) * _DAY
    return [row for row in rows if not row.get(days.field) or start <= read_number(row[days.field]) * days.unit]


def _time(query: Query, name: str, span: Span, default: int) -> int:
    value = query.params.get(name)
    if value is None:
        return default
    if not is_whole(value):
        raise refusal(10001, f"params error: {name} is invalid")
    return int(value) * span.asked


def _moment(row: Row, span: Span) -> int:
    return read_number(row[span.field]) * span.unit


def _size(query: Query, name: str, default: int, most: int) -> int:
    value = query.params.get(name, str(default))
    if not is_whole(value) or not 1 <= int(value) <= most:
        raise refusal(10001, f"params error: {name} is invalid")
    return int(value)


def _by_token(rows: list[Row], query: Query, endpoint: Endpoint, page: Page) -> Any:
    """Cut a page: its token is encoded for the query, and must come back as it was given."""
    size, cursor = _size(query, page.size, page.default, page.most), query.params.get(page.cursor, "")
    if cursor and (not cursor.startswith(_MARK) or cursor != unquote(cursor)):
        raise refusal(10001, "params error: cursor is invalid")
    start = read_number(cursor.removeprefix(_MARK))
    following = start + size
    is_followed = following < len(rows) or (page.trails and start < len(rows))
    token = quote(f"{_MARK}{following}", safe="") if is_followed else page.last
    return {endpoint.name: page_by_offset(rows, start, size), page.following: token}


def _by_number(rows: list[Row], query: Query, endpoint: Endpoint, numbers: Numbers) -> Any:
    if numbers.required and not {numbers.number, numbers.size} <= query.params.keys():
        raise refusal(10001, "params error: page and size are required")
    size = _size(query, numbers.size, numbers.default, numbers.most)
    shown = page_by_number(rows, read_number(query.params.get(numbers.number, "1")), size)
    counted = {numbers.total: len(rows)} if numbers.total else {}
    return {endpoint.name: shown, **counted} if endpoint.name else shown
