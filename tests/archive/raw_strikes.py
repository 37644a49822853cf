"""Faults in one file of an archive's raw answers, whatever the exchange: its rows are found where they stand."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from auditor.archive.raw import RawAnswer, answers, member, places

Rows = list[Any]
Edit = Callable[[Rows], Rows]
Pages = list[Rows]
NUMBER, NAME = "\0", "\0name"
"""What begins a number of JSON, whose digits are kept; the name under which a row stands in an object of rows."""
COUNTS = frozenset({"total", "totalCount", "totalNum", "totalRecords", "count"})


def decoded(text: str) -> Any:
    return json.loads(text, parse_float=lambda digits: NUMBER + digits)


def encoded(body: Any) -> str:
    return re.sub(r'"\\u0000([^"]*)"', r"\1", json.dumps(body))


def rows_in(body: Any) -> Rows:
    """The rows of an answer: the outermost list of objects, or object of objects; none where there is no such."""
    found = _place(body)
    return [] if found is None else _rows(_at(body, found))


def with_rows(body: Any, rows: Rows) -> Any:
    """The answer with other rows, and where there are none, with a count of none."""
    found = _place(body)
    assert found is not None
    return _replaced(body, found, rows)


def _place(body: Any) -> tuple[str, ...] | None:
    """The names under which the rows of an answer stand."""
    level: list[tuple[tuple[str, ...], Any]] = [((), body)]
    while level:
        for path, value in level:
            if isinstance(value, list) and any(isinstance(one, dict) for one in value):
                return path
            if path and isinstance(value, dict) and value and all(isinstance(one, dict) for one in value.values()):
                return path
        level = [
            ((*path, name), inner) for path, value in level if isinstance(value, dict) for name, inner in value.items()
        ]
    return None


def _at(body: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        body = body[name]
    return body


def _rows(value: Any) -> Rows:
    return [{NAME: name, **row} for name, row in value.items()] if isinstance(value, dict) else list(value)


def _replaced(body: Any, path: tuple[str, ...], rows: Rows) -> Any:
    if path:
        counts = {} if rows else {name: type(body[name])(0) for name in COUNTS & body.keys()}
        return {**body, path[0]: _replaced(body[path[0]], path[1:], rows), **counts}
    return dict(_named(rows)) if isinstance(body, dict) else rows


def _named(rows: Rows) -> Iterator[tuple[str, Any]]:
    """Each row by its name, one that comes again by another."""
    known = set[str]()
    for row in rows:
        name = row.get(NAME, "") if isinstance(row, dict) else "a text"
        name = f"{name[:-3]}AGA" if name in known else name
        known.add(name)
        yield name, {key: value for key, value in row.items() if key != NAME} if isinstance(row, dict) else row


@dataclass(frozen=True)
class RawFile:
    """A file of raw answers."""

    path: Path

    def read(self) -> list[RawAnswer]:
        """The answers, the one first that came first."""
        return [answer for _line, answer in answers(self.path, places(self.path), forward=True)]

    def write(self, kept: list[RawAnswer]) -> None:
        self.path.write_bytes(b"".join(map(member, kept)))

    def pages(self) -> Pages:
        """The rows of the answers that have any."""
        return [rows for one in self.read() if (rows := rows_in(decoded(one.body)))]

    @contextmanager
    def struck(self, edit: Callable[[Pages], Pages]) -> Iterator[None]:
        """The rows of all answers that have any are others while the block runs."""
        before, kept = self.path.read_bytes(), self.read()
        bodies = [decoded(one.body) for one in kept]
        with_any = [number for number, body in enumerate(bodies) if rows_in(body)]
        edited = edit([rows_in(bodies[number]) for number in with_any])
        for number, rows in zip(with_any, edited, strict=True):
            kept[number] = replace(kept[number], body=encoded(with_rows(bodies[number], rows)), sha256="")
        self.write(kept)
        try:
            yield
        finally:
            self.path.write_bytes(before)


def digits_of(value: Any) -> str:
    """The digits of an amount as it came, "" for what is none."""
    text = str(value).removeprefix(NUMBER) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return text if re.fullmatch(r"-?\d+(\.\d+)?", text) else ""


def with_digits(value: Any, digits: str) -> Any:
    """Other digits, written as a value was."""
    if isinstance(value, str):
        return f"{NUMBER}{digits}" if value.startswith(NUMBER) else digits
    return f"{NUMBER}{digits}"


def by_a_digit(digits: str) -> str:
    """The amount with another last digit."""
    step = Decimal(1).scaleb(int(Decimal(digits).as_tuple().exponent))
    return format(Decimal(digits) + (step if Decimal(digits) >= 0 else -step), "f")


def changed(row: Any, path: tuple[str, ...], edit: Callable[[Any], Any]) -> Any:
    """A row with another value at a place within it, of lists in their first item."""
    name, *rest = path
    if isinstance(row, list):
        return [changed(row[0], path, edit), *row[1:]]
    return {**row, name: changed(row[name], tuple(rest), edit) if rest else edit(row[name])}


def value_at(row: Any, path: tuple[str, ...]) -> Any:
    """The value at a place within a row, None where there is none."""
    for name in path:
        row = row[0] if isinstance(row, list) and row else row
        row = row.get(name) if isinstance(row, Mapping) else None
    return row
