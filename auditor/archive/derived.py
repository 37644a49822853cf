"""A wallet without a ledger of its own: another wallet's ledger shows what was paid into it and out of it.

What it should hold follows from that, but for what was earned inside, which no row shows: derived, never proved.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from auditor.archive.facts import RunFacts
from auditor.archive.tables import table, text_cell
from auditor.archive.times import iso
from auditor.i18n import mark
from auditor.model import amounts
from auditor.spec.history import DerivedWallet
from auditor.spec.ledger import LedgerEntry

COLUMNS = (
    *("taken_at", "account", "wallet", "asset", "paid_in", "paid_out", "shown", "earned", "first_row", "rows"),
    "status",
)


class DerivedStatus(StrEnum):
    """What follows of one coin in a wallet without a ledger."""

    DERIVED = mark("derived")
    UNREAD = mark("not read")
    DIFFERENCE = mark("difference")


@dataclass(slots=True)
class DerivedCoin:
    """One coin in such a wallet: ``shown`` + ``paid_out`` - ``paid_in`` is what was earned there.

    ``accrued``: what the exchange says that is shown and was earned; ``shown`` None: it was not read. ``first_time``:
    Unix milliseconds, 0 without a row.
    """

    asset: str
    paid_in: Decimal = amounts.ZERO
    paid_out: Decimal = amounts.ZERO
    shown: Decimal | None = None
    accrued: Decimal = amounts.ZERO
    first_time: int = 0
    rows: int = 0

    @property
    def earned(self) -> Decimal:
        """What came out or is there beyond what went in."""
        return amounts.subtract(amounts.add(self.shown or amounts.ZERO, self.paid_out), self.paid_in)

    @property
    def status(self) -> DerivedStatus:
        """Derived, unless there is less than went in, or something that never went in and was not accrued."""
        if self.shown is None:
            return DerivedStatus.UNREAD
        is_explained = self.rows > 0 or self.earned == self.accrued
        return DerivedStatus.DERIVED if is_explained and self.earned >= 0 else DerivedStatus.DIFFERENCE


@dataclass(slots=True)
class DerivedProof:
    """What the rows of a ledger come to for the wallet without one.

    ``is_hidden``: what is in it was not read, and no row would show that there is something.
    """

    wallet: DerivedWallet
    coins: dict[str, DerivedCoin] = field(default_factory=dict)
    is_hidden: bool = False

    def take(self, entry: LedgerEntry) -> None:
        """Take a row of the ledger beside it."""
        if entry.type not in self.wallet.types:
            return
        coin = self.coins.setdefault(entry.asset, DerivedCoin(entry.asset))
        coin.rows += 1
        coin.first_time = coin.first_time or entry.time
        if entry.change < 0:
            coin.paid_in = amounts.subtract(coin.paid_in, entry.change)
        else:
            coin.paid_out = amounts.add(coin.paid_out, entry.change)

    def settle(self, shown: Mapping[str, Decimal] | None, accrued: Mapping[str, Decimal] | None) -> None:
        """Take what the wallet shows now; None where it was not read."""
        self.is_hidden = shown is None and not self.wallet.types
        for asset in sorted({*self.coins, *(name for name, amount in (shown or {}).items() if amount)}):
            coin = self.coins.pop(asset, DerivedCoin(asset))
            now = None if shown is None else shown.get(asset, amounts.ZERO)
            self.coins[asset] = replace(coin, shown=now, accrued=(accrued or {}).get(asset, amounts.ZERO))


def write_derived(folder: Path, proofs: Sequence[DerivedProof], facts: RunFacts) -> None:
    """Write the table of wallets without a ledger."""
    taken = iso(int(facts.finished_at.timestamp()) * 1000)
    with table(folder / "derived.csv", COLUMNS) as writer:
        for proof in proofs:
            for coin in proof.coins.values():
                writer.writerow([taken, text_cell(facts.account), proof.wallet.id, *_cells(coin)])


def _cells(coin: DerivedCoin) -> Iterator[str]:
    yield text_cell(coin.asset)
    yield from map(amounts.plain, (coin.paid_in, coin.paid_out))
    yield "" if coin.shown is None else amounts.plain(coin.shown)
    yield "" if coin.shown is None else amounts.plain(coin.earned)
    yield iso(coin.first_time) if coin.first_time else ""
    yield str(coin.rows)
    yield coin.status.value
