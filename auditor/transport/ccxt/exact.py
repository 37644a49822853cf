"""An exact ccxt: amounts stay strings as received, and every answer but a plain success is an error with a code."""

import asyncio
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType
from typing import Any, NoReturn, Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit

import orjson

from auditor.i18n import _
from auditor.model.clock import now
from auditor.model.texts import LONGEST_MESSAGE, LONGEST_NAME, REPLACEMENT, shorten
from auditor.spec.exchange import Exchange
from auditor.transport.ccxt.error_text import spoken_error
from auditor.transport.foreign_answer import ForeignAnswer, foreign_answer
from auditor.transport.http_time import clock_skew, header

# Headers of this task's latest answer: ccxt keeps only one set for all tasks.
ANSWER_HEADERS: ContextVar[Mapping[str, str]] = ContextVar("ANSWER_HEADERS")
NO_HEADERS: Mapping[str, str] = MappingProxyType({})
# When this task's latest answer was there, in the event loop's time; None before it.
ANSWERED_AT: ContextVar[float | None] = ContextVar("ANSWERED_AT", default=None)

# No documented answer comes near any of these.
DEEPEST = 64
MOST_ROWS = 50_000
MOST_PARTS = 2_000_000
LONGEST_TEXT = 1000
# In a body: half of a character, and an escaped quotation mark, which hides how long a text is.
_ODD_ESCAPE = re.compile(r'\\(?:"|u[dD][89a-fA-F])')
_LONG_TEXT = re.compile(f'"[^"]{{{LONGEST_TEXT}}}')
# A query that is written again as it is, and the names in it.
_PLAIN = re.compile(r"[\w.-]+=[\w.-]*(?:&[\w.-]+=[\w.-]*)*", re.ASCII)
_NAME = re.compile(r"(?:^|&)([^=]*)")
_NESTED = frozenset({dict, list})
_TEXTS = frozenset({dict, list, str, bool, type(None)})
_SURROGATE = re.compile("[\ud800-\udfff]")

# Statuses of answers that can prove something: data, and codes for what an account never had.
PROVING = frozenset({200, 400, 404})
# Names of the parameters of this task's latest request, before ccxt signs it.
ASKED: ContextVar[frozenset[str]] = ContextVar("ASKED", default=frozenset())

Keep = Callable[[str, str, int, str], None]


class AnswerCheck(Protocol):
    """Refuses answers that were not given just now, by raising BadBodyError: see `auditor.transport.freshness`."""

    def check_age(self, headers: Mapping[str, str], *, signed: bool) -> None: ...  # noqa: D102
    def check_date(self, headers: Mapping[str, str], skew: float) -> None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class UnsignedRequest:
    """A request by ccxt's names, before it is signed: it holds no key, no signature and no time of signing."""

    section: str
    method: str
    path: str
    params: Mapping[str, Any] = field(default_factory=dict)


# This task's latest request.
REQUEST: ContextVar[UnsignedRequest] = ContextVar("REQUEST")


class BadBodyError(Exception):
    """An answer that is not one unambiguous JSON object or list.

    ``again``: whether a further request may help.
    """

    again = True


class TooLargeError(BadBodyError):
    """An answer that is larger than any of an exchange: it is not asked for again."""

    again = False


class ExchangeError(Exception):
    """The exchange answered with an error.

    ``status``: HTTP status; ``code``: the exchange's own, or None; ``message``: its words, or "".
    """

    def __init__(self, status: int, code: str | None, message: str) -> None:
        """Keep the error without its request.

        ``skew``: seconds that this computer's clock is behind the answer's date, None if it has none.
        """
        self.status = status
        self.code = None if code is None else shorten(code, LONGEST_NAME)
        self.message = shorten(message, LONGEST_MESSAGE)
        super().__init__(self.message or f"HTTP {status}")
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


