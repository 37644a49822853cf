"""What the proof of an archive rests on, so that a fault that changes nothing of it need not be noticed."""

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import takewhile
from pathlib import Path

from auditor.archive.accounts import with_accounts
from auditor.archive.document import facts_in, read_document
from auditor.archive.outcome import ArchiveStatus, Outcome, judge
from auditor.archive.pages import OddRow, parts_of
from auditor.archive.proof import prove
from auditor.archive.rows import SourcedEntry, ledger_rows, listed_rows
from auditor.archive.session import in_mode
from auditor.spec.exchange import Exchange
from auditor.spec.history import History
from auditor.spec.ledger import LedgerEntry
from auditor.spec.paged_list import PagedList
from auditor.spec.second_list import ListedRow, SecondList
from tests.archive.archiving import table_rows


@dataclass(frozen=True)
class Content:
    """What the raw answers of an archive say.

    ``changes``: of each balance that is proved, in the order of time, without rows that change none; ``due``: what rows
    of second lists have in common with a ledger's row that must be there; ``shown``: the same of rows that a ledger's
    row must have; ``odd``: lists with a row that is not understood.
    """

    changes: Counter[tuple[str, ...]]
    due: Counter[tuple[str, frozenset[Hashable]]]
    shown: frozenset[Hashable]
    odd: frozenset[str]

    def must_be_told(self, healthy: "Content", *, is_whole: bool) -> bool:
        """Whether what is said here cannot be what the exchange has. ``is_whole``: nothing is said to be missing.

        A row that must be in a ledger now, and is there beside those that had to be, contradicts nothing.
        """
        is_same = self.changes == healthy.changes or (not is_whole and self._begins_later(healthy))
        return (
            not is_same
            or any(not met or (list_id, met) in healthy.due for list_id, met in self.due - healthy.due)
            or bool(healthy.shown - self.shown)
            or bool(self.odd - healthy.odd)
        )

    def _begins_later(self, healthy: "Content") -> bool:
        """Whether only first changes of a balance are missing, which come to nothing: the balances fit without them.

        A reader that was told that earlier rows are not there need not be told so of these.
        """
        if self.changes - healthy.changes:
            return False
        missing = healthy.changes - self.changes
        for place in {change[:2] for change in missing}:
            of_place = [change for change in healthy.changes if change[:2] == place]
            first = list(takewhile(missing.__contains__, of_place))
            if sum(Decimal(change[2]) for change in first) or missing.keys() & set(of_place[len(first) :]):
                return False
        return True


@dataclass(frozen=True)
class Raw:
    """The raw answers of a sealed archive."""

    folder: Path
    table: Exchange

    @cached_property
    def exchange(self) -> Exchange:
        facts = facts_in(read_document(self.folder))
        return with_accounts(in_mode(self.table, facts.mode), self.folder)

    @cached_property
    def uid(self) -> str:
        return facts_in(read_document(self.folder)).uid

    @property
    def history(self) -> History:
        assert self.exchange.history is not None
        return self.exchange.history

    @cached_property
    def proving(self) -> list[PagedList]:
        """The lists that a proof rests on, or each part of them, that have raw answers."""
        history = self.history
        lists = (*history.ledgers, *history.changes, *(one for one in history.seconds if not one.explains))
        return [part for one in lists for part in parts_of(self.folder, one) if self.file(part) is not None]

    def file(self, paged: PagedList) -> Path | None:
        return next(iter(sorted((self.folder / "data/raw" / paged.id).glob("*.gz"))), None)

    def judged(self, to: Path) -> Outcome:
        facts = facts_in(read_document(self.folder))
        return judge(facts, prove(self.folder, self.exchange, to, facts), self.exchange)

    @cached_property
    def entries(self) -> list[tuple[str, LedgerEntry]]:
        """The rows of all ledgers, with their wallets."""
        return [
            (ledger.wallet, row.entry)
            for ledger in self.history.ledgers
            for row in ledger_rows(self.folder, ledger, self.exchange)
            if isinstance(row, SourcedEntry)
        ]

    def content(self, tables: Path, entries: list[tuple[str, LedgerEntry]]) -> Content:
        """What the raw answers say, whose tables were made. ``entries``: the ledgers' rows, without a fault."""
        wallets = {row["wallet"] for row in table_rows(tables, "balances.csv")}
        names = ("wallet", "asset", "change", "balance")
        rows = [row for row in table_rows(tables, "ledger.csv") if row["wallet"] in wallets]
        second = [(one, row) for one in self.history.seconds for row in listed_rows(self.folder, one, self.exchange)]
        needed = {one.id: set(_needed(one, entries)) for one in self.history.seconds}
        read = [(one, row) for one, row in second if not isinstance(row, OddRow)]
        return Content(
            changes=Counter(tuple(row[name] for name in names) for row in rows if Decimal(row["change"])),
            due=Counter((one.id, _met(one, row, entries)) for one, row in read if self._is_due(row)),
            shown=frozenset((one.group or one.id, mark) for one, row in read for mark in {*row.marks} & needed[one.id]),
            odd=frozenset(one.id for one, row in second if isinstance(row, OddRow)),
        )

    def _is_due(self, row: ListedRow) -> bool:
        """Whether a ledger of this account must have a row."""
        is_own = not row.parties or self.uid in row.parties
        return bool(row.marks) and is_own and (row.due or row.expected)


def _met(one: SecondList, row: ListedRow, entries: list[tuple[str, LedgerEntry]]) -> frozenset[Hashable]:
    """What a row has in common with the ledgers' rows; where there is no ledger, all that it may have."""
    return frozenset(row.marks) & {one.mark(entry) for _wallet, entry in entries} if entries else frozenset(row.marks)


def _needed(one: SecondList, entries: list[tuple[str, LedgerEntry]]) -> Iterator[Hashable]:
    """What the ledgers' rows have in common with the rows that must be in a second list."""
    yield from () if one.explains else (one.mark(entry) for wallet, entry in entries if one.shows(wallet, entry.type))


def is_noticed(outcome: Outcome, healthy: Outcome) -> bool:
    """Whether an outcome says more against the archive than that of the archive without a fault."""
    if healthy.status is ArchiveStatus.COMPLETE:
        return outcome.status is not ArchiveStatus.COMPLETE
    return outcome.status is not healthy.status or bool(_doubts(outcome) - _doubts(healthy))


def _doubts(outcome: Outcome) -> set[str]:
    return {*map(str, outcome.faults), *map(str, outcome.gaps)}
