"""What the other tables of an archive know of a row of its ledgers, by an index on the disk: memory does not grow."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from auditor.archive.exports.ledger_table import LedgerRow, rows_of
from auditor.archive.waiting import MONTH
from auditor.model import amounts
from auditor.model.amounts import ZERO, parse

_SCHEMA = """
CREATE TABLE half (wallet TEXT, id TEXT, PRIMARY KEY (wallet, id)) WITHOUT ROWID;
CREATE TABLE partner (id TEXT PRIMARY KEY, account TEXT) WITHOUT ROWID;
CREATE TABLE movement (kind TEXT, asset TEXT, change TEXT, time INTEGER, amount TEXT, fee TEXT, txid TEXT);
"""
_INDEX = "CREATE INDEX by_change ON movement (kind, asset, change, time)"
_NEAR = (
    "SELECT rowid, time, amount, fee, txid FROM movement WHERE kind = ? AND asset = ? AND change = ? "
    "AND time BETWEEN ? AND ? ORDER BY time"
)
_LATER, _EARLIER = f"{_NEAR} LIMIT 1", f"{_NEAR} DESC LIMIT 1"
DEPOSIT = "deposit"
BOTH_HALVES = 2
"""Rows of the ledger of a transfer between two wallets; one to a sub-account has one here."""
_MOVEMENTS = ("kind", "asset", "exchange_time", "amount", "fee", "fee_asset", "txid")


class Movement(NamedTuple):
    """A deposit or withdrawal as its own list has it. ``fee``: inside the ledger's change, "" for none."""

    amount: str
    fee: str
    txid: str


@dataclass(frozen=True, slots=True)
class MovementIndex:
    """An index of transfers, deposits and withdrawals."""

    database: sqlite3.Connection

    def is_own(self, row: LedgerRow) -> bool:
        """Return whether a row is one half of a transfer of which the other half is here, too."""
        query = "SELECT 1 FROM half WHERE wallet = ? AND id = ?"
        return self.database.execute(query, (row.wallet, row.id)).fetchone() is not None

    def partner(self, row: LedgerRow) -> str:
        """Return the sub-account that a row was sent to or came from, "" where the row names none."""
        found = self.database.execute("SELECT account FROM partner WHERE id = ?", (row.id,)).fetchone()
        return "" if found is None else str(found[0])

    def movement(self, row: LedgerRow) -> Movement | None:
        """Return the deposit or withdrawal that a row is of: of the same change, nearest in time."""
        wanted, time = (row.kind, row.asset, _key(row.change)), row.moment
        sides = ((_LATER, time, time + MONTH), (_EARLIER, time - MONTH, time))
        near = [self.database.execute(query, (*wanted, *span)).fetchone() for query, *span in sides]
        found = min((one for one in near if one), key=lambda one: abs(int(one[1]) - time), default=None)
        if found is None:
            return None
        # Two deposits alike are two.
        self.database.execute("DELETE FROM movement WHERE rowid = ?", found[:1])
        return Movement(*found[2:])


@contextmanager
def open_beside(tables: Path) -> Iterator[MovementIndex]:
    """Index the tables beside the ledgers in a file without a name, which is gone at the end."""
    with closing(sqlite3.connect("")) as database:
        database.executescript(_SCHEMA)
        database.executemany("INSERT OR IGNORE INTO half VALUES (?, ?)", _halves(tables))
        database.executemany("INSERT OR IGNORE INTO partner VALUES (?, ?)", _partners(tables))
        database.executemany("INSERT INTO movement VALUES (?, ?, ?, ?, ?, ?, ?)", _movements(tables))
        database.execute(_INDEX)
        yield MovementIndex(database)


def _halves(tables: Path) -> Iterator[tuple[str, str]]:
    columns = ("from_wallet", "to_wallet", "ledger_ids")
    for given, taken, ids in rows_of(tables / "transfers.csv", columns):
        halves = ids.split()
        if len(halves) == BOTH_HALVES:
            yield from zip((given, taken), halves, strict=True)


def _partners(tables: Path) -> Iterator[tuple[str, str]]:
    columns = ("id", "from_account", "to_account", "ledger_ids")
    for number, given, taken, ids in rows_of(tables / "transfers.csv", columns):
        if len(ids.split()) < BOTH_HALVES:
            yield number, given or taken


def _movements(tables: Path) -> Iterator[tuple[str, str, str, int, str, str, str]]:
    """Yield each movement by what it changes; one with a fee twice: with and without it."""
    for kind, asset, time, amount, fee, fee_asset, txid in rows_of(tables / "movements.csv", _MOVEMENTS):
        size, charged = parse(amount), parse(fee) if fee_asset in {asset, ""} else None
        if size is None:
            continue
        yield kind, asset, amounts.short(size), int(time), amount, "", txid
        if charged is not None and charged > ZERO:
            with_fee = amounts.short(amounts.subtract(size, charged) if kind == DEPOSIT else amounts.add(size, charged))
            yield kind, asset, with_fee, int(time), amount, fee, txid


def _key(change: str) -> str:
    size = parse(change)
    return "" if size is None else amounts.short(abs(size))
