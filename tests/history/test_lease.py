"""One pass at a time, and nobody waits for the dead."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from auditor.history.lease import FileLease, Lease, RowLease, hold_lease
from auditor.history.store import History
from auditor.model.errors import UserError
from tests import builders

LASTS = timedelta(minutes=15)


def pair(kind: str, history: History, file: Path) -> tuple[Lease, Lease]:
    if kind == "file":
        return FileLease(file), FileLease(file)
    return RowLease(history, LASTS), RowLease(history, LASTS)


@pytest.mark.parametrize("kind", ["file", "row"])
def test_only_one_has_it_at_a_time(history: History, file: Path, kind: str) -> None:
    one, other = pair(kind, history, file)

    taken = [one.take(), other.take()]
    one.release()

    assert [True, False, True] == [*taken, other.take()]
    other.release()


def test_a_claim_of_a_dead_computer_runs_out(history: History) -> None:
    now = builders.NOW
    dead = RowLease(history, LASTS, lambda: now)
    alive = RowLease(history, LASTS, lambda: now)
    assert dead.take()
    assert not alive.take()

    now += LASTS + timedelta(seconds=1)

    assert alive.take()
    dead.release()
    assert not RowLease(history, LASTS, lambda: now).take()


def test_waiting_has_an_end(file: Path) -> None:
    file.parent.mkdir()
    one, other = FileLease(file), FileLease(file)
    assert one.take()

    async def wait() -> None:
        async with hold_lease(other, 0):
            raise AssertionError

    with pytest.raises(UserError, match="Another watch has been checking for a very long time"):
        asyncio.run(wait())
    one.release()
