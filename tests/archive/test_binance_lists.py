"""The lists of an archive of Binance on which no proof rests: every row of them stands in a table once."""

from pathlib import Path

import pytest

from auditor.archive.outcome import ArchiveStatus
from tests.archive.archiving import Doubts, rows_of, served
from tests.archive.binance_archiving import archived, make, told
from tests.archive.binance_rows import PAIR, with_every_list
from tests.archive.test_binance import ALLOWED, Made

pytestmark = pytest.mark.slow("an archive with every list")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The archive of an account that has something in every list."""
    with served(with_every_list()) as (configured, server):
        return Made(make(configured, tmp_path_factory.mktemp("full")), with_every_list(), server.calls)


def kinds_in(folder: Path, table: str, start: str) -> list[tuple[str, str, str]]:
    return sorted(
        (row["kind"], row["type"], row["amount"]) for row in rows_of(folder, table) if row["kind"].startswith(start)
    )


def test_every_place_is_asked_and_no_other(full: Made) -> None:
    written = {line.rpartition(" ")[2][1:] for line in ALLOWED if line.startswith(("GET", "POST"))}
    never = {"api/v3/time", "sapi/v1/system/status"}

    assert written - never == {call.path for call in full.calls} - never


def test_rows_of_margin_stand_in_the_tables_by_their_account(full: Made) -> None:
    assert sorted(
        [
            ("cross margin loan", "BORROW", "14"),
            ("cross margin flow", "BORROW", "101"),
            ("cross margin flow", "BUY_INCOME", "0.1"),
            ("cross margin interest", "ON_BORROW", "0.0045"),
            ("cross margin loan", "REPAY", "14"),
            ("cross margin transfer", "ROLL_IN", "5"),
        ]
    ) == kinds_in(full.folder, "products.csv", "cross margin")
    assert sorted(
        [
            ("isolated margin loan", "BORROW", "14"),
            ("isolated margin flow", "TRANSFER", "50"),
            ("isolated margin interest", "ON_BORROW", "0.0009"),
            ("isolated margin loan", "REPAY", "14"),
            ("isolated margin transfer", "ROLL_IN", "5"),
        ]
    ) == kinds_in(full.folder, "products.csv", "isolated margin")


@pytest.mark.parametrize(("kind", "number"), [("cross margin", "50"), ("isolated margin", "51")])
def test_trades_and_orders_of_margin_name_their_account(full: Made, kind: str, number: str) -> None:
    fills = [row for row in rows_of(full.folder, "fills.csv") if row["instrument"] == f"{PAIR} ({kind})"]
    orders = [row for row in rows_of(full.folder, "orders.csv") if row["kind"] == kind]

    assert [(number, "buy", "taker", "")] == [
        (row["trade_id"], row["side"], row["liquidity"], row["ledger_ids"]) for row in fills
    ]
    assert [(PAIR, "FILLED")] == [(row["instrument"], row["state"]) for row in orders]


def test_cross_margin_is_asked_for_trades_only_in_pairs_of_two_of_its_coins(full: Made) -> None:
    asked = {
        call.query["symbol"]
        for call in full.calls
        if call.path == "sapi/v1/margin/myTrades" and "isIsolated" not in call.query
    }

    assert {PAIR} == asked


def test_a_wallet_that_is_not_added_up_keeps_an_archive_from_being_complete(full: Made) -> None:
    doubts = Doubts.of(full.archive.outcome)

    assert (ArchiveStatus.PARTIAL, ()) == (full.archive.outcome.status, doubts.faults)
    assert {
        f"{name}: this account used it, and its own changes are not added up here."
        for name in ("Cross Margin", "Isolated Margin")
    } == set(doubts.gaps)


def test_an_account_without_margin_is_told_nothing_of_it(tmp_path: Path) -> None:
    outcome = archived(told(), tmp_path).outcome

    assert [] == [str(note) for note in outcome.notes if str(note).startswith(("Cross margin", "Isolated margin"))]
