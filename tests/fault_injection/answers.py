"""Faults of an answer as a whole: what comes instead of it, once or for ever, in the words of its exchange.

How an exchange words them stands in ``tests/exchanges/<id>/faults.py`` as ``EXCHANGE_FAULTS``, found by being there.
"""

import gzip
import importlib
import importlib.util
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from auditor.demo import Reply, faults
from auditor.spec.endpoint import Endpoint
from tests.exchanges.places import Answer

Fresh = Mapping[str, Callable[[], Answer]]
Edit = Callable[[Any], Any]
Edits = Mapping[str, Edit]
HTML = b"<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>"
ELSEWHERE = "https://exchange.invalid/api/v5/asset/balances"
SHORTEST_HANG = 0.6
UNKNOWN_CODE = "unknown error code"
PASSING = (
    "HTTP 500",
    "HTTP 502 with a page",
    "HTTP 429",
    "connection reset",
    "truncated JSON",
    "empty body",
    "page with HTTP 200",
    "transient error code",
    "gzip breaks off",
)
BOMB = "bomb"
LARGEST = 256 * 1024
LONG_WORD = "long word"
LASTING = (
    "hang",
    "HTTP 404",
    "redirect to another host",
    BOMB,
    LONG_WORD,
    "nested too deep",
    "no UTF-8",
    "stale answer",
    "answer of another year",
)
HARMLESS = ("odd charset", "unsolicited answer", "half of a character")
SMUGGLED = "SMUGGLED"
CODES = ("permanent error code", "right is missing", UNKNOWN_CODE)
SHAPES = (
    "field named twice",
    "data named twice",
    "object where a list is due",
    "list where an object is due",
    "list for an answer",
    "no data",
    "data is null",
    "NaN in the answer",
)
ONCE = frozenset(f"{name}, once" for name in PASSING)
FOR_EVER = frozenset((*(f"{name}, for ever" for name in PASSING), *LASTING, *CODES, *SHAPES))


def _same(body: Any) -> Any:
    return body


@dataclass(frozen=True, kw_only=True)
class ExchangeFaults:
    """How an exchange says that all is well, and that it is not.

    ``success``: an answer without a row; ``long``: one that is worth compressing; ``codes``: permanent errors, by
    `CODES`; ``shapes``: what another shape of an answer is at an endpoint, by `SHAPES`; ``data_of``, ``with_data``:
    where the rows lie in a body; ``is_its_own``: whether a place reads that row, and not another of the same answer.
    """

    success: bytes
    long: bytes
    limited: Reply
    transient: Reply
    codes: Mapping[str, Reply]
    shapes: Callable[[Endpoint], Edits]
    data_of: Edit = _same
    with_data: Callable[[Any, Any], Any] = lambda _body, data: data
    is_its_own: Callable[[str, Mapping[str, Any]], bool] = lambda _place, _row: True

    def passing(self) -> dict[str, Reply]:
        """What may be over when it is asked again."""
        return {
            "HTTP 500": Reply(status=500, body={}),
            "HTTP 502 with a page": Reply(status=502, body=HTML),
            "HTTP 429": self.limited,
            "connection reset": Reply(cut=True),
            "truncated JSON": Reply(body=self.success[:-4]),
            "empty body": Reply(body=b""),
            "page with HTTP 200": Reply(body=HTML),
            "transient error code": self.transient,
            "gzip breaks off": Reply(
                body=gzip.compress(self.long)[:-12],
                headers={"Content-Encoding": "gzip"},
            ),
        }

    def once(self) -> Fresh:
        """Faults of one answer; the next one is as it should be."""
        return {f"{name}, once": _once(reply) for name, reply in self.passing().items()}

    def for_ever(self, endpoint: Endpoint) -> Fresh:
        """Faults of every answer at ``endpoint``."""
        redirect = {"Location": ELSEWHERE}
        replies = {
            **{f"{name}, for ever": reply for name, reply in self.passing().items()},
            "hang": Reply(delay=SHORTEST_HANG),
            **self.codes,
            "HTTP 404": Reply(status=404, body=HTML),
            "redirect to another host": Reply(status=302, body=self.success, headers=redirect),
            BOMB: _bomb(self.success),
            LONG_WORD: with_a_long_word(self.codes[UNKNOWN_CODE]),
            "nested too deep": faults.nested(),
            "no UTF-8": Reply(body=self.success[:-1] + b', "more": "\xe9"}'),
            "stale answer": faults.stale(),
            "answer of another year": Reply(headers={"Date": "Thu, 01 Jul 2021 12:00:00 GMT"}),
            **{name: Reply(edit=edit) for name, edit in self.shapes(endpoint).items()},
        }
        return {name: _ever(reply) for name, reply in replies.items()}

    def harmless(self) -> Fresh:
        """What a good program does not even notice."""
        smuggled = json.dumps({"code": SMUGGLED, "msg": SMUGGLED, "data": []}).encode()
        replies = {
            "odd charset": faults.odd_charset("idna"),
            "unsolicited answer": faults.unsolicited(smuggled),
            "half of a character": faults.half_a_character(),
        }
        return {name: _ever(reply) for name, reply in replies.items()}


@cache
def _bomb(success: bytes) -> Reply:
    return faults.bomb(success, 4 * LARGEST)


def with_a_long_word(error: Reply) -> Reply:
    """Return the error whose message, every text but the code, has 20,000 letters."""
    assert isinstance(error.body, dict)
    words = {name: "x" * 20_000 for name, value in error.body.items() if isinstance(value, str) and " " in value}
    return replace(error, body={**error.body, **words})


def _once(reply: Reply) -> Callable[[], Answer]:
    def fresh() -> Answer:
        left = [reply]
        return lambda _call: left.pop() if left else None

    return fresh


def _ever(reply: Reply) -> Callable[[], Answer]:
    return lambda: lambda _call: reply


def nan(body: Any) -> str:
    """The demo encodes what it is given: a text goes out as it stands."""
    more = float("nan")
    return json.dumps({**body, "more": more} if isinstance(body, dict) else [*body, more])


@cache
def load_faults(exchange: str) -> ExchangeFaults:
    """Load how an exchange words its errors. Raises ModuleNotFoundError where nobody has written it."""
    faults: ExchangeFaults = importlib.import_module(f"tests.exchanges.{exchange}.faults").EXCHANGE_FAULTS
    return faults


def has_faults(exchange: str) -> bool:
    """Whether somebody has written how the exchange words its errors."""
    return importlib.util.find_spec(f"tests.exchanges.{exchange}.faults") is not None
