"""Kinds of faults: in a row, in a page, in the answers of one list, and refusals."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from auditor.demo.faults import Call, Reply
from auditor.spec.fields import Field, Kind
from auditor.spec.ledger import Ledger
from auditor.spec.paged_list import PagedList
from auditor.spec.second_list import SecondList
from auditor.spec.summed import ChangeList
from tests.archive.raw_strikes import (
    NAME,
    Pages,
    Rows,
    by_a_digit,
    changed,
    digits_of,
    value_at,
    with_digits,
    with_rows,
)
from tests.archive.raw_strikes import rows_in as rows_of_answer

Path_ = tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """A row of a list: ``page`` and ``row`` count from the newest or the oldest, as the exchange gives them."""

    listed: PagedList
    page: int
    row: int

    @property
    def fields(self) -> tuple[Field, ...]:
        assert isinstance(self.listed, Ledger | ChangeList | SecondList)
        return self.listed.fields

    def of_kind(self, row: Any, *kinds: Kind) -> list[Path_]:
        """Where a row has strict fields of a kind, also in its lists and objects."""
        return [path for path, kind in _paths(self.fields, ()) if kind in kinds and value_at(row, path) is not None]

    def amounts(self, row: Any) -> list[Path_]:
        """Where a row has amounts."""
        named = self.of_kind(row, Kind.AMOUNT) or [("amount", "amount")]
        return [path for path in named if digits_of(value_at(row, path))]


def _paths(fields: tuple[Field, ...], before: Path_) -> Iterator[tuple[Path_, Kind]]:
    for field in fields:
        yield (*before, field.name), field.kind
        yield from _paths(field.of, (*before, field.name))


RowEdit = Callable[[Any, Place], list[Rows]]
"""Returns what may stand in place of a row, a list of rows each: for each amount, another one."""


def _each_amount(edit: Callable[[Any], Any], *, nonzero: bool = False) -> RowEdit:
    def edits(row: Any, place: Place) -> list[Rows]:
        paths = (path for path in place.amounts(row) if not nonzero or Decimal(digits_of(value_at(row, path))))
        return [[changed(row, path, edit)] for path in paths]

    return edits


def _again(row: Any, place: Place) -> list[Rows]:
    """A row that comes a second time, with another id where it has one."""
    if NAME in row:
        return [[row, row]]
    # Some tables count rows by a key that they make of the id.
    key = place.listed.key if place.listed.key in row else "id"
    other = {**row, key: with_digits(row[key], str(int(digits_of(row[key])) + 1))} if digits_of(row.get(key)) else None
    text = {**row, key: f"{row[key]}7"} if key and isinstance(row.get(key), str) else None
    return [[row, other or text]] if other or text else []


def _blank(row: Any, place: Place) -> list[Rows]:
    return [[changed(row, path, lambda _value: "")] for path in place.of_kind(row, Kind.TEXT, Kind.TIME)]


def _another_text(row: Any, place: Place) -> list[Rows]:
    """Another coin, state, side or type."""
    return [[changed(row, path, lambda _value: "DOGE")] for path in place.of_kind(row, Kind.TEXT)]


ROW_FAULTS: Mapping[str, RowEdit] = {
    "lost": lambda _row, _place: [[]],
    "twice": lambda row, _place: [[row, row]],
    "again": _again,
    "another digit": _each_amount(lambda value: with_digits(value, by_a_digit(digits_of(value)))),
    "another sign": _each_amount(lambda value: with_digits(value, _turned(digits_of(value))), nonzero=True),
    "a float": _each_amount(lambda value: float(digits_of(value)) * 1.01 + 0.001),
    "no amount": _each_amount(lambda _value: None),
    "blank": _blank,
    "another text": _another_text,
    "a text": lambda _row, _place: [["a text"]],
}


class PageEdit(Protocol):
    """Returns the pages of a list with a fault in one of them, by its number."""

    def __call__(self, pages: Pages, /, number: int) -> Pages: ...


PAGE_FAULTS: Mapping[str, PageEdit] = {
    "page lost": lambda pages, number: with_page(pages, number, []),
    "page short": lambda pages, number: with_page(pages, number, pages[number][: len(pages[number]) // 2]),
    "page short at its beginning": lambda pages, number: with_page(
        pages, number, pages[number][len(pages[number]) // 2 :]
    ),
    "page repeated": lambda pages, number: with_page(pages, number, pages[number - 1]),
    "page out of order": lambda pages, number: with_page(pages, number, pages[number][::-1]),
    "page of another account": lambda pages, number: with_page(pages, number, [*map(_foreign, pages[number])]),
    "ends early": lambda pages, number: [page if at < number else [] for at, page in enumerate(pages)],
    "begins late": lambda pages, number: [page if at > number else [] for at, page in enumerate(pages)],
}


def _turned(digits: str) -> str:
    return digits[1:] if digits.startswith("-") else f"-{digits}"


def with_page(pages: Pages, number: int, rows: Rows) -> Pages:
    return [rows if at == number else page for at, page in enumerate(pages)]


def _foreign(row: Any) -> Any:
    """A row of another account: every number in it is another."""
    if not isinstance(row, dict):
        return row
    return {
        name: with_digits(value, f"{digits_of(value)}1") if digits_of(value) else value for name, value in row.items()
    }


REFUSALS = {"429": Reply(429, {}), "503": Reply(503, {}), "401": Reply(401, {}), "cut": Reply(cut=True)}
ANSWERS: Mapping[str, Callable[[Any], Any]] = {
    "without rows": lambda body: with_rows(body, []),
    "without the last row": lambda body: with_rows(body, rows_of_answer(body)[:-1]),
    "with a row twice": lambda body: with_rows(body, rows_of_answer(body)[:1] + rows_of_answer(body)),
    "of another shape": lambda _body: {"code": 0},
}


@dataclass
class Serving:
    """A fault of the exchange at one list: ``edit`` of its answers with rows, or a refusal from the second one on."""

    path: str
    edit: Callable[[Any], Any] | None = None
    refusal: Reply | None = None
    asked: int = 0
    struck: int = 0

    def __call__(self, call: Call) -> Reply | None:
        if not call.path.strip("/").endswith(self.path.strip("/")):
            return None
        self.asked += 1
        if self.refusal is None:
            return Reply(edit=self._edited)
        self.struck += self.asked > 1
        return self.refusal if self.asked > 1 else None

    def _edited(self, body: Any) -> Any:
        assert self.edit is not None
        self.struck += bool(rows_of_answer(body))
        return self.edit(body) if rows_of_answer(body) else body
