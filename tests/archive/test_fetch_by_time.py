"""Lists by window, offset, token and partition: all rows once, whatever is repeated, and never short."""

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from auditor.archive.pages import parts_of
from auditor.archive.raw_rows import raw_rows
from auditor.archive.state import State, Status
from auditor.i18n import verbatim
from auditor.model.snapshot import Trouble, Unread
from auditor.spec.endpoint import Token
from auditor.spec.rows import rows_in
from auditor.transport.errors import RequestFailedError
from tests.archive.paged_lists import BY_SYMBOL, KINDS, Run, Shelf, exchange, listed, row, rows


@pytest.fixture(autouse=True)
def _quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


def run(folder: Path, name: str, found: list[dict[str, str]], **more: Any) -> Run:
    kind = KINDS[name]
    return Run(folder, listed(kind, **more), Shelf(found, rises=bool(kind.get("oldest_first"))))


def refusal(_params: object) -> None:
    raise RequestFailedError(Unread(reason=verbatim("no right"), trouble=Trouble.PERMISSION), retry=False)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("count", [0, 1, 5, 23])
def test_a_list_is_read_to_its_end_with_each_row_once_the_oldest_first(tmp_path: Path, name: str, count: int) -> None:
    one = run(tmp_path, name, rows(count))
    state = one.first()

    assert (Status.ENDED, count) == (state.status, state.rows), state.reason
    assert list(range(1, count + 1)) == one.numbers()


@pytest.mark.parametrize("name", KINDS)
def test_rows_without_an_id_are_known_by_their_content(tmp_path: Path, name: str) -> None:
    one = run(tmp_path, name, rows(23), key="")

    assert (Status.ENDED, 23) == (one.first().status, len(one.numbers()))


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("new", [0, 1, 9])
def test_a_later_run_fetches_what_is_new_and_nothing_else(tmp_path: Path, name: str, new: int) -> None:
    one = run(tmp_path, name, rows(23))
    one.first()
    asked = len(one.shelf.asked)
    one.shelf.rows += [row(24 + number) for number in range(new)]

    assert new == one.newer()
    assert list(range(1, 24 + new)) == one.numbers()
    assert new or len(one.shelf.asked) - asked <= 6
    assert 0 == one.newer()


@pytest.mark.parametrize("name", ["tokens", "offsets", "page numbers"])
def test_a_new_row_is_found_wherever_it_stands_in_a_list_without_an_order(tmp_path: Path, name: str) -> None:
    one = run(tmp_path, name, rows(23), ordered=False)
    one.first()
    one.shelf.rows.insert(0, row(24))  # on the last page

    assert 1 == one.newer()
    assert set(range(1, 25)) == set(one.numbers())


def test_a_list_that_was_there_and_is_refused_when_it_is_read_anew_is_not_refused_for_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = run(tmp_path, "tokens", rows(23), ordered=False)
    one.first()
    with monkeypatch.context() as refused:
        refused.setattr(one.shelf, "answer", refusal)
        one.newer()
        assert Status.BROKEN == one.state.list_state("list").status
        assert Status.REFUSED == one.first().status

    assert (Status.ENDED, 23) == (one.first().status, len(one.numbers()))


@pytest.mark.parametrize("name", KINDS)
def test_a_list_without_rows_may_get_some_later(tmp_path: Path, name: str) -> None:
    one = run(tmp_path, name, [])
    one.first()
    one.shelf.rows += [row(40), row(41)]

    assert (2, [40, 41]) == (one.newer(), one.numbers())


@pytest.mark.parametrize("name", KINDS)
def test_a_later_run_that_does_not_meet_the_newest_row_is_no_news(tmp_path: Path, name: str) -> None:
    one = run(tmp_path, name, rows(23))
    one.first()
    del one.shelf.rows[22]
    one.newer()

    assert Status.BROKEN is one.state.list_state("list").status


KILLS = 3


class KilledError(BaseException):
    """Stands for kill -9."""


