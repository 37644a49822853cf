"""Wallets whose exchange prints no balance after a change: nothing plus all changes must be what is shown."""

import csv
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from auditor.archive.assignment import assignment
from auditor.archive.coin_sum import PATIENCE, CoinSum
from auditor.archive.curve import Curve
from auditor.archive.exports.export import write_exports
from auditor.archive.exports.heading import TimeSpan, heading_of
from auditor.archive.outcome import ArchiveStatus, ProofKind
from auditor.archive.report_content import headline
from auditor.archive.state import Status
from auditor.archive.wallet_proof import CoinStatus
from auditor.spec.history import WalletTransfer
from tests.archive.archiving import NOW, Doubts, rows_of
from tests.archive.summing import DAY, TODAY, Story
from tests.archive.test_exports import BEAN_CHECK, bean_check

KOINLY = (*("Sent Amount", "Sent Currency", "Received Amount", "Received Currency", "Fee Amount", "Fee Currency"),)
EARLIER = TODAY - 100 * DAY


def at(days: int) -> str:
    return str(EARLIER + days * DAY)


def moved(number: str, days: int, coin: str, size: str, state: str = "done", **more: str) -> dict[str, str]:
    return {"id": number, "time": at(days), "coin": coin, "size": size, "state": state, **more}


MOVEMENTS = [
    moved("1", 0, "USDT", "3000"),
    moved("2", 1, "BNB", "0.1"),
    moved("3", 9, "ETH", "-0.2", fee="0.001"),
    moved("4", 9, "ETH", "-50", "failed"),
]
FILL = {"id": "7", "time": at(2), "coin": "ETH", "size": "0.5", "price": "2000", "fee": "0.0012", "feeCoin": "BNB"}
TRANSFER = {"id": "5", "time": at(3), "coin": "USDT", "size": "500", "to": "funding"}
SHOWN = {"spot": {"USDT": "1500", "ETH": "0.299", "BNB": "0.0988"}, "funding": {"USDT": "500"}}
"""Reckoned by hand: 3000 - 0.5 * 2000 - 500; 0.5 - 0.2 - 0.001; 0.1 - 0.0012; 500."""


def told(**changed: Any) -> Story:
    lists = {"movements": MOVEMENTS, "fills": [FILL], "transfers": [TRANSFER]}
    return replace(Story(lists, SHOWN), **changed)


def with_list(name: str, *rows: Mapping[str, str]) -> dict[str, Any]:
    return {"lists": {**told().lists, name: list(rows)}}


def spot(**coins: str) -> dict[str, Any]:
    return {"shown": {**SHOWN, "spot": {**SHOWN["spot"], **coins}}}


def ended(name: str, **how: Any) -> dict[str, Any]:
    return {"ends": {name: how}}


def test_changes_of_several_lists_that_come_to_what_is_shown_are_complete_by_sums(tmp_path: Path) -> None:
    proof, outcome = told().judged(tmp_path)

    assert (ArchiveStatus.COMPLETE, ProofKind.SUMMED, 0) == (outcome.status, outcome.kind, outcome.exit_code)
    assert "Complete, by sums" in str(headline(outcome.status, outcome.kind))
    assert {"summed"} == {coin.status.value for wallet in proof.sums.wallets for coin in wallet.coins}
    assert ["Spot: from nothing", "Funding: from nothing"] == [str(one).partition(",")[0] for one in outcome.wallets]


def test_the_ledger_has_each_change_without_a_balance_and_with_its_proof(tmp_path: Path) -> None:
    told().judged(tmp_path)
    rows = rows_of(tmp_path, "ledger.csv")

    assert [
        ("movements:1:1", "spot", "USDT", "3000", "deposit"),
        ("movements:2:1", "spot", "BNB", "0.1", "deposit"),
        ("fills:7:1", "spot", "ETH", "0.5", "trade"),
        ("fills:7:2", "spot", "USDT", "-1000.0", "trade"),
        ("fills:7:3", "spot", "BNB", "-0.0012", "fee"),
        ("transfers:5:1", "spot", "USDT", "-500", "transfer"),
        ("transfers:5:2", "funding", "USDT", "500", "transfer"),
        ("movements:3:1", "spot", "ETH", "-0.201", "withdrawal"),
    ] == [(row["id"], row["wallet"], row["asset"], row["change"], row["kind"]) for row in rows]
    assert {("", "summed")} == {(row["balance"], row["proof"]) for row in rows}
    assert "raw/fills/000.jsonl.gz:2" == rows[2]["source"]
    assert ["transfers:5:1 transfers:5:2"] == [row["ledger_ids"] for row in rows_of(tmp_path, "transfers.csv")]
    assert ["fills:7:1 fills:7:2 fills:7:3"] == [row["ledger_ids"] for row in rows_of(tmp_path, "fills.csv")]


