"""The proof of an archive, made from its raw answers alone, with the tables that it goes through.

It is made when an archive is sealed, and made anew by whoever verifies it: both must come to the same.
"""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import cast

from auditor.archive.beside import opening_time, ready_files
from auditor.archive.change_rows import SourcedChanges
from auditor.archive.coin_proofs import coin_proofs
from auditor.archive.derived import DerivedProof, write_derived
from auditor.archive.facts import RunFacts
from auditor.archive.imports.joining import joined
from auditor.archive.imports.reading import Imports, coverage_of, read_imports
from auditor.archive.list_group import ListGroup, ListProof
from auditor.archive.pages import OddRow, rows_of_list
from auditor.archive.rows import SourcedEntry, ledger_rows, listed_rows
from auditor.archive.session import history_of
from auditor.archive.shown_pages import last_pages
from auditor.archive.sum_proof import SumProof
from auditor.archive.sums import Sums
from auditor.archive.tables import (
    BALANCE_COLUMNS,
    BESIDE_COLUMNS,
    INCOME_COLUMNS,
    INCOME_KINDS,
    LEDGER_COLUMNS,
    LineWriter,
    changed_cells,
    income_cells,
    ledger_cells,
    listed_cells,
    table,
    transfer_cells,
)
from auditor.archive.times import iso
from auditor.archive.wallet_proof import CoinProof, WalletProof
from auditor.archive.witness import Witness
from auditor.formats.escape import cell
from auditor.model import amounts
from auditor.spec.exchange import Exchange
from auditor.spec.fields import MalformedError
from auditor.spec.history import History, LedgerEntry, ListedRow, ShownBalances
from auditor.spec.history_tables import TABLES
from auditor.transport.cursor_pagination import PageLostError

Sourced = SourcedEntry | ListedRow | SourcedChanges | OddRow


@dataclass(frozen=True, slots=True)
class Proof:
    """What an archive's answers and files come to, by wallet, and what the second lists say of it.

    ``imports``: files that the user added; ``files``: links of files that lie ready, by ledger and quarter;
    ``derived``: wallets without a ledger; ``sums``: wallets whose changes are added up; ``totals``: what is in each
    wallet, by the exchange's name of it, None where it was not read; ``opened``: when the account was opened, None
    where the exchange did not say it.
    """

    wallets: tuple[WalletProof, ...]
    witness: Witness
    imports: Imports = field(default_factory=Imports)
    files: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    derived: tuple[DerivedProof, ...] = ()
    sums: Sums = field(default_factory=Sums)
    totals: Mapping[str, Decimal] | None = None
    opened: datetime | None = None

    @property
    def places(self) -> tuple[WalletProof | SumProof, ...]:
        """The wallets whose changes are here, however they are proved."""
        return (*self.wallets, *self.sums.wallets)


def prove(folder: Path, exchange: Exchange, tables: Path, facts: RunFacts) -> Proof:
    """Return the proof of the raw answers in ``folder``, and write the tables that it goes through.

    ``tables``: their folder. Raises DamagedError.
    """
    history = history_of(exchange)
    imports = read_imports(folder, facts)
    ledgers = [one.beside(partial(rows_of_list, folder, history, exchange)) for one in history.ledgers]
    wallets = tuple(WalletProof(ledger, coverage_of(ledger, imports, facts)) for ledger in ledgers)
    exact = {one.wallet: coverage_of(one, imports, facts, exact=True) for one in history.ledgers}
    witness = Witness.of(history, facts, exact)
    derived, sums = tuple(map(DerivedProof, history.derived)), Sums.of(folder, history, exchange, facts)
    with ExitStack() as opened:
        writing = _Writing.open(opened, tables, cell(facts.account))
        lists = witness.lists()
        sources = (
            *(joined(ledger_rows(folder, one.ledger, exchange), one.ledger, imports, facts) for one in wallets),
            *(listed_rows(folder, one.listed, exchange) for _group, one in lists),
            sums.rows(folder, exchange),
        )
        for number, row in _merged(sources):
            if number < len(wallets):
                _take_entry(wallets[number], cast("SourcedEntry | OddRow", row), history, witness, writing)
                _derive(derived, wallets[number].ledger.wallet, row)
            elif isinstance(row, SourcedChanges):
                _take_changes(sums, row, derived, witness, writing)
            else:
                _take_listed(*lists[number - len(wallets)], cast("ListedRow | OddRow", row), writing)
    for wallet in wallets:
        wallet.settle()
        shown = shown_balances(folder, exchange, wallet.ledger.shown)
        wallet.coins, wallet.is_blind = tuple(coin_proofs(wallet, shown, rested=facts.rested)), shown is None
    witness.settle()
    shown_there = {one.wallet: shown_balances(folder, exchange, one.shown) for one in history.summed}
    sums.settle(shown_there, facts, witness.moved_since)
    with table(tables / "balances.csv", BALANCE_COLUMNS) as writer:
        for coin in (*(coin for one in wallets for coin in one.coins), *sums.coins()):
            writer.writerow(_balance_cells(coin, facts))
    imports.store.close()
    files = {one.ledger.id: ready_files(folder, one.ledger, exchange) for one in wallets}
    for one in derived:
        accrued = replace(one.wallet.shown, amount=one.wallet.accrued)
        one.settle(*(shown_balances(folder, exchange, shown) for shown in (one.wallet.shown, accrued)))
    write_derived(tables, derived, facts)
    totals = None if history.totals is None else shown_balances(folder, exchange, history.totals.shown)
    return Proof(wallets, witness, imports, files, derived, sums, totals, opening_time(folder, exchange))


