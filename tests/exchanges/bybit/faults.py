"""Bybit: how it words what goes wrong."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from auditor.demo import Reply
from auditor.exchanges.bybit.overview import OWN_REQUESTS
from auditor.spec.endpoint import Endpoint
from auditor.spec.rows import object_row
from tests.fault_injection.answers import Edits, ExchangeFaults, nan

CODE, MESSAGE, DATA = "retCode", "retMsg", "result"
SUCCESS = {CODE: 0, MESSAGE: "OK", DATA: {"list": [], "rows": [], "nextPageCursor": ""}}


def _is_its_own(place: str, row: Mapping[str, Any]) -> bool:
    """Of the overview's accounts, those with requests of their own are read there."""
    return place != "overview" or row.get("accountType") not in OWN_REQUESTS


def _shapes(endpoint: Endpoint) -> Edits:
    is_object = endpoint.rows is object_row
    return {
        "field named twice": lambda body: json.dumps(body).replace('{"', '{"twice": 1, "twice": 2, "', 1),
        "data named twice": lambda body: json.dumps(body)[:-1] + f', "{DATA}": {{}}}}',
        "object where a list is due": lambda body: body if is_object else {**body, DATA: _lists(body[DATA], _boxed)},
        "list where an object is due": lambda body: {**body, DATA: [body[DATA]]},
        "list for an answer": lambda body: [body],
        "no data": lambda body: {name: value for name, value in body.items() if name != DATA},
        "data is null": lambda body: {**body, DATA: None},
        "NaN in the answer": nan,
    }


def _lists(data: Any, change: Callable[[list[Any]], Any]) -> Any:
    """Change every list outside a row."""
    if isinstance(data, list):
        return change(data)
    return {name: change(value) if isinstance(value, list) else value for name, value in data.items()}


def _boxed(rows: list[Any]) -> Any:
    return {"rows": rows}


def _error(code: int, status: int = 200) -> Reply:
    return Reply(status=status, body={CODE: code, MESSAGE: "as it may be", DATA: {}, "retExtInfo": {}, "time": 0})


def _data_of(body: Any) -> Any:
    return body[DATA]


def _with_data(body: Any, data: Any) -> Any:
    return {**body, DATA: data}


EXCHANGE_FAULTS = ExchangeFaults(
    success=json.dumps(SUCCESS).encode(),
    long=json.dumps({**SUCCESS, "filler": "x" * 4000}).encode(),
    limited=_error(10006),
    transient=_error(10016),
    codes={
        "permanent error code": _error(10017),
        "right is missing": _error(10005),
        "unknown error code": _error(98765),
    },
    shapes=_shapes,
    is_its_own=_is_its_own,
    data_of=_data_of,
    with_data=_with_data,
)
