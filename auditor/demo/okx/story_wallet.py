"""A wallet of a generated history: its balances, and the ledger that follows from each change of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from auditor.demo.model import Row


@dataclass
class Wallet:
    """The balances of a wallet, and its ledger, oldest row first."""

    first_id: int
    balances: defaultdict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    rows: list[Row] = field(default_factory=list)

    def post(self, time: int, ccy: str, change: Decimal, **fields: str) -> Row:
        """Change a balance, and write the row of it, no earlier than the one before it."""
        self.balances[ccy] += change
        time = max(time, int(self.rows[-1]["ts"]) if self.rows else 0)
        number = str(self.first_id + len(self.rows))
        figures = {"balChg": format(change, "f"), "bal": format(self.balances[ccy], "f")}
        self.rows.append({"billId": number, "ccy": ccy, **figures, "ts": str(time), **fields})
        return self.rows[-1]

    def since(self, time: int) -> list[Row]:
        """Return the rows since a time."""
        return [row for row in self.rows if int(row["ts"]) >= time]
