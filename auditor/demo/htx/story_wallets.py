"""The accounts of a generated history at HTX: balances, what of them is frozen, and the ledger of each.

Rows are as HTX's pages show them (Get Account History, 2021 and 2025): amounts with 18 digits, nothing as ``0E-18``,
ids that do not grow with time, and a row of its own, ``other-types``, for coins that are frozen before a transfer.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import count

from auditor.demo.model import Row

OTHER = "other-types"
FINEST = Decimal("1E-18")


def written(amount: Decimal) -> str:
    """Write an amount as HTX does."""
    return format(amount.quantize(FINEST), "f") if amount else "0E-18"


class Wallet:
    """One account: its ledger, oldest row first. `last`: the time of its newest row, Unix ms."""

    def __init__(self, number: int, kind: str, subtype: str = "") -> None:
        """Begin with nothing."""
        self.account: Row = {"id": number, "type": kind, "subtype": subtype, "state": "working"}
        self.number = number
        self.balances: defaultdict[str, Decimal] = defaultdict(Decimal)
        self.frozen: defaultdict[str, Decimal] = defaultdict(Decimal)
        self.rows: list[Row] = []
        self.changes: list[Decimal] = []
        self.last = 0
        self._ids = count(number * 1_000_000_000)

    def post(self, time: int, coin: str, kind: str, change: Decimal, *, out_of_frozen: bool = False) -> Row:
        """Change a balance, and write the row of it, no earlier than the one before it."""
        self.balances[coin] += change
        if out_of_frozen:
            self.frozen[coin] += change
        self.changes.append(change)
        return self._write(time, coin, kind, change)

    def hold(self, time: int, coin: str, amount: Decimal) -> Row:
        """Freeze coins, or set them free with an amount below zero: only what is available changes."""
        self.frozen[coin] += amount
        self.changes.append(Decimal(0))
        return self._write(time, coin, OTHER, -amount)

    def held(self) -> list[str]:
        """Return the coins of which something is available."""
        return sorted(coin for coin in self.balances if self.free(coin) > 0)

    def free(self, coin: str) -> Decimal:
        """Return what of a coin is available."""
        return self.balances[coin] - self.frozen[coin]

    def shown(self) -> list[Row]:
        """Return the rows of balances: what is available and what is frozen, of each coin."""
        rows = []
        for coin, amount in self.balances.items():
            parts = {"trade": amount - self.frozen[coin], "frozen": self.frozen[coin], "loan": Decimal(0)}
            for kind, part in parts.items():
                row = {"currency": coin, "type": kind, "balance": written(part), "debt": "invalid", "seq-num": "7"}
                rows.append({**row, "available": "invalid"})
        return rows

    def _write(self, time: int, coin: str, kind: str, moved: Decimal) -> Row:
        self.last = max(time, self.last)
        whole = self.balances[coin]
        number = next(self._ids)
        row = {
            "account-id": self.number,
            "currency": coin,
            # No order of time: every second one is below the one before it.
            "record-id": 2 * number + (5 if number % 2 else 0),
            "transact-amt": written(moved),
            "transact-type": kind,
            "avail-balance": written(whole - self.frozen[coin]),
            "acct-balance": written(whole),
            "transact-time": self.last,
        }
        self.rows.append(row)
        return row
