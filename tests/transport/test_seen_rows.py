"""Which rows of a page are new: those that are not on the page before it, whatever they have in common with one."""

from typing import Any

import pytest

from auditor.transport.cursor_pagination import whole_numbers
from auditor.transport.seen_rows import PageBefore

Rows = list[Any]


def new_rows(*pages: Rows, key: str = "id") -> list[Rows]:
    before = PageBefore(key)
    return [before.new_rows(page) for page in pages]


def row(number: str, **more: Any) -> dict[str, Any]:
    return {"id": number, "change": "1", **more}


@pytest.mark.parametrize("key", ["id", "", "other"])
def test_a_row_that_two_pages_have_in_common_is_read_once(key: str) -> None:
    first, second = [row("3"), row("2")], [row("2"), row("1")]
    assert [first, [row("1")]] == new_rows(first, second, key=key)


@pytest.mark.parametrize("other", [{"change": "2"}, {"change": ["1"]}, {"more": "x"}])
def test_a_row_of_the_same_id_that_differs_in_anything_is_new(other: dict[str, Any]) -> None:
    second = [row("2", **other), row("1")]
    assert second == new_rows([row("3"), row("2")], second)[1]


def test_rows_of_one_id_are_each_compared() -> None:
    first, second = [row("2", n="1"), row("2", n="2")], [row("2", n="2"), row("2", n="3"), row("2", n="1")]
    assert [row("2", n="3")] == new_rows(first, second)[1]


@pytest.mark.parametrize("odd", [{"change": "1"}, {"id": None}, {"id": ["2"]}, "2", ["2"], None, "7"])
def test_a_row_without_an_id_is_compared_as_a_whole(odd: Any) -> None:
    assert [row("1"), row("0")] == new_rows([row("3"), odd], [odd, row("1"), row("0")])[1]


@pytest.mark.parametrize("odd", [{"change": "1"}, {"id": None}, {"id": 2}, {"id": ["2"]}, "2", ["2"], None])
def test_a_row_without_an_id_on_one_of_two_pages_hides_no_row_that_both_have(odd: Any) -> None:
    assert [odd] == new_rows([row("3"), row("2")], [row("2"), odd])[1]
    assert [row("1")] == new_rows([odd, row("2")], [row("2"), row("1")])[1]


def test_only_the_page_before_counts() -> None:
    assert [row("3")] == new_rows([row("3")], [row("2")], [row("3")])[2]


@pytest.mark.parametrize("odd", ["", " 2", "2.0", "-2", "\u0662", "x", "1" * 33, None, 2, ["2"]])
def test_a_page_with_one_number_that_is_none_is_looked_at_row_by_row(odd: Any) -> None:
    assert whole_numbers([{"n": "30"}, {"n": odd}, {"n": "1"}], "n") is None


@pytest.mark.parametrize("odd", [{}, "2", ["2"], None])
def test_a_page_with_a_row_that_has_no_number_is_looked_at_row_by_row(odd: Any) -> None:
    assert whole_numbers([{"n": "30"}, odd], "n") is None


def test_the_numbers_of_a_page_are_those_of_its_rows() -> None:
    assert [30, 7, 10**31] == whole_numbers([{"n": "30"}, {"n": "007"}, {"n": str(10**31)}], "n")
