"""Binance: how it words what goes wrong."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from auditor.demo import Reply
from auditor.exchanges.binance.rows import filled_rows, list_or_object_rows
from auditor.exchanges.binance.wallet_totals import NAMES
from auditor.spec.endpoint import Endpoint
from auditor.spec.rows import object_row
from tests.fault_injection.answers import Edits, ExchangeFaults, nan


def _is_its_own(place: str, row: Mapping[str, Any]) -> bool:
    """Of the wallets' totals each wallet's own request reads the rest."""
    return place != "wallets-without-request" or row["walletName"] not in NAMES


EITHER = {list_or_object_rows, filled_rows}
"""These answers may be an object or a list of them, so that neither shape is wrong."""


def _shapes(endpoint: Endpoint) -> Edits:
    rows = endpoint.rows
    return {
        "field named twice": _first_named_twice,
        "data named twice": _last_named_twice,
        "object where a list is due": lambda body: body if rows in {object_row, *EITHER} else _lists(body, _boxed),
        "list where an object is due": lambda body: body if rows is object_row else _lists(body, _in_a_list),
        "list for an answer": lambda body: body if rows in EITHER else [body],
        "no data": lambda body: body if rows is filled_rows else {},
        "data is null": lambda _body: "null",
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


def _error(code: int, status: int = 400) -> Reply:
    return Reply(status=status, body={"code": code, "msg": "as it may be"})


EXCHANGE_FAULTS = ExchangeFaults(
    success=b'{"data": [], "rows": [], "total": 0}',
    long=json.dumps({"rows": [], "filler": "x" * 4000}).encode(),
    limited=_error(-1003, 429),
    transient=_error(-1001, 500),
    codes={
        "permanent error code": _error(-1099),
        "right is missing": _error(-2015, 401),
        "unknown error code": _error(-4242),
    },
    shapes=_shapes,
    is_its_own=_is_its_own,
)
