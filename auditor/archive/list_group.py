"""A second list and the rows of a ledger that it shows over again, matched by what they have in common.

Kept are those that still wait for their other half, so that memory does not grow with rows.
"""

from collections import OrderedDict, defaultdict, deque
from collections.abc import Hashable
from dataclasses import dataclass, field

from auditor.archive.sure_matches import SureMatches
from auditor.archive.table_row import TableRow
from auditor.archive.waiting import HOUR, MONTH, Waiting
from auditor.spec.ledger import LedgerEntry
from auditor.spec.second_list import ListedRow, SecondList

MOST_TOLD = 100
MOST_RECENT = 10_000
"""Trades of which a further row may come."""


@dataclass(slots=True)
class ListProof:
    """What the rows of one second list come to.

    ``alone``: rows that must be in the ledger and are not, the first of them; ``missing``: their number; ``short``:
    number of rows of which the ledger has some rows and not all; ``nowhere``: of rows that were expected in a ledger.
    """

    listed: SecondList
    rows: int = 0
    odd: int = 0
    first_time: int = 0
    last_time: int = 0
    alone: list[ListedRow] = field(default_factory=list)
    missing: int = 0
    short: int = 0
    nowhere: int = 0

    def take(self, row: ListedRow) -> None:
        """Count a row."""
        self.rows += 1
        self.first_time, self.last_time = self.first_time or row.time, max(self.last_time, row.time)


@dataclass(slots=True)
class _Listed:
    """A row of a second list that waits for rows of the ledger. ``into``: what it is in its table."""

    proof: ListProof
    row: ListedRow
    into: TableRow | None
    within: bool
    left: int
    listed_by_id: bool
    counted: bool = False

    @property
    def is_wanted(self) -> bool:
        """Whether it changed a balance, and a row of the ledger that is of it has not come yet."""
        return bool(self.left) and (self.row.due or self.row.expected or self.row.done)


