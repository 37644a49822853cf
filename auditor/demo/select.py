"""Which rows of a book a request gets: its filters, its page, newest first."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from auditor.demo.codes import RefusedError
from auditor.demo.endpoint import Bound, Endpoint
from auditor.demo.model import Row

Query = Mapping[str, str]

_RELATIONS: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


def check(endpoint: Endpoint, query: Query) -> Query:
    """Complete the query; `RefusedError` where a parameter is missing or not one of its documented values."""
    for name in endpoint.required:
        if not query.get(name):
            raise RefusedError("50014", name)
    for name, values in endpoint.choices.items():
        if query.get(name) and query[name] not in values:
            raise RefusedError("51000", name)
    return {**endpoint.defaults, **{name: value for name, value in query.items() if value}}


def select(endpoint: Endpoint, rows: list[Row], query: Query) -> list[Row]:
    """Select the rows that the query asks for, at most one page of them."""
    for name in endpoint.filters + endpoint.selects:
        rows = _filtered(rows, name, query)
    for bound in endpoint.bounds:
        rows = _bounded(rows, bound, query)
    if endpoint.order:
        rows = sorted(rows, key=lambda row: _number(row.get(endpoint.order)), reverse=True)
    if endpoint.bounds:
        rows = rows[: _limit(endpoint, query)]
    return [{name: value for name, value in row.items() if name not in endpoint.selects} for row in rows]


def _filtered(rows: list[Row], name: str, query: Query) -> list[Row]:
    if name not in query:
        return rows
    wanted = query[name].split(",")
    return [row for row in rows if _text(row.get(name)) in wanted]


def _bounded(rows: list[Row], bound: Bound, query: Query) -> list[Row]:
    if bound.param not in query:
        return rows
    edge = _parameter(bound.param, query)
    holds = _RELATIONS[bound.relation]
    return [row for row in rows if holds(_number(row.get(bound.field)), edge)]


def _limit(endpoint: Endpoint, query: Query) -> int:
    if "limit" not in query:
        return endpoint.page
    limit = _parameter("limit", query)
    if limit < 1:
        raise RefusedError("51000", "limit")
    return min(limit, endpoint.page)


def _parameter(name: str, query: Query) -> int:
    if not (query[name].isascii() and query[name].isdigit()):
        raise RefusedError("51000", name)
    return int(query[name])


def _number(value: Any) -> int:
    """Read a row's id or time; rows without one sort last."""
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() else 0


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
