"""Which rows of a ledger a fill, a deposit or a conversion names: its own, and none where that is open."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from auditor.archive.list_group import ListGroup, ListProof
from auditor.archive.shared_ids import MOST_ENTRIES, SharedIds
from auditor.archive.table_row import MOST, JoinedTable, TableRow
from auditor.exchanges.registry import load
from auditor.spec.history_tables import TABLES
from auditor.spec.ledger import LedgerEntry
from auditor.spec.second_list import ListedRow

MINUTE = 60_000
HOUR = 60 * MINUTE


class Lines:
    """A table that is kept."""

    def __init__(self) -> None:
        self.rows: list[Sequence[str]] = []

    def writerow(self, row: Sequence[str], /) -> None:
        self.rows.append(row)


def credit(number: int, time: int, *, order: str = "", trade: str = "", asset: str = "BTC") -> LedgerEntry:
    return LedgerEntry(
        number=number,
        time=time,
        asset=asset,
        change=Decimal(1),
        balance=Decimal(number),
        digits=("1", str(number)),
        kind="deposit",
        type="1",
        order_id=order,
        trade_id=trade,
    )


def deposited(*events: int | LedgerEntry, due: bool = True) -> list[tuple[str, str]]:
    """When each of some deposits of 1 BTC was credited, and by which rows of the ledger.

    ``events``: a time is that of a deposit.
    """
    history = load("okx").history
    assert history is not None
    listed = next(one for one in history.seconds if one.id == "deposits")
    group, lines = ListGroup([ListProof(listed)], 0, 0), Lines()
    table = JoinedTable("movements", lines)
    for event in events:
        if isinstance(event, LedgerEntry):
            group.take_entry(event)
            continue
        row, into = ListedRow(id="d", time=event, cells=(), marks=(("BTC", Decimal(1)),), due=due), TableRow(("",))
        group.take_row(group.lists[0], row, into)
        table.add(into)
    table.close()
    return [(row[1], row[2]) for row in lines.rows]


def test_a_deposit_has_the_time_at_which_the_ledger_has_it() -> None:
    assert [("1970-01-01T00:25:00.000Z", "7")] == deposited(0, credit(7, 25 * MINUTE))


def test_two_deposits_of_one_amount_that_were_both_under_way_name_no_row() -> None:
    assert [("", ""), ("", "")] == deposited(0, MINUTE, credit(7, 9 * MINUTE), credit(8, 9 * MINUTE))


def test_a_deposit_that_comes_shortly_after_a_row_that_may_be_its_own_puts_both_in_doubt() -> None:
    assert [("", ""), ("", "")] == deposited(0, credit(7, 25 * MINUTE), 26 * MINUTE)


def test_deposits_of_one_amount_one_after_another_name_each_its_own_row() -> None:
    later = 3 * HOUR
    found = deposited(0, credit(7, MINUTE), later, credit(8, later + MINUTE))

    assert ["7", "8"] == [ids for _time, ids in found]


def test_a_row_that_is_much_older_than_the_deposit_is_of_something_else() -> None:
    assert [("", "")] == deposited(credit(7, 0), 2 * HOUR)


def test_a_deposit_before_which_two_rows_came_that_may_be_its_own_names_none() -> None:
    assert [("", "")] == deposited(credit(7, 0), credit(8, 0), MINUTE)


def test_a_transfer_between_two_accounts_has_one_half_here() -> None:
    """What comes back at once with the same amount is of another transfer, which may be listed later."""
    history = load("bybit").history
    assert history is not None
    listed = next(one for one in history.seconds if one.id == "universal-transfers")
    marks = ("BTC", Decimal(-1)), ("BTC", Decimal(1))
    row: dict[str, Any] = {"id": "g", "time": 0, "cells": (), "marks": marks, "due": False, "expected": True, "legs": 2}
    back = credit(8, MINUTE)
    found = []
    for entries in ((back._replace(change=Decimal(-1), number=7),), (back._replace(change=Decimal(-1)), back)):
        group, into = ListGroup([ListProof(listed)], 0, 0, "1"), TableRow(("",) * len(TABLES["transfers"]))
        group.take_row(group.lists[0], ListedRow(**row, parties=frozenset({"1", "2"})), into)
        for entry in entries:
            group.claim((entry.asset, entry.change), entry)
        lines = Lines()
        table = JoinedTable("transfers", lines)
        table.add(into)
        table.close()
        found += [one[-1] for one in lines.rows]

    assert ["7", ""] == found


def test_a_deposit_that_failed_names_no_row() -> None:
    assert [("", "")] == deposited(0, credit(7, MINUTE), due=False)


def filled(names: Sequence[str], *events: tuple[str, str] | LedgerEntry) -> list[str]:
    """The rows of the ledger that some fills name. ``events``: order and trade of a fill."""
    shared, lines = SharedIds.of({name: name for name in names}, "fills"), Lines()
    shared.open, table = 1, JoinedTable("fills", lines)
    for event in events:
        if isinstance(event, LedgerEntry):
            shared.take_entry(event)
            continue
        known = dict(zip(("order_id", "trade_id"), event, strict=True))
        cells = tuple(known.get(name, "") for name in TABLES["fills"])
        into = TableRow(cells)
        shared.take_row(ListedRow(id="f", time=0, cells=cells), into)
        table.add(into)
    table.close()
    return [row[-1] for row in lines.rows]


def test_a_fill_names_rows_that_came_before_it_and_after_it() -> None:
    before, after = (credit(number, 0, order="4", trade="5", asset=coin) for number, coin in ((1, "BTC"), (2, "EUR")))
    assert ["1 2"] == filled(("order_id", "trade_id"), before, ("4", "5"), after)


def test_fills_of_one_order_name_no_row_where_the_ledger_names_orders_alone() -> None:
    rows = (credit(1, 0, order="4"), credit(2, 0, order="4"))
    assert ["", ""] == filled(("order_id",), *rows, ("4", "5"), ("4", "6"))


def test_a_fill_whose_order_has_another_that_the_list_lacks_names_no_row() -> None:
    assert [""] == filled(("order_id",), ("4", "5"), credit(1, 0, order="4"), credit(2, 0, order="4"))


def test_a_row_without_an_id_is_of_no_fill() -> None:
    assert ["", ""] == filled(("order_id",), ("", "5"), credit(1, 0), ("4", ""), credit(2, 0, order="5"))


def test_what_waits_does_not_grow_with_the_rows() -> None:
    shared = replace(SharedIds.of({"trade_id": "trade_id"}, "fills"), open=1)
    for number in range(3 * MOST):
        cells = tuple(str(number) if name == "trade_id" else "" for name in TABLES["fills"])
        shared.take_row(ListedRow(id="f", time=0, cells=cells), TableRow(cells))
        shared.take_entry(credit(number, 0, trade=f"none {number}"))

    assert (MOST, MOST_ENTRIES) == (len(shared._fills), len(shared._entries))


@pytest.mark.parametrize("count", [1, MOST, MOST + 3])
def test_rows_are_written_in_the_order_in_which_they_came(count: int) -> None:
    lines = Lines()
    table = JoinedTable("conversions", lines)
    for number in range(count):
        table.add(TableRow((str(number),)))
    table.close()

    assert [(str(number), "") for number in range(count)] == lines.rows
