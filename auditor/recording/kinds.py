"""What a value of an answer is, and so how it is replaced. Only what is known to be harmless is kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from auditor.i18n import mark
from auditor.recording import field_names as names
from auditor.recording.exact_json import Number
from auditor.recording.matching import time_param, unix_seconds
from auditor.spec.fields import Kind as FieldKind

NUMERIC = re.compile(r"[+-]?[0-9]{1,64}(?:\.[0-9]{1,64})?(?:[eE][+-]?[0-9]{1,2})?", re.ASCII)
EMAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+", re.ASCII)
ADDRESS = re.compile(r"(?<![0-9.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![0-9.])|(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{0,4}")
URL = re.compile(r"[a-z]{2,10}://\S+", re.ASCII)
MOMENT = re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9](?:[T ][0-2][0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?)?Z?(?:\+00:?00)?")
CODE_OF_ASSET = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9$]{1,24}(?:[-_/:.+][A-Za-z0-9]{1,16}){0,5}", re.ASCII)
NAME_OF_NETWORK = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 ().+_/-]{1,24}", re.ASCII)
WORD_OF_STATE = re.compile(r"[A-Za-z]+[0-9]{0,2}(?:[_ -][A-Za-z]+[0-9]{0,2})*", re.ASCII)
LONGEST_STATE = 32
SHORT, CODE_DIGITS, COUNT_DIGITS, LONG_ID = 3, 7, 5, 12
MILLISECONDS = 13


class Kind(Enum):
    """How a value is replaced; the word is how the user is told."""

    KEPT = mark("kept")
    AMOUNT = mark("amounts")
    TIME = mark("times")
    ID = mark("ids")
    NAME = mark("names, labels, addresses and other texts")
    KEY = mark("API keys")
    EMAIL = mark("e-mail addresses")
    IP = mark("IP addresses")
    URL = mark("links")
    MESSAGE = mark("messages")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands.

    ``public``: in an answer that is the same for everybody; ``reference``: in a list of coins or markets; ``failed``:
    in an error; ``counted``: beside a list; ``root``: the answer itself; ``top``: directly in it; ``param``: among the
    parameters of a request.
    """

    public: bool = False
    reference: bool = False
    failed: bool = False
    counted: bool = False
    root: bool = False
    top: bool = False
    param: bool = False


