"""Kraken: how it words what goes wrong."""

import json
from typing import Any

from auditor.demo import Reply
from auditor.exchanges.kraken.debts import credit_line_rows
from auditor.exchanges.kraken.earn import allocation_rows
from auditor.spec.endpoint import Endpoint
from tests.fault_injection.answers import Edits, ExchangeFaults, nan

SUCCESS: dict[str, Any] = {"error": [], "result": {}}
NULL_IS_NONE = {credit_line_rows, allocation_rows}
"""Null is what these answer for an account without any."""


def _shapes(endpoint: Endpoint) -> Edits:
    return {
        "field named twice": lambda body: json.dumps(body).replace('"error"', '"error": ["EAPI:None"], "error"', 1),
        "data named twice": lambda body: json.dumps(body)[:-1] + ', "result": {}}',
        "object where a list is due": lambda body: {**body, "error": {}},
        "list where an object is due": lambda body: {**body, "result": [body.get("result")]},
        "list for an answer": lambda body: [body],
        "no data": lambda body: {**body, "result": 5},
        "data is null": lambda body: body if endpoint.rows in NULL_IS_NONE else {**body, "result": None},
        "NaN in the answer": nan,
    }


def _error(text: str, status: int = 200) -> Reply:
    return Reply(status=status, body={"error": [text]})


def _data_of(body: Any) -> Any:
    return body.get("result")


def _with_data(body: Any, data: Any) -> Any:
    return {**body, "result": data}


EXCHANGE_FAULTS = ExchangeFaults(
    success=json.dumps(SUCCESS).encode(),
    long=json.dumps({**SUCCESS, "filler": "x" * 4000}).encode(),
    limited=_error("EAPI:Rate limit exceeded"),
    transient=_error("EService:Unavailable", 520),
    codes={
        "permanent error code": _error("EAPI:Feature disabled"),
        "right is missing": _error("EGeneral:Permission denied"),
        "unknown error code": _error("EService:As it may be"),
    },
    shapes=_shapes,
    data_of=_data_of,
    with_data=_with_data,
)
