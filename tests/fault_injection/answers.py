"""Faults of an answer as a whole: what comes instead of it, once or for ever, in the words of its exchange."""

import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from auditor.demo import Call, Reply
from auditor.spec.surface import Surface

Answer = Callable[[Call], Reply | None]
Fresh = Mapping[str, Callable[[], Answer]]
Edits = Mapping[str, Callable[[Any], Any]]
HTML = b"<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>"
ELSEWHERE = "https://exchange.invalid/api/v5/asset/balances"
SHORTEST_HANG = 0.6


@dataclass(frozen=True)
class Words:
    """How an exchange says that all is well, and that it is not.

    ``success``: an answer without a row; ``long``: one that is worth compressing; ``codes``: permanent errors by name;
    ``shapes``: what another shape of an answer is at a surface, by name.
    """

    success: bytes
    long: bytes
    limited: Reply
    transient: Reply
    codes: Mapping[str, Reply]
    shapes: Callable[[Surface], Edits]

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

    def for_ever(self, surface: Surface) -> Fresh:
        """Faults of every answer at ``surface``."""
        redirect = {"Location": ELSEWHERE}
        replies = {
            **{f"{name}, for ever": reply for name, reply in self.passing().items()},
            "hang": Reply(delay=SHORTEST_HANG),
            **self.codes,
            "HTTP 404": Reply(status=404, body=HTML),
            "redirect to another host": Reply(status=302, body=self.success, headers=redirect),
            **{name: Reply(edit=edit) for name, edit in self.shapes(surface).items()},
        }
        return {name: _ever(reply) for name, reply in replies.items()}


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
