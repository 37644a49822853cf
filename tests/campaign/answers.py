"""Faults of an answer as a whole: what comes instead of it, once or for ever."""

import gzip
import json
from collections.abc import Callable, Mapping
from typing import Any

from auditor.demo import Call, Reply

Answer = Callable[[Call], Reply | None]
HTML = b"<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>"
ELSEWHERE = "https://exchange.invalid/api/v5/asset/balances"
SUCCESS = json.dumps({"code": "0", "msg": "", "data": []}).encode()
LONG = json.dumps({"code": "0", "msg": "", "data": [], "filler": "x" * 4000}).encode()


def _said(code: str, status: int = 200) -> Reply:
    return Reply(status=status, body={"code": code, "msg": "as it may be", "data": []})


def _once(reply: Reply) -> Callable[[], Answer]:
    def fresh() -> Answer:
        left = [reply]
        return lambda _call: left.pop() if left else None

    return fresh


def _ever(reply: Reply) -> Callable[[], Answer]:
    return lambda: lambda _call: reply


def _edited(edit: Callable[[dict[str, Any]], Any]) -> Callable[[], Answer]:
    return _ever(Reply(edit=edit))


def _named_twice(body: dict[str, Any]) -> Any:
    """The demo encodes what it is given: a text goes out as it stands."""
    return json.dumps(body).replace('"code"', '"code": "50026", "code"', 1)


def _row_named_twice(body: dict[str, Any]) -> Any:
    return json.dumps(body)[:-1] + ', "data": []}'


PASSING = {
    "HTTP 500": Reply(status=500, body={}),
    "HTTP 502 with a page": Reply(status=502, body=HTML),
    "HTTP 429": Reply(status=429, body={"code": "50011", "msg": "Too Many Requests", "data": []}),
    "connection reset": Reply(cut=True),
    "truncated JSON": Reply(body=SUCCESS[:-4]),
    "empty body": Reply(body=b""),
    "page with HTTP 200": Reply(body=HTML),
    "transient error code": _said("50026", 500),
    "gzip breaks off": Reply(body=gzip.compress(LONG)[:-12], headers={"Content-Encoding": "gzip"}),
}
ONCE: Mapping[str, Callable[[], Answer]] = {f"{name}, once": _once(reply) for name, reply in PASSING.items()}
FOR_EVER: Mapping[str, Callable[[], Answer]] = {
    **{f"{name}, for ever": _ever(reply) for name, reply in PASSING.items()},
    "hang": _ever(Reply(delay=0.6)),
    "permanent error code": _ever(_said("50005", 410)),
    "right is missing": _ever(_said("50120")),
    "unknown error code": _ever(_said("98765")),
    "HTTP 404": _ever(Reply(status=404, body=HTML)),
    "redirect to another host": _ever(Reply(status=302, body=SUCCESS, headers={"Location": ELSEWHERE})),
    "field named twice": _edited(_named_twice),
    "data named twice": _edited(_row_named_twice),
    "object where a list is due": _edited(lambda body: {**body, "data": {"rows": body["data"]}}),
    "list where an object is due": _edited(lambda body: {**body, "data": [[row] for row in body["data"]] or [[]]}),
    "list for an answer": _edited(lambda body: [body]),
    "no data": _edited(lambda body: {"code": body["code"], "msg": ""}),
    "data is null": _edited(lambda body: {**body, "data": None}),
    "NaN in the answer": _edited(lambda body: json.dumps({**body, "more": float("nan")})),
}
