"""Select the rows of a book for a request: filters and page, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.demo.model import Row
from auditor.demo.okx.protocol import refusal
from auditor.demo.okx.spec import Bound, Endpoint
from auditor.demo.pages import is_whole, newest_first, page_by_offset, read_number, rows_where

Params = Mapping[str, str]


def check(endpoint: Endpoint, params: Params) -> Params:
    """Complete the parameters.

    Raises RefusedError for one that is missing or has no documented value.
    """
    for name in endpoint.required:
        if not params.get(name):
            raise refusal("50014", name)
    for name, values in endpoint.choices.items():
        if params.get(name) and params[name] not in values:
            raise refusal("51000", name)
    return {**endpoint.defaults, **{name: value for name, value in params.items() if value}}


def select(endpoint: Endpoint, rows: list[Row], params: Params) -> list[Row]:
    """Return the rows that the query asks for, at most one page of them."""
    for name in endpoint.filters + endpoint.selects:
        rows = _filtered(rows, name, params)
    for bound in endpoint.bounds:
        rows = _bounded(rows, bound, params)
    if endpoint.order:
        rows = newest_first(rows, lambda row: read_number(row.get(endpoint.order)))
    if endpoint.bounds:
        rows = page_by_offset(rows, 0, _limit(endpoint, params))
    return [{name: value for name, value in row.items() if name not in endpoint.selects} for row in rows]


def _filtered(rows: list[Row], name: str, params: Params) -> list[Row]:
    if name not in params:
        return rows
    wanted = params[name].split(",")
    return [row for row in rows if _text(row.get(name)) in wanted]


def _bounded(rows: list[Row], bound: Bound, params: Params) -> list[Row]:
    if bound.param not in params:
        return rows
    return rows_where(rows, bound.field, bound.relation, _parameter(bound.param, params))


def _limit(endpoint: Endpoint, params: Params) -> int:
    if "limit" not in params:
        return endpoint.page
    limit = _parameter("limit", params)
    if limit < 1:
        raise refusal("51000", "limit")
    return min(limit, endpoint.page)


def _parameter(name: str, params: Params) -> int:
    if not is_whole(params[name]):
        raise refusal("51000", name)
    return int(params[name])


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
