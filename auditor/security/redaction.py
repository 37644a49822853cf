"""The filter that removes secrets, in every encoding, from all output of the program.

A secret that was learnt is filtered until the process ends; one that is held, as long as somebody holds it. Amounts are
never changed: a secret has at least eight characters, one of which is a letter or a sign that no amount has (see
`auditor.security.credentials`).
"""

import base64
import dataclasses
import html
import json
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast
from urllib.parse import quote, quote_plus

from auditor.i18n import Message, verbatim

T = TypeVar("T")
Clean = Callable[[str], str]
MASK = "***"
SHORTEST = 8
_Index = dict[str, dict[int, set[str]]]
# A signature does not reveal its secret, but no log needs it either.
# Each name begins with a fixed word: a pattern that begins with a repetition takes quadratic time.
# %E/ begins a path in a systemd unit; no encoding begins so.
_NAMED_SIGNATURE = re.compile(
    r"((?:ok-access-\w+|api-?key|accesskeyid|signature|(?<=[\w-])-sign|authorization)"
    r"[\"']?\s*[:=]\s*[\"']?(?:basic |bearer )?)"
    r"(?!%E/)[\w+/=%.-]{16,}",
    re.IGNORECASE,
)
# HMAC-SHA256 and HMAC-SHA512 in base64: an exchange might repeat a signature without a name before it.
_DIGIT = r"(?:[\w+/-]|\\/|%2[bf])"
_END = "(?:=|%3d)"
_SIGNATURE = re.compile(
    rf"(?<![\w+/%=\\-])(?:{_DIGIT}{{43}}|{_DIGIT}{{86}}{_END}){_END}(?!{_END})", re.IGNORECASE | re.ASCII
)


class Redactor:
    """A filter that replaces every secret it has learnt, in any encoding, by ``***``."""

    def __init__(self) -> None:
        """Start without any secret."""
        self._known: set[str] = set()
        self._index: _Index | None = None
        self._held = Counter[str]()

    def learn(self, secret: str) -> None:
        """Filter ``secret``, the value itself, and its encodings from now on."""
        self._known |= {_folded(form) for form in _encodings(secret) if len(form) >= SHORTEST}
        self._index = None

    @contextmanager
    def hold(self, secrets: Iterable[str]) -> Iterator[None]:
        """Filter ``secrets`` and their encodings while the block runs, and forget those that nobody else holds."""
        forms = [_folded(form) for secret in secrets for form in set(_encodings(secret)) if len(form) >= SHORTEST]
        self._held.update(forms)
        # Thousands of accounts come and go: the index is not made anew for each.
        _add(self._index, forms)
        try:
            yield
        finally:
            self._held.subtract(forms)
            gone = {form for form in forms if not self._held[form]}
            for form in gone:
                del self._held[form]
            _remove(self._index, gone - self._known)

    def text(self, text: str) -> str:
        """Return ``text`` without secrets and signatures, in time that grows as its length.

        Raises TypeError for bytes: click uses that to distinguish binary streams from text streams.
        """
        return _SIGNATURE.sub(MASK, _NAMED_SIGNATURE.sub(_named_only, self._without_secrets(text)))

    def _without_secrets(self, text: str) -> str:
        kept, end = list[str](), 0
        for start, stop in self._places(_folded(text)):
            kept += (text[end:start], MASK)
            end = stop
        return "".join((*kept, text[end:])) if kept else text

    def _places(self, folded: str) -> Iterator[tuple[int, int]]:
        """Yield the start and end of each secret in a text that `_folded` made, the longest at each place."""
        if self._index is None:
            self._index = _index(self._known | self._held.keys())
        index, end = self._index, 0
        for at in range(len(folded) - SHORTEST + 1) if index else ():
            forms = index.get(folded[at : at + SHORTEST])
            if forms is None or at < end:
                continue
            length = max((n for n, same in forms.items() if folded[at : at + n] in same), default=0)
            if length:
                end = at + length
                yield at, end

    def data(self, value: T) -> T:
        """Return ``value`` with every text in it redacted, at any depth.

        Redact before rendering: renderers break lines and escape, which could split a secret in two.
        """
        # Many surfaces share the same texts. The cache is dropped afterwards, since other data may be large.
        return map_texts(value, self.text)


