"""A list that is read anew loses no row that was seen, whatever the exchange gives by then and wherever a run ends."""

import asyncio
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from auditor.archive.earlier import forget_repeated, rows_kept
from auditor.archive.folder import earlier_files, raw_files
from auditor.archive.pages import OddRow
from auditor.archive.raw import RawAnswer, append, member
from auditor.archive.raw_rows import raw_rows
from auditor.archive.standing import standing
from auditor.archive.state import State, Status
from auditor.i18n import verbatim
from auditor.model.snapshot import Trouble, Unread
from auditor.spec.endpoint import Cursor
from auditor.transport.errors import RequestFailedError
from tests.archive.paged_lists import KINDS, SIZE, Run, Shelf, exchange, listed, row, rows

BY_NUMBER = {"pagination": Cursor(cursor="after", key="n", size=SIZE), "key": "n"}
READ: Mapping[str, Mapping[str, Any]] = {
    "by ids": BY_NUMBER,
    **{name: KINDS[name] for name in ("windows and offsets", "rising windows", "tokens", "one page")},
}
"""Ways of paging, by ids that are numbers and by time."""
COUNT, ROLLED = 23, 6
PENDING, DONE = {"state": "pending"}, {"state": "done"}
COMMITS = 9


class KilledError(BaseException):
    """Stands for kill -9."""


@pytest.fixture(autouse=True)
def _quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


def begun(folder: Path, name: str) -> Run:
    """A list that was read to its end while its last row but two was pending."""
    kind = READ[name]
    shelf = Shelf([*rows(COUNT - 2), row(COUNT - 1, **PENDING), row(COUNT, **DONE)], rises="oldest_first" in kind)
    one = Run(folder, listed(kind), shelf)
    one.first()
    return one


def roll(one: Run) -> None:
    """The exchange gives the oldest rows no more, and a newer state of the pending one."""
    one.shelf.rows[COUNT - 2] = row(COUNT - 1, **DONE)
    del one.shelf.rows[:ROLLED]


def anew(one: Run) -> None:
    asyncio.run(one.fetch().anew())


def again(one: Run) -> Run:
    """The next run of the program in that folder."""
    one.state.close()
    return Run(one.folder, one.paged, one.shelf)


def states(one: Run) -> list[tuple[int, str | None]]:
    """The number and the state of each row of the archive, as other lists see them."""
    found = raw_rows(one.folder, one.paged, exchange(one.paged))
    # Pages overlap, where rows come twice.
    return sorted({(int(str(one["n"])), one.get("state")) for one in found})  # type: ignore[misc]


def everything(*, last: Mapping[str, str] = DONE) -> list[tuple[int, str | None]]:
    return [*((number, None) for number in range(1, COUNT - 1)), (COUNT - 1, last["state"]), (COUNT, "done")]


@pytest.mark.parametrize("name", READ)
def test_a_list_read_anew_keeps_rows_that_the_exchange_no_longer_gives(tmp_path: Path, name: str) -> None:
    one = begun(tmp_path, name)
    roll(one)
    anew(one)
    forget_repeated(one.state, one.paged, exchange(one.paged))

    assert everything() == states(one)
    assert ROLLED == rows_kept(one.folder, one.paged, exchange(one.paged))


@pytest.mark.parametrize("name", READ)
def test_of_a_list_read_anew_that_gives_every_row_again_nothing_else_is_left(tmp_path: Path, name: str) -> None:
    one, undisturbed = begun(tmp_path / "one", name), begun(tmp_path / "undisturbed", name)
    anew(one)
    forget_repeated(one.state, one.paged, exchange(one.paged))

    assert ([], 0) == (earlier_files(one.folder, "list"), rows_kept(one.folder, one.paged, exchange(one.paged)))
    assert undisturbed.read() == one.read()
    assert [path.name for path in raw_files(undisturbed.folder, "list")] == sorted(
        path.name for path in one.folder.rglob("*.gz")
    )