def _note_request(path: object, api: object, method: object, params: Mapping[str, Any] | None) -> None:
    section = ".".join(map(str, api)) if isinstance(api, list | tuple) else str(api)
    asked = dict(params or {})
    ASKED.set(frozenset(map(str, asked)))
    REQUEST.set(UnsignedRequest(section, str(method), str(path), asked))


def _noting_class(base: Any) -> Any:
    """Return ccxt's class ``base`` that notes each request before it is signed, and asks the audit's clock."""

    class Noting(base):  # type: ignore[misc]
        """Notes its requests; signs and sends as ccxt does."""

        async def fetch2(
            self, path: Any, api: Any = "public", method: Any = "GET", params: Any = None, *rest: Any, **named: Any
        ) -> Any:
            """Note the request before it is signed, then send it as ccxt does."""
            _note_request(path, api, method, params)
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

        def check_age(self, status: int, url: str, headers: Mapping[str, str] | None, sent: object) -> None:
            """Refuse an answer of a cache that could prove something. ``sent``: the request's headers."""
            if freshness is not None and status in PROVING:
                signed = bool(self.apiKey) and self.apiKey in f"{url} {sent}"
                freshness.check_age(headers or NO_HEADERS, signed=signed)

        def check_date(self, url: str, headers: Mapping[str, str] | None) -> None:
            """Refuse an answer of another time; the clock's answer says itself what time it is."""
            if freshness is not None and not (clock and urlsplit(url).path.endswith(clock)):
                freshness.check_date(headers or NO_HEADERS, -self.options.get("timeDifference", 0) / 1000)

    return Fresh


def exact_class(base: Any, exchange: Exchange, keep: Keep | None = None, freshness: AnswerCheck | None = None) -> Any:
    """Return ccxt's class ``base`` that decodes numbers as strings and detects errors by status and code.

    ``keep`` receives every answer before it is decoded, with the parameters that were asked, none of a signature and no
    session's token;
    ``freshness`` refuses answers of a cache.
    """
    login = exchange.api.login

    class Exact(_fresh_class(_noting_class(base), exchange, freshness)):  # type: ignore[misc]
        """Signs and sends as ccxt does; decodes exactly and detects every error."""

        def on_rest_response(self, status: int, reason: str, url: str, method: str, *rest: Any) -> object:
            """Hand the raw body to ``keep``, then return it as ccxt does.

            Raises BadBodyError for an answer that a cache gave.
            """
            ANSWERED_AT.set(asyncio.get_running_loop().time())
            if keep is not None:
                keep(method, _asked_url(url), status, without_token(rest[1], login.secret) if login else rest[1])
            self.check_age(status, url, rest[0], rest[2])
            return super().on_rest_response(status, reason, url, method, *rest)

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


def without_token(body: str, name: str) -> str:
    """Return an answer's body without the token in its field ``name``; nothing of one that cannot be read."""
    if name not in body:
        return body
    try:
        decoded = json.loads(body, parse_float=str, parse_int=str)
    except ValueError:
        return ""
    return json.dumps(_blanked(decoded))


def _blanked(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: "left out" if key.endswith("token") else _blanked(inner) for key, inner in value.items()}
    return [_blanked(inner) for inner in value] if isinstance(value, list) else value


def _asked_url(url: str) -> str:
    """Return the URL with those parameters that were asked; ``name[]`` and ``name[0]`` are parts of a list ``name``."""
    parts, asked = urlsplit(url), ASKED.get()
    if _PLAIN.fullmatch(parts.query) and asked.issuperset(_NAME.findall(parts.query)):
        return url
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if name.partition("[")[0] in asked]
    return parts._replace(query=urlencode(kept)).geturl()


