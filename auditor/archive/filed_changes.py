"""Changes that only statements have: as rows of the ledger, and the table of all rows of statements."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Optional

from auditor.archive.change_entries import entry_id
from auditor.archive.facts import RunFacts
from auditor.archive.imports.statement_store import ApiChange, FiledRow, State
from auditor.archive.imports.statements import SECOND, Statements
from auditor.archive.sums import Sums
from auditor.archive.tables import table, text_cell
from auditor.archive.times import iso, milliseconds_of
from auditor.formats.escape import cell
from auditor.model.amounts import ZERO, parse, plain, short
from auditor.spec.exchange import Exchange
from auditor.spec.history import History
from auditor.spec.ledger import LedgerEntry

COLUMNS = (
    *("id", "time", "exchange_time", "account", "wallet", "statement_account", "operation", "asset", "change"),
    *("remark", "found", "ledger_id", "source"),
)
TRANSFER = "transfer"
TRADED = frozenset({"trade", "fee"})


@dataclass(frozen=True, slots=True, eq=False)
class FiledChange:
    """A change that only a file has. ``other``: the half of a transfer that came before it in the file."""

    wallet: str
    entry: LedgerEntry
    source: str
    other: Optional["FiledChange"] = None

    @property
    def time(self) -> int:
        """Unix milliseconds."""
        return self.entry.time

    @property
    def halves(self) -> Sequence["FiledChange"]:
        """Both halves of a transfer, what was given first; empty without the other."""
        return () if self.other is None else sorted((self.other, self), key=lambda one: one.entry.change)


def compare_statements(
    folder: Path, history: History, exchange: Exchange, statements: Statements, facts: RunFacts
) -> None:
    """Compare the rows of statements with all changes that the API gave. Raises DamagedError."""
    if statements.files:
        inside = [one.wallet for one in history.filed if one.inside]
        changes = _api_changes(folder, history, exchange, facts)
        statements.compare(changes, milliseconds_of(facts.finished_at) // SECOND, inside)


def _api_changes(folder: Path, history: History, exchange: Exchange, facts: RunFacts) -> Iterator[ApiChange]:
    """Yield each change of a wallet of which a statement has all."""
    wallets = {one.wallet for one in (*history.summed, *history.filed)}
    sums = Sums.of(folder, history, exchange, facts)
    for sourced in sums.rows(folder, exchange):
        row = sourced.row
        for number, change in enumerate(row.changes, start=1):
            if change.wallet in wallets and change.amount:
                amount, entry = short(change.amount), entry_id(sourced, number)
                second = row.time // SECOND
                yield ApiChange(second, change.wallet, change.asset, amount, change.kind, row.perhaps, entry)
    sums.close()


def filed_changes(statements: Statements) -> Iterator[FiledChange]:
    """Yield the changes that only files have, in the order of time."""
    for _second, rows in groupby(statements.added(), lambda row: row.second):
        waiting: list[FiledChange] = []
        for row in rows:
            change = FiledChange(row.wallet, _entry(row), row.source)
            other = next((one for one in waiting if _is_other_half(one, change)), None)
            if other is not None:
                waiting.remove(other)
            elif row.kind == TRANSFER:
                waiting.append(change)
            yield change if other is None else FiledChange(change.wallet, change.entry, change.source, other)


def _is_other_half(one: FiledChange, other: FiledChange) -> bool:
    is_same = one.entry.asset == other.entry.asset and one.entry.change == -other.entry.change
    return is_same and one.wallet != other.wallet and other.entry.kind == TRANSFER


def _entry(row: FiledRow) -> LedgerEntry:
    """Return a row as one of a ledger. What the file has of one trade is what is of one second."""
    change = parse(row.amount)
    if change is None:
        raise ValueError(row.amount)
    time = row.second * SECOND
    return LedgerEntry(
        number=time,
        id=_id(row),
        time=time,
        asset=row.asset,
        change=change,
        balance=ZERO,
        digits=(plain(parse(row.digits) or change), ""),
        kind=row.kind,
        type=row.operation,
        description=row.remark,
        trade_id=iso(time) if row.kind in TRADED else "",
    )


def _id(row: FiledRow) -> str:
    return "_".join(row.source.split())


def write_statements(tables: Path, statements: Statements, facts: RunFacts) -> None:
    """Write the table of all rows of statements, with what became of each; none without a file."""
    if not statements.files:
        return
    with table(tables / "statement.csv", COLUMNS) as writer:
        for row in statements.store.rows():
            writer.writerow(_cells(row, cell(facts.account)))
    statements.store.close()


def _cells(row: FiledRow, account: str) -> list[str]:
    time = row.second * SECOND
    texts = map(text_cell, (row.account, row.operation, row.asset))
    is_only = row.state == State.ONLY.value
    found, ledger = ("imported", _id(row)) if is_only else (row.state, row.ledger)
    return [
        *(text_cell(_id(row)), iso(time), str(time), account, text_cell(row.wallet), *texts, row.digits),
        *(text_cell(row.remark), found, text_cell(ledger), row.source),
    ]