@dataclass(frozen=True, slots=True)
class Classifier:
    """Tells what a value is, by the table's fields, by words that are known, by its field's name and by its form."""

    declared: Mapping[str, frozenset[FieldKind]]
    words: frozenset[str]

    def kind(self, name: str, value: str, place: Place) -> Kind:
        """Return the kind of a text or number in the field ``name``."""
        if not value.strip() or place.public:
            return self._public(name, value)
        if NUMERIC.fullmatch(value):
            return self._number(name, value, place)
        if MOMENT.fullmatch(value):
            return Kind.TIME
        return self._text(name, value, place)

    def _public(self, name: str, value: str) -> Kind:
        is_time = MOMENT.fullmatch(value) or self._is_time(name, value)
        return Kind.TIME if is_time and value.strip() else Kind.KEPT

    def _is_time(self, name: str, value: str) -> bool:
        known = self.declared.get(name, frozenset[FieldKind]())
        whole, _dot, rest = value.partition(".")
        if known & {FieldKind.AMOUNT, FieldKind.NUMBER} or unix_seconds(whole) is None:
            return False
        by_name = FieldKind.TIME in known or names.is_any(name, names.TIME)
        return by_name or (len(whole) == MILLISECONDS and not rest and names.head(name) not in names.ID)

    def _number(self, name: str, value: str, place: Place) -> Kind:
        last, known = names.head(name), self.declared.get(name, frozenset[FieldKind]())
        if last in names.CODE and (place.failed or place.top) and len(value.lstrip("-")) <= CODE_DIGITS:
            return Kind.KEPT
        digits = value.isdigit()
        if last in names.CURSOR:
            return Kind.NAME
        if self._is_state(name, value.lstrip("-"), known):
            return Kind.KEPT
        if not Decimal(value) and (digits or "." in value or isinstance(value, Number)) or value == "-1":
            return Kind.KEPT
        if self._is_time(name, value) or (place.param and time_param(name, value) is not None):
            return Kind.TIME
        if isinstance(value, Number) and digits and place.counted and last in names.COUNT:
            return Kind.KEPT
        if known & {FieldKind.AMOUNT, FieldKind.NUMBER}:
            return Kind.AMOUNT
        if digits and self._is_harmless_count(name, value, place):
            return Kind.KEPT
        if digits and (last in names.ID or names.is_any(name, names.PERSON_ID) or len(value) >= LONG_ID):
            return Kind.NAME if names.is_any(name, names.PERSON_ID) or value[0] == "0" else Kind.ID
        if place.reference and names.is_any(name, names.REFERENCE):
            return Kind.KEPT
        if last in names.PERSONAL and FieldKind.TEXT in known:
            return Kind.NAME
        return Kind.ID if place.param and digits else Kind.AMOUNT

    def _is_harmless_count(self, name: str, value: str, place: Place) -> bool:
        last = names.head(name)
        if place.param and len(value) <= COUNT_DIGITS - 1 and last not in names.ID:
            return True
        return len(value) <= COUNT_DIGITS and last in names.COUNT and place.counted

    def _is_state(self, name: str, digits: str, known: frozenset[FieldKind]) -> bool:
        last = names.head(name)
        if not digits.isdigit() or len(digits) > SHORT or last in names.ID or FieldKind.AMOUNT in known:
            return False
        return last in names.STATE or (FieldKind.TEXT in known and last not in names.PERSONAL)

    def _text(self, name: str, value: str, place: Place) -> Kind:
        last = names.head(name)
        if last == "key" and names.is_any(name, names.OF_KEYS):
            return Kind.KEY
        if place.failed and value in self.words and last in names.CODE | names.MESSAGE:
            return Kind.KEPT
        if last in names.MESSAGE:
            return Kind.KEPT if value in self.words else Kind.MESSAGE
        for kind, form in ((Kind.URL, URL), (Kind.EMAIL, EMAIL), (Kind.IP, ADDRESS)):
            if all(form.fullmatch(part.strip()) for part in value.split(",")):
                return kind
        if last in names.ASSET and CODE_OF_ASSET.fullmatch(value):
            return Kind.KEPT
        if last in names.NETWORK and NAME_OF_NETWORK.fullmatch(value):
            return Kind.KEPT
        if place.reference and last in names.REFERENCE:
            return Kind.KEPT
        if names.is_personal(name) and not place.param:
            return Kind.NAME
        return Kind.KEPT if self._is_harmless_text(last, value) else Kind.NAME

    def _is_harmless_text(self, last: str, value: str) -> bool:
        parts = [part.strip() for part in value.split(",")]
        if all(part in self.words for part in parts):
            return True
        short = len(value) <= LONGEST_STATE or len(parts) > 1
        return short and last in names.STATE and all(WORD_OF_STATE.fullmatch(part) for part in parts)

    def with_words(self, more: frozenset[str]) -> "Classifier":
        """Return a classifier that knows ``more`` words."""
        return replace(self, words=self.words | more)


FIELD_NAME = re.compile(r"[a-z][A-Za-z]*(?:[_-][a-z]+)*[0-9]{0,2}|[A-Z][a-z]+(?:[A-Z][a-z]+)*", re.ASCII)
CODE_KEY = re.compile(r"[A-Z0-9]{2,10}(?:[._/-][A-Z0-9]{1,6})?", re.ASCII)


def is_field_name(key: str, words: frozenset[str], *, in_map: bool) -> bool:
    """Return whether a key of an object is a word of the API and no value.

    ``in_map``: the object's values are all alike, so that its keys may be values.
    """
    if key in words:
        return True
    if in_map:
        return bool(CODE_KEY.fullmatch(key)) and not key.isdigit()
    return bool(FIELD_NAME.fullmatch(key)) or (bool(CODE_KEY.fullmatch(key)) and not key.isdigit())
