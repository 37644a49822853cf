"""The second witness of an archive: lists that show a part of a ledger over again, and the halves of transfers.

A running balance cannot tell that two neighbouring changes are missing that cancel out. Rows of the ledgers and of
these lists are taken in the order of time.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from auditor.archive.facts import ListEnd, RunFacts
from auditor.archive.imports.coverage import Coverage
from auditor.archive.list_group import ListGroup, ListProof
from auditor.archive.state import Status
from auditor.archive.times import milliseconds_of
from auditor.archive.waiting import Waiting
from auditor.spec.history import History, WalletTransfer
from auditor.spec.ledger import Ledger, LedgerEntry
from auditor.spec.paged_list import PagedList
from auditor.spec.second_list import SecondList

MAIN = "main"
MOVEMENTS = "movements"
"""The table of deposits and withdrawals."""


@dataclass(slots=True)
class TransferPairs:
    """The halves of transfers between two wallets.

    ``since``: from when, for each wallet, its halves must have another; None: they need not. ``single``: number of
    halves without another, by wallet.
    """

    transfer: WalletTransfer
    since: tuple[int | None, int | None]
    single: dict[str, int] = field(default_factory=dict)
    _halves: tuple[Waiting, Waiting] = field(default_factory=lambda: (Waiting(), Waiting()))

    def is_half(self, wallet: str, code: str) -> bool:
        """Return whether rows of a type in a wallet's ledger are halves of such transfers."""
        types = zip(self.transfer.wallets, self.transfer.types, strict=True)
        return any(wallet == name and code in codes for name, codes in types)

    def take(self, wallet: str, entry: LedgerEntry) -> tuple[LedgerEntry, LedgerEntry] | None:
        """Take the next half of a transfer, and return both when this is the second, the one given first."""
        side = self.transfer.wallets.index(wallet)
        other = self._halves[1 - side].take((entry.asset, -entry.change))
        if other is None:
            self._halves[side].add((entry.asset, entry.change), entry)
            return None
        return (entry, other) if entry.change < 0 else (other, entry)

    def other(self, wallet: str) -> str:
        """Return the wallet of the other half."""
        return self.transfer.wallets[1 - self.transfer.wallets.index(wallet)]

    def has_late(self, now: int) -> bool:
        """Return whether a half may have waited too long at a time."""
        return self._halves[0].has_late(now) or self._halves[1].has_late(now)

    def late(self, now: int | None) -> Iterator[tuple[str, LedgerEntry]]:
        """Yield halves that waited too long, with their wallet; None: all that wait."""
        for wallet, since, halves in zip(self.transfer.wallets, self.since, self._halves, strict=True):
            for entry in halves.late(now):
                if since is not None and entry.time >= since:
                    yield wallet, entry


class _OfType(NamedTuple):
    """What takes rows of one type: lists, and whether such a row must be in them; transfers of which it is a half."""

    groups: tuple[tuple[ListGroup, bool], ...]
    pairs: tuple[TransferPairs, ...]


