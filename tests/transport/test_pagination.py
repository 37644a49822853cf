"""Lists by page number, by offset and by windowes of time: every row once, or a page that was lost."""

import asyncio
import gc
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from weakref import WeakSet

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.spec.endpoint import Cursor, Endpoint, Limit, Numbered, Offset, Query, Windows
from auditor.spec.fields import MalformedError
from auditor.spec.rows import list_rows, rows_in
from auditor.transport import pagination
from auditor.transport.cursor_pagination import PageLostError
from auditor.transport.pagination import read_list, stream

NOW = datetime(2026, 11, 23, tzinfo=UTC)
Row = dict[str, str]
Answer = Callable[[Mapping[str, str]], object]
BASE = Endpoint(path="list", limit=Limit(1, 1), source="a test")
COUNTED = replace(BASE, pagination=Numbered(size=3), rows=rows_in("rows"))
UNCOUNTED = replace(BASE, pagination=Numbered(size=3, total=None), rows=rows_in("rows"))
SKIPPING = replace(BASE, pagination=Offset(size=3), rows=list_rows)


def rows(count: int) -> list[Row]:
    return [{"id": str(number)} for number in range(count)]


def read(endpoint: Endpoint, answer: Answer, query: Query | None = None) -> list[Any]:
    async def ask(params: Mapping[str, str]) -> object:
        return answer(params)

    return asyncio.run(read_list(ask, endpoint, query or Query(), NOW))


def pages(there: list[Row]) -> Answer:
    """An exchange that pages by number."""

    def answer(params: Mapping[str, str]) -> object:
        first = (int(params["current"]) - 1) * int(params["size"])
        return {"rows": there[first : first + int(params["size"])], "total": str(len(there))}

    return answer


def offsets(there: list[Row]) -> Answer:
    """An exchange that pages by offset."""
    return lambda params: there[int(params["offset"]) :][: int(params["limit"])]


@given(st.integers(0, 20))
def test_every_row_comes_once_whatever_the_paging(count: int) -> None:
    there = rows(count)
    assert there == read(COUNTED, pages(there)) == read(UNCOUNTED, pages(there)) == read(SKIPPING, offsets(there))


def test_one_question_is_enough_where_the_exchange_counts() -> None:
    asked: list[str] = []

    def answer(params: Mapping[str, str]) -> object:
        asked.append(params["current"])
        return pages(rows(3))(params)

    assert rows(3) == read(COUNTED, answer)
    assert ["1"] == asked


def test_rows_that_are_alike_on_one_page_all_count() -> None:
    twice = [{"id": "1"}, {"id": "1"}]
    assert twice == read(COUNTED, pages(twice))


def grows(params: Mapping[str, str]) -> object:
    return pages(rows(5 if params["current"] == "1" else 6))(params)


def shrinks(params: Mapping[str, str]) -> object:
    return pages(rows(4 if params["current"] == "1" else 3))(params)


def shifts(params: Mapping[str, str]) -> object:
    """A new row at the top and an old one gone: the count stays, and a row comes twice."""
    there = rows(5) if params["current"] == "1" else [{"id": "new"}, *rows(4)]
    return pages(there)(params)


def empties(params: Mapping[str, str]) -> object:
    return {"rows": rows(3) if params["current"] == "1" else [], "total": "5"}


def repeats(_params: Mapping[str, str]) -> object:
    return {"rows": rows(3), "total": "7"}


def comes_back(params: Mapping[str, str]) -> object:
    """The third page is the first one again."""
    first = 3 if params["current"] == "2" else 0
    return {"rows": rows(6)[first : first + 3], "total": "9"}


@pytest.mark.parametrize("answer", [grows, shrinks, shifts, empties, repeats, comes_back])
def test_a_counted_list_that_moves_or_loses_a_page_is_not_a_short_one(answer: Answer) -> None:
    with pytest.raises(PageLostError):
        read(COUNTED, answer)


@pytest.mark.parametrize("answer", [shifts, repeats, comes_back])
def test_an_uncounted_list_that_moves_or_repeats_is_not_a_short_one(answer: Answer) -> None:
    with pytest.raises(PageLostError):
        read(UNCOUNTED, answer)


@pytest.mark.parametrize("total", [None, "", "-1", "1.0", "many", "\uff11", 3])
def test_a_count_that_is_none_is_not_understood(total: object) -> None:
    with pytest.raises(MalformedError):
        read(COUNTED, lambda _params: {"rows": [], "total": total})


def test_every_page_is_asked_for_as_many_rows_as_the_first() -> None:
    asked: list[tuple[str, str]] = []

    def answer(params: Mapping[str, str]) -> object:
        asked.append((params["current"], params["size"]))
        return pages(rows(7))(params)

    assert rows(7) == read(UNCOUNTED, answer)
    assert [("1", "3"), ("2", "3"), ("3", "3"), ("4", "3")] == asked


INSIDE = replace(COUNTED, pagination=Numbered(size=3, total="page.total"))


def test_a_count_may_lie_inside_an_object() -> None:
    assert rows(2) == read(INSIDE, lambda _params: {"rows": rows(2), "page": {"total": "2"}})
    with pytest.raises(PageLostError):
        read(INSIDE, lambda _params: {"rows": [], "page": {"total": "2"}})


