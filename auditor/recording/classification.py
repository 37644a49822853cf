"""Tell what a value is, and so how it is replaced. Only what is known to be harmless is kept.

It is known by the table's fields, by the words of the exchange's API, by its field's name and by its form. Whatever
no rule names is replaced: a number as an amount, anything else as a text.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from auditor.recording import field_names as names
from auditor.recording.exact_json import Number
from auditor.recording.kinds import ADDRESS, CODE_OF_ASSET, EMAIL, MOMENT, NUMERIC, URL, ValueKind, ValuePlace
from auditor.recording.matching import time_param, unix_seconds
from auditor.spec.fields import Kind as FieldKind

NAME_OF_NETWORK = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 ().+_/-]{1,24}", re.ASCII)
WORD_OF_STATE = re.compile(r"[A-Za-z]+[0-9]{0,2}(?:[_-][A-Za-z]+[0-9]{0,2})*", re.ASCII)
FIELD_NAME = re.compile(r"[a-z][A-Za-z]*(?:[_-][a-z]+)*[0-9]{0,2}|[A-Z][a-z]+(?:[A-Z][a-z]+)*", re.ASCII)
# A small x ends the code of a tokenised stock: TSLAx.
CODE_KEY = re.compile(r"(?=.*[A-Z])[A-Z0-9]{2,10}x?(?:[._/-][A-Z0-9]{1,6})?", re.ASCII)
LONGEST_STATE = 32
LONGEST_PAGE_NUMBER = 2
# The most digits of a number that stands for a state, of one in a request, of a count, of an error's code; the fewest
# of a number that can only be an id.
SHORT, PARAM_DIGITS, COUNT_DIGITS, CODE_DIGITS, LONG_ID = 3, 4, 5, 7, 12
MILLISECONDS = 13
SENTINEL = "-1"
FIGURES = frozenset({FieldKind.AMOUNT})


@dataclass(frozen=True, slots=True)
class Value:
    """One value with its field's name and place, and what the table and the API's words say about it."""

    name: str
    text: str
    place: ValuePlace
    declared: frozenset[FieldKind]
    words: frozenset[str]

    @property
    def head(self) -> str:
        """The last word of its field's name."""
        return names.head(self.name)

    @property
    def digits(self) -> str:
        """Its digits where it has nothing else but a sign, else an empty text."""
        plain = self.text.removeprefix("-")
        return plain if plain.isascii() and plain.isdigit() else ""

    @property
    def is_count(self) -> bool:
        """Whether it is a whole number without a sign."""
        return bool(self.digits) and self.digits == self.text

    @property
    def parts(self) -> list[str]:
        """The words of a list with commas."""
        return [part.strip() for part in self.text.split(",")]

    @property
    def is_time(self) -> bool:
        """Whether it is a moment as a number, by its field's name or since it can be nothing else."""
        whole, _dot, rest = self.text.partition(".")
        if self.declared & FIGURES or unix_seconds(whole) is None:
            return False
        by_name = FieldKind.TIME in self.declared or names.is_any(self.name, names.TIME)
        return by_name or (len(whole) == MILLISECONDS and not rest and self.head not in names.ID)


Rule = tuple[ValueKind, Callable[[Value], object]]


def _is_code(value: Value) -> bool:
    return value.head in names.CODE and (value.place.failed or value.place.top) and 0 < len(value.digits) <= CODE_DIGITS


def _is_state(value: Value) -> bool:
    if not 0 < len(value.digits) <= SHORT or value.head in names.ID or value.declared & FIGURES:
        return False
    return value.head in names.STATE or (FieldKind.TEXT in value.declared and value.head not in names.PERSONAL)


def _is_page_number(value: Value) -> bool:
    """Return whether a cursor is the number of a page, or the 0 that ends a list: neither says whose list it is."""
    return value.head in names.CURSOR and value.text.isdigit() and len(value.text) <= LONGEST_PAGE_NUMBER


def _is_nothing(value: Value) -> bool:
    return value.text == SENTINEL or not Decimal(value.text)


def _is_moment(value: Value) -> bool:
    return value.is_time or (value.place.param and time_param(value.name, value.text) is not None)


def _is_row_count(value: Value) -> bool:
    counted = value.place.counted and value.head in names.COUNT and value.is_count
    return counted and (isinstance(value.text, Number) or len(value.text) <= COUNT_DIGITS) and not _is_figure(value)


def _is_page_size(value: Value) -> bool:
    return value.place.param and value.is_count and len(value.text) <= PARAM_DIGITS and value.head not in names.ID


