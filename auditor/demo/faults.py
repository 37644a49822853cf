"""The request log of the demo exchange, and the faults that a test can inject instead of an answer."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Call:
    """One request that reached the demo exchange.

    `path` and `query` are as the venue describes them: OKX's paths lack `/api/v5/`, Binance's queries their signature,
    and parameters of a body count as query. A fault may change `query`, and so the answer of OKX and the table venues.
    `status` is the HTTP status and `code` the exchange's own code of the answer; both are None while the fault is
    called, and `status` stays None if the connection was cut. `address` is where it came from, `at` when it arrived
    (Unix seconds by the exchange's clock).
    """

    method: str
    path: str
    query: dict[str, str]
    account: str | None
    status: int | None = None
    code: str | None = None
    address: str = field(default="", compare=False)
    at: float = field(default=0.0, compare=False)


@dataclass(frozen=True)
class Reply:
    """The answer of a fault.

    With `edit`, the real answer (an object or a list) after that function has changed it; with a `body`, that body (a
    dict or list becomes JSON) and `status`; with neither, the real answer, late by `delay` seconds. `cut` closes the
    connection without an answer; `behind` are bytes that follow the answer on its connection, at once or
    `behind_delay` seconds after the request.
    """

    status: int = 200
    body: bytes | str | dict[str, Any] | list[Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut: bool = False
    edit: Callable[[Any], Any] | None = None
    behind: bytes = b""
    behind_delay: float = 0.0


Fault = Callable[[Call], Reply | None]
"""Asked of every request once it is authenticated; runs in the server's thread. None leaves the real answer."""

MB = 1024 * 1024


def bomb(body: bytes, size: int) -> Reply:
    """Return an answer that is small on the way and has `size` bytes once it is decompressed.

    `body` is JSON, and blanks follow it, so that a client which has the memory understands it.
    """
    packer = zlib.compressobj(wbits=31)
    pieces = [packer.compress(body), *(packer.compress(b" " * MB) for _ in range(size // MB + 1)), packer.flush()]
    return Reply(body=b"".join(pieces), headers={"Content-Encoding": "gzip"})


def nested(levels: int = 900) -> Reply:
    """Return the real answer with a further field of so many lists in one another: few enough for most decoders."""
    return Reply(edit=lambda body: _beside(body, f"{'[' * levels}{']' * levels}"))


def many_rows(rows: int) -> Reply:
    """Return the real answer with a further field of so many rows."""
    return Reply(edit=lambda body: _beside(body, f"[{','.join(['{}'] * rows)}]"))


def half_a_character() -> Reply:
    """Return the real answer, or each row of a list, with a further text that no encoding can write."""
    return Reply(edit=lambda body: json.dumps(_marked(body)).replace(_MARK, r"\ud800"))


def odd_charset(name: str) -> Reply:
    """Return the real answer, which says that it is in another encoding than UTF-8."""
    return Reply(headers={"Content-Type": f"application/json; charset={name}"})


def stale(seconds: int = 777_600) -> Reply:
    """Return the real answer, which has been in a cache for so long."""
    return Reply(headers={"Age": str(seconds), "X-Cache": "HIT"})


def unsolicited(body: bytes, delay: float = 0.0) -> Reply:
    """Return the real answer with a whole further answer behind it, to a question that nobody asked.

    It comes in the same piece, or `delay` seconds after the request.
    """
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return Reply(behind=head.encode() + body, behind_delay=delay)


_MARK = "half of a character"


def _marked(body: Any) -> Any:
    if isinstance(body, list):
        return [_marked(row) for row in body]
    # An empty object says that there is nothing; with a field in it, it says something else.
    return {**body, "more": _MARK} if isinstance(body, dict) and body else body


def _beside(body: Any, more: str) -> str:
    """Write the real answer with `more`, which is JSON already."""
    text = json.dumps(body, ensure_ascii=False)
    return f'{text[:-1]}, "more": {more}}}' if isinstance(body, dict) else f"{text[:-1]}, {more}]"
