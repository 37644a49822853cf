"""Coinbase: how it words what goes wrong."""

import json
from collections.abc import Callable
from typing import Any

from auditor.demo import Reply
from auditor.spec.endpoint import Endpoint
from auditor.spec.rows import object_row
from tests.fault_injection.answers import Edits, ExchangeFaults, nan


def _shapes(endpoint: Endpoint) -> Edits:
    is_rpc, rows = bool(endpoint.rpc), endpoint.rows
    return {
        "field named twice": _first_named_twice,
        "data named twice": _last_named_twice,
        "object where a list is due": lambda body: body if rows is object_row else _lists(body, _boxed),
        "list where an object is due": lambda body: body if rows is object_row else _lists(body, _in_a_list),
        "list for an answer": lambda body: [body],
        "no data": lambda _body: {"jsonrpc": "2.0", "id": 1} if is_rpc else {},
        "data is null": lambda body: {**body, "result": None} if is_rpc else "null",
        "NaN in the answer": nan,
    }


def _first_named_twice(body: Any) -> Any:
    text = json.dumps(body)
    return text.replace('{"', '{"twice": 1, "twice": 2, "', 1) if '{"' in text else body


def _last_named_twice(body: Any) -> Any:
    return json.dumps(body)[:-1] + f', "{list(body)[-1]}": []}}' if isinstance(body, dict) and body else body


def _lists(body: Any, change: Callable[[list[Any]], Any]) -> Any:
    """Change every list outside a row."""
    if isinstance(body, list):
        return change(body)
    return {name: _lists(value, change) if isinstance(value, dict | list) else value for name, value in body.items()}


def _boxed(rows: list[Any]) -> Any:
    return {"rows": rows}


def _in_a_list(rows: list[Any]) -> Any:
    return [[row] for row in rows] or [[]]


def _error(code: str, status: int = 400) -> Reply:
    return Reply(status=status, body={"error": code, "error_details": "as it may be", "message": "as it may be"})


EXCHANGE_FAULTS = ExchangeFaults(
    success=b'{"accounts": [], "data": [], "has_next": false, "cursor": ""}',
    long=json.dumps({"accounts": [], "filler": "x" * 4000}).encode(),
    limited=_error("rate_limit_exceeded", 429),
    transient=_error("INTERNAL", 500),
    codes={
        "permanent error code": _error("NOT_FOUND", 404),
        "right is missing": _error("PERMISSION_DENIED", 403),
        "unknown error code": _error("AS_IT_MAY_BE"),
    },
    shapes=_shapes,
)