SOL = [moved("5", 10, "SOL", "1", balance="1"), moved("6", 11, "SOL", "2", balance="3")]
"""Deposits with the balance after each."""


def test_balances_that_one_list_prints_are_followed(tmp_path: Path) -> None:
    _proof, outcome = told(**with_list("movements", *MOVEMENTS, *SOL), **spot(SOL="3")).judged(tmp_path)
    rows = [row for row in rows_of(tmp_path, "ledger.csv") if row["asset"] == "SOL"]

    assert ArchiveStatus.COMPLETE is outcome.status
    assert [("1", "running"), ("3", "running")] == [(row["balance"], row["proof"]) for row in rows]
    assert any("each follows from the one before it" in str(note) for note in outcome.notes)


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([SOL[0], {**SOL[1], "balance": "3.5"}], "0.5 missing between"),
        ([SOL[1], {**SOL[0], "balance": "1.5"}], "0.5 missing between"),
        ([{**SOL[1], "size": "3", "balance": "3.5"}], "the rows come to 3.5, the exchange shows 3"),
    ],
)
def test_balances_that_do_not_follow_contradict_sums_that_are_right(
    rows: list[dict[str, str]], fault: str, tmp_path: Path
) -> None:
    _proof, outcome = told(**with_list("movements", *MOVEMENTS, *rows), **spot(SOL="3")).judged(tmp_path)

    assert ArchiveStatus.DIFFERS is outcome.status
    assert fault in " ".join(Doubts.of(outcome).faults)


def test_what_was_there_before_lists_that_begin_late_is_told_and_leads_to_what_is_shown(tmp_path: Path) -> None:
    """A withdrawal of 0.2 ETH came first, and of SOL nothing moved."""
    late = {"begins_late": True, **with_list("movements", *MOVEMENTS[:2], moved("3", 1, "ETH", "-0.2", fee="0.001"))}
    proof, outcome = told(**late, **spot(ETH="0.5", SOL="7")).judged(tmp_path)
    coins = {coin.asset: coin for coin in proof.sums.wallets[0].coins}

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, outcome.faults)
    assert ["Spot: there before its first row: 0.201 ETH, 7 SOL."] == [str(gap) for gap in outcome.gaps]
    assert {"ETH": Decimal("0.201"), "SOL": 7, "USDT": 0, "BNB": 0} == {
        name: one.opening for name, one in coins.items()
    }
    assert {0} == {one.difference for one in coins.values()}
    assert Decimal(0) == min(one.lowest for one in proof.sums.wallets[0].curves["ETH"].stretches)
    assert "from what was there before (coins: 4, of which there before: 2)" in str(outcome.wallets[0])


def test_a_wallet_of_which_no_change_is_here_holds_what_was_there_before(tmp_path: Path) -> None:
    late = {"begins_late": True, "shown": {**SHOWN, "funding": {"SOL": "7"}}, **with_list("transfers")}
    _proof, outcome = told(**late).judged(tmp_path)

    assert "Funding: no rows here; what is in it was there before (coins: 1)." == str(outcome.wallets[1])


@pytest.mark.parametrize(
    ("coin", "shown", "told_of"),
    [
        ("USDT", "1499", "the rows come to 1500.0, the exchange shows 1499"),
        ("ETH", "0.3", "the changes come to -0.201: one that came in is missing"),
    ],
)
def test_lists_that_begin_late_come_to_no_more_than_is_shown_and_owe_nothing(
    coin: str, shown: str, told_of: str, tmp_path: Path
) -> None:
    """A dollar more than is shown; 0.001 ETH that were there before 0.201 left, and 0.5 came."""
    rows = [*MOVEMENTS[:2], moved("3", 0, "ETH", "-0.2", fee="0.001")]
    late = {"begins_late": True, **with_list("movements", *rows)}
    _proof, outcome = told(**late, **spot(**{coin: shown})).judged(tmp_path)

    assert any(told_of in text for text in (*Doubts.of(outcome).faults, *Doubts.of(outcome).gaps))


