"""What an account never had, as the exchange says: believed where nothing in the archive shows anything of it."""

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from auditor.archive.facts import ListEnd, RunFacts
from auditor.archive.folder import ANCHOR, raw_file
from auditor.archive.outcome import ArchiveStatus, Outcome, judge
from auditor.archive.proof import prove
from auditor.archive.raw import RawAnswer, append, member
from auditor.archive.run import _unfinished
from auditor.archive.state import Status
from auditor.exchanges.gate.history import USDT_LEDGER
from auditor.exchanges.registry import load
from auditor.spec.exchange import Exchange
from auditor.spec.history import History
from tests.archive.archiving import NOW

NEVER = "Gate says that this account was never opened."


def gate() -> Exchange:
    """Gate with the ledger of its futures alone."""
    return replace(load("gate"), history=History(ledgers=(USDT_LEDGER,)))


def judged(folder: Path, rows: int = 0) -> Outcome:
    """An archive whose one ledger was refused as never opened, after so many rows."""
    end = ListEnd(id=USDT_LEDGER.id, status=Status.REFUSED, cut=False, rows=rows, code="USER_NOT_FOUND", reason="gone")
    texts: dict[str, Any] = dict.fromkeys(("account", "name", "host", "environment", "uid"), "made-up")
    times: dict[str, Any] = {"started_at": NOW, "finished_at": NOW}
    facts = RunFacts(**texts, **times, exchange="gate", kind="main", rights=(), rested=True, lists=(end,))
    return judge(facts, prove(folder, gate(), folder / "data/tables", facts), gate())


def show(folder: Path, total: str) -> None:
    """Keep an answer with the balance of the futures account."""
    endpoint = USDT_LEDGER.shown.endpoint
    answer = RawAnswer(
        asked_at="",
        method="GET",
        path=endpoint.full_path(gate().api.prefix),
        params=dict(endpoint.queries[-1].params),
        status=200,
        date="",
        body=json.dumps({"currency": "USDT", "total": total}),
    )
    append(raw_file(folder, ANCHOR), member(answer), 0)


def test_a_ledger_that_was_never_opened_leaves_nothing_open(tmp_path: Path) -> None:
    outcome = judged(tmp_path)

    assert (ArchiveStatus.COMPLETE, True) == (outcome.status, NEVER in str(outcome.wallets[0]))


def test_an_unfinished_run_names_what_was_broken_off_and_not_what_was_never_opened() -> None:
    ends = [
        ListEnd(id=USDT_LEDGER.id, status=Status.REFUSED, cut=False, rows=0, code=code)
        for code in ("USER_NOT_FOUND", "SERVER_ERROR")
    ]
    fetches: list[Any] = [SimpleNamespace(ledger=USDT_LEDGER)]

    assert [0, 1] == [len(_unfinished([end], fetches).gaps) for end in ends]


@pytest.mark.parametrize("rows", [1, 250])
def test_a_ledger_of_which_rows_came_was_opened_whatever_a_later_refusal_says(rows: int, tmp_path: Path) -> None:
    outcome = judged(tmp_path, rows)

    assert ArchiveStatus.PARTIAL == outcome.status
    assert any("not read to its end" in str(gap) for gap in outcome.gaps)
    assert "Perpetual futures in USDT: not proved." == str(outcome.wallets[0])


def test_a_wallet_with_something_in_it_was_opened_whatever_its_ledger_says(tmp_path: Path) -> None:
    show(tmp_path, "12.5")

    outcome = judged(tmp_path)

    assert ArchiveStatus.PARTIAL == outcome.status
    assert any("not read to its end" in str(gap) for gap in outcome.gaps)
