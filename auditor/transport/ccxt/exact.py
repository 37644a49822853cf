"""An exact ccxt: amounts stay strings as received, and every answer but a plain success is an error with a code."""

import json
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any, NoReturn

from auditor.i18n import _
from auditor.spec.exchange import Exchange
from auditor.transport.ccxt.error_text import spoken_error
from auditor.transport.foreign_answer import ForeignAnswer, foreign_answer
from auditor.transport.http_time import clock_skew, header

# Headers of this task's latest answer: ccxt keeps only one set for all tasks.
ANSWER_HEADERS: ContextVar[Mapping[str, str]] = ContextVar("ANSWER_HEADERS")
NO_HEADERS: Mapping[str, str] = MappingProxyType({})

Keep = Callable[[str, str, int, str], None]


class BadBodyError(Exception):
    """An answer that is not one unambiguous JSON object or list."""


class ExchangeError(Exception):
    """The exchange answered with an error.

    ``status``: HTTP status; ``code``: the exchange's own, or None; ``message``: its words, or "".
    """

    def __init__(self, status: int, code: str | None, message: str) -> None:
        """Keep the error without its request.

        ``skew``: seconds that this computer's clock is behind the answer's date, None if it has none.
        """
        super().__init__(message or f"HTTP {status}")
        self.status = status
        self.code = code
        self.message = message
        headers = ANSWER_HEADERS.get(NO_HEADERS)
        self.skew = clock_skew(headers) if headers else None


class ForeignAnswerError(ExchangeError, BadBodyError):
    """Something on the way to the exchange answered in its place: with an error, or with a body that is no JSON."""

    def __init__(self, answer: ForeignAnswer) -> None:
        """Keep what came."""
        super().__init__(answer.status, None, "")
        self.answer = answer


def check_speaker(status: int, body: object, decoded: object) -> None:
    """Raise ForeignAnswerError for an answer that is not the exchange's."""
    answer = foreign_answer(status, body, decoded)
    if answer is not None:
        raise ForeignAnswerError(answer)


def answer_header(name: str) -> str | None:
    """Return a header of the latest answer; the name is case-insensitive."""
    return header(ANSWER_HEADERS.get(), name)


def exact_class(base: Any, exchange: Exchange, keep: Keep | None = None) -> Any:
    """Return ccxt's class ``base`` that decodes numbers as strings and detects errors by status and code.

    ``keep`` receives every answer before it is decoded.
    """

    class Exact(base):  # type: ignore[misc]
        """Signs and sends as ccxt does; decodes exactly and detects every error."""

        def on_rest_response(self, status: int, reason: str, url: str, method: str, *rest: Any) -> object:
            """Hand the raw body to ``keep``, then return it as ccxt does."""
            if keep is not None:
                keep(method, url, status, rest[1])
            return super().on_rest_response(status, reason, url, method, *rest)

        def on_json_response(self, body: str) -> object:
            """Return the body with numbers as strings. Raises BadBodyError for an ambiguous one."""
            return _decoded(body)

        def handle_errors(self, status: int, reason: str, *rest: Any) -> None:  # noqa: ARG002 - ccxt's signature
            """Raise ExchangeError for any answer but a success, BadBodyError for a body that is not JSON."""
            headers, body, decoded = rest[2:5]
            ANSWER_HEADERS.set(headers or NO_HEADERS)
            check_speaker(status, body, decoded)
            error = exchange.api.error_code(decoded)
            if error is not None or status != 200:  # noqa: PLR2004 - every documented success is a 200
                # A code of success in an answer that is none says nothing; its message does.
                raise ExchangeError(status, *(error or spoken_error(decoded, body)))
            if not isinstance(decoded, dict | list):
                raise BadBodyError(_("the answer is not JSON but some other page"))

    Exact.__name__ = Exact.__qualname__ = base.__name__
    return Exact


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
