"""A row that failed for good is final, as the exchange's own state says; one under way is not."""

from pathlib import Path
from typing import Any, cast

import pytest

from auditor.archive import under_way
from auditor.archive.times import milliseconds_of
from auditor.archive.under_way import has_rows_under_way
from auditor.exchanges.registry import load
from auditor.model.clock import frozen_clock
from auditor.spec.second_list import ListedRow, SecondList
from auditor.spec.summed import ChangeList
from tests.archive.archiving import NOW

MOMENT = str(milliseconds_of(NOW) - 1000)
MOVED = {"id": "1", "coin": "BTC", "amount": "1", "currency": "BTC", "asset": "BTC"}
ROWS = {
    ("okx", "withdrawals", "state"): {"wdId": "1", "ts": MOMENT, "ccy": "BTC", "amt": "1", "fee": "0"},
    ("bybit", "deposits", "status"): {**MOVED, "successAt": "0"},
    ("bybit", "internal-deposits", "status"): {**MOVED, "createdTime": "1790000000"},
    ("bybit", "withdrawals", "status"): {**MOVED, "withdrawId": "1", "withdrawFee": "0", "createTime": MOMENT},
    ("kraken", "deposits", "status"): {**MOVED, "refid": "1", "time": "1790000000"},
    ("kraken", "withdrawals", "status"): {**MOVED, "refid": "1", "time": "1790000000"},
    ("kucoin", "deposits", "status"): {**MOVED, "createdAt": MOMENT},
    ("kucoin", "withdrawals", "status"): {**MOVED, "createdAt": MOMENT},
    ("bitget", "deposits", "status"): {**MOVED, "orderId": "1", "size": "1", "createdTime": MOMENT},
    ("bitget", "withdrawals", "status"): {**MOVED, "orderId": "1", "size": "1", "createdTime": MOMENT},
    ("binance", "deposits", "status"): {**MOVED, "insertTime": MOMENT},
    ("binance", "withdrawals", "status"): {**MOVED, "applyTime": "2026-11-20 10:00:00"},
    ("binance", "p2p", "orderStatus"): {**MOVED, "orderNumber": "1", "tradeType": "BUY", "createTime": MOMENT},
    ("mexc", "deposits", "status"): {**MOVED, "row_id": "1", "insertTime": MOMENT},
    ("mexc", "withdrawals", "status"): {**MOVED, "applyTime": MOMENT},
    ("coinbase", "transactions", "status"): {"id": "1", "type": "send", "created_at": "2026-11-20T10:00:00Z"},
}
PENDING = {"okx": "0", "bybit": "1", "kraken": "Pending", "kucoin": "PROCESSING", "bitget": "pending", "mexc": "4"}
FAILED = {"okx": "-1", "kraken": "Failure", "kucoin": "FAILURE", "bitget": "fail", "coinbase": "failed", "mexc": "8"}
STATES = {
    **{place: (PENDING.get(place[0], "pending"), FAILED.get(place[0], "")) for place in ROWS},
    ("bybit", "deposits", "status"): ("1", "4"),
    ("bybit", "internal-deposits", "status"): ("1", "3"),
    ("bybit", "withdrawals", "status"): ("Pending", "Reject"),
    ("binance", "deposits", "status"): ("0", "2"),
    ("binance", "withdrawals", "status"): ("4", "3"),
    ("binance", "p2p", "orderStatus"): ("TRADING", "CANCELLED"),
}


def list_of(exchange: str, list_id: str) -> SecondList | ChangeList:
    history = load(exchange).history
    assert history is not None
    lists: tuple[SecondList | ChangeList, ...] = (*history.seconds, *history.changes)
    return next(one for one in lists if one.id == list_id)


@pytest.mark.parametrize("place", ROWS, ids="-".join)
def test_a_row_that_failed_is_final_and_one_under_way_is_not(place: tuple[str, str, str]) -> None:
    paged, state = list_of(*place[:2]), place[2]

    def is_final(word: str) -> bool:
        row = {**ROWS[place], state: word}
        return (paged.changed(row) if isinstance(paged, ChangeList) else paged.listed(row)).final

    pending, failed = STATES[place]
    assert [False, True] == [is_final(pending), is_final(failed)]


def is_open(monkeypatch: pytest.MonkeyPatch, **fields: Any) -> bool:
    """Whether a list with one such row is taken to have rows under way."""
    row = ListedRow(**{"id": "1", "time": int(MOMENT), "cells": (), **fields})
    monkeypatch.setattr(under_way, "history_of", lambda _exchange: None)
    monkeypatch.setattr(under_way, "answered", lambda *_given: [([{}], "")])
    paged = list_of("okx", "deposits")
    with frozen_clock(NOW), monkeypatch.context() as patched:
        patched.setattr(SecondList, "listed", lambda _paged, _row: row)
        return has_rows_under_way(Path(), paged, cast("Any", None))


@pytest.mark.parametrize(
    ("expected", "fields"),
    [
        (True, {"due": False}),
        (False, {"due": False, "final": True}),
        (False, {"due": True, "marks": ("mark",)}),
        (True, {"due": False, "time": 0}),
        (False, {"due": False, "time": 1}),
    ],
)
def test_a_list_has_rows_under_way_while_one_of_the_last_months_may_still_change_a_balance(
    monkeypatch: pytest.MonkeyPatch, expected: object, fields: dict[str, Any]
) -> None:
    """A row without a time, as of a deposit at Bybit that is not credited yet, is of now."""
    assert expected == is_open(monkeypatch, **fields)
