"""The one filter between secrets and whatever the program writes. It knows their values and how they get encoded.

What is learnt stays learnt for the life of the process. Amounts are safe from it: a secret has at least eight
characters, and one of them is a letter or a sign that no amount has (see `auditor.security.credentials`).
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
# Signatures are made from a secret: whoever sees one learns nothing of use, but no log needs it either.
# %E/ begins a path in a systemd unit, and no encoding.
_SIGNED = re.compile(
    r"((?:ok-access-\w+|[\w-]*api-?key|[\w-]*signature|[\w-]+-sign|authorization)"
    r"[\"']?\s*[:=]\s*[\"']?(?:basic |bearer )?)"
    r"(?!%E/)[\w+/=%.-]{16,}",
    re.IGNORECASE,
)
# HMAC-SHA256 and HMAC-SHA512 in base64 look like nothing else, should an exchange say one back without its name.
_DIGIT = r"(?:[\w+/-]|\\/|%2[bf])"
_END = "(?:=|%3d)"
_SIGNATURE = re.compile(
    rf"(?<![\w+/%=-])(?:{_DIGIT}{{43}}|{_DIGIT}{{86}}{_END}){_END}(?!{_END})", re.IGNORECASE | re.ASCII
)


class Redactor:
    """Replaces every secret that it has learnt, in any encoding, by ``***``."""

    def __init__(self) -> None:
        """Know no secret yet."""
        self._known: set[str] = set()
        self._beginnings: set[str] = set()
        self._plain = True
        self._pattern: re.Pattern[str] | None = None

    def learn(self, secret: str) -> None:
        """Filter this value (and its encodings) from now on. ``secret`` is the value itself."""
        forms = {form for form in _encodings(secret) if len(form) >= SHORTEST}
        self._known |= forms
        self._beginnings |= {form[:SHORTEST].lower() for form in forms}
        self._plain = self._plain and all(map(str.isascii, forms))
        self._pattern = None

    def text(self, text: str) -> str:
        """``text`` without secrets and signatures. Raises TypeError for bytes, by which click tells streams apart."""
        known = self._compiled().sub(MASK, text) if self._may_hold(text) else text
        return _SIGNATURE.sub(MASK, _SIGNED.sub(rf"\1{MASK}", known))

    def _compiled(self) -> re.Pattern[str]:
        """The pattern of all that was learnt, made when it is first needed: of many accounts' secrets it is large."""
        if self._pattern is None:
            longest_first = sorted(self._known, key=len, reverse=True)
            self._pattern = re.compile("|".join(map(re.escape, longest_first)) or "(?!)", re.IGNORECASE)
        return self._pattern

    def _may_hold(self, text: str) -> bool:
        """Whether a secret begins somewhere in it. Only among ASCII is "in any case" the same as in lower case."""
        if not self._plain or not text.isascii():
            return True
        lower = text.lower()
        return any(lower[at : at + SHORTEST] in self._beginnings for at in range(len(lower) - SHORTEST + 1))

    def data(self, value: T) -> T:
        """``value`` with every text in it cleaned: dataclasses, mappings, sequences and sets, however deep.

        Renderers break lines and escape; what is cleaned before them cannot hide in two halves.
        """
        # The same is said of many places. Only for as long as this takes: what else is cleaned may be large.
        return cast(T, _cleaned(value, cache(self.text)))


class LogFilter(logging.Filter):
    """Cleans a record before a handler sees it, and leaves out tracebacks: their lines may show values."""

    def __init__(self, redactor: Redactor) -> None:
        """Filter with ``redactor``."""
        super().__init__()
        self._redactor = redactor

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, cleaned."""
        message = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            message = f"{message} ({type(record.exc_info[1]).__name__}: {record.exc_info[1]})"
        record.msg, record.args = self._redactor.text(message), None
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def _cleaned(value: Any, clean: Clean) -> Any:
    if isinstance(value, Message):
        return _message(value, clean)
    if isinstance(value, str):
        return value if isinstance(value, Enum) else clean(value)
    if isinstance(value, Mapping):
        return {_cleaned(key, clean): _cleaned(item, clean) for key, item in value.items()}
    if isinstance(value, tuple | list | frozenset | set):
        return type(value)(_cleaned(item, clean) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(value, **dict(_fields(value, clean)))
    return value


def _message(message: Message, clean: Clean) -> Message:
    """Clean the values; where only the whole sentence shows a secret, keep the cleaned sentence alone."""
    cleaned = dataclasses.replace(message, values=_cleaned(message.values, clean))
    sentence = str(cleaned)
    clean_sentence = clean(sentence)
    return cleaned if clean_sentence == sentence else verbatim(clean_sentence)


def _fields(value: Any, clean: Clean) -> Iterator[tuple[str, object]]:
    for field in dataclasses.fields(value):
        if field.init:
            yield field.name, _cleaned(getattr(value, field.name), clean)


def _encodings(secret: str) -> Iterator[str]:
    in_json = json.dumps(secret)[1:-1]
    plain = {secret, in_json, json.dumps(in_json)[1:-1], repr(secret)[1:-1], html.escape(secret)}
    plain |= {secret.replace('"', '""'), secret.encode().hex(), *_base64(secret.encode())}
    yield from plain
    yield from _quoted(plain)


def _base64(secret: bytes) -> Iterator[str]:
    """Yield the characters that the secret alone decides, wherever it starts in what was encoded (``key:secret``)."""
    for before in range(3):
        start, end = -(-before * 8 // 6), (before + len(secret)) * 8 // 6
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(bytes(before) + secret).decode()[start:end]


def _quoted(forms: Iterable[str]) -> Iterator[str]:
    for form in forms:
        yield quote(form)
        yield quote(form, safe="")
        yield quote_plus(form)


SECRETS = Redactor()
"""The process's own filter: credentials are learnt by it as they are read, and every sink asks it."""