def decoded_body(body: str) -> object:
    """Return the JSON with numbers as strings, and texts that are too long or are no Unicode mended.

    Raises BadBodyError for a duplicate key, NaN or Infinity, and for more or deeper parts than any exchange sends.
    """
    # A part takes up to 100 bytes of memory, one byte of the body: counted before they are made.
    if len(body) > MOST_PARTS and sum(map(body.count, ",[{")) > MOST_PARTS:
        raise TooLargeError(_("the answer has more parts than any that an exchange gives"))
    decoded = _decoded_texts(body)
    if decoded is None:
        decoded = _decoded_exactly(body)
        _check_shape(decoded)
    return _mended(decoded) if _needs_mending(body) else decoded


def _decoded_texts(body: str) -> object:
    """Return the JSON of a body whose values are all texts, in half of the time; None for any other.

    What is written again as it was had no key twice and nothing that this decoder rounds.
    """
    try:
        data = body.encode()
        decoded = orjson.loads(data)
        is_same = orjson.dumps(decoded) == data
    except (ValueError, TypeError):
        return None
    return decoded if is_same and _check_shape(decoded) <= _TEXTS else None


def _decoded_exactly(body: str) -> object:
    try:
        return json.loads(
            body, parse_float=str, parse_int=str, parse_constant=_refuse_constant, object_pairs_hook=_unique
        )
    except json.JSONDecodeError as error:
        raise BadBodyError(_("the answer breaks off or is not JSON")) from error
    except RecursionError as error:
        raise _too_deep() from error


def _needs_mending(body: str) -> bool:
    """Return whether there may be a text to cut or to mend; looked for in the body, which is quicker than in parts."""
    is_long = _may_be_long(body) and _LONG_TEXT.search(body) is not None
    return is_long or ("\\" in body and _ODD_ESCAPE.search(body) is not None)


def _may_be_long(body: str) -> bool:
    """Return whether so many characters as a long text has follow one another without a quotation mark."""
    begin = 0
    while len(body) - begin > LONGEST_TEXT:
        quote = body.rfind('"', begin, begin + LONGEST_TEXT)
        if quote < 0:
            return True
        begin = quote + 1
    return False


def _check_shape(decoded: object) -> set[type]:
    """Return the kinds of its parts. Raise BadBodyError for too many or too deep ones.

    Goes level by level, since it is run for every answer.
    """
    level: list[Any] = [decoded] if isinstance(decoded, dict | list) else []
    depth, kinds = 0, set[type]([type(decoded)])
    while level:
        depth += 1
        if depth > DEEPEST:
            raise _too_deep()
        if max(map(len, level)) > MOST_ROWS:
            raise TooLargeError(_("the answer has a list of more than {most} rows").format(most=MOST_ROWS))
        there = _kinds_of(level)
        kinds |= there
        level = [] if there.isdisjoint(_NESTED) else [part for part in _parts_of(level) if type(part) in _NESTED]
    return kinds


def _kinds_of(level: list[Any]) -> set[type]:
    """Return the kinds of what is in some parts: of a ledger's rows, thousands of texts in every answer."""
    try:
        # Only texts can be joined, and nothing looks at each of them in less time.
        "".join(_parts_of(level))
    except TypeError:
        return set(map(type, _parts_of(level)))
    return {str}


def _parts_of(level: list[Any]) -> Iterator[Any]:
    dicts = [part for part in level if type(part) is dict]
    lists = [part for part in level if type(part) is list]
    return chain(chain.from_iterable(map(dict.values, dicts)), chain.from_iterable(lists))


def _too_deep() -> BadBodyError:
    return BadBodyError(_("the answer is nested more than {most} levels deep").format(most=DEEPEST))


def _mended(value: Any) -> Any:
    """Return ``value`` with texts cut, and with a sign for each character that cannot be written anywhere."""
    if isinstance(value, str):
        return shorten(_SURROGATE.sub(REPLACEMENT, value), LONGEST_TEXT)
    if isinstance(value, list):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        return _unique([(_mended(name), _mended(item)) for name, item in value.items()])
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise BadBodyError(_("the answer holds {name}, which is no number").format(name=name))


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise BadBodyError(_("the answer names one field twice"))
    return fields
