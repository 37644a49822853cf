"""The archive of an account at Kraken, compared with the story that it was generated from."""

import os
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from yarl import URL

from auditor import demo
from auditor.archive import comparison, run
from auditor.archive.finishing import Archive
from auditor.archive.outcome import ArchiveStatus
from auditor.archive.session import archive_table
from auditor.archive.state import State
from auditor.archive.verify import verify
from auditor.demo.faults import Call
from auditor.demo.kraken.story import BALANCES, DEPOSITS, LEDGER, TRADES, WITHDRAWALS
from auditor.exchanges.kraken.archive_names import archive_name
from auditor.exchanges.kraken.history_kinds import kind_and_type
from auditor.exchanges.registry import load
from auditor.transport.guard import AllowList, NotAllowedError
from tests.archive.archiving import rows_of
from tests.archive.kraken_archiving import archived, make, served, told
from tests.archive.test_exports import BEAN_CHECK, bean_check

ALLOWED = (Path(__file__).parent / "allowlists/kraken.txt").read_text().splitlines()


class KilledError(BaseException):
    """Stands for kill -9: nothing is cleaned up, and nothing is caught."""


def kill(*_arguments: object) -> None:
    raise KilledError


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare balances twice, not five times, where they do not agree; do not wait for the disk."""
    monkeypatch.setattr(comparison, "ATTEMPTS", 2)
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


@dataclass(frozen=True)
class Made:
    archive: Archive
    account: demo.Account
    calls: list[demo.Call]

    @property
    def folder(self) -> Path:
        return self.archive.folder


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Made:
    account = told()
    with served(account) as (configured, exchange):
        return Made(make(configured, tmp_path_factory.mktemp("kraken")), account, exchange.calls)


def ledger(account: demo.Account) -> list[dict[str, Any]]:
    return sorted(account.books[LEDGER], key=lambda row: row["time"])


def test_an_account_is_complete_back_to_its_first_row(whole: Made) -> None:
    outcome = whole.archive.outcome
    assert (ArchiveStatus.COMPLETE, (), ()) == (outcome.status, outcome.faults, outcome.gaps)
    assert verify(whole.folder).outcome.status is ArchiveStatus.COMPLETE
    assert BEAN_CHECK is None or bean_check(whole.folder / "data/exports/kraken.beancount") == (0, "")


def test_every_row_of_the_story_is_in_the_table_once(whole: Made) -> None:
    found = Counter(row["id"] for row in rows_of(whole.folder, "ledger.csv"))
    assert Counter(row["id"] for row in ledger(whole.account)) == found


def test_balances_are_those_of_the_story_under_their_usual_names(whole: Made) -> None:
    shown = {archive_name(row["asset"]): Decimal(row["balance"]) for row in whole.account.books[BALANCES]}
    found = {row["asset"]: Decimal(row["closing"]) for row in rows_of(whole.folder, "balances.csv")}

    assert {asset: amount for asset, amount in shown.items() if asset in found} == found
    assert {"BTC", "BTC.F", "ETH.B", "EUR", "AAPLx"} <= set(found)


def test_a_change_is_the_amount_without_the_fee(whole: Made) -> None:
    rows = {row["id"]: row for row in rows_of(whole.folder, "ledger.csv")}
    for told_row in ledger(whole.account):
        row = rows[told_row["id"]]
        assert Decimal(told_row["amount"]) - Decimal(told_row["fee"]) == Decimal(row["change"])
        assert (told_row["balance"], told_row["refid"]) == (row["balance"], row["ref"])


def test_everything_that_kraken_books_is_called_something(whole: Made) -> None:
    kinds = {row["kind"] for row in rows_of(whole.folder, "ledger.csv")}
    wanted = {"trade", "fee", "deposit", "withdrawal", "earn_in", "earn_out", "reward", "pnl", "interest", "settlement"}
    assert wanted | {"adjustment", "transfer", "rebate"} == kinds


def test_trades_and_orders_stand_in_their_tables(whole: Made) -> None:
    trades = {row["txid"] for row in whole.account.books[TRADES]}
    assert trades == {row["id"] for row in rows_of(whole.folder, "fills.csv")}
    assert {"coin"} == {row["amount_unit"] for row in rows_of(whole.folder, "fills.csv")}
    assert len(trades) == len(rows_of(whole.folder, "orders.csv"))


def test_a_trade_names_its_rows_of_the_ledger_with_the_fee_in_credits(whole: Made) -> None:
    """Of a trade on margin the ledger names the position: its rows are not told apart, and none is guessed."""
    on_margin = {row["txid"] for row in whole.account.books[TRADES] if Decimal(row.get("margin", "0"))}
    expected: dict[str, set[str]] = {row["txid"]: set() for row in whole.account.books[TRADES]}
    for row in ledger(whole.account):
        if row["refid"] in expected.keys() - on_margin:
            expected[row["refid"]].add(row["id"])

    assert {2, 3} == {len(ids) for number, ids in expected.items() if number not in on_margin}
    assert expected == {row["id"]: set(row["ledger_ids"].split()) for row in rows_of(whole.folder, "fills.csv")}


def test_a_deposit_names_its_row_of_the_ledger_and_when_it_was_credited(whole: Made) -> None:
    rows = {row["id"]: row for row in rows_of(whole.folder, "ledger.csv")}
    moved = rows_of(whole.folder, "movements.csv")
    named = [rows[row["ledger_ids"]] for row in moved]

    assert len(moved) == len({row["id"] for row in named}) > 20
    assert [(row["time"], row["asset"], row["kind"]) for row in named] == [
        (row["credited"], row["asset"], row["kind"]) for row in moved
    ]


def test_a_deposit_with_a_fee_is_written_with_it(whole: Made) -> None:
    """A bank's deposit comes with its fee: 1.75 of it are never credited."""
    lines = whole.folder.joinpath("data/exports/koinly.csv").read_text().splitlines()
    assert any(",1.7500,EUR," in line and "Deposit" in line for line in lines)


