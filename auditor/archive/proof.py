"""The proof of an archive, made from its raw answers alone, with the tables that it goes through.

It is made when an archive is sealed, and made anew by whoever verifies it: both must come to the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

from auditor.archive.ahead import pages_ahead
from auditor.archive.beside import opening_time, ready_files
from auditor.archive.coin_proofs import coin_proofs
from auditor.archive.derived import DerivedProof, write_derived
from auditor.archive.facts import RunFacts
from auditor.archive.filed_changes import compare_statements, write_statements
from auditor.archive.imports.reading import Imports, coverage_of, read_imports
from auditor.archive.proof_rows import ProofRows
from auditor.archive.raw_rows import rows_of_list
from auditor.archive.rows import entry_pages
from auditor.archive.session import history_of
from auditor.archive.shown_pages import last_pages
from auditor.archive.sum_proof import SumProof
from auditor.archive.sums import Sums
from auditor.archive.tables import BALANCE_COLUMNS, table
from auditor.archive.times import iso
from auditor.archive.wallet_proof import CoinProof, WalletProof
from auditor.archive.witness import Witness
from auditor.formats.escape import cell
from auditor.model import amounts
from auditor.spec.exchange import Exchange
from auditor.spec.fields import MalformedError
from auditor.spec.history import History
from auditor.spec.ledger import ShownBalances
from auditor.transport.cursor_pagination import PageLostError

Shown = Callable[[ShownBalances], dict[str, Decimal] | None]
"""Returns the balances of a wallet as the exchange showed them last, None where it did not."""


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


def prove(folder: Path, exchange: Exchange, tables: Path, facts: RunFacts, *, ahead: bool = True) -> Proof:
    """Return the proof of the raw answers in ``folder``, and write the tables that it goes through.

    ``tables``: their folder; ``ahead``: a second process reads a large ledger, unless one has other work already.
    Raises DamagedError.
    """
    history = history_of(exchange)
    imports = read_imports(folder, facts)
    wallets = _wallets(folder, history, exchange, imports, facts)
    exact = {one.wallet: coverage_of(one, imports, facts, exact=True) for one in history.ledgers}
    compare_statements(folder, history, exchange, imports.statements, facts)
    derived = tuple(map(DerivedProof, history.derived))
    sums = Sums.of(folder, history, exchange, facts, imports.statements)
    rows = ProofRows(wallets, Witness.of(history, facts, exact), derived, sums, history.kinds)
    pages_of = partial(pages_ahead, facts) if ahead else entry_pages
    rows.go_by(folder, exchange, imports, facts, tables=tables, pages_of=pages_of)
    shown = partial(shown_balances, folder, exchange)
    totals = None if history.totals is None else shown(history.totals.shown)
    _settle(rows, history, facts, shown, totals or {})
    with table(tables / "balances.csv", BALANCE_COLUMNS) as writer:
        for coin in (*(coin for one in wallets for coin in one.coins), *sums.coins()):
            writer.writerow(_balance_cells(coin, facts))
    write_statements(tables, imports.statements, facts)
    imports.store.close()
    files = {one.ledger.id: ready_files(folder, one.ledger, exchange) for one in wallets}
    write_derived(tables, derived, facts)
    return Proof(wallets, rows.witness, imports, files, derived, sums, totals, opening_time(folder, exchange))


def _wallets(
    folder: Path, history: History, exchange: Exchange, imports: Imports, facts: RunFacts
) -> tuple[WalletProof, ...]:
    ledgers = [one.beside(partial(rows_of_list, folder, history, exchange)) for one in history.ledgers]
    return tuple(WalletProof(ledger, coverage_of(ledger, imports, facts)) for ledger in ledgers)


def _settle(rows: ProofRows, history: History, facts: RunFacts, shown: Shown, totals: Mapping[str, Decimal]) -> None:
    """Take all rows as complete, and compare what they come to with the balances shown.

    ``totals``: see `Proof`. Of a wallet in which there is nothing at all, each balance is known.
    """
    for wallet in rows.wallets:
        wallet.settle()
        balances = shown(wallet.ledger.shown)
        wallet.coins, wallet.is_blind = tuple(coin_proofs(wallet, balances, rested=facts.rested)), balances is None
    rows.witness.settle()
    filed: dict[str, dict[str, Decimal] | None] = {
        one.wallet: {} if totals.get(one.total) == amounts.ZERO else None for one in history.filed
    }
    balances_of = {**filed, **{one.wallet: shown(one.shown) for one in history.summed}}
    rows.sums.settle(balances_of, facts, rows.witness.moved_since)
    for one in rows.derived:
        accrued = replace(one.wallet.shown, amount=one.wallet.accrued)
        one.settle(*map(shown, (one.wallet.shown, accrued)))


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
