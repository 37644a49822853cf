"""The tables of an archive: CSV in UTF-8 with a byte order mark, amounts digit for digit as text."""

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TextIO, cast

from auditor.archive.folder import OWNER_ONLY
from auditor.archive.rows import SourcedEntry
from auditor.archive.times import iso
from auditor.formats.escape import cell
from auditor.model import amounts
from auditor.model.amounts import LONGEST, is_plain
from auditor.security.paths import make_private_folders
from auditor.spec.history_tables import INCOME, LEDGER_IDS, TABLES
from auditor.spec.ledger import LedgerEntry
from auditor.spec.second_list import ListedRow
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
BOTH_HALVES = 2
INCOME_KINDS = frozenset({"reward", "interest", "funding", "rebate", "airdrop"})
"""What the ledger's rows in the table of income are of."""
QUOTED = frozenset(',"\n\r')
"""Signs for which a cell is quoted."""
NO_FEE = frozenset({"", "0"})


class LineWriter:
    """Writes rows as `csv.writer` does, in a third of the time: it looks at each sign of a row, which few rows need."""

    def __init__(self, file: TextIO) -> None:
        """Write to an open file."""
        self._write = file.write
        self._quoting = csv.writer(file, lineterminator="\n")

    def write_lines(self, lines: Iterable[str], /) -> None:
        """Write lines that need no quotation mark."""
        self._write("".join(lines))

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


def write_ledger(writer: LineWriter, account: str, wallet: str, rows: Sequence[SourcedEntry]) -> None:
    """Write rows of one wallet's ledger. ``account``: a cell already."""
    lines = [plain_line(account, wallet, row) for row in rows]
    if None not in lines:
        writer.write_lines(cast("list[str]", lines))
        return
    for row, line in zip(rows, lines, strict=True):
        if line is None:
            writer.writerow(ledger_cells(account, wallet, row))
        else:
            writer.write_lines((line,))


def plain_line(account: str, wallet: str, row: SourcedEntry) -> str | None:
    """Return the line of `ledger_cells`, in a third of the time, where no cell is anything but letters and digits.

    None for a row that needs a look at each of its cells.
    """
    entry, source, proof = row
    number, time, asset, _change, _balance, digits, kind, code, subtype, notes, *texts, _slack, id_ = entry
    fee, instrument, order, trade, ref = texts
    label = id_ or str(number)
    names = f"{label}{order}{trade}{ref}"
    if notes or not names.isalnum() or not names.isascii() or len(fee) > LONGEST:
        return None
    if fee not in NO_FEE and not is_plain(fee):
        return None
    shared = _shared((account, wallet, asset, kind, code, subtype, instrument, source, proof))
    if shared is None:
        return None
    place, sort, about, end = shared
    figures = f"{place},{digits[0]},{digits[1]},{sort},,{fee}"
    return f"{label},{iso(time)},{time},{figures},{about},{order},{trade},{ref},{end}\n"


@lru_cache(1024)
def _shared(cells: tuple[str, ...]) -> tuple[str, str, str, str] | None:
    """Return the parts of a line that many rows share, None where a cell may have to be quoted."""
    account, wallet, asset, kind, code, subtype, instrument, source, proof = cells
    asset, code, subtype, instrument = text_cells(asset, code, subtype, instrument)
    cells = (account, wallet, asset, kind, code, subtype, instrument, source, proof)
    if any(sign in cell for cell in cells for sign in QUOTED):
        return None
    return f"{account},{wallet},{asset}", f"{kind},{code},{subtype}", instrument, f"{source},{proof}"


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