@dataclass(frozen=True, slots=True)
class _Writing:
    """The tables that are written while the rows go by. ``account``: a cell."""

    account: str
    ledger: LineWriter
    income: LineWriter
    beside: Mapping[str, LineWriter]

    @classmethod
    def open(cls, opened: ExitStack, tables: Path, account: str) -> "_Writing":
        ledger = opened.enter_context(table(tables / "ledger.csv", LEDGER_COLUMNS))
        beside = {
            name: opened.enter_context(table(tables / f"{name}.csv", (*BESIDE_COLUMNS, *columns)))
            for name, columns in TABLES.items()
        }
        income = opened.enter_context(table(tables / "income.csv", INCOME_COLUMNS))
        return cls(account, ledger, income, beside)


def _derive(derived: Sequence[DerivedProof], wallet: str, row: Sourced) -> None:
    if isinstance(row, SourcedEntry):
        for one in derived:
            if wallet in {one.wallet.beside, *one.wallet.also}:
                one.take(row.entry)


def _take_entry(
    wallet: WalletProof, row: SourcedEntry | OddRow, history: History, witness: Witness, writing: _Writing
) -> None:
    name = wallet.ledger.wallet
    wallet.take(row, history.kinds.get(name, {}))
    if isinstance(row, OddRow):
        return
    writing.ledger.writerow(ledger_cells(writing.account, name, row))
    if row.entry.kind in INCOME_KINDS:
        writing.income.writerow(income_cells(writing.account, row.entry))
    _write_transfers(name, row.entry, witness, writing)


def _write_transfers(name: str, entry: LedgerEntry, witness: Witness, writing: _Writing) -> None:
    """Show a row to the second lists, and write the transfers of which it is the later half."""
    for other, halves in witness.take_entry(name, entry):
        wallets = (name, other) if halves[0] is entry else (other, name)
        writing.beside["transfers"].writerow(transfer_cells(writing.account, wallets, halves))


def _take_changes(
    sums: Sums, row: SourcedChanges, derived: Sequence[DerivedProof], witness: Witness, writing: _Writing
) -> None:
    entries = sums.take(row)
    for wallet, entry in entries:
        writing.ledger.writerow(ledger_cells(writing.account, wallet, entry))
        if entry.entry.kind in INCOME_KINDS:
            writing.income.writerow(income_cells(writing.account, entry.entry))
        _write_transfers(wallet, entry.entry, witness, writing)
        _derive(derived, wallet, entry)
    name = row.row.table or row.proof.listed.table
    if name and row.row.cells:
        ids = [entry.entry.label for _wallet, entry in entries]
        writing.beside[name].writerow(changed_cells(writing.account, name, row.row, ids))


def _take_listed(group: ListGroup, proof: ListProof, row: ListedRow | OddRow, writing: _Writing) -> None:
    if isinstance(row, OddRow):
        proof.odd += 1
        return
    group.take_row(proof, row)
    if proof.listed.table:
        writing.beside[proof.listed.table].writerow(listed_cells(writing.account, row))


def _merged(sources: Sequence[Iterator[Sourced]]) -> Iterator[tuple[int, Sourced]]:
    """Yield every row with the number of its list in the order of time, each list's in its own order."""
    timed = [_timed(number, rows) for number, rows in enumerate(sources)]
    # No two rows are compared: the numbers of their lists differ.
    for _time, number, row in heapq.merge(*timed):
        yield number, row


def _timed(number: int, rows: Iterator[Sourced]) -> Iterator[tuple[int, int, Sourced]]:
    """Yield rows with a time by which they can be merged: it never falls, even where the time of a row does."""
    latest = 0
    for row in rows:
        if isinstance(row, SourcedEntry):
            latest = max(latest, row.entry.time)
        elif isinstance(row, ListedRow):
            latest = max(latest, row.time)
        elif isinstance(row, SourcedChanges):
            latest = max(latest, row.row.time)
        yield latest, number, row


def shown_balances(folder: Path, exchange: Exchange, shown: ShownBalances) -> dict[str, Decimal] | None:
    """Return the balances of a wallet as the exchange showed them last, None where it did not."""
    try:
        pages = last_pages(folder, exchange, shown.endpoint)
    except (MalformedError, PageLostError):
        return None
    return None if pages is None else balances_in(pages, shown)


def balances_in(pages: Sequence[object], shown: ShownBalances) -> dict[str, Decimal] | None:
    """Return the balances in the pages of an answer, None where one of them cannot be read."""
    found: dict[str, Decimal] = {}
    try:
        rows = [row for page in pages for row in shown.endpoint.rows(page)]
    except MalformedError:
        return None
    for row in rows:
        asset = row.get(shown.asset) if isinstance(row, dict) else None
        parts = [amounts.parse(row.get(name)) for name in (shown.amount, *shown.more)] if isinstance(row, dict) else []
        if not isinstance(asset, str) or not asset or None in parts or (asset in found and not shown.several):
            return None
        if shown.is_here(asset):
            found[asset] = amounts.total(
                (found.get(asset, amounts.ZERO), *(part for part in parts if part is not None))
            )
    return found


def _balance_cells(coin: CoinProof, facts: RunFacts) -> list[str]:
    figures = (coin.shown, coin.opening, coin.change, coin.closing, coin.difference)
    return [
        facts.finished_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        cell(facts.account),
        coin.wallet,
        cell(coin.asset),
        *("" if figure is None else amounts.plain(figure) for figure in figures),
        iso(coin.first_time) if coin.first_time else "",
        str(coin.rows),
        coin.status.value,
    ]
