"""Where no second process can be begun, whoever needs its work does it."""

from multiprocessing import get_context

import pytest

from auditor.archive.second_process import produced, running


@pytest.fixture(autouse=True)
def no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container that has all the processes that it may have."""

    def refuse(_process: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr(get_context("spawn").Process, "start", refuse)


def test_a_task_that_cannot_be_begun_is_not_done() -> None:
    with running(print) as is_done:
        assert is_done() is False


def test_what_cannot_be_made_elsewhere_has_not_come_to_its_end() -> None:
    assert [] == list(produced(list))