@dataclass(slots=True)
class Witness:
    """All second lists of an archive, and the halves of transfers."""

    groups: list[ListGroup]
    pairs: list[TransferPairs]
    _by_type: dict[tuple[str, str], _OfType] = field(default_factory=dict)

    @classmethod
    def of(cls, history: History, facts: RunFacts, coverage: Mapping[str, Coverage]) -> "Witness":
        """Return the witness of an archive whose lists ended so.

        ``coverage``: the time of which answers and files have every row, by wallet.
        """
        ends = {end.id: end for end in facts.lists}
        grouped: dict[str, list[SecondList]] = defaultdict(list)
        for listed in history.with_lists(ends).seconds:
            if listed.id in ends:
                grouped[listed.group or listed.id].append(listed)
        starts = {one.wallet: _start_of(one, ends, facts) for one in history.ledgers}
        summed = {one.wallet: _summed_start(one.wallet, history, ends, facts) for one in history.summed}
        groups = [
            ListGroup(
                [ListProof(one) for one in lists],
                _start(lists, ends, facts),
                _due_since(lists[0], {**starts, **summed}),
                facts.uid,
            )
            for lists in grouped.values()
        ]
        is_main = facts.kind == MAIN
        halves = {name: None if start is None else coverage[name].start(start) for name, start in starts.items()}
        pairs = [
            # A half that is older than what the other ledger gives has none; nor need one of a wallet without a ledger.
            TransferPairs(one, (halves.get(one.wallets[1]), halves.get(one.wallets[0])) if is_main else (None, None))
            for one in history.transfers
        ]
        return cls(groups, pairs)

    def lists(self) -> list[tuple[ListGroup, ListProof]]:
        """Return each list with its group."""
        return [(group, proof) for group in self.groups for proof in group.lists]

    def take_entry(self, wallet: str, entry: LedgerEntry) -> Sequence[tuple[str, tuple[LedgerEntry, LedgerEntry]]]:
        """Take the next row of a ledger, and return both halves of each transfer that it completes.

        Given first, and beside the wallet of the other half. A row whose amounts are rounded is like no row of another
        list.
        """
        if entry.slack:
            return ()
        takers = self._by_type.get((wallet, entry.type)) or self._of_type(wallet, entry.type)
        for group, must_be_here in takers.groups:
            group.take_entry(entry, must_be_here=must_be_here)
        for pairs in self.pairs:
            if pairs.has_late(entry.time):
                self._count(pairs, entry.time)
        if not takers.pairs:
            return ()
        found = ((one.other(wallet), one.take(wallet, entry)) for one in takers.pairs)
        return [(other, halves) for other, halves in found if halves is not None]

    @property
    def moved_since(self) -> int:
        """The time of the oldest deposit or withdrawal, in Unix milliseconds; 0 without one."""
        firsts = (proof.first_time for _group, proof in self.lists() if proof.listed.table == MOVEMENTS)
        return min(filter(None, firsts), default=0)

    def settle(self) -> None:
        """Take all rows as complete."""
        for pairs in self.pairs:
            self._count(pairs, None)
        for group in self.groups:
            group.settle()

    def _of_type(self, wallet: str, code: str) -> "_OfType":
        """Find what takes rows of a type in a wallet's ledger: once, since most rows are of few types."""
        groups = [(one, one.head.shows(wallet, code)) for one in self.groups]
        found = self._by_type[wallet, code] = _OfType(
            tuple((one, shows) for one, shows in groups if shows or one.head.may_show(wallet, code)),
            tuple(one for one in self.pairs if one.is_half(wallet, code)),
        )
        return found

    def _count(self, pairs: TransferPairs, now: int | None) -> None:
        """Count halves without another that no list of transfers to sub-accounts shows."""
        for wallet, entry in pairs.late(now):
            mark = (entry.asset, entry.change)
            if not any(group.claim(mark, entry) for group in self.groups if group.head.table == "transfers"):
                pairs.single[wallet] = pairs.single.get(wallet, 0) + 1


def _due_since(listed: SecondList, starts: Mapping[str, int | None]) -> int | None:
    """Return from when all ledgers in which a row of a list may be have every row; None where one has not."""
    found = [starts.get(wallet) for wallet in (listed.wallet, *listed.also)]
    return None if None in found else max(start for start in found if start is not None)


def _summed_start(wallet: str, history: History, ends: Mapping[str, ListEnd], facts: RunFacts) -> int | None:
    """Return from when all lists of a wallet's changes have every row; None where one was not read to its end."""
    lists = [one for one in history.changes if wallet in one.wallets]
    return None if any(one.id not in ends for one in lists) else _start(lists, ends, facts)


def _start_of(ledger: Ledger, ends: Mapping[str, ListEnd], facts: RunFacts) -> int | None:
    """Return from when a ledger has every row: one of a wallet that the account never had has none, ever."""
    return 0 if is_not_had(ledger, ends[ledger.id]) else _start([ledger], ends, facts)


def _start(lists: Sequence[PagedList], ends: Mapping[str, ListEnd], facts: RunFacts) -> int | None:
    """Return from when lists have every row, in Unix milliseconds; None where one was not read to its end."""
    read = [one for one in lists if not is_not_had(one, ends[one.id])]
    if not read or any(ends[one.id].status is not Status.ENDED or ends[one.id].cut for one in read):
        return None
    return max(reach_start(one, facts) for one in read)


def is_not_had(listed: PagedList, end: ListEnd) -> bool:
    """Return whether the exchange refused a list because the account has none of its kind.

    A list that has given rows exists, whatever a later refusal says.
    """
    codes = listed.not_had if isinstance(listed, SecondList) else listed.unused if isinstance(listed, Ledger) else ()
    return end.status is Status.REFUSED and end.code in codes and not end.rows


def reach_start(paged: PagedList, facts: RunFacts) -> int:
    """Return the beginning of what an exchange gives of a list, in Unix milliseconds; 0 without one."""
    reach = paged.reach
    if reach.back is not None:
        return milliseconds_of(facts.finished_at - reach.back)
    return 0 if reach.first is None else milliseconds_of(reach.first)
