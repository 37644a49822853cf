"""The vocabulary of files that the user adds: which columns a format has, and how a row of it is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timezone
from decimal import Decimal

from auditor.archive.imports.heading import Heading, clean
from auditor.archive.times import milliseconds_of
from auditor.i18n import _
from auditor.model import amounts
from auditor.spec.fields import MalformedError
from auditor.spec.ledger import LedgerEntry

LARGEST_ID = (1 << 63) - 1
"""What eight bytes hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFormat:
    """One kind of file.

    ``ledger``: the id of the list that it is a part of; ``columns``: by which it is known, in
    small letters; ``is_quarter``: it has every row of one quarter of a calendar; ``is_zoned``: its times are those of a
    zone that its heading may name, to the second; ``is_rounded``: its amounts are.
    """

    id: str
    ledger: str
    columns: frozenset[str]
    read: Callable[["Cells", Heading], LedgerEntry]
    is_quarter: bool = False
    is_zoned: bool = False
    is_rounded: bool = False


class Cells:
    """The cells of one row by the names of their columns. Of two columns with one name the last counts."""

    __slots__ = ("_cells",)

    def __init__(self, columns: Sequence[str], row: Sequence[str]) -> None:
        """Raise MalformedError for a row with more or fewer cells than there are columns."""
        if len(row) != len(columns):
            raise MalformedError(_("it has {count} cells, not {wanted}").format(count=len(row), wanted=len(columns)))
        self._cells: Mapping[str, str] = dict(zip(columns, row, strict=True))

    def hint(self, *names: str) -> str:
        """Return the first of these cells that there is, else ""."""
        return next((clean(self._cells[name]) for name in names if name in self._cells), "")

    def text(self, *names: str) -> str:
        """Return the first of these cells that there is. Raises MalformedError for a blank."""
        text = self.hint(*names)
        if not text:
            raise MalformedError(_("{name} is blank").format(name=names[0]))
        return text

    def amount(self, name: str) -> Decimal:
        """Return an exact amount. Raises MalformedError."""
        amount = amounts.parse(self.text(name))
        if amount is None:
            raise MalformedError(_("{name} is not an amount").format(name=name))
        return amount

    def number(self, name: str) -> int:
        """Return a whole number, such as an id. Raises MalformedError."""
        text = self.text(name)
        if not (text.isascii() and text.isdigit()) or len(text) > len(str(LARGEST_ID)) or int(text) > LARGEST_ID:
            raise MalformedError(_("{name} is not a whole number").format(name=name))
        return int(text)

    def moment(self, name: str, zone: timezone | None) -> int:
        """Return a time to the second as Unix milliseconds, in UTC where no zone is known. Raises MalformedError."""
        try:
            moment = datetime.fromisoformat(self.text(name))
        except ValueError:
            raise MalformedError(_("{name} is not a time").format(name=name)) from None
        return milliseconds_of(moment if moment.tzinfo is not None else moment.replace(tzinfo=zone or UTC))


def columns_of(row: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns as formats are known by."""
    return tuple(clean(cell).casefold() for cell in row)