@dataclass(slots=True)
class ListGroup:
    """Second lists that together show rows of certain types of one ledger.

    ``since``: from when, in Unix milliseconds, every such row must be in them; None: it need not. ``due_since``: from
    when each of their rows must be in the ledger; None: it need not. ``unlisted``: number of the ledger's rows that are
    not in them. ``account``: the exchange's id of the account.
    """

    lists: list[ListProof]
    since: int | None
    due_since: int | None
    account: str = ""
    unlisted: int = 0
    first_unlisted: LedgerEntry | None = None
    _rows: dict[Hashable, deque[_Listed]] = field(default_factory=lambda: defaultdict(deque))
    _entries: Waiting = field(default_factory=Waiting)
    _optional: Waiting = field(default_factory=Waiting)
    _recent: OrderedDict[Hashable, None] = field(default_factory=OrderedDict)
    _matches: SureMatches = field(default_factory=SureMatches)
    head: SecondList = field(init=False)
    _begins: int = field(init=False)
    _open: int = field(init=False)

    def __post_init__(self) -> None:
        """Choose how long rows wait. ``head``: the list that the others of the group are like.

        A list with times of its own, such as of deposits, may be later than the ledger; bills and fills are not.
        """
        self.head, self._open = self.lists[0].listed, len(self.lists)
        has_own_times = self.head.types is not None and not self.head.shared
        self._entries.span = self._optional.span = MONTH if has_own_times else HOUR
        # No list that begins so much later shows an older row, and most rows of an archive are such.
        self._begins = self.since - MONTH if self.head.types is None and self.since is not None else 0

    def end_list(self) -> None:
        """Take one of the lists as complete: after the last one nothing is worth waiting for."""
        self._open -= 1
        if not self._open:
            self.pass_time(None)

    def take_row(self, proof: ListProof, row: ListedRow, into: TableRow | None = None) -> None:
        """Take the next row of one of the lists. ``into``: the row of a table that is to name the ledger's rows."""
        proof.take(row)
        self.pass_time(row.time)
        if not row.marks or (row.parties and self.account not in row.parties):
            return
        within = self.due_since is not None and row.time >= self.due_since
        one = _Listed(proof, row, into, within, row.legs, self.head.shared)
        for mark in row.marks:
            if into is not None and one.is_wanted:
                self._matches.expect(mark, row.time, into)
            while one.left and (entry := self._entries.take(mark) or self._optional.take(mark)) is not None:
                self._join(mark, one, entry)
                one.left -= 1
            while self.head.shared and self._entries.take(mark) is not None:
                pass  # Further rows of it that came before it.
            self._remember(mark)
        for mark in row.marks if one.left else ():
            self._rows[mark].append(one)

    def take_entry(self, entry: LedgerEntry, *, must_be_here: bool = True) -> None:
        """Take the next row of a ledger that must be in the lists, or may be."""
        if entry.time < self._begins:
            return
        if not (self._open or self._rows or self._recent):
            # Nothing of the lists is left that it could be: so it is with most rows of a large archive.
            if must_be_here and self._must_list(entry) and self.head.mark(entry) is not None:
                self._miss(entry)
            return
        if self._entries.has_late(entry.time):
            self.pass_time(entry.time)
        mark = self.head.mark(entry)
        if mark is None or (mark in self._rows and self.claim(mark, entry)):
            return
        if mark in self._recent:
            return
        if self._open:
            (self._entries if must_be_here else self._optional).add(mark, entry)
        elif must_be_here:
            self._miss(entry)

    def claim(self, mark: Hashable, entry: LedgerEntry) -> bool:
        """Return whether a row of the lists waits with this mark: the ledger's row is one of it then."""
        rows = self._rows.get(mark)
        while rows and (not rows[-1].left or _is_past(rows[-1], entry.time)):
            _count(rows.pop())
        if not rows:
            self._rows.pop(mark, None)
            return False
        self._join(mark, rows[-1], entry)
        rows[-1].left -= 1
        if not rows[-1].left:
            rows.pop()
        if not rows:
            del self._rows[mark]
        return True

    def _join(self, mark: Hashable, one: _Listed, entry: LedgerEntry) -> None:
        """Let a row of a table name a row of the ledger, where neither could be of another one."""
        if one.into is None or one.listed_by_id or not one.is_wanted:
            return
        # Of a row with one leg, each mark is what that leg may be.
        marks = one.row.marks if one.row.legs == 1 else (mark,)
        others = (self._entries.waits_with(each) or self._optional.waits_with(each) for each in marks)
        rows = [row.into for row in self._rows.get(mark, ()) if row is not one and row.is_wanted]
        for row in rows:
            if row is not None:
                row.doubt()
        # Of a transfer between two accounts, one half is here.
        is_whole = bool(one.row.parties and one.into.entries)
        is_alone = not is_whole and not any(others) and not rows
        self._matches.take(mark, one.into, one.row.time, entry, is_alone=is_alone)

    def pass_time(self, now: int | None) -> None:
        """Count rows of the ledger that waited too long; None: all that wait."""
        for entry in self._entries.late(now):
            self._miss(entry)
        self._optional.late(now)  # Such rows need not be in these lists.

    def settle(self) -> None:
        """Take both sides as complete."""
        self.pass_time(None)
        for rows in self._rows.values():
            for one in rows:
                _count(one)

    def _miss(self, entry: LedgerEntry) -> None:
        """Count a row of the ledger that is in none of the lists."""
        if self._must_list(entry):
            self.unlisted += 1
            self.first_unlisted = self.first_unlisted or entry

    def _must_list(self, entry: LedgerEntry) -> bool:
        return self.since is not None and entry.time >= self.since

    def _remember(self, mark: Hashable) -> None:
        if self.head.shared:
            self._recent[mark] = None
            if len(self._recent) > MOST_RECENT:
                self._recent.popitem(last=False)


def _is_past(one: _Listed, time: int) -> bool:
    """Return whether a row is too old for a ledger's row. It may be of a time that the ledger does not reach.

    A deposit waits for ever: it may be credited when a check of months has ended.
    """
    return one.row.expected and not one.listed_by_id and one.row.time < time - MONTH


def _count(one: _Listed) -> None:
    """Count a row for which no row of a ledger came, once."""
    if not one.left or not one.within or one.counted:
        return
    one.counted = True
    proof = one.proof
    if not one.row.due:
        proof.nowhere += one.row.expected
        return
    if one.left < one.row.legs:
        proof.short += 1
        return
    proof.missing += 1
    proof.alone += [one.row] if len(proof.alone) < MOST_TOLD else []
