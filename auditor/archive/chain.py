"""The proof by running balances: every row's balance without its change is the balance of the row before it.

Pure: rows in, breaks out. It sees every lost, doubled or altered row that a balance shows, and not neighbouring rows of
one coin that cancel out. One number a coin is kept, and the rows of its latest millisecond: they are taken together,
since their order is not known, and must fit in some order.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from auditor.model.amounts import ZERO, add, subtract
from auditor.spec.ledger import LedgerEntry


@dataclass(frozen=True, slots=True)
class Break:
    """Two neighbouring rows of a coin that do not fit.

    ``missing`` is what lies between them, ``before`` the older one.
    ``before`` is None where rows of one millisecond do not fit to one another.
    """

    asset: str
    before: LedgerEntry | None
    after: LedgerEntry
    missing: Decimal


@dataclass(slots=True)
class CoinChain:
    """The chain of one coin in one wallet, fed with the oldest row first.

    ``opening``: the balance before the first row; ``closing``: after the last one; ``change``: the sum of all changes;
    ``is_rounded``: some of its rows are, so that they fit as far as their digits go.
    """

    asset: str
    opening: Decimal | None = None
    closing: Decimal | None = None
    change: Decimal = Decimal(0)
    rows: int = 0
    first_time: int = 0
    last: LedgerEntry | None = None
    is_rounded: bool = False
    _together: list[LedgerEntry] = field(default_factory=list)

    def add(self, entry: LedgerEntry) -> Sequence[Break]:
        """Take the next row, and return the breaks before it."""
        together = self._together
        if not together or together[0].time == entry.time:
            together.append(entry)
            return ()
        if len(together) > 1:
            breaks = self.settle()
            self._together.append(entry)
            return breaks
        # Most rows are alone in their millisecond.
        found, together[0] = self._follow(together[0]), entry
        return () if found is None else (found,)

    def settle(self) -> Sequence[Break]:
        """Take the rows of the latest millisecond as complete, and return their breaks."""
        entries, self._together = self._together, []
        ordered = in_order(entries, self.closing, self.last) if entries else ()
        return [found for entry in ordered if (found := self._follow(entry)) is not None]

    def _follow(self, entry: LedgerEntry) -> Break | None:
        """Take one row of which it is known what came before it, and return the break between them."""
        before, closing, last = subtract(entry.balance, entry.change), self.closing, self.last
        self.rows += 1
        self.closing, self.last = entry.balance, entry
        self.change = add(self.change, entry.change)
        if entry.slack:
            self.is_rounded = True
        if closing is None:
            self.opening, self.first_time = before, entry.time
            return None
        if closing == before or _meet(closing, before, entry, last):
            return None
        return Break(self.asset, last, entry, subtract(before, closing))


def balance_before(entry: LedgerEntry) -> Decimal:
    """Return the balance before a row."""
    return subtract(entry.balance, entry.change)


def in_order(
    entries: Sequence[LedgerEntry], start: Decimal | None, last: LedgerEntry | None = None
) -> Sequence[LedgerEntry]:
    """Return rows of one millisecond in an order in which their balances follow one another.

    ``start``: the balance before them, if it is known; ``last``: the row before them. As they came, by id, or along
    their balances; as they came where none fits.
    """
    if len(entries) == 1:
        return entries
    by_id = sorted(entries, key=lambda entry: entry.number)
    for order in (entries, by_id):
        if fits(order, start, last):
            return order
    return trail(by_id, start) or entries


def fits(entries: Sequence[LedgerEntry], start: Decimal | None, last: LedgerEntry | None = None) -> bool:
    """Return whether each row begins with the balance that the one before it ends with."""
    balance = start
    for entry in entries:
        if balance is not None and not _meet(balance, balance_before(entry), entry, last):
            return False
        balance, last = entry.balance, entry
    return True


def _meet(balance: Decimal, before: Decimal, entry: LedgerEntry, last: LedgerEntry | None) -> bool:
    """Return whether a balance is the one before a row, as far as the digits of both rows go."""
    if balance == before:
        return True
    slack = max(entry.slack, last.slack if last is not None else ZERO)
    # Of the balances and the change, each is off by as much.
    return bool(slack) and abs(subtract(before, balance)) <= 3 * slack


def trail(entries: Sequence[LedgerEntry], start: Decimal | None) -> Sequence[LedgerEntry] | None:
    """Return one trail through all rows, each from a balance to the next; None without one.

    ``start`` None: the trail may begin anywhere. Hierholzer's way, so that it takes time that grows as the rows do.
    """
    leaving: dict[Decimal, list[LedgerEntry]] = defaultdict(list)
    surplus: Counter[Decimal] = Counter()
    for entry in reversed(entries):
        leaving[balance_before(entry)].append(entry)
        surplus[balance_before(entry)] += 1
        surplus[entry.balance] -= 1
    first = next((balance for balance, count in surplus.items() if count > 0), balance_before(entries[0]))
    found: list[LedgerEntry] = []
    stack: list[tuple[Decimal, LedgerEntry | None]] = [(first if start is None else start, None)]
    while stack:
        balance, arrived = stack[-1]
        if leaving[balance]:
            entry = leaving[balance].pop()
            stack.append((entry.balance, entry))
            continue
        stack.pop()
        if arrived is not None:
            found.append(arrived)
    found.reverse()
    return found if len(found) == len(entries) and fits(found, start) else None
