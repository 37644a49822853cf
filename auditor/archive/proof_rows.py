"""All rows of an archive in the order of time: what takes each, and the tables that are written on the way."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from auditor.archive.change_rows import SourcedChanges
from auditor.archive.derived import DerivedProof
from auditor.archive.facts import RunFacts
from auditor.archive.filed_changes import FiledChange, filed_changes
from auditor.archive.imports.joining import IMPORTED, joined
from auditor.archive.imports.reading import Imports
from auditor.archive.list_group import ListGroup, ListProof
from auditor.archive.pages import OddRow
from auditor.archive.rows import PagesOf, SourcedEntry, ledger_rows, listed_rows
from auditor.archive.shared_ids import SharedIdsOf
from auditor.archive.stretches import Sourced, stretches
from auditor.archive.sums import Sums
from auditor.archive.table_row import JoinedTable, TableRow
from auditor.archive.tables import (
    BESIDE_COLUMNS,
    INCOME_COLUMNS,
    INCOME_KINDS,
    LEDGER_COLUMNS,
    LineWriter,
    changed_cells,
    income_cells,
    listed_cells,
    table,
    transfer_cells,
    write_ledger,
)
from auditor.archive.wallet_proof import WalletProof
from auditor.archive.witness import Witness
from auditor.formats.escape import cell
from auditor.spec.exchange import Exchange
from auditor.spec.history_tables import JOINED, TABLES
from auditor.spec.ledger import LedgerEntry
from auditor.spec.second_list import ListedRow


@dataclass(frozen=True, slots=True)
class _Writing:
    """The tables that are written while the rows go by. ``account``: a cell."""

    account: str
    ledger: LineWriter
    income: LineWriter
    beside: Mapping[str, JoinedTable]

    @classmethod
    def open(cls, opened: ExitStack, tables: Path, account: str) -> "_Writing":
        ledger = opened.enter_context(table(tables / "ledger.csv", LEDGER_COLUMNS))
        beside = {name: _joined(opened, tables, name) for name in TABLES}
        income = opened.enter_context(table(tables / "income.csv", INCOME_COLUMNS))
        return cls(account, ledger, income, beside)


def _joined(opened: ExitStack, tables: Path, name: str) -> JoinedTable:
    """Open a table whose rows name those of the ledger."""
    columns = (*BESIDE_COLUMNS, *TABLES[name], *JOINED.get(name, ()))
    joined = JoinedTable(name, opened.enter_context(table(tables / f"{name}.csv", columns)))
    opened.callback(joined.close)
    return joined


@dataclass(slots=True)
class ProofRows:
    """What the rows of an archive are shown to. ``kinds``: see `History`."""

    wallets: Sequence[WalletProof]
    witness: Witness
    derived: Sequence[DerivedProof]
    sums: Sums
    kinds: Mapping[str, Mapping[str, str]]
    _lists: Sequence[tuple[ListGroup, ListProof]] = field(init=False)
    _shared: SharedIdsOf = field(default_factory=SharedIdsOf)

    def __post_init__(self) -> None:
        """Number the second lists."""
        self._lists = self.witness.lists()
        for _group, proof in self._lists:
            self._shared.add(proof.listed)

    def go_by(
        self, folder: Path, exchange: Exchange, imports: Imports, facts: RunFacts, *, tables: Path, pages_of: PagesOf
    ) -> None:
        """Let all rows go by, and write the tables. ``pages_of``: see `ledger_rows`. Raises DamagedError."""
        ledgers = [one.ledger for one in self.wallets]
        sources: tuple[Iterator[Sourced], ...] = (
            *(joined(ledger_rows(folder, one, exchange, pages_of), one, imports, facts) for one in ledgers),
            *(listed_rows(folder, one.listed, exchange) for _group, one in self._lists),
            self.sums.rows(folder, exchange),
            filed_changes(self.sums.statements),
        )
        with ExitStack() as opened:
            writing = _Writing.open(opened, tables, cell(facts.account))
            for number, rows in stretches(sources):
                self._take(number, rows, writing)

    def _take(self, number: int, rows: Sequence[Sourced], writing: _Writing) -> None:
        """Take rows of one list, or none: it is at its end."""
        if number < len(self.wallets):
            self._take_entries(self.wallets[number], cast("Sequence[SourcedEntry | OddRow]", rows), writing)
        elif number < len(self.wallets) + len(self._lists):
            listed = self._lists[number - len(self.wallets)]
            self._take_listed(*listed, cast("Sequence[ListedRow | OddRow]", rows), writing)
        else:
            for row in rows:
                if isinstance(row, FiledChange):
                    self._take_filed(row, writing)
                else:
                    self._take_changes(cast("SourcedChanges", row), writing)

    def _take_entries(self, wallet: WalletProof, rows: Sequence[SourcedEntry | OddRow], writing: _Writing) -> None:
        name = wallet.ledger.wallet
        wallet.take(rows, self.kinds.get(name, {}))
        entries = [row for row in rows if isinstance(row, SourcedEntry)]
        write_ledger(writing.ledger, writing.account, name, entries)
        derived = [one for one in self.derived if name in {one.wallet.beside, *one.wallet.also}]
        for entry, _source, _proof in entries:
            self._show(name, entry, derived, writing)

    def _show(self, name: str, entry: LedgerEntry, derived: Sequence[DerivedProof], writing: _Writing) -> None:
        """Show a row to the second lists and to wallets without a ledger, and write what else follows from it.

        Of a transfer that is its later half.
        """
        if entry.kind in INCOME_KINDS:
            writing.income.writerow(income_cells(writing.account, entry))
        self._shared.take_entry(name, entry)
        for other, halves in self.witness.take_entry(name, entry):
            wallets = (name, other) if halves[0] is entry else (other, name)
            writing.beside["transfers"].add(TableRow(transfer_cells(writing.account, wallets, halves)))
        for one in derived:
            one.take(entry)

    def _take_filed(self, row: FiledChange, writing: _Writing) -> None:
        entry = self.sums.take_filed(row.wallet, row.entry)
        write_ledger(writing.ledger, writing.account, row.wallet, [SourcedEntry(entry, row.source, IMPORTED)])
        self._show(row.wallet, entry, [], writing)
        if row.halves:
            given, taken = row.halves
            cells = transfer_cells(writing.account, (given.wallet, taken.wallet), (given.entry, taken.entry))
            writing.beside["transfers"].add(TableRow(cells))

    def _take_changes(self, row: SourcedChanges, writing: _Writing) -> None:
        entries = self.sums.take(row)
        for wallet, entry in entries:
            write_ledger(writing.ledger, writing.account, wallet, [entry])
            derived = [one for one in self.derived if wallet in {one.wallet.beside, *one.wallet.also}]
            self._show(wallet, entry.entry, derived, writing)
        name = row.row.table or row.proof.listed.table
        if name and row.row.cells:
            ids = [entry.entry.label for _wallet, entry in entries]
            into = TableRow(changed_cells(writing.account, name, row.row, ids))
            if name in JOINED:
                for _wallet, entry in entries:
                    into.join(entry.entry)
            writing.beside[name].add(into)

    def _take_listed(
        self, group: ListGroup, proof: ListProof, rows: Sequence[ListedRow | OddRow], writing: _Writing
    ) -> None:
        if not rows:
            group.end_list()
            self._shared.end_list(proof.listed)
        listed = proof.listed
        for row in rows:
            if isinstance(row, OddRow):
                proof.odd += 1
                continue
            into = TableRow(listed_cells(writing.account, row), row.credited) if listed.table else None
            # Ids that both have say more than what is alike.
            group.take_row(proof, row, None if listed.joined_by else into)
            if into is not None:
                self._shared.take_row(listed, row, into)
                writing.beside[listed.table].add(into)
