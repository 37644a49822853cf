"""The balance of each coin in each wallet while the rows go by, and how exactly Beancount can follow it."""

from dataclasses import dataclass, field
from decimal import Decimal

from auditor.archive.exports.event import Event
from auditor.archive.exports.ledger_table import LedgerRow
from auditor.model import amounts
from auditor.model.amounts import ZERO

PRECISION = 28
"""Digits to which Beancount adds: Python's own number."""
SHORT = 14
"""Signs of a change and a balance together with which no coin comes to so many digits, before and after the point."""
Place = tuple[str, str]
"""Wallet and coin."""


@dataclass(slots=True)
class RunningBalance:
    """A balance after the latest row.

    ``amount``: of all changes before what is written; ``shown``: as the exchange printed it after the newest row, ""
    where rows of one millisecond may be in another order, or an event began on the day before; ``time``: of that row;
    ``rows``, ``whole``, ``fraction``: number of rows, and most digits before and after the point.
    """

    amount: Decimal = ZERO
    shown: str = ""
    time: str = ""
    rows: int = 0
    whole: int = 1
    fraction: int = 0

    def add(self, row: LedgerRow, day: str) -> None:
        """Take the next row, of an event that began on a day."""
        time, change, balance = row.time, row.change, row.balance
        if time >= self.time:
            self.shown = balance if time > self.time and time.startswith(day) else ""
            self.time = time
        self.rows += 1
        if len(change) + len(balance) > SHORT:
            self._note_digits(change)
            self._note_digits(balance)

    def _note_digits(self, text: str) -> None:
        point, size = text.find("."), len(text) - text.startswith("-")
        whole, fraction = (size, 0) if point < 0 else (point - text.startswith("-"), len(text) - point - 1)
        # Few rows have more than all before: a comparison is less than `max`.
        self.whole = max(self.whole, whole)
        self.fraction = max(self.fraction, fraction)

    @property
    def tolerance(self) -> str:
        """By how much Beancount's sum may be off: 0 as long as all digits fit."""
        if self.whole + self.fraction < PRECISION:
            return "0"
        return amounts.plain(Decimal(self.rows + 1).scaleb(self.whole - PRECISION))


@dataclass(slots=True)
class RunningBalances:
    """All balances. ``changed``: those that changed since they were last asserted."""

    by_place: dict[Place, RunningBalance] = field(default_factory=dict)
    changed: set[Place] = field(default_factory=set)

    def at(self, wallet: str, asset: str) -> RunningBalance:
        """Return the balance of a coin in a wallet."""
        found = self.by_place.get((wallet, asset))
        if found is None:
            found = self.by_place[wallet, asset] = RunningBalance()
        return found

    def take(self, event: Event) -> None:
        """Take the rows of the next event."""
        day = event.first.time[:10]
        for row in event.rows:
            self.at(row.wallet, row.asset).add(row, day)
            self.changed.add((row.wallet, row.asset))

    def add_up(self, event: Event) -> None:
        """Take the rows of an event before what is written, where nothing else says what was there then."""
        self.take(event)
        for row in event.rows:
            balance = self.at(row.wallet, row.asset)
            balance.amount = amounts.add(balance.amount, Decimal(row.change))
