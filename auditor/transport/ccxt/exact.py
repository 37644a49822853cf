"""An exact ccxt: amounts stay strings as received, and every answer but a plain success is an error with a code."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Protocol
from urllib.parse import urlsplit

from auditor.i18n import _
from auditor.model.clock import now
from auditor.spec.exchange import Exchange
from auditor.transport.ccxt.answer_errors import BadBodyError, ExchangeError, check_speaker
from auditor.transport.ccxt.error_text import spoken_error
from auditor.transport.ccxt.json_body import decoded_body
from auditor.transport.ccxt.latest_call import ANSWER_HEADERS, ANSWERED_AT, NO_HEADERS, note_request
from auditor.transport.ccxt.without_signature import asked_url, without_token

# Statuses of answers that can prove something: data, and codes for what an account never had.
PROVING = frozenset({200, 400, 404})

Keep = Callable[[str, str, int, str], None]


class AnswerCheck(Protocol):
    """Refuses answers that were not given just now, by raising BadBodyError: see `auditor.transport.freshness`."""

    def check_age(self, headers: Mapping[str, str], *, signed: bool) -> None: ...  # noqa: D102
    def check_date(self, headers: Mapping[str, str], skew: float) -> None: ...  # noqa: D102


def exact_class(base: Any, exchange: Exchange, keep: Keep | None = None, freshness: AnswerCheck | None = None) -> Any:
    """Return ccxt's class ``base`` that decodes numbers as strings and detects errors by status and code.

    ``keep`` receives every answer before it is decoded, with the parameters that were asked, none of a signature and no
    session's token; ``freshness`` refuses answers of a cache.
    """
    fresh = _fresh_class(_noting_class(base), exchange, freshness)

    class Exact(_keeping_class(fresh, exchange, keep)):  # type: ignore[misc]
        """Signs and sends as ccxt does; decodes exactly and detects every error."""

        def on_json_response(self, body: str) -> object:
            """Return the body with numbers as strings. Raises BadBodyError for an ambiguous one."""
            return decoded_body(body)

        def handle_errors(self, status: int, reason: str, *rest: Any) -> None:  # noqa: ARG002 - ccxt's signature
            """Raise ExchangeError for any answer but a success, BadBodyError for a body that is not JSON."""
            headers, body, decoded = rest[2:5]
            ANSWER_HEADERS.set(headers or NO_HEADERS)
            check_speaker(status, body, decoded)
            error = exchange.api.error_code(decoded)
            if error is not None or status != 200:  # noqa: PLR2004 - every documented success is a 200
                # A code of success in an answer that is none says nothing; its message does.
                code, message = error or spoken_error(decoded, body)
                # A code may prove that an account never had something: not when it is an answer of another time.
                if status in PROVING and code not in exchange.api.clock_codes:
                    self.check_date(rest[0], headers)
                raise ExchangeError(status, code, message)
            if not isinstance(decoded, dict | list):
                raise BadBodyError(_("the answer is not JSON but some other page"))
            self.check_date(rest[0], headers)

    Exact.__name__ = Exact.__qualname__ = base.__name__
    return Exact


def _noting_class(base: Any) -> Any:
    """Return ccxt's class ``base`` that notes each request before it is signed, and asks the audit's clock."""

    class Noting(base):  # type: ignore[misc]
        """Notes its requests; signs and sends as ccxt does."""

        async def fetch2(
            self, path: Any, api: Any = "public", method: Any = "GET", params: Any = None, *rest: Any, **named: Any
        ) -> Any:
            """Note the request before it is signed, then send it as ccxt does."""
            note_request(path, api, method, params)
            return await super().fetch2(path, api, method, params or {}, *rest, **named)

        def milliseconds(self) -> int:
            """Return the present time in Unix milliseconds."""
            return int(now().timestamp() * 1000)

        def seconds(self) -> int:
            """Return the present time in Unix seconds, which Coinbase's tokens are signed with."""
            return int(now().timestamp())

    return Noting


def _fresh_class(base: Any, exchange: Exchange, freshness: AnswerCheck | None) -> Any:
    """Return ccxt's class ``base`` that can refuse an answer of a cache or of another time."""
    clock = exchange.clock.endpoint and f"/{exchange.clock.endpoint.path}"

    class Fresh(base):  # type: ignore[misc]
        """Checks answers by their headers; both checks raise BadBodyError."""

        def on_rest_response(self, status: int, reason: str, url: str, method: str, *rest: Any) -> object:
            """Refuse an answer of a cache that could prove something. ``rest``: its headers, body, the request's."""
            if freshness is not None and status in PROVING:
                signed = bool(self.apiKey) and self.apiKey in f"{url} {rest[2]}"
                freshness.check_age(rest[0] or NO_HEADERS, signed=signed)
            return super().on_rest_response(status, reason, url, method, *rest)

        def check_date(self, url: str, headers: Mapping[str, str] | None) -> None:
            """Refuse an answer of another time; the clock's answer says itself what time it is."""
            if freshness is not None and not (clock and urlsplit(url).path.endswith(clock)):
                freshness.check_date(headers or NO_HEADERS, -self.options.get("timeDifference", 0) / 1000)

    return Fresh


def _keeping_class(base: Any, exchange: Exchange, keep: Keep | None) -> Any:
    """Return ccxt's class ``base`` that hands each answer to ``keep`` before anything else looks at it."""
    login = exchange.api.login

    class Keeping(base):  # type: ignore[misc]
        """Keeps answers as they came, and when the latest one did."""

        def on_rest_response(self, status: int, reason: str, url: str, method: str, *rest: Any) -> object:
            """Hand the raw body to ``keep``, then go on with it. ``rest``: headers, body, the request's headers."""
            ANSWERED_AT.set(asyncio.get_running_loop().time())
            if keep is not None:
                keep(method, asked_url(url), status, without_token(rest[1], login.secret) if login else rest[1])
            return super().on_rest_response(status, reason, url, method, *rest)

    return Keeping
