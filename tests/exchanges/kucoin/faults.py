"""KuCoin: how it words what goes wrong."""

import json
from typing import Any

from auditor.demo import Reply
from auditor.spec.endpoint import Endpoint
from auditor.spec.rows import list_rows, object_row
from tests.fault_injection.answers import Edits, ExchangeFaults, nan

SUCCESS = {"code": "200000", "data": []}


def _shapes(endpoint: Endpoint) -> Edits:
    is_list, is_object = endpoint.rows is list_rows, endpoint.rows is object_row
    return {
        "field named twice": lambda body: json.dumps(body).replace('"code"', '"code": "500000", "code"', 1),
        "data named twice": lambda body: json.dumps(body)[:-1] + ', "data": []}',
        "object where a list is due": lambda body: body if is_object else {**body, "data": _boxed(body["data"])},
        "list where an object is due": lambda body: {**body, "data": _in_a_list(body["data"], is_list=is_list)},
        "list for an answer": lambda body: [body],
        "no data": lambda body: {"code": body["code"], "msg": ""},
        "data is null": lambda body: {**body, "data": None},
        "NaN in the answer": nan,
    }


def _boxed(data: Any) -> Any:
    """Put the rows into an object where a list is due."""
    if isinstance(data, list):
        return {"rows": data}
    lists = {name: {"rows": value} for name, value in data.items() if isinstance(value, list) or name == "items"}
    return {**data, **lists}


def _in_a_list(data: Any, *, is_list: bool) -> Any:
    """Put each row into a list where an object is due."""
    return [[row] for row in data] or [[]] if is_list else [data]


def _error(code: str, status: int = 200) -> Reply:
    return Reply(status=status, body={"code": code, "msg": "as it may be"})


def _data_of(body: Any) -> Any:
    return body["data"]


def _with_data(body: Any, data: Any) -> Any:
    return {**body, "data": data}


EXCHANGE_FAULTS = ExchangeFaults(
    success=json.dumps(SUCCESS).encode(),
    long=json.dumps({**SUCCESS, "filler": "x" * 4000}).encode(),
    limited=_error("429000", 429),
    transient=_error("500000", 500),
    codes={
        "permanent error code": _error("401000", 400),
        "right is missing": _error("400007", 403),
        "unknown error code": _error("987654"),
    },
    shapes=_shapes,
    data_of=_data_of,
    with_data=_with_data,
)
