"""The second witness by itself: rows of OKX's lists and of its ledgers, without an archive."""

from collections.abc import Mapping
from typing import Any

import pytest

from auditor.archive.facts import ListEnd, RunFacts
from auditor.archive.imports.coverage import Coverage
from auditor.archive.list_group import ListProof
from auditor.archive.state import Status
from auditor.archive.times import milliseconds_of
from auditor.archive.witness import Witness
from auditor.exchanges.registry import load
from tests.archive.archiving import NOW

TIME = str(milliseconds_of(NOW) - 1000)
FILL = {"billId": "7", "instId": "ETH-USDT-SWAP", "tradeId": "3", "side": "sell", "fillPx": "1", "fillSz": "1"}
WITHDRAWAL = {"wdId": "9", "ccy": "BTC", "amt": "2", "fee": "", "state": "-2"}


def witnessed(list_id: str, listed: Mapping[str, str], *bills: Mapping[str, str]) -> ListProof:
    """What one row of a list comes to beside rows of the list's own ledger."""
    history = load("okx").history
    assert history is not None
    second = next(one for one in history.seconds if one.id == list_id)
    ledger = next(one for one in history.ledgers if one.wallet == second.wallet)
    ends = [ListEnd(id=one.id, status=Status.ENDED, cut=False, rows=1) for one in (*history.ledgers, second)]
    texts: dict[str, Any] = dict.fromkeys(("account", "exchange", "name", "host", "environment", "uid"), "")
    run: dict[str, Any] = {**texts, "started_at": NOW, "finished_at": NOW, "rights": (), "rested": True}
    coverage = {one.wallet: Coverage(()) for one in history.ledgers}
    witness = Witness.of(history, RunFacts(**run, kind="main", lists=tuple(ends)), coverage)
    ((group, proof),) = witness.lists()
    group.take_row(proof, second.listed({**listed, "ts": TIME}))
    for number, bill in enumerate(bills):
        row = {"billId": str(number), "ccy": "BTC", "bal": "0", "ts": TIME, **bill}
        list(witness.take_entry(ledger.wallet, ledger.entry(row)))
    witness.settle()
    return proof


@pytest.mark.parametrize("code", ["2", "5", "9", "999"])
def test_a_fill_is_found_in_the_ledger_whatever_type_its_row_has(code: str) -> None:
    """OKX lists liquidations (5) and ADL (9) as fills; a type that nobody knows yet may be another."""
    bill = {"balChg": "-5", "type": code, "instId": "ETH-USDT-SWAP", "tradeId": "3"}

    assert 0 == witnessed("fills-swap", FILL, bill).missing
    assert 1 == witnessed("fills-swap", FILL, {**bill, "tradeId": "4"}).missing


def test_a_canceled_withdrawal_whose_rows_the_ledger_lost_keeps_an_archive_from_being_complete() -> None:
    """It went out (2) and came back (13): together they leave no trace in a balance."""
    rows = {"balChg": "-2", "type": "2"}, {"balChg": "2", "type": "13"}

    assert 0 == witnessed("withdrawals", WITHDRAWAL, *rows).nowhere
    assert 1 == witnessed("withdrawals", WITHDRAWAL).nowhere
    assert 0 == witnessed("withdrawals", {**WITHDRAWAL, "state": "-1"}).nowhere
