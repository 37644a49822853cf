"""Record every request and answer of ccxt's unified methods, including errors that they swallow.

ccxt decides whether an answer is an error, since only ccxt knows each exchange's format; an error that a method
swallows, and a request that the guard refused, are logged and count as errors.
"""

from collections.abc import Iterable
from contextvars import ContextVar
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from auditor.exchanges.unified.codes import ErrorCodes, load_codes
from auditor.i18n import _
from auditor.model.amounts import FURTHEST
from auditor.spec.exchange import ErrorMeaning, Exchange
from auditor.spec.fields import MalformedError
from auditor.transport.ccxt.answer_errors import BadBodyError, ExchangeError, check_speaker
from auditor.transport.ccxt.error_text import error_codes, spoken_error
from auditor.transport.ccxt.exact import AnswerCheck, Keep, exact_class
from auditor.transport.ccxt.latest_call import ANSWER_HEADERS, NO_HEADERS
from auditor.transport.ccxt.nonces import with_rising_nonces
from auditor.transport.guard import AllowList, NotAllowedError, guarded_class
from auditor.transport.http_time import retry_after
from auditor.transport.silence import BAN, KEPT, Silence

OK = 200
TOO_MANY, BANNED = 429, 418


@dataclass(slots=True)
class Log:
    """The requests of one call: ``answers`` by ccxt's section and path in order, the first error and its path."""

    answers: list[tuple[tuple[str, str], Any]] = field(default_factory=list)
    trouble: Exception | None = None
    over: str = ""


# The log of the call that a task serves, with the object that it belongs to; tasks that ccxt starts inherit it.
_CALL: ContextVar[tuple[object, Log]] = ContextVar("call", default=(None, Log()))


class SwallowedError(Exception):
    """An error that ccxt swallowed and drew conclusions from. A retry would not change those."""

    def __init__(self, trouble: Exception) -> None:
        """Keep the swallowed error."""
        super().__init__(str(trouble))
        self.trouble = trouble


class CcxtError(ExchangeError):
    """An exchange's error as ccxt classifies it. ``family``: the name of ccxt's error class.

    ``meaning``: what the exchange's documentation says of it, None where that is not known; ``box``: of the right that
    the request needs.
    """

    def __init__(
        self, status: int, code: str | None, message: str, family: str, meaning: ErrorMeaning | None = None
    ) -> None:
        """Keep the error and ccxt's class of it."""
        super().__init__(status, code, message)
        self.family = family
        self.meaning = meaning
        self.box = ""


def recording_class(
    base: Any,
    exchange: Exchange,
    allow: AllowList,
    keep: Keep | None = None,
    *,
    freshness: AnswerCheck | None = None,
) -> Any:
    """Return ccxt's class ``base``: guarded, exact, and with a `Log` of its requests.

    ``keep`` receives every answer before it is decoded; ``freshness`` refuses answers of a cache.
    """
    strict = guarded_class(exact_class(_with_decimals(base), exchange, keep, freshness), allow)
    codes = load_codes(exchange.id)
    logged = _with_log(_with_silence(strict), codes)
    return _named(_with_named_coins(with_rising_nonces(_with_errors(logged, base, codes))), base)


def _named(subclass: Any, base: Any) -> Any:
    subclass.__name__ = subclass.__qualname__ = base.__name__
    return subclass


def _with_silence(base: Any) -> Any:
    """Return the class ``base`` that sends nothing in a pause that the exchange asked for."""

    class WithSilence(base):  # type: ignore[misc]
        """Keeps ``silences``: the pause of the whole address, and the key's own."""

        silences: tuple[Silence, Silence]

        async def fetch2(self, *arguments: Any, **named: Any) -> Any:
            """Wait for the end of a pause, then send a request; its answer may begin another pause."""
            for silence in self.silences:
                await silence.wait()
            KEPT.set(self.silences)
            try:
                return await super().fetch2(*arguments, **named)
            except ExchangeError as error:
                _keep_silent(error, *self.silences)
                raise

    return WithSilence


def _keep_silent(error: ExchangeError, whole_address: Silence, key: Silence) -> None:
    pause = retry_after(ANSWER_HEADERS.get())
    if error.status == BANNED:
        whole_address.extend(pause or BAN)
    elif error.status == TOO_MANY:
        key.extend(pause or 0)
    elif isinstance(error, CcxtError) and error.meaning is not None and error.meaning.silence:
        key.extend(error.meaning.silence)


