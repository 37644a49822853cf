"""The request log of the demo exchange, and the faults that a test can inject instead of an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Call:
    """One request that reached the demo exchange.

    `path` and `query` are as the venue describes them: OKX's paths lack `/api/v5/`, Binance's queries their signature,
    and parameters of a body count as query. A fault may change `query`, and so the answer of OKX and the table venues.
    `status` is the HTTP status and `code` the exchange's own code of the answer; both are None while the fault is
    called, and `status` stays None if the connection was cut.
    """

    method: str
    path: str
    query: dict[str, str]
    account: str | None
    status: int | None = None
    code: str | None = None


@dataclass(frozen=True)
class Reply:
    """The answer of a fault.

    With `edit`, the real answer (an object or a list) after that function has changed it; with a `body`, that body (a
    dict or list becomes JSON) and `status`; with neither, the real answer, late by `delay` seconds. `cut` closes the
    connection without an answer.
    """

    status: int = 200
    body: bytes | str | dict[str, Any] | list[Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut: bool = False
    edit: Callable[[Any], Any] | None = None


Fault = Callable[[Call], Reply | None]
"""Asked of every request once it is authenticated; runs in the server's thread. None leaves the real answer."""
