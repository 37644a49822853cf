"""The wallets of an archive whose changes are added up: rows of several lists, as rows of the ledger and as sums."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from auditor.archive.assignment import Vector, assignment
from auditor.archive.change_entries import entry_id, sourced_entry
from auditor.archive.change_rows import ChangeListProof, SourcedChanges, change_rows
from auditor.archive.change_store import ChangeStore
from auditor.archive.coin_sum import CoinSum
from auditor.archive.facts import RunFacts
from auditor.archive.imports.statements import Statements
from auditor.archive.pages import parts_of
from auditor.archive.raw_rows import rows_of_list
from auditor.archive.rows import SourcedEntry
from auditor.archive.sum_doubts import (
    ReadList,
    beyond_doubts,
    covered_since,
    first_change,
    given_doubts,
    is_given,
    lacks_rows,
    list_doubts,
    unused_notes,
)
from auditor.archive.sum_proof import SumProof
from auditor.archive.wallet_proof import CoinProof, CoinStatus
from auditor.archive.witness import MAIN
from auditor.i18n import Message
from auditor.model import amounts
from auditor.spec.exchange import Exchange
from auditor.spec.history import History
from auditor.spec.ledger import LedgerEntry
from auditor.spec.paged_list import RowsOf
from auditor.spec.summed import Change, ChangedRow, ChangedWallet, ChangeList, FiledWallet

OTHER = "other"
"""The kind of a change whose type has no name here."""
Shown = Mapping[str, Mapping[str, Decimal] | None]
"""What is in each wallet now, None where it was not read."""


@dataclass(slots=True)
class Sums:
    """The proofs of all such wallets.

    ``elsewhere``: number of changes in wallets of which no list here has all changes, by wallet; ``doubts``: what each
    list leaves open, by its id; ``short``: lists of which rows are missing; ``notes``: what is only said of lists;
    ``statements``: files with the changes of every wallet, compared with those of all lists.
    """

    wallets: tuple[SumProof, ...] = ()
    lists: tuple[ReadList, ...] = ()
    elsewhere: Counter[str] = field(default_factory=Counter)
    doubts: dict[str, tuple[Message, ...]] = field(default_factory=dict)
    short: tuple[ReadList, ...] = ()
    notes: tuple[Message, ...] = ()
    statements: Statements = field(default_factory=Statements)
    _by_name: dict[str, SumProof] = field(default_factory=dict)
    _store: ChangeStore = field(default_factory=ChangeStore)
    _shorter: dict[str, tuple[ReadList, int]] = field(default_factory=dict)
    _uncovered: Counter[str] = field(default_factory=Counter)
    _open: defaultdict[str, list[Vector]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(
        cls, folder: Path, history: History, exchange: Exchange, facts: RunFacts, statements: Statements | None = None
    ) -> "Sums":
        """Return the sums of an archive whose lists ended so. Raises DamagedError."""
        statements = statements or Statements()
        filed = (one for one in history.filed if one.wallet in statements.wallets and not one.inside)
        places: tuple[ChangedWallet, ...] = (*history.summed, *filed)
        joint: dict[str, dict[str, CoinSum]] = {one.group or one.wallet: {} for one in places}
        wallets = tuple(SumProof(one, joint[one.group or one.wallet]) for one in places)
        ends = {end.id for end in facts.lists}
        rows_of = partial(rows_of_list, folder, history, exchange)
        lists = tuple(_read_list(folder, listed, rows_of, is_asked=listed.id in ends) for listed in history.changes)
        shorter = {
            one.listed.within: (one, covered_since(one.listed, facts)) for one in lists if is_given(one.listed, facts)
        }
        by_name = {one.ledger.wallet: one for one in wallets}
        return cls(wallets, lists, statements=statements, _by_name=by_name, _shorter=shorter)

    def parts(self) -> list[ChangeListProof]:
        """Return what came of each list, one for each value that it was asked for."""
        return [part for one in self.lists for part in one.parts]

    def coins(self) -> list[CoinProof]:
        """Return what each coin of each wallet comes to."""
        return [coin for wallet in self.wallets for coin in wallet.coins]

    def rows(self, folder: Path, exchange: Exchange) -> Iterator[SourcedChanges]:
        """Yield the rows of all lists, the oldest first. Raises DamagedError."""
        return change_rows(folder, self.parts(), exchange, self._store)

    def take(self, sourced: SourcedChanges) -> list[tuple[str, SourcedEntry]]:
        """Take the next row, and return its changes as rows of the ledgers of their wallets."""
        entries = []
        sourced = self._placed(sourced)
        for number, change in enumerate(sourced.row.changes, start=1):
            wallet = self._by_name.get(change.wallet)
            if wallet is None:
                self.elsewhere[change.wallet] += 1
                continue
            balance = wallet.take(change, sourced.row.time)
            if change.kind == OTHER:
                wallet.unknown[sourced.row.type] += 1
            entry = sourced_entry(sourced, number, change, balance)
            if change.balance:
                wallet.follow(entry.entry)
            entries.append((change.wallet, entry))
        self._note_open(sourced.row)
        self._note_uncovered(sourced)
        return entries

    def take_filed(self, wallet: str, entry: LedgerEntry) -> LedgerEntry:
        """Take a change that only a file has, and return it with the sum after it."""
        place = self._by_name[wallet]
        change = Change(wallet=wallet, asset=entry.asset, amount=entry.change, kind=entry.kind)
        if entry.kind == OTHER:
            place.unknown[entry.type] += 1
        return entry._replace(balance=place.take(change, entry.time))

    def _placed(self, sourced: SourcedChanges) -> SourcedChanges:
        """Return a row that does not say which wallet it changed with those in which a statement has its changes."""
        if not sourced.row.perhaps or self.statements.is_empty:
            return sourced
        places = [self.statements.store.place_of(entry_id(sourced, n + 1)) for n in range(len(sourced.row.changes))]
        both = zip(sourced.row.changes, places, strict=True)
        changes = tuple(replace(change, wallet=place or change.wallet) for change, place in both)
        perhaps = "" if all(places) else sourced.row.perhaps
        return replace(sourced, row=replace(sourced.row, changes=changes, perhaps=perhaps))

    def _note_uncovered(self, sourced: SourcedChanges) -> None:
        """Count a row that a shorter list of the same rows lacks: one that it has changes nothing here."""
        shorter, since = self._shorter.get(sourced.proof.listed.id, (None, 0))
        wallets = () if shorter is None or sourced.row.time < since else shorter.listed.wallets
        if shorter is not None and any(change.wallet in wallets for change in sourced.row.changes):
            self._uncovered[shorter.listed.id] += 1

    def _beyond(self, one: ReadList) -> Iterator[Message]:
        """Yield that a list has rows that the one lacks which is to show them all."""
        numbers = {part.listed.id: number for number, part in enumerate(self.parts())}
        for other in (other for other in self.lists if other.listed.id == one.listed.within):
            if {one.listed.id, other.listed.id} <= numbers.keys():
                count = self._store.count_beyond(numbers[one.listed.id], numbers[other.listed.id])
                yield from beyond_doubts(one, other, count, self._uncovered[one.listed.id])

    def short_of(self, wallet: SumProof) -> list[ReadList]:
        """Return the lists of which rows are missing that may have changed a wallet."""
        return [one for one in self.short if changes(one, wallet)]

    def _note_open(self, row: ChangedRow) -> None:
        """Keep the changes of a row that may be of another wallet."""
        if row.perhaps and row.changes:
            coins = dict.fromkeys(change.asset for change in row.changes)
            self._open[row.perhaps].append(
                {coin: amounts.total(one.amount for one in row.changes if one.asset == coin) for coin in coins}
            )

    def _with_first(self, one: ReadList, first: int, *, is_main: bool) -> ReadList:
        """Return a list with the time from which it must have every row.

        ``first``: the time of the account's first change, in Unix milliseconds; 0 without one. Into a wallet of a
        sub-account its main account can have paid, which no list of the sub-account shows.
        """
        wallets = [wallet for wallet in self.wallets if changes(one, wallet)]
        # A statement need not show a wallet that there never was.
        named = tuple(wallet.ledger.wallet for wallet in wallets if not wallet.ledger.paid_in or wallet.first_time)
        if not wallets or not all(wallet.ledger.paid_in for wallet in wallets):
            return replace(one, since=first, wallets=named)
        since = min(filter(None, (wallet.first_time for wallet in wallets)), default=0)
        return replace(one, since=since if is_main else first, used=bool(since), wallets=named)

    def close(self) -> None:
        """Forget the rows."""
        self._store.close()

    def settle(self, shown: Shown, facts: RunFacts, moved: int = 0) -> None:
        """Take all rows as complete, and compare the sums with what is shown in each wallet.

        ``moved``: the time of the oldest deposit or withdrawal of second lists, in Unix milliseconds; 0 without one.
        """
        ends = {end.id: end for end in facts.lists}
        begun = 0 if self.statements.is_empty else self.statements.stretch[0]
        first = min(filter(None, (first_change(self.lists), moved, begun)), default=0)
        covers = self.statements.covers
        lists = [self._with_first(one, first, is_main=facts.kind == MAIN) for one in self.lists]
        self.doubts = {
            one.listed.id: (*list_doubts(one, ends, facts, covers), *given_doubts(one, ends), *self._beyond(one))
            for one in lists
        }
        self.close()
        self.short = tuple(one for one in lists if lacks_rows(one, ends, facts, covers))
        self.notes = tuple(note for one in lists for note in unused_notes(one, ends))
        for wallet in self.wallets:
            is_filed = isinstance(wallet.ledger, FiledWallet)
            is_whole = not is_filed and not any(
                self.doubts[one.listed.id] for one in self.lists if changes(one, wallet)
            )
            wallet.settle(shown[wallet.ledger.wallet], is_whole=is_whole, rested=facts.rested)
        for name, rows in self._open.items():
            settle_open_rows(self._by_name[name], self.wallets, rows)


def settle_open_rows(wallet: SumProof, wallets: Sequence[SumProof], rows: Sequence[Vector]) -> None:
    """Look which of some rows were of ``wallet``, not of the others of its group, and settle differences so."""
    others = [one for one in wallets if one is not wallet and one.ledger.group == wallet.ledger.group]
    wanted = {coin.asset: coin.difference for coin in wallet.coins if coin.difference}
    if wallet.is_blind or not wanted or assignment(rows, wanted) is None:
        return
    wallet.coins = tuple(_together(coin) if coin.difference else coin for coin in wallet.coins)
    for other in others:
        other.coins = tuple(
            _together(coin) if coin.difference and coin.difference == -wanted.get(coin.asset, amounts.ZERO) else coin
            for coin in other.coins
        )


def _together(coin: CoinProof) -> CoinProof:
    return replace(coin, status=CoinStatus.TOGETHER)


def changes(one: ReadList, wallet: SumProof) -> bool:
    """Return whether rows of a list may change a wallet."""
    return wallet.ledger.wallet in one.listed.wallets


def _read_list(folder: Path, listed: ChangeList, rows_of: RowsOf, *, is_asked: bool) -> ReadList:
    """Return a list with a proof for each value that it was asked for, and values for which it was not."""
    if not is_asked:
        return ReadList(listed, ())
    parts = [ChangeListProof(part) for part in parts_of(folder, listed.beside(rows_of))]
    partition = listed.partition
    if partition is None:
        return ReadList(listed, parts)
    asked = {listed.value_of(part.listed.id) for part in parts}
    wanted = {*partition.values, *(partition.find(rows_of) if partition.of else ())}
    return ReadList(listed, parts, sorted(wanted - asked))
