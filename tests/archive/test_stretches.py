"""Rows of several lists go by in the order of time, in stretches of one list."""

import random
from itertools import accumulate, islice

import pytest

from auditor.archive import stretches as module
from auditor.archive.stretches import Sourced, stretches
from auditor.spec.second_list import ListedRow


def rows(times: list[int], name: str) -> list[Sourced]:
    return [ListedRow(id=f"{name}{place}", time=time, cells=()) for place, time in enumerate(times)]


def in_time(lists: list[list[Sourced]]) -> list[tuple[int, Sourced]]:
    """What stands at an earlier time than a row before it stands right behind that one."""
    timed = []
    for number, listed in enumerate(lists):
        times = accumulate((row.time for row in listed if isinstance(row, ListedRow)), max)
        timed += [(time, number, row) for time, row in zip(times, listed, strict=True)]
    return [(number, row) for _time, number, row in sorted(timed, key=lambda one: one[:2])]


@pytest.mark.parametrize("at_once", [1, 3, 100])
def test_rows_of_several_lists_are_in_the_order_of_time(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AT_ONCE", at_once)
    chosen = random.Random(at_once)
    for _time in range(40):
        lists = [rows([chosen.randrange(12) for _row in range(chosen.randrange(9))], name) for name in "abcd"]
        found = list(stretches([iter(one) for one in lists]))

        assert in_time(lists) == [(number, row) for number, stretch in found for row in stretch]
        for number in range(len(lists)):
            of_list = [stretch for one, stretch in found if one == number]
            assert [False] * (len(of_list) - 1) + [True] == [not stretch for stretch in of_list]


def test_rows_that_no_other_lies_between_go_by_together() -> None:
    sources = [iter(rows([1, 2, 9], "a")), iter(rows([3, 4], "b"))]

    assert [(0, 2), (1, 2), (1, 0), (0, 1), (0, 0)] == [
        (number, len(stretch)) for number, stretch in stretches(sources)
    ]


def test_a_row_of_a_time_beyond_all_comes_last_and_its_list_ends() -> None:
    found = list(islice(stretches([iter(rows([1, 10**30], "a")), iter(rows([2], "b"))]), 9))
    assert [(0, 1), (1, 1), (1, 0), (0, 1), (0, 0)] == [(number, len(stretch)) for number, stretch in found]