@pytest.mark.parametrize("page", [None, [], "total", {}, {"total": {}}])
def test_a_count_that_is_not_where_it_must_be_is_not_understood(page: object) -> None:
    with pytest.raises(MalformedError):
        read(INSIDE, lambda _params: {"rows": rows(2), "page": page, "total": "2"})


def test_an_endless_list_ends() -> None:
    with pytest.raises(PageLostError):
        read(UNCOUNTED, lambda params: {"rows": [{"id": f"{params['current']}-{n}"} for n in range(3)]})


@pytest.mark.parametrize(
    "answer",
    [
        lambda _params: rows(3),
        lambda params: rows(3) if params["offset"] == "0" else [],
        lambda params: rows(3) if params["offset"] == "0" else [{"id": "other"}],
    ],
)
def test_an_offset_that_leads_elsewhere_is_a_page_lost(answer: Answer) -> None:
    with pytest.raises(PageLostError):
        read(SKIPPING, answer)


def capped(most: int, answer: Answer, limit: str) -> Answer:
    """An exchange that gives at most so many rows, whatever it is asked for."""
    return lambda params: answer({**params, limit: str(min(most, int(params[limit])))})


@pytest.mark.parametrize("most", [2, 3, 5])
@given(st.integers(0, 30))
def test_every_row_comes_where_the_exchange_gives_fewer_than_it_is_asked_for(most: int, count: int) -> None:
    there = rows(count)
    wide = replace(SKIPPING, pagination=Offset(size=10))
    assert there == read(wide, capped(most, offsets(there), "limit"))
    for endpoint in (COUNTED, UNCOUNTED):
        wide = replace(endpoint, pagination=replace(endpoint.pagination, size=10))  # type: ignore[type-var]
        assert there == read(wide, capped(most, pages(there), "size"))


@given(st.integers(0, 30))
def test_every_row_comes_where_pages_are_as_far_apart_as_was_asked_and_shorter(count: int) -> None:
    there = rows(count)

    def answer(params: Mapping[str, str]) -> object:
        first = (int(params["current"]) - 1) * int(params["size"])
        return {"rows": there[first : first + min(4, int(params["size"]))], "total": str(count)}

    for endpoint in (COUNTED, UNCOUNTED):
        assert there == read(replace(endpoint, pagination=replace(endpoint.pagination, size=10)), answer)  # type: ignore[type-var]


def test_a_list_that_gives_one_row_at_a_time_is_a_page_lost() -> None:
    with pytest.raises(PageLostError):
        read(SKIPPING, capped(1, offsets(rows(3)), "limit"))


@pytest.mark.parametrize("endpoint", [SKIPPING, UNCOUNTED])
def test_an_exchange_that_knows_no_pages_gives_its_whole_list_again(endpoint: Endpoint) -> None:
    """As long as it is short: a full one that comes again may go on."""
    there = rows(2)
    assert there == read(endpoint, lambda _params: there if endpoint is SKIPPING else {"rows": there})


def test_an_empty_list_takes_one_question() -> None:
    asked: list[Mapping[str, str]] = []

    def answer(params: Mapping[str, str]) -> object:
        asked.append(params)
        return []

    assert [] == read(SKIPPING, answer)
    assert 1 == len(asked)


WINDOWED = replace(BASE, windows=Windows(span=timedelta(days=10), first=NOW - timedelta(days=95)))


def windowes(query: Query) -> list[tuple[int, int]]:
    asked: list[tuple[int, int]] = []

    def answer(params: Mapping[str, str]) -> object:
        asked.append((int(params["startTime"]), int(params["endTime"])))
        return []

    read(WINDOWED, answer, query)
    return sorted(asked)


@pytest.mark.parametrize(("back", "expected"), [(None, 95), (timedelta(days=25), 25), (timedelta(days=500), 95)])
def test_windowes_cover_the_time_without_a_gap(back: timedelta | None, expected: int) -> None:
    asked = windowes(Query(back=back))
    now = int(NOW.timestamp() * 1000)
    assert (now - expected * 86_400_000, now) == (asked[0][0], asked[-1][1])
    assert [end for _start, end in asked[:-1]] == [start for start, _end in asked[1:]]
    assert max(end - start for start, end in asked) <= 10 * 86_400_000


def test_a_refusal_of_the_newest_window_is_not_asked_for_again() -> None:
    asked: list[str] = []

    def answer(params: Mapping[str, str]) -> object:
        asked.append(params["endTime"])
        raise MalformedError("no")

    with pytest.raises(MalformedError):
        read(WINDOWED, answer)
    assert [str(int(NOW.timestamp() * 1000))] == asked


def test_a_row_at_the_seam_of_two_windowes_comes_once() -> None:
    assert [{"id": "1"}] == read(WINDOWED, lambda _params: [{"id": "1"}])


def test_each_window_is_paged_by_itself() -> None:
    endpoint = replace(SKIPPING, windows=WINDOWED.windows)

    def answer(params: Mapping[str, str]) -> object:
        return offsets([{"id": f"{params['startTime']}-{n}"} for n in range(7)])(params)

    assert 7 * 3 == len(read(endpoint, answer, Query(back=timedelta(days=25))))


