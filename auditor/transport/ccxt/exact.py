"""An exact ccxt: amounts stay strings as received, and every answer but a plain success is an error with a code."""

import json
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any, NoReturn
from urllib.parse import parse_qsl, urlencode, urlsplit

from auditor.i18n import _
from auditor.spec.exchange import Exchange

# Headers of this task's latest answer: ccxt keeps only one set for all tasks.
ANSWER_HEADERS: ContextVar[Mapping[str, str]] = ContextVar("ANSWER_HEADERS")
NO_HEADERS: Mapping[str, str] = MappingProxyType({})

# Names of the parameters of this task's latest request, before ccxt signs it.
ASKED: ContextVar[frozenset[str]] = ContextVar("ASKED", default=frozenset())

Keep = Callable[[str, str, int, str], None]


class BadBodyError(Exception):
    """An answer that is not one unambiguous JSON object or list."""


class ExchangeError(Exception):
    """The exchange answered with an error.

    ``status``: HTTP status; ``code``: the exchange's own, or None.
    """

    def __init__(self, status: int, code: str | None, message: str) -> None:
        """Keep the error without its request."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


def answer_header(name: str) -> str | None:
    """Return a header of the latest answer; the name is case-insensitive."""
    wanted = name.lower()
    return next((value for key, value in ANSWER_HEADERS.get().items() if key.lower() == wanted), None)


def exact_class(base: Any, exchange: Exchange, keep: Keep | None = None) -> Any:
    """Return ccxt's class ``base`` that decodes numbers as strings and detects errors by status and code.

    ``keep`` receives every answer before it is decoded, with the parameters that were asked and none of a signature.
    """

    class Exact(base):  # type: ignore[misc]
        """Signs and sends as ccxt does; decodes exactly and detects every error."""

        async def fetch2(self, path: Any, api: Any, method: Any, params: Any = None, *rest: Any, **named: Any) -> Any:
            """Note what is asked, then ask: signing adds parameters of its own."""
            asked = {} if params is None else params
            ASKED.set(frozenset(map(str, asked)))
            return await super().fetch2(path, api, method, asked, *rest, **named)

        def on_rest_response(self, status: int, reason: str, url: str, method: str, *rest: Any) -> object:
            """Hand the raw body to ``keep``, then return it as ccxt does."""
            if keep is not None:
                keep(method, _asked_url(url), status, rest[1])
            return super().on_rest_response(status, reason, url, method, *rest)

        def on_json_response(self, body: str) -> object:
            """Return the body with numbers as strings. Raises BadBodyError for an ambiguous one."""
            return _decoded(body)

        def handle_errors(self, status: int, reason: str, *rest: Any) -> None:  # noqa: ARG002 - ccxt's signature
            """Raise ExchangeError for any answer but a success, BadBodyError for a body that is not JSON."""
            headers, decoded = rest[2], rest[4]
            ANSWER_HEADERS.set(headers or NO_HEADERS)
            error = exchange.api.error_code(decoded)
            if error is not None or status != 200:  # noqa: PLR2004 - every documented success is a 200
                code, message = error or (None, f"HTTP {status}")
                raise ExchangeError(status, code, message)
            if not isinstance(decoded, dict | list):
                raise BadBodyError(_("the answer is not JSON but some other page"))

    Exact.__name__ = Exact.__qualname__ = base.__name__
    return Exact


def _asked_url(url: str) -> str:
    """Return the URL with those parameters that were asked; ``name[]`` and ``name[0]`` are parts of a list ``name``."""
    parts, asked = urlsplit(url), ASKED.get()
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if name.partition("[")[0] in asked]
    return parts._replace(query=urlencode(kept)).geturl()


def _decoded(body: str) -> object:
    """Return the JSON with numbers as strings.

    Raises BadBodyError for a duplicate key, NaN or Infinity.
    """
    try:
        return json.loads(
            body, parse_float=str, parse_int=str, parse_constant=_refuse_constant, object_pairs_hook=_unique
        )
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadBodyError(_("the answer breaks off or is not JSON")) from error


def _refuse_constant(name: str) -> NoReturn:
    raise BadBodyError(_("the answer holds {name}, which is no number").format(name=name))


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise BadBodyError(_("the answer names one field twice"))
    return fields