def _with_log(base: Any, codes: ErrorCodes) -> Any:
    """Return the class ``base`` with a log of answers and errors."""

    class WithLog(base):  # type: ignore[misc]
        """Logs its requests and answers."""

        def __init__(self, config: Any) -> None:
            """Start with an empty log."""
            self._log = Log()
            super().__init__(config)

        @property
        def log(self) -> Log:
            """The log of the call that this task serves: what an earlier call left running writes to its own."""
            owner, log = _CALL.get()
            return log if owner is self else self._log

        @log.setter
        def log(self, log: Log) -> None:
            self._log = log
            _CALL.set((self, log))

        async def fetch2(self, path: Any, api: Any = "public", method: Any = "GET", *rest: Any, **named: Any) -> Any:
            """Send a request, and log the answer or the error."""
            section = ".".join(api) if isinstance(api, list | tuple) else str(api)
            try:
                body = await super().fetch2(path, api, method, *rest, **named)
            except Exception as error:
                if isinstance(error, CcxtError):
                    error.box = codes.box(section, str(path))
                if self.log.trouble is None:
                    self.log.trouble, self.log.over = error, str(path)
                raise
            # Copied because ccxt's methods modify their answers.
            self.log.answers.append(((section, str(path)), deepcopy(body)))
            return body

    return WithLog


def _with_errors(base: Any, ccxt: Any, codes: ErrorCodes) -> Any:
    """Return the class ``base`` that detects errors with ``ccxt``, the exchange's own class, and its ``codes``."""

    class WithErrors(base):  # type: ignore[misc]
        """Raises an error for every answer that is not a plain success."""

        def handle_errors(self, status: int, reason: str, *rest: Any) -> None:
            """Raise CcxtError for an answer that ccxt calls an error, and for any other that is not a plain success."""
            headers, body, decoded = rest[2:5]
            ANSWER_HEADERS.set(headers or NO_HEADERS)
            check_speaker(status, body, decoded)
            if status == OK and not isinstance(decoded, dict | list):
                raise BadBodyError(_("the answer is not JSON but some other page"))
            family = _family(ccxt, self, (status, reason, *rest))
            if family is not None or status != OK or codes.is_error(decoded):
                code, message = spoken_error(decoded, body)
                raise CcxtError(status, code, message, family or "", codes.meaning(error_codes(decoded), message))
            self.check_date(rest[0], rest[2])

    return WithErrors


def _with_named_coins(base: Any) -> Any:
    """Return the class ``base`` that leaves coins without a name out, over which ccxt would stumble later."""

    class WithNamedCoins(base):  # type: ignore[misc]
        """Counts the coins that it left out: ``nameless``."""

        nameless = 0

        async def fetch_currencies(self, *arguments: Any, **named: Any) -> Any:
            """Return the coins that have a name."""
            coins = await super().fetch_currencies(*arguments, **named)
            found = {code: coin for code, coin in (coins or {}).items() if isinstance(code, str) and code}
            self.nameless = len(coins or {}) - len(found)
            return found

    return WithNamedCoins


def _with_decimals(base: Any) -> Any:
    """Return ccxt's class ``base`` that reads a Decimal as text: ccxt's own methods would find none in it."""

    class WithDecimals(base):  # type: ignore[misc]
        """Reads Decimals as text."""

        @staticmethod
        def safe_string(given: Any, name: Any, default: Any = None) -> Any:
            """Return the text of a field."""
            return _text(base, given, (name,), default)

        @staticmethod
        def safe_string_2(given: Any, name: Any, other: Any, default: Any = None) -> Any:
            """Return the first text of several fields."""
            return _text(base, given, (name, other), default)

        @staticmethod
        def safe_string_n(given: Any, names: Any, default: Any = None) -> Any:
            """Return the first text of several fields."""
            return _text(base, given, names, default)

    return _named(WithDecimals, base)


def _text(base: Any, given: Any, names: Iterable[Any], default: Any) -> Any:
    for name in names:
        try:
            value = given[name]
        except (KeyError, IndexError, TypeError):
            continue
        text = _digits(value) if isinstance(value, Decimal) else base.safe_string(given, name)
        if text is not None:
            return text
    return default


def _digits(value: Decimal) -> str:
    """Return the digits without an exponent. Raises MalformedError for a number of insane length."""
    if abs(value.adjusted()) > FURTHEST:
        raise MalformedError(_("a figure has more digits than any amount"))
    return format(value, "f")


def _family(base: Any, ccxt: Any, arguments: tuple[Any, ...]) -> str | None:
    """Return the name of ccxt's class of this error, None where ccxt sees none."""
    try:
        base.handle_errors(ccxt, *arguments)
    except NotAllowedError:
        raise
    except Exception as error:  # noqa: BLE001 - ccxt exchanges raise any class of error
        return type(error).__name__
    return None
