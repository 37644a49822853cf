"""Bitget: how the rows of the lists beside its ledgers are read, and what a ledger's row has in common with them.

A withdrawal's ``size`` has the fee in it in answers of a real account (ccxt's recorded ones, 2026); a ledger's row may
be either.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial

from auditor.model.amounts import ZERO, add
from auditor.spec.ledger import LedgerEntry
from auditor.spec.parsed_row import Row
from auditor.spec.second_list import ListedRow

OWN_WALLETS = frozenset({"spot", "uta"})
"""Bitget's names of the funding and the unified account in transfers; the documentation writes ``unified`` too."""
NAMES = {"unified": "uta", "funding": "spot"}
FAILED = frozenset({"fail", "failed"})
NOT_BOOKED = frozenset({"pending", "processing", *FAILED})
"""States in which no balance is expected to have changed. Any other, also an unknown one, must have its row."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a kind of account spells the fields of deposits and withdrawals."""

    created: str
    txid: str

    def reader(self, read: Callable[[Row, "Spelling"], ListedRow]) -> Callable[[Row], ListedRow]:
        """Return what reads a row that is spelled so."""
        return partial(_read, read, self)


CLASSIC, V3 = Spelling("cTime", "tradeId"), Spelling("createdTime", "recordId")


def _read(read: Callable[[Row, Spelling], ListedRow], spelling: Spelling, row: Row) -> ListedRow:
    return read(row, spelling)


def amount_mark(entry: LedgerEntry) -> Hashable:
    """Return coin and change of a row: all that it has in common with a deposit or transfer."""
    return entry.asset, entry.change


def is_booked(row: Row) -> bool:
    """Return whether a balance is expected to have changed."""
    return row.text("status").lower() not in NOT_BOOKED


def has_failed(row: Row) -> bool:
    """Return whether nothing came of a row, and nothing will."""
    return row.text("status").lower() in FAILED


def deposit(row: Row, spelling: Spelling) -> ListedRow:
    """Read a deposit. Only one under way or failed is not expected to have changed a balance.

    Which wallet's, and as what, is the user's choice and documented nowhere: without a row nothing contradicts, and the
    archive is not complete.
    """
    coin = row.text("coin").upper()
    names = ("chain", "toAddress", spelling.txid, "status")
    return ListedRow(
        id=row.text("orderId"),
        time=int(row.hint(spelling.created)),
        cells=("deposit", coin, row.hint("size"), "", "", *map(row.hint, names)),
        marks=((coin, row.amount("size")),),
        due=False,
        expected=is_booked(row),
        final=has_failed(row),
    )


def withdrawal(row: Row, spelling: Spelling) -> ListedRow:
    """Read a withdrawal, whose fee is written below zero or above it."""
    coin, size, fee = row.text("coin").upper(), row.amount("size"), abs(row.amount_or_none("fee") or ZERO)
    names = ("chain", "toAddress", spelling.txid, "status")
    with_fee = ((coin, -add(size, fee)),) if fee else ()
    return ListedRow(
        id=row.text("orderId"),
        time=int(row.hint(spelling.created)),
        cells=("withdrawal", coin, *row.hints("size", "fee"), coin if fee else "", *map(row.hint, names)),
        marks=((coin, -size), *with_fee),
        due=False,
        expected=is_booked(row),
        final=has_failed(row),
    )


def wallet(name: object) -> str:
    """Return the name of a wallet as answers have it."""
    return NAMES.get(str(name), str(name))


def is_own_move(row: object) -> bool:
    """Return whether a row of transfers is one between the two ledgers of one account."""
    if not isinstance(row, dict):
        return False
    wallets = {wallet(row.get("fromType")), wallet(row.get("toType"))}
    return wallets == OWN_WALLETS and row.get("fromUserId") == row.get("toUserId")


def move(row: Row) -> ListedRow:
    """Read a transfer between the two ledgers: each has a half."""
    coin, size = row.text("coin").upper(), row.amount("amount")
    return ListedRow(
        id=row.text("transferId"),
        time=int(row.hint("createdTime")),
        cells=(),
        marks=((coin, -size), (coin, size)) if is_booked(row) else (),
        due=False,
        expected=True,
        legs=2,
    )


def gift(row: Row) -> ListedRow:
    """Read a transfer to or from another account, or to a wallet of this one that has no ledger.

    The other half of the latter is in no list, so that nothing stands for it.
    """
    coin, size = row.text("coin").upper(), row.amount("amount")
    parties = frozenset({row.text("fromUserId"), row.text("toUserId")})
    is_done = is_booked(row) and len(parties) > 1
    names = ("fromType", "toType", "fromUserId", "toUserId")
    return ListedRow(
        id=row.text("transferId"),
        time=int(row.hint("createdTime")),
        cells=(*row.hints(*names), coin, row.hint("amount"), ""),
        marks=((coin, -size), (coin, size)) if is_done else (),
        due=False,
        expected=True,
        parties=parties,
        final=has_failed(row),
    )