def test_what_an_archive_may_send_is_what_was_written_down_by_hand(whole: Made) -> None:
    table = archive_table(load("kraken"))
    written = {tuple(line.split()) for line in ALLOWED if line.startswith(("GET ", "POST "))}
    asked = {(call.method, "api.kraken.com", call.path) for call in whole.calls}

    assert written == {(one.method, "api.kraken.com", one.full_path(table.api.prefix)) for one in table.endpoints()}
    assert asked <= written


@pytest.mark.parametrize(
    "name", ["AddExport", "RemoveExport", "WalletTransfer", "WithdrawCancel", "Earn/Allocate", "QueryLedgers"]
)
def test_nothing_that_makes_kraken_do_something_is_let_out(name: str) -> None:
    allow = AllowList.of(archive_table(load("kraken")), ("https://api.kraken.com",))
    with pytest.raises(NotAllowedError):
        allow.check_request("POST", URL(f"https://api.kraken.com/0/private/{name}"))


def test_a_row_that_is_listed_with_both_classes_of_assets_is_one(tmp_path: Path, whole: Made) -> None:
    """Kraken does not say whether the euros that a tokenised stock cost are listed with the stock, too."""
    account = whole.account.with_rows(LEDGER, [row for row in whole.account.books[LEDGER] if row["asset"] != "AAPLx"])
    account = account.with_rows(BALANCES, [row for row in account.books[BALANCES] if row["asset"] != "AAPLx"])

    def both(call: Call) -> None:
        if call.path == LEDGER:
            call.query["aclass"] = "currency"

    made = archived(account, tmp_path, fault=both)
    assert ArchiveStatus.COMPLETE is made.outcome.status
    assert len(account.books[LEDGER]) == len(rows_of(made.folder, "ledger.csv"))


def test_a_key_that_sees_a_part_of_the_history_never_makes_a_complete_archive(tmp_path: Path) -> None:
    account = told(events=12)
    made = archived(account.with_key(queryFrom="1700000000"), tmp_path / "narrow")
    assert ArchiveStatus.PARTIAL is made.outcome.status
    assert ArchiveStatus.PARTIAL is verify(made.folder).outcome.status


def test_what_a_narrow_key_has_read_stays_partial_with_a_wide_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = told(events=12)

    with monkeypatch.context() as patched:
        patched.setattr(run, "finish", kill)
        with pytest.raises(KilledError):
            archived(account.with_key(queryFrom="1700000000"), tmp_path)
    assert ArchiveStatus.PARTIAL is archived(account, tmp_path).outcome.status


