"""Reading a list to its last page: every row, or the loss is noticed."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from auditor.spec.endpoint import Cursor, Query
from auditor.transport.cursor_pagination import Fetch, PageLostError, cursor_pages, row_key
from auditor.transport.pagination import unique_rows

NOW = datetime(2026, 5, 4, tzinfo=UTC)
Row = dict[str, Any]
Change = Callable[[int, list[Row]], list[Row]]


@dataclass
class Exchange:
    """A list on an exchange. ``cap``: rows it gives at most, whatever it is asked for; ``change``: after each page."""

    rows: list[Row]
    key: str = "id"
    cap: int = 100
    inclusive: bool = False
    ordered: Callable[[list[Row]], list[Row]] = list
    change: Change = lambda _count, rows: rows
    asked: list[Mapping[str, str]] = field(default_factory=list)

    async def fetch(self, params: Mapping[str, str]) -> list[object]:
        self.asked.append(params)
        below = int(params["after"]) if "after" in params else None
        newest = sorted(self.rows, key=lambda row: int(row[self.key]), reverse=True)
        page = [row for row in newest if below is None or self._older(row, below)]
        page = page[: min(int(params["limit"]), self.cap)]
        self.rows = self.change(len(self.asked), self.rows)
        return list(self.ordered(page))

    def _older(self, row: Row, below: int) -> bool:
        return int(row[self.key]) <= below if self.inclusive else int(row[self.key]) < below


def read(exchange: Exchange, size: int = 100, back: timedelta | None = None) -> list[Any]:
    return asyncio.run(read_all(exchange.fetch, Query(back=back), Cursor(cursor="after", key=exchange.key, size=size)))


async def read_all(fetch: Fetch, query: Query, cursor: Cursor) -> list[Any]:
    pages = [page async for page in cursor_pages(fetch, query, cursor, NOW)]
    return unique_rows(row for page in pages for row in page)


def with_ids(ids: Sequence[int]) -> list[Row]:
    return [{"id": str(number), "what": f"row {number}"} for number in ids]


def at_times(times: Sequence[int]) -> list[Row]:
    return [{"id": str(index), "ts": str(time)} for index, time in enumerate(times)]


def ids(rows: Sequence[Any]) -> list[str]:
    return sorted(row["id"] for row in rows)


SIZES = st.integers(1, 7)


@given(st.sets(st.integers(0, 60), max_size=40), SIZES, SIZES, st.booleans())
def test_a_list_by_id_is_read_whole_whatever_the_size_of_its_pages(
    numbers: set[int], size: int, cap: int, inclusive: bool
) -> None:
    exchange = Exchange(with_ids([10 * number for number in sorted(numbers)]), cap=cap, inclusive=inclusive)
    assume(min(size, cap) > 1)
    assert ids(exchange.rows) == ids(read(exchange, size))


@given(st.sets(st.integers(0, 60), min_size=2), SIZES, st.booleans())
def test_pages_of_one_row_are_noticed(numbers: set[int], size: int, inclusive: bool) -> None:
    with pytest.raises(PageLostError):
        read(Exchange(with_ids(sorted(numbers)), cap=1, inclusive=inclusive), size)


@given(st.lists(st.integers(0, 9), max_size=30), SIZES, SIZES, st.booleans())
def test_a_list_by_time_is_read_whole_or_the_loss_is_noticed(
    times: list[int], size: int, cap: int, inclusive: bool
) -> None:
    exchange = Exchange(at_times(times), key="ts", cap=cap, inclusive=inclusive)
    # Rows of one time that fill a page shorter than was asked for look like the end of the list to anybody.
    assume(cap >= size or all(times.count(time) < cap for time in times))
    try:
        found = read(exchange, size)
    except PageLostError:
        return
    assert ids(exchange.rows) == ids(found)


@given(st.lists(st.integers(0, 50), unique=True, max_size=40), st.integers(2, 7), st.data())
def test_the_order_of_the_rows_within_a_page_does_not_matter(
    numbers: list[int], size: int, data: st.DataObject
) -> None:
    cap = data.draw(st.integers(2, 7))
    shuffled = lambda page: data.draw(st.permutations(page))  # noqa: E731 - a step of this very test
    exchange = Exchange(with_ids(numbers), cap=cap, ordered=shuffled)
    try:
        found = read(exchange, size)
    except PageLostError:
        return
    assert ids(exchange.rows) == ids(found)


@given(st.integers(2, 40), st.integers(2, 7))
def test_a_list_that_gives_its_oldest_rows_first_is_not_taken_for_read(count: int, size: int) -> None:
    rows = with_ids(range(count))

    async def fetch(params: Mapping[str, str]) -> list[object]:
        below = int(params.get("after", count + 1))
        left: list[object] = [row for row in rows if int(row["id"]) < below]
        return left[: int(params["limit"])]

    paging = Cursor(cursor="after", key="id", size=size)
    try:
        found = asyncio.run(read_all(fetch, Query(), paging))
    except PageLostError:
        assert count >= size
        return
    assert ids(rows) == ids(found)


@given(st.sets(st.integers(0, 60), max_size=30), st.integers(2, 6), st.integers(1, 5), st.sets(st.integers(61, 90)))
def test_rows_that_are_added_meanwhile_lose_no_other(old: set[int], size: int, when: int, new: set[int]) -> None:
    change: Change = lambda count, rows: [*rows, *with_ids(sorted(new))] if count == when else rows  # noqa: E731
    exchange = Exchange(with_ids(sorted(old)), change=change)
    assert {str(number) for number in old} <= set(ids(read(exchange, size)))


@given(st.sets(st.integers(0, 60), max_size=30), st.integers(2, 6), st.integers(1, 5), st.data())
def test_rows_that_are_removed_meanwhile_lose_no_other_or_it_is_noticed(
    numbers: set[int], size: int, when: int, data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.sampled_from(sorted(numbers)))) if numbers else set()
    left = [row for row in with_ids(sorted(numbers)) if int(row["id"]) not in gone]
    exchange = Exchange(with_ids(sorted(numbers)), change=lambda count, rows: left if count == when else rows)
    try:
        found = read(exchange, size)
    except PageLostError:
        return
    assert set(ids(left)) <= set(ids(found))


def test_the_row_between_two_pages_must_come_again() -> None:
    exchange = Exchange(with_ids(range(10)), change=lambda _count, rows: [r for r in rows if r["id"] != "7"])
    with pytest.raises(PageLostError, match="did not begin where"):
        read(exchange, 3)


def test_a_page_that_comes_again_is_noticed() -> None:
    async def fetch(_params: Mapping[str, str]) -> list[object]:
        return [*with_ids([9, 8, 7])]

    with pytest.raises(PageLostError, match="came again"):
        asyncio.run(read_all(fetch, Query(), Cursor(cursor="after", key="id", size=3)))


def test_an_empty_page_in_the_middle_is_noticed() -> None:
    pages = [with_ids([9, 8, 7]), []]

    async def fetch(_params: Mapping[str, str]) -> list[object]:
        return [*pages.pop(0)]

    with pytest.raises(PageLostError, match="did not begin where"):
        asyncio.run(read_all(fetch, Query(), Cursor(cursor="after", key="id", size=3)))


def test_a_full_page_of_one_time_is_noticed() -> None:
    with pytest.raises(PageLostError, match="came again"):
        read(Exchange(at_times([5] * 8), key="ts"), 3)


def test_as_many_rows_of_one_time_as_fit_an_unexpectedly_short_page_are_noticed() -> None:
    with pytest.raises(PageLostError, match="too short"):
        read(Exchange(at_times([6, 5, 5, 5, 5]), key="ts", cap=3), 100)


def test_a_row_of_the_last_time_that_only_a_page_of_its_own_shows_is_noticed() -> None:
    with pytest.raises(PageLostError, match="too short"):
        read(Exchange(at_times([4, 4, 3, 3, 3]), key="ts", cap=4, inclusive=True), 100)


def test_the_row_next_below_the_cursor_is_not_passed_over() -> None:
    with pytest.raises(PageLostError, match="too short"):
        read(Exchange(with_ids([9, 8]), cap=1, inclusive=True), 100)


def test_older_rows_behind_an_unexpectedly_short_page_of_one_time_are_noticed() -> None:
    with pytest.raises(PageLostError, match="too short"):
        read(Exchange(at_times([5, 5, 4]), key="ts", cap=2), 100)


@pytest.mark.parametrize("number", ["", "56802********64032", "-5", "\uff11\uff12", "1.5", "0x10", "9" * 5000])
def test_a_full_page_with_an_id_that_is_no_number_is_noticed(number: str) -> None:
    async def fetch(_params: Mapping[str, str]) -> list[object]:
        return [{"id": "8"}, {"id": number}]

    with pytest.raises(PageLostError, match="no id to go on from"):
        asyncio.run(read_all(fetch, Query(), Cursor(cursor="after", key="id", size=2)))


@pytest.mark.parametrize("longest", [10**31, 10**32 - 1])
def test_an_id_may_have_thirty_two_digits(longest: int) -> None:
    assert 3 == len(read(Exchange(with_ids(range(longest - 2, longest + 1))), size=2))


@pytest.mark.parametrize("rows", [[{"id": "568****32"}], [{"name": "x"}], ["text"], [{"id": None}, {"id": "****"}]])
def test_a_short_page_without_ids_to_go_on_from_is_the_end(rows: list[object]) -> None:
    asked = []

    async def fetch(params: Mapping[str, str]) -> list[object]:
        asked.append(params)
        return rows

    found = asyncio.run(read_all(fetch, Query(), Cursor(cursor="after", key="id")))
    assert (rows, 1) == (found, len(asked))


def test_prices_that_change_with_every_answer_do_not_keep_a_list_going() -> None:
    moving = lambda count, rows: [{**row, "markPx": str(count)} for row in rows]  # noqa: E731 - a step of this test
    exchange = Exchange(with_ids(range(7)), change=moving)
    found = read(exchange, 3)
    assert ({str(number) for number in range(7)}, 4) == (set(ids(found)), len(exchange.asked))


def test_an_answer_that_never_changes_is_one_page_when_it_is_short() -> None:
    async def fetch(_params: Mapping[str, str]) -> list[object]:
        return [*with_ids([123456, 1234567])]

    found = asyncio.run(read_all(fetch, Query(), Cursor(cursor="after", key="id")))
    assert ["123456", "1234567"] == ids(found)


def test_a_list_is_read_no_further_back_than_it_says() -> None:
    day = 86_400_000
    today = int(NOW.timestamp() * 1000)
    exchange = Exchange(at_times([today - days * day for days in range(10)]), key="ts")
    found = read(exchange, 3, back=timedelta(days=4))
    assert {"0", "1", "2", "3", "4"} <= set(ids(found)) < {str(number) for number in range(10)}


def test_every_page_is_asked_with_the_parameters_of_its_list() -> None:
    exchange = Exchange(with_ids(range(5)))
    paging = Cursor(cursor="after", key="id", size=2)
    asyncio.run(read_all(exchange.fetch, Query(params={"state": "live"}), paging))
    assert {("live", "2")} == {(params["state"], params["limit"]) for params in exchange.asked}


VALUES = st.recursive(
    st.none() | st.booleans() | st.sampled_from(["", "0", "1", "true", "null", "[]"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abc"), inner, max_size=2),
    max_leaves=4,
)
ROWS = st.dictionaries(st.sampled_from("abc"), VALUES, max_size=3)


@given(ROWS, ROWS)
def test_rows_count_as_one_only_when_every_field_is_equal(one: Row, other: Row) -> None:
    assert (one == other) == (row_key(one) == row_key(other))


@given(ROWS)
def test_the_order_of_a_rows_fields_says_nothing(row: Row) -> None:
    assert row_key(row) == row_key(dict(reversed(row.items())))


def test_what_is_no_object_is_told_apart_as_well() -> None:
    assert len({row_key(row) for row in ("a", "b", None, ["a"], ["b"], [])}) == 6