def test_halves_of_a_transfer_between_two_wallets_that_are_added_up_are_paired(tmp_path: Path) -> None:
    pairs = (WalletTransfer(wallets=("spot", "funding"), types=(frozenset({"funding"}), frozenset({"funding"}))),)
    told(transfers=pairs).judged(tmp_path)

    halves = [row for row in rows_of(tmp_path, "transfers.csv") if row["id"] == "transfers:5:1"]
    assert [("spot", "funding", "500")] == [(row["from_wallet"], row["to_wallet"], row["amount"]) for row in halves]


def test_exports_count_a_fill_its_fee_and_a_transfer_once(tmp_path: Path) -> None:
    _proof, outcome = told().judged(tmp_path)
    run = {"exchange": "okx", "name": "OKX", "uid": "7", "finished_at": NOW.isoformat()}
    document = {"run": run, "status": outcome.status.value, "proof": outcome.kind.value, "gaps": []}
    tables = tmp_path / "data/tables"
    write_exports(tables, heading_of(tables, document, TimeSpan()), "", tmp_path)

    with (tmp_path / "koinly.csv").open(encoding="utf-8") as file:
        rows = [tuple(row[name] for name in KOINLY) for row in csv.DictReader(file)]
    assert [
        ("", "", "3000", "USDT", "", ""),
        ("", "", "0.1", "BNB", "", ""),
        ("1000.0", "USDT", "0.5", "ETH", "0.0012", "BNB"),
        ("0.2", "ETH", "", "", "0.001", "ETH"),
    ] == rows
    assert (0, "") == bean_check(tmp_path / "okx.beancount") if BEAN_CHECK else True


