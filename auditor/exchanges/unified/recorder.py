"""Record every request and answer of ccxt's unified methods, including errors that they swallow.

ccxt decides whether an answer is an error, since only ccxt knows each exchange's format; an error that a method
swallows, and a request that the guard refused, are logged and count as errors.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from auditor.i18n import _
from auditor.spec.exchange import Exchange
from auditor.transport.ccxt.exact import BadBodyError, ExchangeError, Keep, exact_class
from auditor.transport.guard import AllowList, NotAllowedError, guarded_class

OK = 200
SPOKEN = ("retMsg", "msg", "message", "err_msg", "err-msg", "error_description", "error_details", "error", "label")
CODES = ("retCode", "code", "err_code", "err-code", "label", "error", "status")
LONGEST = 300


@dataclass(slots=True)
class Log:
    """The requests of one call: ``answers`` by ccxt's section and path in order, the first error and its path."""

    answers: list[tuple[tuple[str, str], Any]] = field(default_factory=list)
    trouble: Exception | None = None
    over: str = ""


class SwallowedError(Exception):
    """An error that ccxt swallowed and drew conclusions from. A retry would not change those."""

    def __init__(self, trouble: Exception) -> None:
        """Keep the swallowed error."""
        super().__init__(str(trouble))
        self.trouble = trouble


class CcxtError(ExchangeError):
    """An exchange's error as ccxt classifies it. ``family``: the name of ccxt's error class."""

    def __init__(self, status: int, code: str | None, message: str, family: str) -> None:
        """Keep the error and ccxt's class of it."""
        super().__init__(status, code, message)
        self.family = family


def recording_class(base: Any, exchange: Exchange, allow: AllowList, keep: Keep | None = None) -> Any:
    """Return ccxt's class ``base``: guarded, exact, and with a `Log` of its requests.

    ``keep`` receives every answer before it is decoded.
    """
    strict = guarded_class(exact_class(_with_decimals(base), exchange, keep), allow)
    return _named(_with_nonces(_with_errors(_with_log(strict), base)), base)


def _named(made: Any, base: Any) -> Any:
    made.__name__ = made.__qualname__ = base.__name__
    return made


def _with_log(base: Any) -> Any:
    """Return the class ``base`` with a log of answers and errors."""

    class WithLog(base):  # type: ignore[misc]
        """Logs its requests and answers."""

        def __init__(self, config: Any) -> None:
            """Start with an empty log."""
            self.log = Log()
            super().__init__(config)

        async def fetch2(self, path: Any, api: Any = "public", method: Any = "GET", *rest: Any, **named: Any) -> Any:
            """Send a request, and log the answer or the error."""
            try:
                body = await super().fetch2(path, api, method, *rest, **named)
            except Exception as error:
                if self.log.trouble is None:
                    self.log.trouble, self.log.over = error, str(path)
                raise
            section = ".".join(api) if isinstance(api, list | tuple) else str(api)
            # Copied because ccxt's methods modify their answers.
            self.log.answers.append(((section, str(path)), deepcopy(body)))
            return body

    return WithLog


def _with_errors(base: Any, ccxt: Any) -> Any:
    """Return the class ``base`` that detects errors with ``ccxt``, the exchange's own class."""

    class WithErrors(base):  # type: ignore[misc]
        """Raises an error for every answer that is not a plain success."""

        def handle_errors(self, status: int, reason: str, *rest: Any) -> None:
            """Raise CcxtError for an answer that ccxt calls an error, and for any other that is not a plain success."""
            decoded = rest[4]
            if status == OK and not isinstance(decoded, dict | list):
                raise BadBodyError(_("the answer is not JSON but some other page"))
            family = _family(ccxt, self, (status, reason, *rest))
            if family is not None or status != OK:
                raise CcxtError(status, *_code_and_message(decoded, status), family or "")

    return WithErrors


def _with_nonces(base: Any) -> Any:
    """Return the class ``base`` with nonces that always grow."""

    class WithNonces(base):  # type: ignore[misc]
        """Remembers its last nonce."""

        _last_nonce = 0

        def nonce(self) -> Any:
            """Return a nonce above the last one: some exchanges refuse a repeated one."""
            self._last_nonce = max(int(super().nonce()), self._last_nonce + 1)
            return self._last_nonce

    return WithNonces


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
        text = format(value, "f") if isinstance(value, Decimal) else base.safe_string(given, name)
        if text is not None:
            return text
    return default


def _family(base: Any, ccxt: Any, arguments: tuple[Any, ...]) -> str | None:
    """Return the name of ccxt's class of this error, None where ccxt sees none."""
    try:
        base.handle_errors(ccxt, *arguments)
    except NotAllowedError:
        raise
    except Exception as error:  # noqa: BLE001 - ccxt exchanges raise any class of error
        return type(error).__name__
    return None


def _code_and_message(body: object, status: int) -> tuple[str | None, str]:
    """Return the exchange's own error code and message, by the field names that exchanges use."""
    fields = body if isinstance(body, dict) else {}
    errors = fields.get("errors")
    if isinstance(errors, list) and errors and isinstance(errors[0], dict):
        fields = {**errors[0], "code": errors[0].get("id")}
    message = _first_text(fields, SPOKEN) or f"HTTP {status}"
    return _first_text(fields, CODES), message[:LONGEST]


def _first_text(fields: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    values = (fields.get(name) for name in names)
    for value in values:
        if isinstance(value, str) and value:
            return value
        if isinstance(value, list) and value:
            return ", ".join(map(str, value))
    return None
