"""Cut lists into pages and time windows, in the ways that exchanges use."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

_RELATIONS: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


def page_by_number(rows: Sequence[Any], number: int, size: int) -> list[Any]:
    """Return one page of a list, counted from 1."""
    return page_by_offset(rows, (max(number, 1) - 1) * size, size)


def page_by_offset(rows: Sequence[Any], offset: int, size: int) -> list[Any]:
    """Return at most `size` rows, without the first `offset`."""
    return list(rows[offset : offset + size])


def page_after(rows: Sequence[Any], field: str, cursor: str | None, size: int) -> list[Any]:
    """Return the page that follows the row with `cursor` in `field`.

    The first page where no row has it.
    """
    ids = [row[field] for row in rows]
    return page_by_offset(rows, ids.index(cursor) + 1 if cursor in ids else 0, size)


def rows_where(rows: Sequence[Any], field: str, relation: str, edge: int) -> list[Any]:
    """Return the rows whose number in `field` is <, >, <= or >= `edge`."""
    holds = _RELATIONS[relation]
    return [row for row in rows if holds(read_number(row.get(field)), edge)]


def rows_with(rows: Sequence[Any], fields: Mapping[str, str]) -> list[Any]:
    """Return the rows that have these values, written as texts, in the fields of these names."""
    return [row for row in rows if all(str(row.get(name)) == value for name, value in fields.items())]


def newest_first(rows: Sequence[Any], key: Callable[[Any], int]) -> list[Any]:
    """Return the rows with the greatest time or id first."""
    return sorted(rows, key=key, reverse=True)


def read_number(value: Any) -> int:
    """Read a row's id or time; 0 for a row without one, so that it sorts last."""
    text = str(value or "")
    return int(text) if is_whole(text) else 0


def is_whole(text: str) -> bool:
    """Return whether a text is a whole number in plain digits."""
    return text.isascii() and text.isdigit()