def _is_figure(value: Value) -> bool:
    return bool(value.declared & FIGURES) and not isinstance(value.text, Number)


def _is_persons_id(value: Value) -> bool:
    named = names.is_any(value.name, names.PERSON_ID) or (value.text[:1] == "0" and _is_id(value))
    return value.is_count and named


def _is_id(value: Value) -> bool:
    return value.is_count and (value.head in names.ID or len(value.text) >= LONG_ID or value.place.param)


def _is_reference(value: Value) -> bool:
    return value.place.reference and names.is_any(value.name, names.REFERENCE)


NUMBERS: tuple[Rule, ...] = (
    (ValueKind.KEPT, _is_code),
    (ValueKind.KEPT, _is_page_number),
    (ValueKind.NAME, lambda value: value.head in names.CURSOR),
    (ValueKind.KEPT, _is_nothing),
    (ValueKind.KEPT, _is_state),
    (ValueKind.TIME, _is_moment),
    (ValueKind.KEPT, _is_row_count),
    # Before amounts: a page has its size, as a position has.
    (ValueKind.KEPT, _is_page_size),
    (ValueKind.AMOUNT, lambda value: value.declared & FIGURES),
    (ValueKind.NAME, _is_persons_id),
    (ValueKind.ID, _is_id),
    (ValueKind.KEPT, _is_reference),
    (ValueKind.NAME, lambda value: value.head in names.PERSONAL and FieldKind.TEXT in value.declared),
)


def _is_known(value: Value) -> bool:
    return all(part in value.words for part in value.parts)


def _is_word_of_state(value: Value) -> bool:
    short = len(value.text) <= LONGEST_STATE or len(value.parts) > 1
    return short and value.head in names.STATE and all(WORD_OF_STATE.fullmatch(part) for part in value.parts)


def _all(form: re.Pattern[str]) -> Callable[[Value], bool]:
    return lambda value: all(form.fullmatch(part) for part in value.parts)


TEXTS: tuple[Rule, ...] = (
    (ValueKind.KEY, lambda value: value.head == "key" and names.is_any(value.name, names.OF_KEYS)),
    (ValueKind.KEPT, lambda value: value.head in names.MESSAGE and value.text in value.words),
    (ValueKind.KEPT, lambda value: value.place.failed and value.head in names.CODE and value.text in value.words),
    (ValueKind.MESSAGE, lambda value: value.head in names.MESSAGE),
    (ValueKind.URL, _all(URL)),
    (ValueKind.EMAIL, _all(EMAIL)),
    (ValueKind.IP, _all(ADDRESS)),
    (ValueKind.KEPT, lambda value: value.head in names.ASSET and CODE_OF_ASSET.fullmatch(value.text)),
    (ValueKind.KEPT, lambda value: value.head in names.NETWORK and NAME_OF_NETWORK.fullmatch(value.text)),
    (ValueKind.KEPT, lambda value: value.place.reference and value.head in names.REFERENCE),
    (ValueKind.NAME, lambda value: names.is_personal(value.name) and not value.place.param),
    (ValueKind.KEPT, _is_known),
    (ValueKind.KEPT, _is_word_of_state),
)


@dataclass(frozen=True, slots=True)
class Classifier:
    """Tells what the values of one exchange's answers are.

    ``declared``: the kinds that the table gives the fields of a name; ``words``: those of the API.
    """

    declared: Mapping[str, frozenset[FieldKind]]
    words: frozenset[str]

    def kind(self, name: str, text: str, place: ValuePlace) -> ValueKind:
        """Return the kind of a text or number in the field ``name``."""
        value = Value(name, text, place, self.declared.get(name, frozenset()), self.words)
        if not text.strip():
            return ValueKind.KEPT
        if MOMENT.fullmatch(text):
            return ValueKind.TIME
        if place.public:
            return ValueKind.TIME if value.is_time else ValueKind.KEPT
        if NUMERIC.fullmatch(text):
            return _first(NUMBERS, value) or ValueKind.AMOUNT
        return _first(TEXTS, value) or ValueKind.NAME


def _first(rules: tuple[Rule, ...], value: Value) -> ValueKind | None:
    return next((kind for kind, applies in rules if applies(value)), None)


def is_field_name(key: str, words: frozenset[str], *, in_map: bool) -> bool:
    """Return whether a key of an object is a word of the API and no value.

    ``in_map``: all that the object holds are objects, so that its keys may be values.
    """
    if key in words or CODE_KEY.fullmatch(key):
        return True
    return not in_map and bool(FIELD_NAME.fullmatch(key))