def test_an_account_that_never_had_funding_is_complete(tmp_path: Path) -> None:
    unfunded = demo.account("kraken-unfunded")
    assert ArchiveStatus.COMPLETE is archived(unfunded, tmp_path).outcome.status


@pytest.mark.parametrize(
    ("kind", "subtype", "asset", "named"),
    [
        ("earn", "reward", "XBT.F", ("reward", "earn")),
        ("earn", "vault", "XBT.F", ("other", "earn/vault")),
        ("transfer", "", "FLR", ("adjustment", "transfer")),
        ("transfer", "spottofutures", "ZEUR", ("transfer", "transfer")),
        ("trade", "tradespot", "XXBT", ("trade", "trade")),
        ("trade", "", "KFEE", ("fee", "trade")),
        ("lottery", "", "XXBT", ("other", "lottery")),
        ("lottery", "won", "XXBT", ("other", "lottery/won")),
    ],
)
def test_a_row_is_called_by_its_type_and_subtype(kind: str, subtype: str, asset: str, named: tuple[str, str]) -> None:
    assert named == kind_and_type(kind, subtype, asset)


@pytest.mark.slow("an archive each")
@pytest.mark.parametrize("refid", ["F", "Q"])
def test_a_deposit_that_went_straight_out_again_is_missed_where_the_ledger_lost_both_rows(
    tmp_path: Path, whole: Made, refid: str
) -> None:
    """No balance shows it: the lists of deposits and withdrawals do."""
    rows = ledger(whole.account)
    passed = next(
        {one["id"], two["id"]}
        for one, two in pairwise(rows)
        if one["asset"] == "USDC" == two["asset"] and Decimal(one["amount"]) == -Decimal(two["amount"])
    )
    book = DEPOSITS if refid == "Q" else WITHDRAWALS
    account = whole.account.with_rows(LEDGER, [row for row in rows[::-1] if row["id"] not in passed])
    # One of the two lists is enough.
    account = account.with_rows(book, [])
    assert ArchiveStatus.DIFFERS is archived(account, tmp_path).outcome.status


def test_a_withdrawal_that_failed_is_missed_where_the_ledger_lost_both_rows(tmp_path: Path, whole: Made) -> None:
    failed = next(row["refid"] for row in whole.account.books[WITHDRAWALS] if row["status"] == "Failure")
    rows = [row for row in whole.account.books[LEDGER] if row["refid"] != failed]
    assert ArchiveStatus.COMPLETE is not archived(whole.account.with_rows(LEDGER, rows), tmp_path).outcome.status


def test_a_coin_bought_with_fee_credits_and_moved_on_is_missed_where_the_ledger_lost_both_rows(tmp_path: Path) -> None:
    """The row of the fee credits does not stand for the coin that was bought."""
    account = told(events=60)
    rows = ledger(account)
    with_credits = {row["refid"] for row in rows if row["asset"] == "KFEE" and row["type"] == "trade"}
    coins = {row["asset"] for row in rows}
    passed = next(
        {one["id"], two["id"]}
        for coin in sorted(coins)
        for one, two in pairwise(row for row in rows if row["asset"] == coin)
        if one["refid"] in with_credits and Decimal(one["amount"]) == -Decimal(two["amount"]) != 0
    )
    left = account.with_rows(LEDGER, [row for row in account.books[LEDGER] if row["id"] not in passed])
    assert ArchiveStatus.PARTIAL is archived(left, tmp_path).outcome.status


@pytest.mark.slow("two archives each")
@pytest.mark.usefixtures("without_exports")
@pytest.mark.parametrize("moment", [3, 8, 14, 20])
def test_a_run_that_is_killed_comes_to_the_same_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Made, moment: int
) -> None:
    commits, commit = iter(range(moment)), State.commit

    def killed(*arguments: Any, **named: Any) -> None:
        if next(commits, None) is None:
            kill()
        commit(*arguments, **named)

    with monkeypatch.context() as patched:
        patched.setattr(State, "commit", killed)
        with pytest.raises(KilledError):
            archived(whole.account, tmp_path)
    made = archived(whole.account, tmp_path)
    assert {path.name: path.read_bytes() for path in (whole.folder / "data/tables").iterdir()} == {
        path.name: path.read_bytes() for path in (made.folder / "data/tables").iterdir()
    }
