"""A row of an answer with its strict fields parsed. Every other field of it is evidence and may have any value."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from auditor.i18n import _
from auditor.model import amounts
from auditor.model.texts import LONGEST_NAME, REPLACEMENT, shorten
from auditor.spec.blanks import UNKNOWN_SETUP, AccountSetup, Raw
from auditor.spec.fields import Field, Kind, MalformedError, UndeclaredFieldError

T = TypeVar("T")
# What a text counts as that is not understood: no state and no asset has this name.
UNKNOWN_TEXT = "?"
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
LATEST_SECOND = LATEST.timestamp()
LONGEST_TIME = 15


class Row:
    """One row of an answer with its strict fields parsed.

    Raises MalformedError for one that is not exactly understood. With a list of ``doubts`` it adds the error of a field
    to them instead, so that the other fields are still reported: such an amount counts as zero, a text as "?".
    """

    __slots__ = ("_odd", "_values", "doubts", "raw", "setup")

    def __init__(
        self,
        raw: object,
        fields: tuple[Field, ...],
        setup: AccountSetup = UNKNOWN_SETUP,
        doubts: list[MalformedError] | None = None,
    ) -> None:
        """Parse ``fields`` of ``raw`` for an account that is set up so."""
        if not isinstance(raw, dict):
            raise MalformedError(_("a row is not an object"))
        self.raw: Raw = raw
        self.setup = setup
        self.doubts = doubts
        self._odd: set[str] = set()
        before = 0 if doubts is None else len(doubts)
        self._values: dict[str, object] = {}
        for field in fields:
            name = field.name
            value = raw.get(name)
            # Most values are such, and nothing about blanks is to be looked up.
            parsed = _PLAIN[field.kind](value) if value and isinstance(value, str) else None
            self._values[name] = self._parsed(field) if parsed is None else parsed
        if doubts is not None and len(doubts) > before:
            doubts[before:] = self._named(doubts[before:], fields)

    def amount(self, name: str) -> Decimal:
        """Return the amount in a strict field. Raises MalformedError for a blank: see `amount_or_none`."""
        value = self._values.get(name)
        return value if isinstance(value, Decimal) else self._strict(name, Decimal)

    def amount_or_none(self, name: str) -> Decimal | None:
        """Return the amount in a strict field, or None for a documented blank."""
        return None if self._value(name) is None else self._strict(name, Decimal)

    def is_understood(self, name: str) -> bool:
        """Return whether a strict field has its own value, not one in place of what was not understood."""
        return name not in self._odd

    def text(self, name: str) -> str:
        """The text in a strict field."""
        value = self._values.get(name)
        return value if isinstance(value, str) else self._strict(name, str)

    def text_or_none(self, name: str) -> str | None:
        """Return the text in a strict field; None where the field is optional and there is none."""
        return None if self._value(name) is None else self._strict(name, str)

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

    def inner_or_none(self, name: str) -> "Row | None":
        """Return the object in a strict field; None where the field is optional and there is none."""
        return None if self._value(name) is None else self._strict(name, Row)

    def hint(self, name: str) -> str:
        """Return the text in a field of evidence, else "".

        It never decides whether something is empty.
        """
        value = self.raw.get(name)
        return value if isinstance(value, str) else ""

    def hints(self, *names: str) -> tuple[str, ...]:
        """Return the texts in fields of evidence: see `hint`."""
        values = map(self.raw.get, names)
        return tuple([value if isinstance(value, str) else "" for value in values])

    def hint_amount(self, name: str) -> Decimal | None:
        """Return the amount in a field of evidence, else None: see `hint`."""
        return amounts.parse(self.raw.get(name))

    def hint_time(self, name: str) -> datetime | None:
        """Return the time in a field of evidence, else None: see `hint`."""
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

    def _named(self, doubts: list[MalformedError], fields: tuple[Field, ...]) -> list[MalformedError]:
        """Return the doubts about this row with its asset or id in front, where it has one."""
        texts = (self._values[field.name] for field in fields if field.kind is Kind.TEXT)
        name = next((text for text in texts if isinstance(text, str) and text != UNKNOWN_TEXT), None)
        return doubts if name is None else [doubt.about(name) for doubt in doubts]

    def _parsed(self, field: Field) -> object:
        try:
            return _parse(self, field)
        except MalformedError as error:
            if self.doubts is None:
                raise
            # Another place settles what is left out, never what is written and not understood.
            value = self.raw.get(field.name)
            if value is None or value == "":
                error.settled_by = error.settled_by or field.settled_by
            self.doubts.append(error)
            self._odd.add(field.name)
            if field.kind is not Kind.OBJECT:
                return _UNKNOWN[field.kind]
            return _nothing_of(field) if field.required else None


def _parse(row: Row, field: Field) -> object:
    value = row.raw.get(field.name)
    is_missing, is_blank = field.name not in row.raw, value is None or value == ""
    if (is_missing and not field.required) or (is_blank and field.proved_blank(row.raw, row.setup)):
        return None
    if is_missing:
        raise MalformedError(_("{name} is missing").format(name=field.name))
    if value == "" and field.kind in _MAY_BE_BLANK and field.blank(row.raw, row.setup):
        return None
    parsed = _PARSERS[field.kind](value, field, row)
    if parsed is None:
        problem = _("{name} is blank") if is_blank else _("{name} is not {kind}")
        raise MalformedError(problem.format(name=field.name, kind=_(field.kind.value)))
    return parsed


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str) or not value.isascii() or not value.isdigit() or len(value) > LONGEST_TIME:
        return None
    seconds = int(value) / 1000
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < LATEST_SECOND else None


def _text(value: object) -> str | None:
    """Return a text of sane length; None for anything else, also for one of which the decoder lost a letter."""
    if not isinstance(value, str) or not value or value.isspace() or REPLACEMENT in value:
        return None
    return value if len(value) <= LONGEST_NAME else shorten(value, LONGEST_NAME)


def _nested(value: object, field: Field, row: Row) -> tuple[Row, ...] | None:
    if not isinstance(value, list):
        return None
    return tuple(inner for item in value if (inner := _nested_row(item, field, row)) is not None)


def _nested_row(item: object, field: Field, row: Row) -> Row | None:
    try:
        return Row(item, field.of, row.setup, row.doubts)
    except MalformedError as error:
        if row.doubts is None:
            raise
        row.doubts.append(error)
        return None


def _inner(value: object, field: Field, row: Row) -> Row | None:
    return Row(value, field.of, row.setup, row.doubts) if isinstance(value, dict) else None


def _nothing_of(field: Field) -> Row:
    """Return what an object counts as that is not understood: one in which every field is blank."""
    return Row({}, tuple(replace(inner, required=False) for inner in field.of), doubts=[])


def _texts(value: object, _field: Field, _row: Row) -> tuple[str, ...] | None:
    return tuple(value) if isinstance(value, list) and all(isinstance(item, str) for item in value) else None


_PARSERS: Mapping[Kind, Callable[[object, Field, Row], object]] = {
    Kind.AMOUNT: lambda value, _field, _row: amounts.parse(value),
    Kind.TEXT: lambda value, _field, _row: _text(value),
    Kind.TIME: lambda value, _field, _row: _moment(value),
    Kind.FLAG: lambda value, _field, _row: value if isinstance(value, bool) else None,
    Kind.TEXTS: _texts,
    Kind.ROWS: _nested,
    Kind.OBJECT: _inner,
}
# The same for a text, which is no list and no object.
_PLAIN: Mapping[Kind, Callable[[str], object]] = {
    **dict.fromkeys(Kind, lambda _value: None),
    Kind.AMOUNT: amounts.parse,
    Kind.TEXT: _text,
    # Rows of one moment come one after another.
    Kind.TIME: lru_cache(1024)(_moment),
}
_MAY_BE_BLANK = frozenset({Kind.AMOUNT, Kind.TEXT, Kind.TIME})
# What a field counts as whose value is not understood.
_UNKNOWN: Mapping[Kind, object] = {
    Kind.AMOUNT: Decimal(0),
    Kind.TEXT: UNKNOWN_TEXT,
    Kind.TIME: None,
    Kind.FLAG: False,
    Kind.TEXTS: (),
    Kind.ROWS: (),
}
