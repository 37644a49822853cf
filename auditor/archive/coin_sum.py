"""The sum of all changes of one coin in one wallet that the exchange prints no balance after.

Pure: changes in, oldest first. Two changes that cancel out leave no trace in a sum; of what came in and is missing, a
balance below nothing tells until it is made good again.
"""

from dataclasses import dataclass
from decimal import Decimal

from auditor.archive.curve import Curve
from auditor.model.amounts import ZERO, add

PATIENCE = 86_400_000
"""Milliseconds within which rows of several lists may be out of order: some say when a change was asked for."""


@dataclass(slots=True)
class CoinSum:
    """One coin in one wallet, from nothing.

    ``owed_since``, ``owed_until``: Unix milliseconds of the first stretch longer than `PATIENCE` in which the sum was
    below zero; 0 without one, and ``owed``: the lowest sum in it; ``lowest``: in all such stretches.
    """

    asset: str
    curve: Curve
    amount: Decimal = ZERO
    rows: int = 0
    first_time: int = 0
    last_time: int = 0
    owed: Decimal = ZERO
    owed_since: int = 0
    owed_until: int = 0
    lowest: Decimal = ZERO
    _below_since: int = 0
    _lowest: Decimal = ZERO

    def add(self, time: int, change: Decimal) -> None:
        """Take the next change. ``time``: Unix milliseconds, never before the one before."""
        self._pass_time(time)
        self.amount = add(self.amount, change)
        self.rows += 1
        self.first_time = self.first_time or time
        self.last_time = time
        self.curve.add(time, self.amount)
        if self.amount >= ZERO:
            self._below_since, self._lowest = 0, ZERO
        else:
            self._below_since = self._below_since or time
            self._lowest = min(self._lowest, self.amount)

    def _pass_time(self, time: int) -> None:
        """Note that the sum stays below zero until a time."""
        if not self._below_since or time - self._below_since <= PATIENCE:
            return
        self.lowest = min(self.lowest, self._lowest)
        if self.owed_since in {0, self._below_since}:
            self.owed_since, self.owed_until = self._below_since, time
            self.owed = min(self.owed, self._lowest)
