"""The strict fields of a row: how a table declares them, and how they are parsed.

A strict field is required, of its kind, and not blank unless the table says in which account modes or rows a blank is
normal. Every other field of a row is evidence and may have any value.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from auditor.i18n import _, mark
from auditor.model import amounts

T = TypeVar("T")
Raw = Mapping[str, object]
Blank = Callable[[Raw, str | None], bool]
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
LONGEST_TIME = 15


class MalformedError(Exception):
    """An answer that is not exactly understood. The message names the field and its fault."""


class UndeclaredFieldError(MalformedError):
    """A reader used a field that it did not declare: an error of this program, never an empty field."""


class Kind(Enum):
    """The type of a strict field's value."""

    AMOUNT = mark("an amount")
    NUMBER = mark("a number")
    TEXT = mark("a text")
    TIME = mark("a time in milliseconds")
    FLAG = mark("true or false")
    ROWS = mark("a list of objects")
    OBJECT = mark("an object")
    TEXTS = mark("a list of texts")


def never_blank(_row: Raw, _mode: str | None) -> bool:
    """Return False: a blank is never normal."""
    return False


def always_blank(_row: Raw, _mode: str | None) -> bool:
    """Return True: a blank, seen on real accounts or documented bodies, means "not applicable"."""
    return True


def blank_outside_modes(*modes: str) -> Blank:
    """Accept a blank in account modes other than these, and where the mode is unknown."""
    return lambda _row, mode: mode is None or mode not in modes


def blank_unless(field: str, value: str) -> Blank:
    """Accept a blank in rows whose ``field`` is not ``value``."""
    return lambda row, _mode: row.get(field) != value


@dataclass(frozen=True, slots=True)
class Field:
    """One strict field.

    ``of``: the strict fields of its rows or object; ``required`` False: it may be missing.
    """

    name: str
    kind: Kind
    blank: Blank = never_blank
    of: tuple["Field", ...] = ()
    required: bool = True


def amount(name: str, blank: Blank = never_blank) -> Field:
    """Declare an exact decimal in ASCII digits."""
    return Field(name, Kind.AMOUNT, blank)


def number(name: str) -> Field:
    """Declare an amount that is documented as a JSON number, which may have an exponent."""
    return Field(name, Kind.NUMBER)


def optional_amount(name: str) -> Field:
    """Declare an amount that the exchange retired or added recently: it may be blank or missing, but counts."""
    return Field(name, Kind.AMOUNT, always_blank, required=False)


def text(name: str, blank: Blank = never_blank) -> Field:
    """Declare a text that is not empty: an asset, an id, a state."""
    return Field(name, Kind.TEXT, blank)


def time(name: str, blank: Blank = never_blank) -> Field:
    """Declare a time in milliseconds since 1970, UTC."""
    return Field(name, Kind.TIME, blank)


def flag(name: str) -> Field:
    """Declare a JSON true or false."""
    return Field(name, Kind.FLAG)


def texts(name: str) -> Field:
    """Declare a list of texts, possibly empty."""
    return Field(name, Kind.TEXTS)


def rows(name: str, *of: Field) -> Field:
    """Declare a list of objects, each with the strict fields ``of``."""
    return Field(name, Kind.ROWS, never_blank, of)


def optional_rows(name: str, *of: Field) -> Field:
    """Declare a list of objects that may be missing, which counts as empty."""
    return Field(name, Kind.ROWS, never_blank, of, required=False)


def inner(name: str, *of: Field) -> Field:
    """Declare an object with the strict fields ``of``."""
    return Field(name, Kind.OBJECT, never_blank, of)


