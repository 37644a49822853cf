"""Whether balances rest while the lists of their changes are read."""

import asyncio
from typing import Any
from unittest.mock import AsyncMock, MagicMock

import pytest

from auditor.archive import change_run
from auditor.archive.change_run import ChangeRun
from tests.archive.summing import _wallet

HELD = [{"coin": "BTC", "free": "1", "locked": "0"}]
MORE = [{"coin": "BTC", "free": "2", "locked": "0"}]


@pytest.fixture(autouse=True)
def nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_run, "keep_anchor", lambda *_: None)


def rests(*told: Any) -> bool:
    """Whether two wallets rest that are shown so, one after the other, time after time."""
    wallets = [_wallet("spot"), _wallet("futures")]
    session = MagicMock(ask=AsyncMock(side_effect=told))
    run = ChangeRun(wallets, [], session, MagicMock(), AsyncMock())

    async def both() -> bool:
        return await run.rests(await run.shown())

    return asyncio.run(both())


def test_balances_rest_that_are_the_same_before_and_after() -> None:
    assert rests(HELD, HELD, HELD, HELD)
    assert rests(HELD, HELD, MORE, HELD, MORE, HELD)
    assert not rests(HELD, HELD, MORE, HELD, HELD, HELD, MORE, HELD)


def test_a_wallet_that_is_never_read_does_not_say_that_another_one_moved() -> None:
    assert rests(HELD, ValueError(), HELD, ValueError())


def test_a_wallet_that_is_read_once_and_no_more_does_not_rest() -> None:
    assert not rests(HELD, HELD, HELD, ValueError(), HELD, ValueError())
