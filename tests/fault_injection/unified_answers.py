"""Faults of answers at exchanges without a table: of an answer as a whole, and of the figures in it."""

import gzip
import json
from collections.abc import Callable, Mapping
from typing import Any

from auditor.demo import Reply, faults
from tests.exchanges.spoiling import FULL_WIDTH
from tests.fault_injection.answers import BOMB, ELSEWHERE, HTML, LARGEST, SHORTEST_HANG, SMUGGLED

ERRORS: Mapping[str, Reply] = {
    "kraken": Reply(200, {"error": ["EService:As it may be"]}),
    "bybit": Reply(200, {"retCode": 98765, "retMsg": "as it may be", "result": {}}),
    "bitget": Reply(200, {"code": "98765", "msg": "as it may be", "data": None}),
    "gate": Reply(400, {"label": "AS_IT_MAY_BE", "message": "as it may be"}),
    "htx": Reply(200, {"status": "error", "err-code": "as-it-may-be", "err-msg": "as it may be", "data": None}),
    "mexc": Reply(400, {"code": 98765, "msg": "as it may be"}),
    "cryptocom": Reply(200, {"code": 98765, "message": "as it may be"}),
    "phemex": Reply(200, {"code": 98765, "msg": "as it may be", "data": None}),
    "deribit": Reply(400, {"jsonrpc": "2.0", "error": {"code": 98765, "message": "as it may be"}}),
    "bitfinex": Reply(500, ["error", 98765, "as it may be"]),
}
_LONG = gzip.compress(json.dumps({"filler": "x" * 4000}).encode())
PASSING: Mapping[str, Reply] = {
    "HTTP 500": Reply(500, {}),
    "HTTP 502 with a page": Reply(502, HTML),
    "HTTP 429": Reply(429, {}),
    "connection reset": Reply(cut=True),
    "truncated JSON": Reply(200, b'{"result": {"li'),
    "empty body": Reply(200, b""),
    "page with HTTP 200": Reply(200, HTML),
    "gzip breaks off": Reply(200, _LONG[:-12], headers={"Content-Encoding": "gzip"}),
}
SHAPES: Mapping[str, Callable[[Any], Any]] = {
    "list for object, object for list": lambda body: [body] if isinstance(body, dict) else {"rows": body},
    "null": lambda _body: "null",
    "a number": lambda _body: "1",
    "NaN in the answer": lambda body: json.dumps([body, float("nan")]),
    "field named twice": lambda body: f'{{"twice": 1, "twice": 2, "body": {json.dumps(body)}}}',
}
LASTING: Mapping[str, Reply] = {
    **{f"{name}, for ever": reply for name, reply in PASSING.items()},
    "hang": Reply(200, {}, delay=SHORTEST_HANG),
    "HTTP 404": Reply(404, HTML),
    "redirect to another host": Reply(302, {}, headers={"Location": ELSEWHERE}),
    BOMB: faults.bomb(b"{}", 4 * LARGEST),
    "long word": Reply(400, {"code": 98765, "msg": "x" * 20_000, "error": ["x" * 20_000]}),
    "nested too deep": faults.nested(),
    "no UTF-8": Reply(200, b'{"more": "\xe9"}'),
    "stale answer": faults.stale(),
    **{name: Reply(edit=edit) for name, edit in SHAPES.items()},
}
HARMLESS: Mapping[str, Reply] = {
    "odd charset": faults.odd_charset("idna"),
    "unsolicited answer": faults.unsolicited(json.dumps({"error": [SMUGGLED], "msg": SMUGGLED}).encode()),
}
ONCE = frozenset(f"{name}, once" for name in PASSING)
ERROR = "error code"
FIGURES: Mapping[str, object] = {
    "NaN": "NaN",
    "1e999": "1e999",
    "1e999999999": "1e999999999",
    "full-width digits": FULL_WIDTH,
    "comma for a point": "1,5",
    "figure null": None,
    "figure is true": True,
    "figure is an object": {"was": "1"},
}
IN_ONE_ROW = ", in one row"
ROW_FIGURES: Mapping[str, object] = {f"{name}{IN_ONE_ROW}": value for name, value in FIGURES.items()}
