"""Kraken Futures: how it words what goes wrong."""

import json
from typing import Any

from auditor.demo import Reply
from auditor.spec.endpoint import Endpoint
from tests.fault_injection.answers import Edits, ExchangeFaults, nan

SUCCESS: dict[str, Any] = {"result": "success", "serverTime": "2026-06-01T00:00:00.000Z"}


def _shapes(_endpoint: Endpoint) -> Edits:
    return {
        "field named twice": lambda body: "{" + json.dumps({"more": 1})[1:-1] + ', "more": 2, ' + json.dumps(body)[1:],
        "data named twice": lambda body: json.dumps(body)[:-1] + f', "{next(iter(body))}": []}}',
        "object where a list is due": lambda body: {name: {"rows": value} for name, value in body.items()},
        "list where an object is due": lambda body: {name: [[value]] for name, value in body.items()},
        "list for an answer": lambda body: [body],
        "no data": lambda _body: SUCCESS,
        "data is null": lambda _body: "null",
        "NaN in the answer": nan,
    }


def _error(code: str, status: int = 200) -> Reply:
    return Reply(status=status, body={"result": "error", "error": code, "serverTime": SUCCESS["serverTime"]})


EXCHANGE_FAULTS = ExchangeFaults(
    success=json.dumps(SUCCESS).encode(),
    long=json.dumps({**SUCCESS, "filler": "x" * 4000}).encode(),
    limited=_error("apiLimitExceeded", 429),
    transient=_error("Unavailable", 503),
    codes={
        "permanent error code": _error("invalidAccount"),
        "right is missing": _error("insufficientPrivileges"),
        "unknown error code": _error("as it may be"),
    },
    shapes=_shapes,
)