def by_time(there: list[Row]) -> Answer:
    """An exchange that pages by a cursor, newest first, inside the window that it is asked for."""

    def answer(params: Mapping[str, str]) -> object:
        first, last = int(params.get("startTime", 0)), int(params.get("endTime", 10**15))
        below = min(last, int(params.get("after", 10**15)))
        newest = sorted((row for row in there if first <= int(row["ts"]) < below), key=lambda row: -int(row["ts"]))
        return newest[: int(params["limit"])]

    return answer


BY_CURSOR = replace(BASE, pagination=Cursor(cursor="after", key="ts", size=3), rows=list_rows)


@pytest.mark.parametrize("endpoint", [BY_CURSOR, replace(BY_CURSOR, windows=WINDOWED.windows)])
def test_a_list_by_cursor_is_read_to_its_end_in_each_window(endpoint: Endpoint) -> None:
    now = int(NOW.timestamp() * 1000)
    there = [{"ts": str(now - hours * 3_600_000)} for hours in range(1, 600, 7)]

    found = read(endpoint, by_time(there), Query(back=timedelta(days=25)))

    assert [row["ts"] for row in there] == sorted((row["ts"] for row in found), reverse=True)


def test_a_list_without_pages_is_asked_once() -> None:
    asked: list[Mapping[str, str]] = []

    def answer(params: Mapping[str, str]) -> object:
        asked.append(params)
        return rows(3)

    assert (rows(3), [{"state": "live"}]) == (read(BASE, answer, Query(params={"state": "live"})), asked)


def streamed(endpoint: Endpoint, answer: Answer, query: Query | None = None) -> list[list[Any]]:
    async def ask(params: Mapping[str, str]) -> object:
        return answer(params)

    async def read_pages() -> list[list[Any]]:
        return [page async for page in stream(ask, endpoint, query or Query(), NOW)]

    return asyncio.run(read_pages())


@given(st.integers(0, 20))
def test_a_list_that_is_handed_on_page_by_page_has_every_row_once(count: int) -> None:
    there = rows(count)
    for endpoint, answer in ((COUNTED, pages(there)), (UNCOUNTED, pages(there)), (SKIPPING, offsets(there))):
        assert there == [row for page in streamed(endpoint, answer) for row in page]


def test_pages_by_cursor_are_handed_on_without_the_rows_in_which_they_overlap() -> None:
    now = int(NOW.timestamp() * 1000)
    there = [{"ts": str(now - hours * 3_600_000)} for hours in range(1, 600, 7)]
    windowed = replace(BY_CURSOR, windows=WINDOWED.windows)
    found = [row for page in streamed(windowed, by_time(there), Query(back=timedelta(days=25))) for row in page]
    assert there == found


def test_a_page_that_is_lost_ends_the_pages_that_are_handed_on() -> None:
    with pytest.raises(PageLostError):
        streamed(SKIPPING, lambda params: rows(3) if params["offset"] == "0" else [])


def offsets_without_end(params: Mapping[str, str]) -> object:
    first = int(params["offset"])
    return [{"id": str(number)} for number in range(first, first + int(params["limit"]))]


def cursors_without_end(params: Mapping[str, str]) -> object:
    newest = int(params.get("after", "9" * 15)) - 1
    return [{"ts": str(newest - number)} for number in range(int(params["limit"]))]


def numbers_without_end(params: Mapping[str, str]) -> object:
    first = int(params["current"]) * 100
    return {"rows": [{"id": str(first + number)} for number in range(int(params["size"]))], "total": "9" * 9}


@pytest.mark.parametrize(
    ("endpoint", "answer"),
    [(SKIPPING, offsets_without_end), (BY_CURSOR, cursors_without_end), (COUNTED, numbers_without_end)],
    ids=["by offset", "by cursor", "by number"],
)
def test_a_list_that_is_made_up_as_it_is_read_has_an_end_all_the_same(
    monkeypatch: pytest.MonkeyPatch, endpoint: Endpoint, answer: Answer
) -> None:
    monkeypatch.setattr(pagination, "MOST_PAGES", 20)
    with pytest.raises(PageLostError, match="no end"):
        read(endpoint, answer)


def test_pages_are_handed_on_in_the_memory_of_two_of_them() -> None:
    held = WeakSet[Page]()

    def answer(params: Mapping[str, str]) -> object:
        page = Page(list_rows(offsets(rows(9))(params)))
        held.add(page)
        return page

    async def most_at_once() -> int:
        most = 0
        async for _page in stream(ask, SKIPPING, Query(), NOW):
            gc.collect()
            most = max(most, len(held))
        return most

    async def ask(params: Mapping[str, str]) -> object:
        return answer(params)

    gc.freeze()  # what other tests hold need not be looked through for each page
    try:
        assert 2 >= asyncio.run(most_at_once())
    finally:
        gc.unfreeze()


class Page(list[Any]):
    """A page that can be watched."""

    __hash__ = object.__hash__  # type: ignore[assignment]
