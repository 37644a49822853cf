"""ccxt with an eye on every answer: what its unified methods asked, got and kept to themselves.

ccxt decides whether an answer is an error, as only it knows how each exchange says so; but an error that a method
swallows, and a request that was refused, are kept beside the answers and count.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from auditor.i18n import _
from auditor.spec.exchange import Exchange
from auditor.transport.ccxt.exact import Answered, BadBody, exact
from auditor.transport.guard import AllowList, Refused, guarded

OK = 200
SPOKEN = ("retMsg", "msg", "message", "err_msg", "err-msg", "error_description", "error_details", "error", "label")
CODES = ("retCode", "code", "err_code", "err-code", "label", "error", "status")
LONGEST = 300


@dataclass(slots=True)
class Log:
    """What one call asked: ``answers`` by ccxt's section and path, in order, and the first trouble, over which path."""

    answers: list[tuple[tuple[str, str], Any]] = field(default_factory=list)
    trouble: Exception | None = None
    over: str = ""


class Swallowed(Exception):  # noqa: N818 - it is what ccxt did
    """A trouble that ccxt kept to itself, drawing its own conclusions. Asked again, it would stand by them."""

    def __init__(self, trouble: Exception) -> None:
        """Keep the trouble itself."""
        super().__init__(str(trouble))
        self.trouble = trouble


class Told(Answered):
    """An error as ccxt understands it: ``family`` is ccxt's class of it, by name."""

    def __init__(self, status: int, code: str | None, message: str, family: str) -> None:
        """Keep what was said and how ccxt understands it."""
        super().__init__(status, code, message)
        self.family = family


def recording(base: Any, exchange: Exchange, allow: AllowList) -> Any:
    """ccxt's class ``base``: guarded, exact, and with a `Log` of what it asks."""
    strict = guarded(exact(_with_decimals(base), exchange), allow)
    return _named(_with_nonces(_with_errors(_with_log(strict), base)), base)


def _named(made: Any, base: Any) -> Any:
    made.__name__ = made.__qualname__ = base.__name__
    return made


def _with_log(base: Any) -> Any:
    """The class ``base``, which forgets nothing of what came back."""

    class WithLog(base):  # type: ignore[misc]
        """Keeps what it asked and got."""

        def __init__(self, config: Any) -> None:
            """Begin with an empty log."""
            self.log = Log()
            super().__init__(config)

        async def fetch2(self, path: Any, api: Any = "public", method: Any = "GET", *rest: Any, **named: Any) -> Any:
            """Ask, and keep the answer or the trouble."""
            try:
                body = await super().fetch2(path, api, method, *rest, **named)
            except Exception as error:
                if self.log.trouble is None:
                    self.log.trouble, self.log.over = error, str(path)
                raise
            section = ".".join(api) if isinstance(api, list | tuple) else str(api)
            # ccxt's methods write into what they got.
            self.log.answers.append(((section, str(path)), deepcopy(body)))
            return body

    return WithLog


def _with_errors(base: Any, ccxt: Any) -> Any:
    """The class ``base``, which tells errors as ``ccxt``, the exchange's own class there, understands them."""

    class WithErrors(base):  # type: ignore[misc]
        """Takes nothing for an answer that is none."""

        def handle_errors(self, status: int, reason: str, *rest: Any) -> None:
            """Raise Told for what ccxt calls an error and for whatever is not a plain success."""
            decoded = rest[4]
            if status == OK and not isinstance(decoded, dict | list):
                raise BadBody(_("the answer is not JSON but some other page"))
            family = _family(ccxt, self, (status, reason, *rest))
            if family is not None or status != OK:
                raise Told(status, *_spoken(decoded, status), family or "")

    return WithErrors


def _with_nonces(base: Any) -> Any:
    """The class ``base``, whose numbers always grow."""

    class WithNonces(base):  # type: ignore[misc]
        """Remembers its last number."""

        _last_nonce = 0

        def nonce(self) -> Any:
            """Never the same twice: some exchanges refuse a number that they have seen."""
            self._last_nonce = max(int(super().nonce()), self._last_nonce + 1)
            return self._last_nonce

    return WithNonces


def _with_decimals(base: Any) -> Any:
    """ccxt's class ``base``, which reads its own numbers by way of texts and would find none in a Decimal."""

    class WithDecimals(base):  # type: ignore[misc]
        """Finds a Decimal's text."""

        @staticmethod
        def safe_string(given: Any, name: Any, default: Any = None) -> Any:
            """The text there."""
            return _text(base, given, (name,), default)

        @staticmethod
        def safe_string_2(given: Any, name: Any, other: Any, default: Any = None) -> Any:
            """The first text there."""
            return _text(base, given, (name, other), default)

        @staticmethod
        def safe_string_n(given: Any, names: Any, default: Any = None) -> Any:
            """The first text there."""
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
    """The name of ccxt's class of this error, None where ccxt sees none."""
    try:
        base.handle_errors(ccxt, *arguments)
    except Refused:
        raise
    except Exception as error:  # noqa: BLE001 - each exchange of ccxt raises what it likes
        return type(error).__name__
    return None


def _spoken(body: object, status: int) -> tuple[str | None, str]:
    """The exchange's own code and words, by the names that exchanges use for them."""
    said = body if isinstance(body, dict) else {}
    errors = said.get("errors")
    if isinstance(errors, list) and errors and isinstance(errors[0], dict):
        said = {**errors[0], "code": errors[0].get("id")}
    words = _first(said, SPOKEN) or f"HTTP {status}"
    return _first(said, CODES), words[:LONGEST]


def _first(said: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    found = (said.get(name) for name in names)
    for value in found:
        if isinstance(value, str) and value:
            return value
        if isinstance(value, list) and value:
            return ", ".join(map(str, value))
    return None
