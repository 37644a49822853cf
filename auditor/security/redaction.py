"""The filter that removes secrets, in every encoding, from all output of the program.

A secret that was learnt is filtered until the process ends. Amounts are never changed: a secret has at least eight
characters, one of which is a letter or a sign that no amount has (see `auditor.security.credentials`).
"""

import base64
import dataclasses
import html
import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast
from urllib.parse import quote, quote_plus

from auditor.i18n import Message, verbatim

T = TypeVar("T")
Clean = Callable[[str], str]
MASK = "***"
SHORTEST = 8
# A signature does not reveal its secret, but no log needs it either.
# %E/ begins a path in a systemd unit; no encoding begins so.
_NAMED_SIGNATURE = re.compile(
    r"((?:ok-access-\w+|[\w-]*api-?key|[\w-]*signature|[\w-]+-sign|authorization)"
    r"[\"']?\s*[:=]\s*[\"']?(?:basic |bearer )?)"
    r"(?!%E/)[\w+/=%.-]{16,}",
    re.IGNORECASE,
)
# HMAC-SHA256 and HMAC-SHA512 in base64: an exchange might repeat a signature without a name before it.
_DIGIT = r"(?:[\w+/-]|\\/|%2[bf])"
_END = "(?:=|%3d)"
_SIGNATURE = re.compile(
    rf"(?<![\w+/%=-])(?:{_DIGIT}{{43}}|{_DIGIT}{{86}}{_END}){_END}(?!{_END})", re.IGNORECASE | re.ASCII
)


class Redactor:
    """A filter that replaces every secret it has learnt, in any encoding, by ``***``."""

    def __init__(self) -> None:
        """Start without any secret."""
        self._known: set[str] = set()
        self._prefixes: set[str] = set()
        self._ascii_only = True
        self._pattern: re.Pattern[str] | None = None

    def learn(self, secret: str) -> None:
        """Filter ``secret``, the value itself, and its encodings from now on."""
        forms = {form for form in _encodings(secret) if len(form) >= SHORTEST}
        self._known |= forms
        self._prefixes |= {form[:SHORTEST].lower() for form in forms}
        self._ascii_only = self._ascii_only and all(map(str.isascii, forms))
        self._pattern = None

    def text(self, text: str) -> str:
        """Return ``text`` without secrets and signatures.

        Raises TypeError for bytes: click uses that to distinguish binary streams from text streams.
        """
        without_secrets = self._compiled().sub(MASK, text) if self._may_hold(text) else text
        return _SIGNATURE.sub(MASK, _NAMED_SIGNATURE.sub(rf"\1{MASK}", without_secrets))

    def _compiled(self) -> re.Pattern[str]:
        """Return the pattern of all secrets, compiled when first needed.

        With the secrets of many accounts it is large.
        """
        if self._pattern is None:
            longest_first = sorted(self._known, key=len, reverse=True)
            self._pattern = re.compile("|".join(map(re.escape, longest_first)) or "(?!)", re.IGNORECASE)
        return self._pattern

    def _may_hold(self, text: str) -> bool:
        """Return whether ``text`` contains the beginning of a secret, so that the pattern must run.

        Always true outside ASCII, where comparing lower-case texts is not the same as ignoring case.
        """
        if not self._ascii_only or not text.isascii():
            return True
        lower = text.lower()
        return any(lower[at : at + SHORTEST] in self._prefixes for at in range(len(lower) - SHORTEST + 1))

    def data(self, value: T) -> T:
        """Return ``value`` with every text in it redacted, at any depth.

        Dataclasses, mappings, sequences and sets are copied. Redact before rendering: renderers break lines and escape,
        which could split a secret in two.
        """
        # Many surfaces share the same texts. The cache is dropped afterwards, since other data may be large.
        return cast(T, _redact(value, cache(self.text)))


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


def _redact(value: Any, clean: Clean) -> Any:
    if isinstance(value, Message):
        return _redact_message(value, clean)
    if isinstance(value, str):
        return value if isinstance(value, Enum) else clean(value)
    if isinstance(value, Mapping):
        return {_redact(key, clean): _redact(item, clean) for key, item in value.items()}
    if isinstance(value, tuple | list | frozenset | set):
        return type(value)(_redact(item, clean) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(value, **dict(_redact_fields(value, clean)))
    return value


def _redact_message(message: Message, clean: Clean) -> Message:
    """Redact the values; if the rendered sentence still has a secret, keep only its redaction."""
    cleaned = dataclasses.replace(message, values=_redact(message.values, clean))
    sentence = str(cleaned)
    clean_sentence = clean(sentence)
    return cleaned if clean_sentence == sentence else verbatim(clean_sentence)


def _redact_fields(value: Any, clean: Clean) -> Iterator[tuple[str, object]]:
    for field in dataclasses.fields(value):
        if field.init:
            yield field.name, _redact(getattr(value, field.name), clean)


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