FAULTS = {
    "a fill lost": with_list("fills"),
    "a deposit lost": with_list("movements", *MOVEMENTS[1:]),
    "a withdrawal altered by one digit": with_list(
        "movements", *MOVEMENTS[:2], {**MOVEMENTS[2], "size": "-0.200000000000000001"}
    ),
    "a fee as another coin": with_list("fills", {**FILL, "feeCoin": "USDT"}),
    "a balance that no row explains": spot(SHIB="12"),
    "a balance that is gone": spot(BNB="0"),
    "a fill of two numbers": with_list("fills", FILL, {**FILL, "id": "8"}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_difference_contradicts_where_every_list_was_read_from_the_beginning(fault: str, tmp_path: Path) -> None:
    _proof, outcome = told(**FAULTS[fault]).judged(tmp_path)

    assert (ArchiveStatus.DIFFERS, 1) == (outcome.status, outcome.exit_code)
    assert "the rows come to" in " ".join(Doubts.of(outcome).faults)


OPEN = {
    "a list refused": ended("transfers", status=Status.REFUSED, reason="not allowed", code="-1"),
    "a list broken off": ended("fills", status=Status.BROKEN, reason="no answer"),
    "a list cut": ended("fills", cut=True),
    "a list not asked for": {"skipped": "fills"},
    "a full list": {"most": 3},
    "an older account": with_list("movements", {**MOVEMENTS[0], "time": str(TODAY - 200 * DAY)}, *MOVEMENTS[1:]),
    "a state that nobody knows": with_list("movements", *MOVEMENTS, moved("9", 11, "BTC", "1", "frozen")),
    "a row that cannot be read": with_list("fills", FILL, {**FILL, "id": "9", "fee": ""}),
    "a row that is not the same": with_list("fills", FILL, {**FILL, "price": "1999"}),
    "another wallet": with_list("transfers", TRANSFER, {**TRANSFER, "id": "6", "to": "futures", "size": "0"}),
}


def opened(how: str) -> Story:
    return told(**OPEN[how])


@pytest.mark.parametrize("how", OPEN)
def test_an_archive_is_not_complete_although_its_sums_are_right_with(how: str, tmp_path: Path) -> None:
    _proof, outcome = opened(how).judged(tmp_path)

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, Doubts.of(outcome).faults)


@pytest.mark.parametrize("how", sorted(set(OPEN) - {"another wallet"}))
def test_a_difference_contradicts_nothing_where_the_rest_may_be_in_what_was_not_read(how: str, tmp_path: Path) -> None:
    _proof, outcome = replace(opened(how), **spot(USDT="1600")).judged(tmp_path)

    assert (ArchiveStatus.PARTIAL, 3) == (outcome.status, outcome.exit_code)
    assert any(
        re.match("Spot USDT: the changes here come to .*, shown are 1600.", gap) for gap in Doubts.of(outcome).gaps
    )


def test_what_else_may_change_a_wallet_makes_a_difference_a_question(tmp_path: Path) -> None:
    _proof, outcome = told(elsewhere=("gift cards",), **spot(USDT="1600")).judged(tmp_path)

    assert ArchiveStatus.PARTIAL == outcome.status
    assert "Spot: these change it, too, and no list here has them: gift cards." in Doubts.of(outcome).gaps


def test_what_else_may_change_a_wallet_keeps_no_archive_from_being_complete_whose_sums_are_right(
    tmp_path: Path,
) -> None:
    _proof, outcome = told(elsewhere=("gift cards",)).judged(tmp_path)

    assert ArchiveStatus.COMPLETE == outcome.status
    assert any("gift cards" in str(note) for note in outcome.notes)


@pytest.mark.parametrize(("rows", "expected"), [(0, ArchiveStatus.COMPLETE), (1, ArchiveStatus.PARTIAL)])
def test_a_list_of_what_the_account_never_had_may_be_refused_before_it_gave_a_row(
    rows: int, expected: ArchiveStatus, tmp_path: Path
) -> None:
    bare: dict[str, Any] = {"lists": {}, "shown": {"spot": {}, "funding": {}}}
    how = ended("movements", status=Status.REFUSED, reason="never opened", code="-7", rows=rows)
    _proof, outcome = told(**bare, **how).judged(tmp_path)

    assert expected == outcome.status
    assert (not rows) == any("has no such product" in str(note) for note in outcome.notes)


def test_balances_that_were_not_read_prove_nothing(tmp_path: Path) -> None:
    _proof, outcome = told(shown={**SHOWN, "spot": None}).judged(tmp_path)

    assert ArchiveStatus.PARTIAL == outcome.status
    assert "Spot: its balances could not be read." in Doubts.of(outcome).gaps


def test_an_account_that_moved_meanwhile_is_not_complete(tmp_path: Path) -> None:
    for folder, changed in ((tmp_path / "a", {}), (tmp_path / "b", spot(USDT="1600"))):
        _proof, outcome = told(rested=False, **changed).judged(folder)

        assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, Doubts.of(outcome).faults)


def test_a_deposit_and_a_withdrawal_that_are_both_missing_show_where_the_balance_was_below_nothing(
    tmp_path: Path,
) -> None:
    """Sold for 1000 what had come in, and 1000 sent out after the deposit that paid for it: their sum is right."""
    rows = (moved("1", 5, "USDT", "3000"), *MOVEMENTS[1:])
    _proof, outcome = told(**with_list("movements", *rows)).judged(tmp_path)

    assert ArchiveStatus.PARTIAL == outcome.status
    assert any("the changes come to -1500: one that came in is missing" in gap for gap in Doubts.of(outcome).gaps)


SWAPPED = {"spot": {**SHOWN["spot"], "USDT": "1400"}, "funding": {"USDT": "600"}}
OPEN_ROWS = [
    {"USDT": "-100", "ETH": "0.5"},
    {"USDT": "-100", "BTC": "0.001"},
    {"USDT": "-30.5", "ETH": "0.2"},
    {"SOL": "-3", "USDT": "41", "BNB": "0"},
]


@pytest.mark.parametrize("chosen", [{0}, {1}, {0, 1}, {0, 2}, {2, 3}, {0, 1, 2, 3}])
def test_rows_that_make_good_every_difference_are_found(chosen: set[int]) -> None:
    rows = [{coin: Decimal(amount) for coin, amount in row.items()} for row in OPEN_ROWS]
    wanted: dict[str, Decimal] = {}
    for number in chosen:
        for coin, amount in rows[number].items():
            wanted[coin] = wanted.get(coin, Decimal(0)) + amount

    assert chosen == assignment(rows, wanted)


