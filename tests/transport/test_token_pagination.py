"""Lists by token, and by offset to a stated count: every row once, or a page that was lost."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.spec.endpoint import Endpoint, Limit, Offset, Query, Token, Windows
from auditor.spec.fields import MalformedError
from auditor.spec.rows import rows_in
from auditor.transport.cursor_pagination import PageLostError
from auditor.transport.pagination import read_list, stream

NOW = datetime(2026, 11, 23, tzinfo=UTC)
Row = dict[str, str]
Answer = Callable[[Mapping[str, str]], Any]
BASE = Endpoint(path="list", limit=Limit(1, 1), source="a test", rows=rows_in("list"))
BY_TOKEN = replace(BASE, pagination=Token(size=3))
FLAGGED = replace(BASE, pagination=Token(next="page.next", more="page.more", limit="", size=3))
COUNTED = replace(BASE, pagination=Offset(skip="ofs", limit="", size=3, total="count"))


def rows(count: int) -> list[Row]:
    return [{"id": str(number)} for number in range(count)]


def read(endpoint: Endpoint, answer: Answer) -> list[Any]:
    async def ask(params: Mapping[str, str]) -> object:
        return answer(params)

    return asyncio.run(read_list(ask, endpoint, Query(), NOW))


def streamed(endpoint: Endpoint, answer: Answer) -> list[Any]:
    async def ask(params: Mapping[str, str]) -> object:
        return answer(params)

    async def collect() -> list[Any]:
        return [row async for page in stream(ask, endpoint, Query(), NOW) for row in page]

    return asyncio.run(collect())


def tokens(there: list[Row], *, always: bool = False) -> Answer:
    """An exchange that pages by token. ``always``: the last page has a token too, which leads to an empty page."""

    def answer(params: Mapping[str, str]) -> object:
        first = int(params.get("cursor", 0))
        ends = first + 3 >= len(there) and (not always or first >= len(there))
        return {"list": there[first : first + 3], "nextPageCursor": "" if ends else str(first + 3)}

    return answer


def flagged(there: list[Row]) -> Answer:
    def answer(params: Mapping[str, str]) -> object:
        first = int(params.get("cursor", 0))
        more = first + 3 < len(there)
        return {"list": there[first : first + 3], "page": {"next": str(first + 3) if more else "", "more": more}}

    return answer


def counted(there: list[Row]) -> Answer:
    return lambda params: {"list": there[int(params["ofs"]) :][:3], "count": str(len(there))}


@given(st.integers(0, 20))
def test_every_row_comes_once_whatever_the_paging(count: int) -> None:
    there = rows(count)
    assert there == read(BY_TOKEN, tokens(there)) == read(BY_TOKEN, tokens(there, always=True))
    assert there == read(FLAGGED, flagged(there)) == read(COUNTED, counted(there))
    assert there == streamed(BY_TOKEN, tokens(there)) == streamed(COUNTED, counted(there))


def test_the_first_page_is_asked_without_a_token_and_the_others_with_it() -> None:
    asked: list[Mapping[str, str]] = []

    def answer(params: Mapping[str, str]) -> object:
        asked.append(params)
        return tokens(rows(4))(params)

    read(BY_TOKEN, answer)
    assert [{"limit": "3"}, {"limit": "3", "cursor": "3"}] == asked


@pytest.mark.parametrize(
    "last", [{"list": [], "nextPageCursor": "9"}, {"list": []}, {"list": [], "nextPageCursor": None}]
)
def test_an_empty_page_that_repeats_its_token_ends_the_list_and_one_without_any_is_malformed(last: Any) -> None:
    def answer(params: Mapping[str, str]) -> object:
        return last if "cursor" in params else {"list": rows(3), "nextPageCursor": "9"}

    if last.get("nextPageCursor"):
        assert rows(3) == read(BY_TOKEN, answer)
        return
    with pytest.raises(MalformedError):
        read(BY_TOKEN, answer)
    may_lack = replace(BY_TOKEN, pagination=Token(size=3, may_lack=True))
    assert rows(3) == read(may_lack, answer)


@pytest.mark.parametrize(
    "page",
    [
        {"list": [{"id": "7"}], "nextPageCursor": "9"},  # its own token again, with a row on the page
        {"list": rows(1), "nextPageCursor": "10"},  # a row of the first page again
    ],
)
def test_a_page_that_comes_again_is_lost(page: Any) -> None:
    with pytest.raises(PageLostError):
        read(BY_TOKEN, lambda params: page if "cursor" in params else {"list": rows(3), "nextPageCursor": "9"})


def test_a_list_that_has_no_end_is_lost() -> None:
    with pytest.raises(PageLostError):
        read(BY_TOKEN, lambda p: {"list": [{"id": p.get("cursor", "0")}], "nextPageCursor": f"{p.get('cursor', '')}1"})


@pytest.mark.parametrize("more", ["yes", None, "1"])
def test_a_flag_that_says_neither_yes_nor_no_is_malformed(more: Any) -> None:
    with pytest.raises(MalformedError):
        read(FLAGGED, lambda _params: {"list": [], "page": {"next": "", "more": more}})


def test_a_flag_that_promises_a_page_without_a_token_is_a_page_lost() -> None:
    with pytest.raises(PageLostError):
        read(FLAGGED, lambda _params: {"list": rows(3), "page": {"next": "", "more": True}})


def test_a_token_beside_a_flag_that_says_no_is_followed_all_the_same() -> None:
    def answer(params: Mapping[str, str]) -> object:
        return {"list": [{"id": params.get("cursor", "0")}], "page": {"next": "" if params else "1", "more": False}}

    assert [{"id": "0"}, {"id": "1"}] == read(FLAGGED, answer)


@pytest.mark.parametrize("counts", [("5", "6"), ("9", "9"), ("2", "2"), ("-1", "-1")])
def test_a_count_that_does_not_fit_its_rows_is_never_a_whole_list(counts: tuple[str, str]) -> None:
    def answer(params: Mapping[str, str]) -> object:
        first = int(params["ofs"])
        return {"list": rows(5)[first : first + 3], "count": counts[bool(first)]}

    with pytest.raises((PageLostError, MalformedError)):
        read(COUNTED, answer)


def test_a_page_by_offset_that_comes_again_is_lost() -> None:
    with pytest.raises(PageLostError):
        read(COUNTED, lambda _params: {"list": rows(3), "count": "6"})


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("ms", ("1795219200500", "1795392000500")),
        ("s", ("1795219201", "1795392001")),
        ("iso", ("2026-11-21T00:00:01Z", "2026-11-23T00:00:01Z")),
    ],
)
def test_a_window_is_written_in_the_unit_of_its_exchange(unit: Any, expected: tuple[str, str]) -> None:
    now = NOW + timedelta(milliseconds=500)
    windows = Windows(start="from", end="to", span=timedelta(days=9), first=now - timedelta(days=2), unit=unit)
    asked: list[Mapping[str, str]] = []

    async def ask(params: Mapping[str, str]) -> object:
        asked.append(params)
        return {"list": []}

    asyncio.run(read_list(ask, replace(BASE, windows=windows), Query(), now))
    assert [{"from": expected[0], "to": expected[1]}] == asked


def test_a_token_that_the_exchange_writes_on_the_last_page_ends_the_list() -> None:
    endpoint = replace(BASE, pagination=Token(size=3, last="0"))
    assert rows(2) == read(endpoint, lambda _params: {"list": rows(2), "nextPageCursor": "0"})


def test_a_json_body_carries_as_numbers_what_the_exchange_wants_as_numbers() -> None:
    endpoint = replace(BASE, numbers=frozenset({"page"}))
    assert {"page": 2, "size": "30"} == endpoint.typed({"page": "2", "size": "30"})
