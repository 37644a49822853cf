"""ccxt, made exact: amounts stay the digits that came, and every answer but a plain success is an error with a code."""

import json
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any, NoReturn

from auditor.i18n import _
from auditor.spec.exchange import Exchange

# Of the latest answer that this task got: ccxt keeps only one for all tasks.
ANSWER_HEADERS: ContextVar[Mapping[str, str]] = ContextVar("ANSWER_HEADERS")
NO_HEADERS: Mapping[str, str] = MappingProxyType({})

Keep = Callable[[str, str, int, str], None]


class BadBody(Exception):  # noqa: N818 - it is what came
    """An answer that is not one unambiguous JSON object or list."""


class Answered(Exception):  # noqa: N818 - it is what the exchange did
    """The exchange answered with an error. ``status``: HTTP; ``code``: the exchange's own, or None."""

    def __init__(self, status: int, code: str | None, message: str) -> None:
        """Keep what was said, without the request that it answers."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


def header(name: str) -> str | None:
    """What the latest answer's header of that name says, however the name is written."""
    wanted = name.lower()
    return next((value for given, value in ANSWER_HEADERS.get().items() if given.lower() == wanted), None)


def exact(base: Any, exchange: Exchange, keep: Keep | None = None) -> Any:
    """ccxt's class ``base`` that decodes numbers as the strings they are and tells errors by status and code.

    ``keep`` is handed every answer before anything is made of it.
    """

    class Exact(base):  # type: ignore[misc]
        """Signs and sends as ccxt does; decodes and refuses as this program must."""

        def on_rest_response(self, status: int, reason: str, url: str, method: str, *rest: Any) -> object:
            """The body as ccxt takes it, after it was kept as it came."""
            if keep is not None:
                keep(method, url, status, rest[1])
            return super().on_rest_response(status, reason, url, method, *rest)

        def on_json_response(self, body: str) -> object:
            """The body with numbers as strings. Raises BadBody for what is not unambiguous."""
            return _decoded(body)

        def handle_errors(self, status: int, reason: str, *rest: Any) -> None:  # noqa: ARG002 - ccxt's signature
            """Raise Answered for whatever is not a success, BadBody for what is not JSON."""
            headers, decoded = rest[2], rest[4]
            ANSWER_HEADERS.set(headers or NO_HEADERS)
            said = exchange.api.error_code(decoded)
            if said is not None or status != 200:  # noqa: PLR2004 - every documented success is a 200
                code, message = said or (None, f"HTTP {status}")
                raise Answered(status, code, message)
            if not isinstance(decoded, dict | list):
                raise BadBody(_("the answer is not JSON but some other page"))

    Exact.__name__ = Exact.__qualname__ = base.__name__
    return Exact


def _decoded(body: str) -> object:
    """The JSON with numbers as strings. Raises BadBody for a duplicate key, NaN or Infinity."""
    try:
        return json.loads(
            body, parse_float=str, parse_int=str, parse_constant=_refuse_constant, object_pairs_hook=_unique
        )
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadBody(_("the answer breaks off or is not JSON")) from error


def _refuse_constant(name: str) -> NoReturn:
    raise BadBody(_("the answer holds {name}, which is no number").format(name=name))


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadBody(_("the answer names one field twice"))
    return found