class Row:
    """One row of an answer with its strict fields parsed.

    Raises MalformedError for one that is not exactly understood.
    """

    __slots__ = ("_values", "mode", "raw")

    def __init__(self, raw: object, fields: tuple[Field, ...], mode: str | None = None) -> None:
        """Parse ``fields`` of ``raw`` for an account in ``mode`` (None: unknown)."""
        if not isinstance(raw, dict):
            raise MalformedError(_("a row is not an object"))
        self.raw: Raw = raw
        self.mode = mode
        self._values = {field.name: _parse(raw, field, mode) for field in fields}

    def amount(self, name: str) -> Decimal:
        """Return the amount in a strict field. Raises MalformedError for a blank: see `amount_or_none`."""
        return self._strict(name, Decimal)

    def amount_or_none(self, name: str) -> Decimal | None:
        """Return the amount in a strict field, or None for a documented blank."""
        return None if self._value(name) is None else self._strict(name, Decimal)

    def text(self, name: str) -> str:
        """The text in a strict field."""
        return self._strict(name, str)

    def time(self, name: str) -> datetime | None:
        """Return the time in a strict field, or None for a documented blank."""
        return None if self._value(name) is None else self._strict(name, datetime)

    def flag(self, name: str) -> bool:
        """Return the truth value in a strict field."""
        return self._strict(name, bool)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts in a strict field."""
        return tuple(self._strict(name, tuple))

    def rows(self, name: str) -> tuple["Row", ...]:
        """Return the rows in a strict field; none where the field is optional and missing."""
        return () if self._value(name) is None else tuple(self._strict(name, tuple))

    def inner(self, name: str) -> "Row":
        """Return the object in a strict field."""
        return self._strict(name, Row)

    def hint(self, name: str) -> str:
        """Return the text in a field of evidence, else "".

        It never decides whether something is empty.
        """
        value = self.raw.get(name)
        return value if isinstance(value, str) else ""

    def hint_amount(self, name: str) -> Decimal | None:
        """Return the amount in a field of evidence, else None.

        It never decides whether something is empty.
        """
        return amounts.parse(self.raw.get(name))

    def hint_time(self, name: str) -> datetime | None:
        """Return the time in a field of evidence, else None.

        It never decides whether something is empty.
        """
        return _moment(self.raw.get(name))

    def _strict(self, name: str, kind: type[T]) -> T:
        value = self._value(name)
        if not isinstance(value, kind):
            raise MalformedError(_("{name} is blank").format(name=name))
        return value

    def _value(self, name: str) -> object:
        if name not in self._values:
            raise UndeclaredFieldError(_("{name} is read and not declared").format(name=name))
        return self._values[name]


def _parse(raw: Raw, field: Field, mode: str | None) -> object:
    if field.name not in raw:
        if not field.required:
            return None
        raise MalformedError(_("{name} is missing").format(name=field.name))
    value = raw[field.name]
    if value == "" and field.kind in {Kind.AMOUNT, Kind.TEXT, Kind.TIME} and field.blank(raw, mode):
        return None
    parsed = _PARSERS[field.kind](value, field, mode)
    if parsed is None:
        problem = _("{name} is blank") if value == "" else _("{name} is not {kind}")
        raise MalformedError(problem.format(name=field.name, kind=_(field.kind.value)))
    return parsed


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str) or not value.isascii() or not value.isdigit() or len(value) > LONGEST_TIME:
        return None
    seconds = int(value) / 1000
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < LATEST.timestamp() else None


def _nested(value: object, field: Field, mode: str | None) -> tuple[Row, ...] | None:
    return tuple(Row(item, field.of, mode) for item in value) if isinstance(value, list) else None


def _inner(value: object, field: Field, mode: str | None) -> Row | None:
    return Row(value, field.of, mode) if isinstance(value, dict) else None


def _texts(value: object, _field: Field, _mode: str | None) -> tuple[str, ...] | None:
    return tuple(value) if isinstance(value, list) and all(isinstance(item, str) for item in value) else None


_PARSERS: Mapping[Kind, Callable[[object, Field, str | None], object]] = {
    Kind.AMOUNT: lambda value, _field, _mode: amounts.parse(value),
    Kind.NUMBER: lambda value, _field, _mode: amounts.number(value),
    Kind.TEXT: lambda value, _field, _mode: value if isinstance(value, str) and value.strip() else None,
    Kind.TIME: lambda value, _field, _mode: _moment(value),
    Kind.FLAG: lambda value, _field, _mode: value if isinstance(value, bool) else None,
    Kind.TEXTS: _texts,
    Kind.ROWS: _nested,
    Kind.OBJECT: _inner,
}
