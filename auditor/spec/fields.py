"""The strict fields of a row: how a table declares them, and what is not exactly understood.

A strict field is of its kind, and neither missing nor blank unless something proves that it holds nothing: the modes in
which the exchange documents it, the account's own configuration, or the row itself. What nothing proves is a doubt
beside what the other fields show. Every other field of a row is evidence and may have any value.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Self

from auditor.i18n import _, labelled, mark
from auditor.spec.blanks import Blank, always_blank, never_blank

_LOGGER = logging.getLogger(__name__)


class MalformedError(Exception):
    """An answer that is not exactly understood. The message names the field and its fault.

    ``settled_by``: ids of surfaces that show the same thing; ``rows``: rows that the answer shows all the same.
    """

    settled_by: tuple[str, ...] = ()
    rows: tuple[object, ...] = ()

    def about(self, name: str) -> Self:
        """Return the error with the name of its row in front."""
        named = type(self)(labelled(name, self.args[0]))
        named.settled_by, named.rows = self.settled_by, self.rows
        return named

    def beside(self, rows: Iterable[object]) -> Self:
        """Return the error with the rows that the answer shows all the same."""
        self.rows = tuple(rows)
        return self


class UndeclaredFieldError(MalformedError):
    """A reader used a field that it did not declare: an error of this program, never an empty field."""


def unreadable_row(error: Exception) -> MalformedError:
    """Return the doubt about a row that makes this program raise ``error``."""
    _LOGGER.debug("a row could not be read", exc_info=error)
    return MalformedError(_("a row could not be read ({kind})").format(kind=type(error).__name__))


class Kind(Enum):
    """The type of a strict field's value."""

    AMOUNT = mark("an amount")
    TEXT = mark("a text")
    TIME = mark("a time in milliseconds")
    FLAG = mark("true or false")
    ROWS = mark("a list of objects")
    OBJECT = mark("an object")
    TEXTS = mark("a list of texts")

    # Of each field of each row the parser is looked up: by what a member is, not by its name.
    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True)
class Field:
    """One strict field.

    ``of``: the strict fields of its rows or object; ``required`` False: it may be missing; ``proved_blank``: what
    proves that a field that is blank or missing holds nothing; ``settled_by``: ids of surfaces that show the same.
    """

    name: str
    kind: Kind
    blank: Blank = never_blank
    of: tuple["Field", ...] = ()
    required: bool = True
    proved_blank: Blank = never_blank
    settled_by: tuple[str, ...] = ()


def amount(
    name: str,
    blank: Blank = never_blank,
    *,
    proved_blank: Blank = never_blank,
    settled_by: tuple[str, ...] = (),
) -> Field:
    """Declare an exact decimal in ASCII digits, with or without an exponent."""
    return Field(name, Kind.AMOUNT, blank, proved_blank=proved_blank, settled_by=settled_by)


def optional_amount(name: str) -> Field:
    """Declare an amount that rows of some sites, modes or ages lack: it may be blank or missing, but counts."""
    return Field(name, Kind.AMOUNT, required=False, proved_blank=always_blank)


def text(name: str, blank: Blank = never_blank) -> Field:
    """Declare a text that is not empty: an asset, an id, a state."""
    return Field(name, Kind.TEXT, blank)


def optional_text(name: str) -> Field:
    """Declare a text that only some rows have: it may be blank or missing, but counts."""
    return Field(name, Kind.TEXT, required=False, proved_blank=always_blank)


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


def optional_inner(name: str, *of: Field) -> Field:
    """Declare an object that may be missing or null; one of another kind is a doubt, and the other fields are read."""
    return Field(name, Kind.OBJECT, of=of, required=False, proved_blank=always_blank)


def required(*, texts: str = "", amounts: str = "", times: str = "") -> tuple[Field, ...]:
    """Declare texts, exact decimals and times of milliseconds, each by their names with blanks between."""
    return (*map(text, texts.split()), *map(amount, amounts.split()), *map(time, times.split()))
