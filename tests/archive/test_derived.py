"""Wallets without a ledger: what is in them follows from what was paid in and out, but for what was earned there."""

from decimal import Decimal
from pathlib import Path

import pytest

from auditor.archive.derived import DerivedCoin, DerivedProof, DerivedStatus
from auditor.archive.outcome import ArchiveStatus
from auditor.demo.okx.story import FUNDING
from auditor.exchanges.registry import load
from auditor.spec.ledger import LedgerEntry
from tests.archive.archiving import archived, rows_of, told

pytestmark = pytest.mark.usefixtures("without_exports")

SAVINGS = "finance/savings/balance"


def entry(change: str, code: str) -> LedgerEntry:
    return LedgerEntry(
        number=1,
        time=1000,
        asset="USDT",
        change=Decimal(change),
        balance=Decimal(0),
        digits=("", ""),
        kind="",
        type=code,
    )


def coin_of(shown: str | None, accrued: str, *changes: tuple[str, str]) -> DerivedCoin:
    history = load("okx").history
    assert history is not None
    proof = DerivedProof(history.derived[0])
    for change, code in changes:
        proof.take(entry(change, code))
    amounts = (None, None) if shown is None else ({"USDT": Decimal(shown)}, {"USDT": Decimal(accrued)})
    proof.settle(*amounts)
    return proof.coins["USDT"]


IN, OUT = ("-1000", "75"), ("400", "76")


@pytest.mark.parametrize(
    ("shown", "accrued", "changes", "earned", "status"),
    [
        ("601.25", "1.25", (IN, OUT), "1.25", DerivedStatus.DERIVED),
        ("600", "0", (IN, OUT), "0", DerivedStatus.DERIVED),
        ("0", "0", (IN, ("1001.5", "76")), "1.5", DerivedStatus.DERIVED),
        ("599.99", "1.25", (IN, OUT), "-0.01", DerivedStatus.DIFFERENCE),
        ("0", "0", (IN,), "-1000", DerivedStatus.DIFFERENCE),
        ("5", "0", (), "5", DerivedStatus.DIFFERENCE),
        ("5", "5", (), "5", DerivedStatus.DERIVED),
    ],
)
def test_what_is_there_beyond_what_was_paid_in_was_earned_and_less_is_a_difference(
    shown: str, accrued: str, changes: tuple[tuple[str, str], ...], earned: str, status: DerivedStatus
) -> None:
    coin = coin_of(shown, accrued, *changes)
    assert (Decimal(earned), status) == (coin.earned, coin.status)


def test_rows_of_other_types_are_none_of_this_wallet() -> None:
    assert (Decimal(1000), Decimal(0), 1) == (
        (coin := coin_of("1000", "0", IN, ("-7", "2"), ("9", "1"))).paid_in,
        coin.paid_out,
        coin.rows,
    )


def test_what_could_not_be_read_is_not_derived() -> None:
    assert DerivedStatus.UNREAD is coin_of(None, "0", IN).status


def test_an_archive_has_what_the_story_put_into_simple_earn_and_took_out(tmp_path: Path) -> None:
    account = told(events=120, days=6)
    made = archived(account, tmp_path)
    rows = rows_of(made.folder, "derived.csv")
    bills = [row for row in account.books[FUNDING] if row["type"] in {"75", "76"}]
    expected = {row["ccy"]: row["amt"] for row in account.books[SAVINGS]}

    assert ArchiveStatus.COMPLETE is made.outcome.status
    assert {"derived"} == {row["status"] for row in rows}
    assert len(bills) == sum(int(row["rows"]) for row in rows)
    assert {name: Decimal(amount) for name, amount in expected.items()} == {
        row["asset"]: Decimal(row["shown"]) for row in rows if Decimal(row["shown"])
    }
    assert all(Decimal(row["earned"]) >= 0 for row in rows)


@pytest.mark.slow("an archive each")
@pytest.mark.parametrize("fault", ["less than was paid in", "refused"])
def test_simple_earn_that_is_not_explained_keeps_an_archive_from_being_complete(tmp_path: Path, fault: str) -> None:
    account = told(events=120, days=6)
    first = account.books[SAVINGS][0]
    less = account.with_rows(SAVINGS, [{**first, "amt": "0.01", "earnings": "0"}, *account.books[SAVINGS][1:]])
    struck = account.with_(refuses={SAVINGS: "50120"}) if fault == "refused" else less
    outcome = archived(struck, tmp_path).outcome

    assert (ArchiveStatus.PARTIAL, ()) == (outcome.status, outcome.faults)
    assert any(f"Simple Earn {first['ccy']}" in str(gap) for gap in outcome.gaps)
