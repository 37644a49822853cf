"""The tables of an archive: CSV in UTF-8 with a byte order mark, amounts digit for digit as text."""

import csv
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TextIO

from auditor.archive.folder import OWNER_ONLY
from auditor.archive.rows import SourcedEntry
from auditor.archive.times import iso
from auditor.formats.escape import cell
from auditor.model import amounts
from auditor.security.paths import make_private_folders
from auditor.spec.history import LedgerEntry, ListedRow
from auditor.spec.history_tables import INCOME, TABLES
from auditor.spec.summed import ChangedRow

LEDGER_COLUMNS = (
    *("id", "time", "exchange_time", "account", "wallet", "asset", "change", "balance", "kind", "type", "subtype"),
    *("description", "fee", "instrument", "order_id", "trade_id", "ref", "source", "proof"),
)
BALANCE_COLUMNS = (
    *("taken_at", "account", "wallet", "asset", "shown", "opening", "sum", "closing", "difference", "first_row"),
    *("rows", "status"),
)
BESIDE_COLUMNS = ("id", "time", "exchange_time", "account")
"""What every table but the ledger and the balances begins with."""
INCOME_COLUMNS = (*BESIDE_COLUMNS, *INCOME)
LEDGER_IDS = "ledger_ids"
BOTH_HALVES = 2
INCOME_KINDS = frozenset({"reward", "interest", "funding", "rebate", "airdrop"})
"""What the ledger's rows in the table of income are of."""
NO_FEE = frozenset({"", "0"})


class LineWriter:
    """Writes rows as `csv.writer` does, in a third of the time: it looks at each sign of a row, which few rows need."""

    def __init__(self, file: TextIO) -> None:
        """Write to an open file."""
        self._write = file.write
        self._quoting = csv.writer(file, lineterminator="\n")

    def writerow(self, row: Sequence[str], /) -> None:
        """Write one row of two cells or more."""
        line = ",".join(row)
        if '"' in line or "\n" in line or "\r" in line:
            self._quoting.writerow(row)
            return
        if line.count(",") >= len(row):
            line = ",".join([f'"{cell}"' if "," in cell else cell for cell in row])
        self._write(f"{line}\n")


@contextmanager
def table(path: Path, columns: Sequence[str]) -> Iterator[LineWriter]:
    """Open a table with its header, for the owner alone, and make it durable at the end."""
    make_private_folders(path.parent)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
        writer = LineWriter(file)
        writer.writerow(columns)
        yield writer
        file.flush()
        os.fsync(file.fileno())


def ledger_cells(account: str, wallet: str, row: SourcedEntry) -> list[str]:
    """Return the cells of a row of the ledger.

    Amounts are checked numbers; all else may be a formula. ``account``: a cell already.
    """
    entry, source, proof = row
    change, balance = entry.digits
    fee, notes, order, trade, ref = entry.fee, entry.description, entry.order_id, entry.trade_id, entry.ref
    # Most rows have few different ones of these.
    asset, code, subtype, instrument = text_cells(entry.asset, entry.type, entry.subtype, entry.instrument)
    return [
        text_cell(entry.label),
        iso(entry.time),
        str(entry.time),
        account,
        wallet,
        asset,
        change,
        balance,
        entry.kind,
        code,
        subtype,
        notes and text_cell(notes),
        fee if fee in NO_FEE else _amount(fee),
        instrument,
        order and text_cell(order),
        trade and text_cell(trade),
        ref and text_cell(ref),
        source,
        proof,
    ]


def listed_cells(account: str, row: ListedRow) -> list[str]:
    """Return the cells of a row of a second list. ``account``: a cell already."""
    return [text_cell(row.id), iso(row.time), str(row.time), account, *map(any_cell, row.cells)]


def changed_cells(account: str, name: str, row: ChangedRow, ids: Sequence[str]) -> list[str]:
    """Return the cells of a row that is one or more changes, in the table ``name`` beside the ledger.

    ``ids``: of its rows in the ledger. Where the table of transfers names rows, they are both halves.
    """
    cells = list(map(any_cell, row.cells))
    if TABLES[name][-1] == LEDGER_IDS and (name != "transfers" or len(ids) == BOTH_HALVES):
        cells[-1] = " ".join(map(text_cell, ids))
    return [text_cell(row.id), iso(row.time), str(row.time), account, *cells]


def income_cells(account: str, entry: LedgerEntry) -> list[str]:
    """Return the cells of a ledger's row in the table of income. ``account``: a cell already."""
    number = text_cell(entry.label)
    return [
        *(number, iso(entry.time), str(entry.time), account, entry.kind, text_cell(entry.asset), entry.digits[0]),
        *(text_cell(entry.instrument), number),
    ]


def transfer_cells(account: str, wallets: tuple[str, str], halves: tuple[LedgerEntry, LedgerEntry]) -> list[str]:
    """Return the cells of a transfer between two wallets, of which both ledgers have a half.

    ``wallets``, ``halves``: what was given first.
    """
    ids = [text_cell(half.label) for half in halves]
    moment = halves[0].time
    change = halves[1].digits[0]
    return [
        *(ids[0], iso(moment), str(moment), account, *wallets, "", ""),
        *(text_cell(halves[0].asset), change, " ".join(ids)),
    ]


def any_cell(text: str) -> str:
    """Return a cell of a text that may be an amount: as it came, or so that no spreadsheet treats it as a formula."""
    return text if text and amounts.parse(text) is not None else text_cell(text)


def text_cell(text: str) -> str:
    """Return a text cell that no spreadsheet treats as a formula.

    Letters and digits, which most are, need no look.
    """
    return text if not text or (text.isascii() and text.isalnum()) else _text_cell(text)


@lru_cache(1024)
def text_cells(*texts: str) -> tuple[str, ...]:
    """Return such cells of texts that come together again and again."""
    return tuple(map(text_cell, texts))


@lru_cache(4096)
def _text_cell(text: str) -> str:
    """Return such a cell of a text that many rows may have: hyphens within need no look either."""
    is_plain = text.isascii() and text[:1].isalnum() and text.replace("-", "").isalnum()
    return text if is_plain else cell(text)


def _amount(text: str) -> str:
    """Return an amount as it came; what is none is a text that may be a formula."""
    return text if text in NO_FEE or amounts.parse(text) is not None else cell(text)