class LogFilter(logging.Filter):
    """Logging filter that redacts records and drops tracebacks, whose lines may show values."""

    def __init__(self, redactor: Redactor) -> None:
        """Filter with ``redactor``."""
        super().__init__()
        self._redactor = redactor

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact the record and keep it."""
        message = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            message = f"{message} ({type(record.exc_info[1]).__name__}: {record.exc_info[1]})"
        record.msg, record.args = self._redactor.text(message), None
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def map_texts(value: T, clean: Clean) -> T:
    """Return ``value`` with ``clean`` applied to every text in it, at any depth, once for each text.

    Whatever nothing changes in is the same object as before.
    """
    return cast(T, _redact(value, cache(clean)))


def _redact(value: Any, clean: Clean) -> Any:
    return _way_of(value.__class__)(value, clean)


@cache
def _way_of(kind: type[Any]) -> Callable[[Any, Clean], Any]:
    """Return how values of a class are cleaned. A pass has thousands of values, of few classes."""
    if issubclass(kind, Message):
        return _redact_message
    if issubclass(kind, str) and not issubclass(kind, Enum):
        return _redact_text
    if issubclass(kind, Mapping):
        return _redact_mapping
    if issubclass(kind, tuple | list | frozenset | set):
        return _redact_items
    return _redact_object if dataclasses.is_dataclass(kind) else _leave


def _leave(value: Any, _clean: Clean) -> Any:
    return value


def _redact_text(value: str, clean: Clean) -> str:
    return clean(value)


def _redact_mapping(value: Mapping[Any, Any], clean: Clean) -> Mapping[Any, Any]:
    pairs = [(key, item, _redact(key, clean), _redact(item, clean)) for key, item in value.items()]
    if all(key is old_key and item is old for old_key, old, key, item in pairs):
        return value
    return {key: item for _old_key, _old, key, item in pairs}


def _redact_items(value: Any, clean: Clean) -> Any:
    pairs = [(item, _redact(item, clean)) for item in value]
    return value if all(new is old for old, new in pairs) else type(value)(new for _old, new in pairs)


def _redact_message(message: Message, clean: Clean) -> Message:
    """Redact the values; if the rendered sentence still has a secret, keep only its redaction."""
    values = _redact(message.values, clean)
    cleaned = message if values is message.values else dataclasses.replace(message, values=values)
    sentence = str(cleaned)
    clean_sentence = clean(sentence)
    return cleaned if clean_sentence == sentence else verbatim(clean_sentence)


def _redact_object(value: Any, clean: Clean) -> Any:
    changed = {}
    for name in _fields_of(value.__class__):
        old = getattr(value, name)
        new = _redact(old, clean)
        if new is not old:
            changed[name] = new
    return dataclasses.replace(value, **changed) if changed else value


@cache
def _fields_of(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind) if field.init)


def _named_only(found: re.Match[str]) -> str:
    return f"{found[1]}{MASK}"


_FOLDED = {ord("\u0130"): "i", ord("\u0131"): "i", ord("\u017f"): "s", ord("\u03c2"): "\u03c3"}
"""Letters that are another in one case only; the first would become two."""


def _folded(text: str) -> str:
    """Return ``text`` in lower case, of the same length. Raises TypeError for bytes."""
    if not isinstance(text, str):
        raise TypeError(type(text).__name__)
    return text.lower() if text.isascii() else text.translate(_FOLDED).lower()


def _index(forms: Iterable[str]) -> _Index:
    """Return the forms by their beginning and by their length, so that a look-up does not grow with their number."""
    index: _Index = {}
    _add(index, forms)
    return index


def _add(index: _Index | None, forms: Iterable[str]) -> None:
    if index is not None:
        for form in forms:
            index.setdefault(form[:SHORTEST], {}).setdefault(len(form), set()).add(form)


def _remove(index: _Index | None, forms: Iterable[str]) -> None:
    """Take forms out of an index, with all that is empty then."""
    if index is None:
        return
    for form in forms:
        lengths = index[form[:SHORTEST]]
        lengths[len(form)].discard(form)
        if not lengths[len(form)]:
            del lengths[len(form)]
        if not lengths:
            del index[form[:SHORTEST]]


def _encodings(secret: str) -> Iterator[str]:
    in_json = json.dumps(secret)[1:-1]
    plain = {secret, in_json, json.dumps(in_json)[1:-1], repr(secret)[1:-1], html.escape(secret)}
    plain |= {secret.replace('"', '""'), secret.encode().hex(), *_base64(secret.encode())}
    yield from plain
    yield from _quoted(plain)


def _base64(secret: bytes) -> Iterator[str]:
    """Yield the base64 characters that only the secret decides, at each offset modulo three.

    The secret may follow other text in what was encoded (``key:secret``).
    """
    for offset in range(3):
        start, end = -(-offset * 8 // 6), (offset + len(secret)) * 8 // 6
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(bytes(offset) + secret).decode()[start:end]


def _quoted(forms: Iterable[str]) -> Iterator[str]:
    for form in forms:
        yield quote(form)
        yield quote(form, safe="")
        yield quote_plus(form)


SECRETS = Redactor()
"""The filter of this process: it learns credentials as they are read, and every output uses it."""
