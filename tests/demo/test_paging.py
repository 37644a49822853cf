"""Pages and stretches of time, as all venues cut them."""

from __future__ import annotations

import pytest

from auditor.demo.pages import newest_first, page_after, page_by_number, page_by_offset, rows_where, rows_with

ROWS = [{"id": str(number), "state": "open" if number % 2 else "done"} for number in range(1, 6)]


def ids(rows: list[dict[str, str]]) -> list[str]:
    return [row["id"] for row in rows]


@pytest.mark.parametrize(
    ("number", "expected"), [(0, ["1", "2"]), (1, ["1", "2"]), (2, ["3", "4"]), (3, ["5"]), (4, [])]
)
def test_pages_are_counted_from_one(number: int, expected: list[str]) -> None:
    assert expected == ids(page_by_number(ROWS, number, 2))


def test_a_page_by_offset_begins_behind_so_many_rows() -> None:
    assert ["4", "5"] == ids(page_by_offset(ROWS, 3, 10))


@pytest.mark.parametrize(
    ("cursor", "expected"), [(None, ["1", "2"]), ("2", ["3", "4"]), ("5", []), ("no row's", ["1", "2"])]
)
def test_a_page_by_cursor_follows_the_row_that_is_named(cursor: str | None, expected: list[str]) -> None:
    assert expected == ids(page_after(ROWS, "id", cursor, 2))


@pytest.mark.parametrize(
    ("relation", "expected"), [("<", ["1"]), ("<=", ["1", "2"]), (">", ["3", "4", "5"]), (">=", ["2", "3", "4", "5"])]
)
def test_an_edge_is_within_or_without(relation: str, expected: list[str]) -> None:
    assert expected == ids(rows_where(ROWS, "id", relation, 2))


def test_a_filter_keeps_the_rows_with_its_value() -> None:
    assert ["2", "4"] == ids(rows_with(ROWS, {"state": "done"}))


def test_the_newest_row_stands_first() -> None:
    assert ["5", "4", "3", "2", "1"] == ids(newest_first(ROWS, lambda row: int(row["id"])))