@pytest.mark.parametrize("name", KINDS)
def test_a_run_that_is_killed_at_any_commit_goes_on_at_the_next_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, campaign: bool
) -> None:
    """At each commit with --campaign, else at each third one: at another one in each kind of list."""
    undisturbed = run(tmp_path / "undisturbed", name, rows(23))
    undisturbed.first()
    commit, first = State.commit, list(KINDS).index(name) % KILLS
    for kill in range(12) if campaign else range(first, 12, KILLS):
        commits = iter(range(kill))

        def killed(*arguments: Any, left: Any = commits, **named: Any) -> None:
            if next(left, None) is None:
                raise KilledError
            commit(*arguments, **named)

        one = run(tmp_path / str(kill), name, rows(23))
        with monkeypatch.context() as patched:
            patched.setattr(State, "commit", killed)
            with suppress(KilledError):
                one.first()
            one.state.close()
        again = Run(one.folder, one.paged, one.shelf)
        assert Status.ENDED is again.first().status
        assert undisturbed.read() == again.read()
        # A window in halves is asked whole once more.
        assert len(one.shelf.asked) <= len(undisturbed.shelf.asked) + (2 if "halves" in name else 1)


@pytest.mark.parametrize("name", KINDS)
def test_a_page_that_comes_again_and_again_never_ends_a_list(tmp_path: Path, name: str) -> None:
    one = run(tmp_path, name, rows(23))
    answer = one.shelf.answer
    pages: list[dict[str, Any]] = []

    def repeated(params: Any) -> dict[str, Any]:
        pages.append(answer(params))
        return next((page for page in pages if page["rows"]), pages[-1])

    one.shelf.answer = repeated  # type: ignore[method-assign]
    state = one.first()
    assert Status.ENDED is not state.status or name in {"one page", "windows in halves"}


@pytest.mark.parametrize("name", ["counted offsets", "offsets", "page numbers"])
def test_a_row_that_comes_while_a_list_is_read_hides_no_other(tmp_path: Path, name: str) -> None:
    """Where rows are counted the list is begun anew; where pages overlap it goes on, and the row comes later."""
    one = run(tmp_path, name, rows(23))
    answer = one.shelf.answer

    def growing(params: Any) -> dict[str, Any]:
        if len(one.shelf.asked) == 3:
            one.shelf.rows.append(row(24))
        return answer(params)

    one.shelf.answer = growing  # type: ignore[method-assign]
    assert Status.ENDED is one.first().status
    one.newer()
    assert list(range(1, 25)) == one.numbers()


@pytest.mark.parametrize("name", KINDS)
def test_a_list_is_asked_once_for_each_symbol_and_its_parts_are_one_list(tmp_path: Path, name: str) -> None:
    found = [row(number, symbol="ABC"[number % 3]) for number in range(1, 24)]
    one = run(tmp_path, name, found, partition=BY_SYMBOL)
    state = one.first()
    parts = parts_of(tmp_path, one.paged)
    one.shelf.rows.append(row(24, symbol="A"))

    assert (Status.ENDED, 23, ["list--A", "list--B", "list--C"]) == (state.status, state.rows, [p.id for p in parts])
    assert (1, 24) == (one.newer(), one.state.list_state("list").rows)
    assert 24 == len({one["n"] for one in raw_rows(tmp_path, one.paged, exchange(one.paged))})


@pytest.mark.parametrize("is_filtered", [False, True])
def test_a_full_page_of_a_window_without_a_token_that_may_be_missing_is_not_the_last_one(
    tmp_path: Path, *, is_filtered: bool
) -> None:
    kind = dict(KINDS["windows and tokens that may lack"])
    if is_filtered:
        kind["pagination"] = replace(kind["pagination"], all_rows="rows")
    paged = listed(kind)
    if is_filtered:
        endpoint = replace(paged.endpoint, rows=lambda data: [one for one in rows_in("rows")(data) if even(one)])
        paged = replace(paged, endpoint=endpoint)
    one = Run(tmp_path, paged, Shelf(rows(23)))
    answer = one.shelf.answer
    one.shelf.answer = lambda params: {**answer(params), "next": None}  # type: ignore[method-assign]

    assert Status.ENDED is one.first().status
    assert [number for number in range(1, 24) if not is_filtered or number % 2 == 0] == one.numbers()


def test_a_full_page_without_a_token_ends_a_list_that_cannot_be_asked_for_less(tmp_path: Path) -> None:
    one = Run(tmp_path, listed({"pagination": Token(size=4, next="next", may_lack=True)}), Shelf(rows(8)))

    assert (Status.ENDED, 8) == (one.first().status, len(one.numbers()))


def even(one: Any) -> bool:
    return int(one["n"]) % 2 == 0
