"""The lists of an archive of Binance on which no proof rests: every row of them stands in a table once."""

from collections import Counter
from pathlib import Path

import pytest

from auditor.archive.outcome import ArchiveStatus
from tests.archive.archiving import Doubts, rows_of, served
from tests.archive.binance_archiving import archived, make, told
from tests.archive.binance_rows import OPTION, PAIR, SUB, with_every_list, with_sub_account
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


PRODUCTS = {
    "wbeth-rewards": ("WBETH", "2.3", "ETH", "", "0.2"),
    "bnsol-rewards": ("BNSOL", "2.3", "SOL", "", "0.2"),
    "on-chain-rewards": ("SOLV", "7", "", "", ""),
    "bfusd-rewards": ("BFUSD", "1", "BFUSD", "100", ""),
    "rwusd-rewards": ("RWUSD", "3", "RWUSD", "90", ""),
    "loan flow": ("USDT", "100", "", "", ""),
    "stable-loans": ("USDT", "10", "BNB", "1", ""),
    "stable-loan-repayments": ("USDT", "10", "BNB", "1", ""),
    "stable-loan-collateral": ("USDT", "", "BNB", "5", ""),
    "flexible-loans": ("USDT", "10", "BNB", "1", ""),
    "flexible-loan-repayments": ("USDT", "10", "BNB", "1", ""),
    "flexible-loan-collateral": ("USDT", "", "BNB", "5", ""),
    "flexible-loan-liquidations": ("USDT", "10", "BNB", "1", ""),
    "option flow": ("USDT", "-0.552", "", "", ""),
    "portfolio-usd-m-income": ("USDT", "-0.5", "BTCUSDT", "", ""),
    "portfolio-coin-m-income": ("BTC", "0.001", "BTCUSD_PERP", "", ""),
}


@pytest.mark.parametrize("kind", PRODUCTS)
def test_rows_of_products_and_loans_stand_in_their_table(full: Made, kind: str) -> None:
    names = ("asset", "amount", "other_asset", "other_amount", "earned")
    rows = [row for row in rows_of(full.folder, "products.csv") if row["kind"] == kind]

    assert [PRODUCTS[kind]] == [tuple(row[name] for name in names) for row in rows]


def test_rewards_of_two_coins_at_one_moment_are_two(full: Made) -> None:
    rows = [row for row in rows_of(full.folder, "products.csv") if row["kind"] == "soft-staking-rewards"]

    assert [("BNB", "0.5", "2"), ("SOL", "0.5", "2")] == sorted(
        (row["asset"], row["amount"], row["other_amount"]) for row in rows
    )


def test_an_option_that_was_exercised_stands_with_its_trade(full: Made) -> None:
    positions = [row for row in rows_of(full.folder, "positions.csv") if row["instrument"] == OPTION]
    fills = [row for row in rows_of(full.folder, "fills.csv") if row["instrument"] == OPTION]

    assert [("option exercise", "LONG", "44", "90000")] == [
        (row["kind"], row["side"], row["pnl"], row["close_price"]) for row in positions
    ]
    assert [("8", "100", "-2", "taker")] == [
        (row["trade_id"], row["price"], row["fee"], row["liquidity"]) for row in fills
    ]


def test_transfers_with_a_sub_account_are_counted_for_the_main_account_once(tmp_path: Path) -> None:
    made = archived(with_sub_account(told()), tmp_path)
    rows = [row for row in rows_of(made.folder, "ledger.csv") if row["kind"] == "subaccount"]

    assert (ArchiveStatus.COMPLETE, Doubts((), ())) == (made.outcome.status, Doubts.of(made.outcome))
    assert sorted([("USDT", "-30", SUB), ("USDT", "12", SUB)]) == sorted(
        (row["asset"], row["change"], row["description"]) for row in rows
    )


def test_contracts_of_one_pair_may_have_the_same_numbers(tmp_path: Path) -> None:
    """Perpetual and quarterly contracts in one answer: each has trades and orders of its own numbers."""
    books = {**told().books}
    for path in ("dapi/v1/userTrades", "dapi/v1/allOrders"):
        books[path] = [*books[path], *({**row, "symbol": "BTCUSD_261225"} for row in books[path])]
    folder = archived(told().with_(books=books), tmp_path).folder
    expected = Counter(f"{row['symbol']} (coin-m)" for row in books["dapi/v1/userTrades"])

    assert expected == Counter(
        row["instrument"] for row in rows_of(folder, "fills.csv") if "coin-m" in row["instrument"]
    )
    assert len(books["dapi/v1/allOrders"]) == len(
        [row for row in rows_of(folder, "orders.csv") if row["kind"] == "coin-m"]
    )


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
    words = "this account used it, and its own changes are not added up here. Export its history on the exchange's site"
    assert {
        f"{name}: {words} before you close the account."
        for name in ("Cross Margin", "Isolated Margin", "Options", "Portfolio Margin")
    } == set(doubts.gaps)


def test_an_account_without_margin_is_told_nothing_of_it(tmp_path: Path) -> None:
    outcome = archived(told(), tmp_path).outcome

    assert [] == [str(note) for note in outcome.notes if str(note).startswith(("Cross margin", "Isolated margin"))]
