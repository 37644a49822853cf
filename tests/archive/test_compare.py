"""Whether the balances of ledgers rest while they are compared with the newest rows."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock, MagicMock

from auditor.archive.comparison import Comparison
from auditor.archive.fetch import forget_anchor, keep_anchor
from auditor.archive.proof import shown_balances
from auditor.archive.raw import RawAnswer
from auditor.archive.state import ListState, State, Status
from auditor.exchanges.gate.history import USDT_LEDGER
from auditor.exchanges.registry import load
from auditor.spec.history import History
from tests.archive.archiving import NOW

HISTORY = History(ledgers=(USDT_LEDGER,))
GATE = replace(load("gate"), history=HISTORY)
HELD, MORE = ({"currency": "USDT", "total": total} for total in ("5", "6"))


def rests(folder: Path, *told: Any, status: Status = Status.ENDED) -> bool:
    """Whether a ledger whose newest balance is 5 rests that is shown so, time after time."""
    state = State.open(folder)
    state.commit(ListState(id=USDT_LEDGER.id, status=status), {}, {"USDT": "5"})
    fetch = MagicMock(ledger=USDT_LEDGER, newer_rows=AsyncMock(return_value=0))
    session = MagicMock(ask=AsyncMock(side_effect=told), time=lambda: NOW)
    try:
        return asyncio.run(Comparison(HISTORY, session, state, pace=0).compare([fetch]))
    finally:
        state.close()


def test_a_ledger_rests_whose_newest_balance_is_shown(tmp_path: Path) -> None:
    assert rests(tmp_path, HELD)


def test_balances_that_are_never_read_do_not_say_that_something_moved(tmp_path: Path) -> None:
    assert rests(tmp_path, *[ValueError()] * 5)


def test_balances_that_moved_and_are_read_no_more_do_not_rest(tmp_path: Path) -> None:
    assert not rests(tmp_path, MORE, *[ValueError()] * 4)


def test_a_ledger_that_was_refused_does_not_say_that_something_moved(tmp_path: Path) -> None:
    assert rests(tmp_path, status=Status.REFUSED)


def test_balances_of_an_earlier_run_say_nothing_of_this_one(tmp_path: Path) -> None:
    endpoint = USDT_LEDGER.shown.endpoint
    path = endpoint.full_path(GATE.api.prefix)
    given: dict[str, Any] = {"asked_at": "", "method": "GET", "path": path, "params": {}, "status": 200, "date": ""}
    state = State.open(tmp_path)
    keep_anchor(state, [RawAnswer(**given, body='{"currency": "USDT", "total": "5"}')])
    assert shown_balances(tmp_path, GATE, USDT_LEDGER.shown) is not None

    forget_anchor(state)
    state.close()

    assert shown_balances(tmp_path, GATE, USDT_LEDGER.shown) is None