@pytest.mark.parametrize("name", READ)
def test_a_killed_second_reading_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """It is killed before each of its commits: what is there then, and what the next run comes to."""
    commit = State.commit
    for kill in range(COMMITS):
        one = begun(tmp_path / str(kill), name)
        commits = iter(range(kill))

        def killed(*arguments: Any, left: Any = commits, **named: Any) -> None:
            if next(left, None) is None:
                raise KilledError
            commit(*arguments, **named)

        roll(one)
        with monkeypatch.context() as patched:
            patched.setattr(State, "commit", killed)
            with suppress(KilledError):
                anew(one)
        one = again(one)

        assert {number for number, _state in everything()} == {number for number, _state in states(one)}
        if not one.first().done or kill == 0:
            anew(one)  # Killed before it was begun: the list is there as it was read first.
        forget_repeated(one.state, one.paged, exchange(one.paged))
        assert everything() == states(one)
        assert ROLLED == rows_kept(one.folder, one.paged, exchange(one.paged))


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("pages", [0, 1])
def test_a_second_reading_that_is_refused_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, pages: int
) -> None:
    one, asked = begun(tmp_path, name), iter(range(pages))
    answer = one.shelf.answer

    def refused(params: Any) -> Any:
        if next(asked, None) is None:
            raise RequestFailedError(Unread(reason=verbatim("no right"), trouble=Trouble.PERMISSION), retry=False)
        return answer(params)

    with monkeypatch.context() as patched:
        patched.setattr(one.shelf, "answer", refused)
        anew(one)
    one = again(one)

    assert one.state.list_state("list").status in {Status.BROKEN, Status.ENDED}
    assert everything(last=PENDING) == states(one)
    assert (Status.ENDED, everything(last=PENDING)) == (one.first().status, states(one))


@pytest.mark.parametrize("name", READ)
def test_an_earlier_reading_is_kept_until_the_next_one_came_to_its_end(tmp_path: Path, name: str) -> None:
    """A window may be begun anew, and rows that were there again are gone with it."""
    one = begun(tmp_path, name)
    anew(one)
    ended = one.state.list_state("list")
    for status, expected in [(Status.BROKEN, 1), (Status.ENDED, 0)]:
        one.state.commit(replace(ended, status=status), {})
        forget_repeated(one.state, one.paged, exchange(one.paged))

        assert expected == len(earlier_files(one.folder, "list"))


@pytest.mark.parametrize("name", READ)
def test_a_list_that_is_read_anew_many_times_keeps_one_row_once_in_its_newest_state(tmp_path: Path, name: str) -> None:
    one = begun(tmp_path, name)
    for state in ("seen", "sent", "done"):
        one.shelf.rows[-2] = row(COUNT - 1, state=state)
        del one.shelf.rows[:2]
        anew(one)
        forget_repeated(one.state, one.paged, exchange(one.paged))

    assert everything() == states(one)
    assert ROLLED == rows_kept(one.folder, one.paged, exchange(one.paged))


def test_a_row_without_an_id_is_not_counted_again_when_its_list_is_read_anew(tmp_path: Path) -> None:
    one = Run(tmp_path, listed(KINDS["tokens"], key=""), Shelf(rows(COUNT)))
    one.first()
    del one.shelf.rows[:ROLLED]
    anew(one)
    found = [int(str(row["n"])) for row in raw_rows(one.folder, one.paged, exchange(one.paged))]

    assert list(range(1, COUNT + 1)) == sorted(found)


@pytest.mark.parametrize(
    ("rows_then", "expected"), [(1, [["first", "of then"], ["of now"]]), (2, [[], ["of now"] * 2])]
)
def test_rows_of_one_time_are_there_again_when_the_list_has_as_many(
    tmp_path: Path, rows_then: int, expected: list[list[str]]
) -> None:
    """Rows of a time that are not understood have nothing else in common with those of a later reading."""
    paged = listed({"timed": True}, key="time")
    folder = tmp_path / "data/raw/list"
    for path, names in {"earlier/000-000": ["first", "of then"], "000": ["of now"] * rows_then}.items():
        body = json.dumps({"rows": [{"time": "5", "name": name} for name in names]})
        given: dict[str, Any] = {"asked_at": "", "method": "GET", "path": "list", "params": {}, "status": 200}
        append(folder / f"{path}.jsonl.gz", member(RawAnswer(**given, date="", body=body)), 0)
    with standing(tmp_path, paged, exchange(paged)) as found:
        pages = [[page for page in one if not isinstance(page, OddRow)] for one in found.pages()]

    assert expected == [[one["name"] for rows, _source in page for one in rows] for page in pages]  # type: ignore[index]