@pytest.mark.parametrize(
    "wanted", [{"USDT": "-100"}, {"USDT": "-100", "ETH": "0.2"}, {"XRP": "1"}, {"USDT": "-130.51", "ETH": "0.7"}]
)
def test_no_rows_are_found_for_a_difference_that_they_do_not_come_to(wanted: dict[str, str]) -> None:
    rows = [{coin: Decimal(amount) for coin, amount in row.items()} for row in OPEN_ROWS]

    assert None is assignment(rows, {coin: Decimal(amount) for coin, amount in wanted.items()})


def test_more_rows_than_can_be_tried_settle_nothing() -> None:
    rows = [{"USDT": Decimal(number), "ETH": Decimal(1)} for number in range(1, 60)]

    assert None is assignment(rows, {"USDT": Decimal(7), "ETH": Decimal(2)})


def test_a_conversion_that_does_not_say_so_is_found_to_be_of_the_other_wallet(tmp_path: Path) -> None:
    """Sold in Funding: 30 USDT for 0.01 ETH, and not in Spot, where its row stands."""
    swap = {**FILL, "id": "8", "time": at(5), "size": "0.01", "price": "3000", "fee": "0", "perhaps": "funding"}
    shown = {**SHOWN, "funding": {"USDT": "470", "ETH": "0.01"}}
    proof, outcome = told(group="both", shown=shown, **with_list("fills", FILL, swap)).judged(tmp_path)

    assert ArchiveStatus.COMPLETE == outcome.status
    assert {("spot", "USDT"), ("spot", "ETH"), ("funding", "USDT"), ("funding", "ETH")} == {
        (coin.wallet, coin.asset) for coin in proof.sums.coins() if coin.status is CoinStatus.TOGETHER
    }


@pytest.mark.parametrize("group", ["both", ""])
def test_a_transfer_that_is_missing_is_no_row_of_another_wallet(group: str, tmp_path: Path) -> None:
    """Both wallets together come to what is shown, and 100 went from one to the other in no row."""
    _proof, outcome = told(group=group, shown=SWAPPED).judged(tmp_path)

    assert ArchiveStatus.DIFFERS == outcome.status


def test_a_wallet_of_a_group_may_be_below_nothing_while_both_together_are_not(tmp_path: Path) -> None:
    """2500 of 3000 went to Funding, and 2000 came back after 1000 were spent: the purchase was out of both."""
    there, back = {**TRANSFER, "time": at(1), "size": "2500"}, {**TRANSFER, "id": "6", "time": at(4), "size": "-2000"}
    lists = {**told().lists, "transfers": [there, back]}
    for group, status in (("both", ArchiveStatus.COMPLETE), ("", ArchiveStatus.PARTIAL)):
        _proof, outcome = told(group=group, lists=lists).judged(tmp_path / (group or "each"))

        assert status == outcome.status


Rows = list[tuple[int, str]]


def summed(rows: Rows) -> CoinSum:
    coin = CoinSum("USDT", Curve())
    for time, change in rows:
        coin.add(time, Decimal(change))
    return coin


@pytest.mark.parametrize(
    ("rows", "owed"),
    [
        ([(1, "5"), (2, "-5")], (0, 0, "0")),
        ([(1, "-5"), (1 + PATIENCE, "5")], (0, 0, "0")),
        ([(1, "-5"), (2 + PATIENCE, "5")], (1, 2 + PATIENCE, "-5")),
        ([(1, "-5"), (2, "-2"), (9 + PATIENCE, "-1"), (9 + 2 * PATIENCE, "8")], (1, 9 + 2 * PATIENCE, "-8")),
        ([(1, "-5"), (2, "5"), (3 + 2 * PATIENCE, "1")], (0, 0, "0")),
    ],
)
def test_a_sum_below_nothing_is_noted_when_it_lasts_longer_than_rows_are_out_of_order(
    rows: Rows, owed: tuple[int, int, str]
) -> None:
    coin = summed(rows)

    assert (*owed[:2], Decimal(owed[2])) == (coin.owed_since, coin.owed_until, coin.owed)


def test_eighteen_digits_are_added_up_exactly() -> None:
    coin = summed([(1, "8694.217940337828902020"), (2, "0.000000000000000001"), (3, "-8694.217940337828902021")])

    assert Decimal(0) == coin.amount
