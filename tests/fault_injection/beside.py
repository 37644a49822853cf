"""Something good beside what is struck: a second row of the same place, and holdings at other places.

The second row is the sample's own row with another id, asset or market: whatever tells the rows of that place apart.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from auditor.demo import Account
from auditor.model.records import Area
from tests.exchanges.places import Table
from tests.exchanges.samples import NUMBER, TIME, ExchangeSamples, Row, Sample, ago

NEWEST = "7777777"
ANOTHER_ASSET = "QTUM"
QUOTES = ("-USDT-SWAP", "-USDT", "USDT", "USD_PERP")
NEIGHBOURS = (Area.BALANCES, Area.ORDERS)


@dataclass(frozen=True)
class Beside:
    """What stands beside the one thing: rows by path. ``marks``: texts that only the second row holds."""

    books: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    marks: tuple[str, ...] = ()

    def put_into(self, account: Account) -> Account:
        """The account with it; the newest first, as a history shows it."""
        books = {path: [*rows, *account.books.get(path, ())] for path, rows in self.books.items()}
        return account.with_(books={**account.books, **books})

    def is_in(self, row: Mapping[str, Any]) -> bool:
        """Whether this row of an answer is the second row."""
        told = json.dumps(row)
        return any(mark in told for mark in self.marks)


NOTHING_BESIDE = Beside()


def beside(table: Table, samples: ExchangeSamples, place: str, subjects: Iterable[str]) -> Beside:
    """What can stand beside the sample of this place, whose records have these ``subjects``."""
    sample = samples.all[place]
    books = {path: tuple(rows) for path, rows in _neighbours(table, samples, sample)}
    second, marks = _second_row(sample, tuple(subjects))
    return Beside({**books, **({sample.path: (second,)} if marks else {})}, marks)


def _neighbours(table: Table, samples: ExchangeSamples, sample: Sample) -> Iterator[tuple[str, list[Row]]]:
    """The first sample of each of some areas, unless it is the same place."""
    for area in NEIGHBOURS:
        fitting = (one for name, one in samples.samples.items() if table.surfaces[name].area is area and not one.mode)
        one = next(fitting)
        if one.path != sample.path:
            yield one.path, [deepcopy(row) for row in one.rows]


def _second_row(sample: Sample, subjects: tuple[str, ...]) -> tuple[Row, tuple[str, ...]]:
    """The sample's first row as another one, and the texts in which it differs; none where nothing tells them apart."""
    row: Row = deepcopy(dict(sample.rows[0]))
    marks: list[str] = []
    for name, value in (sample.finished or {}).items():
        if name in row and isinstance(value, str) and (NUMBER in value or TIME in value):
            row[name] = value.replace(NUMBER, NEWEST).replace(TIME, ago(0.5))
            marks += [row[name]] if NUMBER in value else []
    names = {told for subject in subjects for told in _names(row, subject)}
    chosen = next(filter(None, (set(filter(kind, names)) for kind in (_is_title, _is_code, str.isdigit, bool))), set())
    return (row, tuple(marks)) if marks else (row, tuple(_renamed(row, chosen)))


def _leaves(inside: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Each value that is no list or object, with what holds it and its name there."""
    places = inside.items() if isinstance(inside, dict) else enumerate(inside) if isinstance(inside, list) else ()
    for name, value in list(places):
        if isinstance(value, dict | list):
            yield from _leaves(value)
        elif isinstance(value, str | int) and not isinstance(value, bool):
            yield inside, name, value


def _names(row: Row, subject: str) -> Iterator[str]:
    """The texts of a row that its record is named by."""
    return (str(value) for _in, _name, value in _leaves(row) if len(str(value)) > 1 and str(value) in subject)


def _renamed(row: Row, names: set[str]) -> Iterator[str]:
    """Change each value that is one of these names, and yield what it is now."""
    for inside, name, value in _leaves(row):
        if str(value) in names:
            inside[name] = _other(value)
            yield str(inside[name])


def _is_title(name: str) -> bool:
    """Whether it is what people call a wallet, of which there is one by each name."""
    return " " in name


def _is_code(name: str) -> bool:
    """Whether it is an asset or a market."""
    return name.upper() == name and not name.isdigit() and name.replace("-", "").replace("_", "").isalnum()


def _other(value: str | int) -> str | int:
    told = str(value)
    if told.isdigit():
        number = "7" * max(len(told), len(NEWEST))
        return number if isinstance(value, str) else int(number)
    quote = next((quote for quote in QUOTES if told.endswith(quote) and told != quote), "")
    return ANOTHER_ASSET + quote if _is_code(told) else f"second-{told}"
