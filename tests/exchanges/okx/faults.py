"""OKX: how it words what goes wrong."""

import json
from typing import Any

from auditor.demo import Reply
from auditor.spec.endpoint import Endpoint
from tests.fault_injection.answers import Edits, ExchangeFaults, nan

SUCCESS = {"code": "0", "msg": "", "data": []}


def _shapes(_endpoint: Endpoint) -> Edits:
    return {
        "field named twice": lambda body: json.dumps(body).replace('"code"', '"code": "50026", "code"', 1),
        "data named twice": lambda body: json.dumps(body)[:-1] + ', "data": []}',
        "object where a list is due": lambda body: {**body, "data": {"rows": body["data"]}},
        "list where an object is due": lambda body: {**body, "data": [[row] for row in body["data"]] or [[]]},
        "list for an answer": lambda body: [body],
        "no data": lambda body: {"code": body["code"], "msg": ""},
        "data is null": lambda body: {**body, "data": None},
        "NaN in the answer": nan,
    }


def _error(code: str, status: int = 200) -> Reply:
    return Reply(status=status, body={"code": code, "msg": "as it may be", "data": []})


def _data_of(body: Any) -> Any:
    return body["data"]


def _with_data(body: Any, data: Any) -> Any:
    return {**body, "data": data}


EXCHANGE_FAULTS = ExchangeFaults(
    success=json.dumps(SUCCESS).encode(),
    long=json.dumps({**SUCCESS, "filler": "x" * 4000}).encode(),
    limited=Reply(status=429, body={"code": "50011", "msg": "Too Many Requests", "data": []}),
    transient=_error("50026", 500),
    codes={
        "permanent error code": _error("50005", 410),
        "right is missing": _error("50120"),
        "unknown error code": _error("98765"),
    },
    shapes=_shapes,
    data_of=_data_of,
    with_data=_with_data,
)
