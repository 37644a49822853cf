"""Rows of a list as rows of an archive's table: which field of a row fills which column, declared in one text."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypedDict

from auditor.spec.fields import Field, optional_amount, text
from auditor.spec.history_tables import AMOUNTS, TABLES
from auditor.spec.parsed_row import Row
from auditor.spec.second_list import ListedRow
from auditor.spec.times import Unit, milliseconds

CONSTANT = "="
"""Begins what stands in a column that no field has."""


class InTable(TypedDict):
    """What a `SecondList` needs to know about its rows."""

    time: str
    unit: Unit
    fields: tuple[Field, ...]
    read: Callable[[Row], ListedRow]
    table: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowShape:
    """What the rows of a list are.

    ``number``: the fields that are a row's id together; ``time``: of its time, in ``unit``; ``moment``: declares it;
    ``table``: where it is written, as ``kind``; ``columns``: the field of each column, ``=word`` for one that no field
    has, ``list.field`` for one within a list of objects.
    """

    number: tuple[str, ...]
    time: str
    table: str
    kind: str
    columns: Mapping[str, str]
    unit: Unit = "ms"
    moment: Callable[[str], Field] = text

    @property
    def fields(self) -> tuple[Field, ...]:
        """The strict fields: an id, a time, and amounts, which may be blank."""
        amounts = {name for column, name in self.columns.items() if column in AMOUNTS and _is_field(name)}
        return (text(self.number[0]), self.moment(self.time), *map(optional_amount, sorted(amounts)))

    def read(self, row: Row) -> ListedRow:
        """Read a row."""
        return ListedRow(
            id="-".join(map(row.hint, self.number)),
            time=milliseconds(row.hint(self.time), self.unit),
            cells=tuple(self._cell(row, column) for column in TABLES[self.table]),
        )

    def arguments(self) -> InTable:
        """Return what a `SecondList` needs to know about its rows."""
        return {"time": self.time, "unit": self.unit, "fields": self.fields, "read": self.read, "table": self.table}

    def _cell(self, row: Row, column: str) -> str:
        name = self.columns.get(column, f"{CONSTANT}{self.kind}" if column == "kind" else CONSTANT)
        if name.startswith(CONSTANT):
            return name.removeprefix(CONSTANT)
        return row.hint(name) if _is_field(name) else _inner(row, name, is_amount=column in AMOUNTS)


def shape(
    table: str,
    kind: str,
    *,
    number: str,
    time: str,
    columns: str,
    unit: Unit = "ms",
    moment: Callable[[str], Field] = text,
) -> RowShape:
    """Return the shape of rows that become rows of a table, written as ``kind``.

    ``columns``: each as ``column:field``, with blanks between, or only ``column`` where the field has the same name;
    the last one counts where a column comes twice; ``number``: the fields of the id, with blanks between. Raises
    ValueError for a column that the table does not have.
    """
    return RowShape(
        number=tuple(number.split()),
        time=time,
        table=table,
        kind=kind,
        columns=dict(_columns(table, columns)),
        unit=unit,
        moment=moment,
    )


def in_table(
    table: str,
    kind: str,
    *,
    number: str,
    time: str,
    columns: str,
    unit: Unit = "ms",
    moment: Callable[[str], Field] = text,
) -> InTable:
    """Return what a `SecondList` needs to know about rows of a `shape`."""
    return shape(table, kind, number=number, time=time, columns=columns, unit=unit, moment=moment).arguments()


def _columns(table: str, words: str) -> Iterator[tuple[str, str]]:
    for word in words.split():
        column, _colon, field = word.partition(":")
        if column not in TABLES[table]:
            raise ValueError(word)
        yield column, field or column


def _is_field(name: str) -> bool:
    return "." not in name and not name.startswith(CONSTANT)


def _inner(row: Row, name: str, *, is_amount: bool) -> str:
    """Return a value within a list of objects: of all of them, or of the only one where it is an amount."""
    outer, _dot, inner = name.partition(".")
    items = row.raw.get(outer)
    found = [str(item.get(inner, "")) for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    if is_amount:
        return found[0] if len(found) == 1 else ""
    return ", ".join(dict.fromkeys(found))
