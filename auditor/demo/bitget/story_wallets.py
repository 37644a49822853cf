"""The two wallets of a generated history of a unified account: their balances, and the ledgers that follow.

Rows are as documented at www.bitget.com/api-doc/uta/account/Get-Financial-Records, and as real answers of 2026 have
them: balances with up to 16 digits after the point, a funding ledger with 8 and without fees.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal

from auditor.demo.model import Row

EIGHT, FINEST = Decimal("1E-8"), Decimal("1E-16")
NOTHING = Decimal(0)


def plain(amount: Decimal) -> str:
    """Write an amount digit for digit."""
    return format(amount, "f")


def cut(amount: Decimal) -> str:
    """Write an amount as balances are shown: with 8 digits after the point, cut."""
    shown = amount.quantize(EIGHT, ROUND_DOWN).normalize()
    return plain(shown) if shown else "0"


@dataclass
class Wallet:
    """The balances of a wallet, and its ledger, oldest row first.

    ``last``: the time of its newest row, Unix ms.
    """

    balances: defaultdict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    rows: list[Row] = field(default_factory=list)
    last: int = 0
    first_id: int = 1_477_183_363_639_000_000

    def held(self) -> list[str]:
        """Return the coins of which something is there."""
        return sorted(coin for coin, amount in self.balances.items() if amount >= EIGHT)

    def _move(self, time: int, coin: str, change: Decimal) -> tuple[int, str]:
        """Change a balance, no earlier than before, and return the time and the id of its row."""
        self.balances[coin] += change
        self.last = max(time, self.last)
        return self.last, str(self.first_id + len(self.rows) * 7)


class Funding(Wallet):
    """The funding account."""

    def post(self, time: int, coin: str, change: Decimal, group: str, kind: str) -> Row:
        """Change a balance and write the row of it. ``kind``: may be blank."""
        moment, number = self._move(time, coin, change)
        figures = {"amount": plain(change.quantize(EIGHT)), "balance": plain(self.balances[coin].quantize(EIGHT))}
        about = {"id": number, "coin": coin, "groupType": group, "type": kind}
        self.rows.append({**about, **figures, "ts": str(moment)})
        return self.rows[-1]

    def shown(self) -> list[Row]:
        """Return the balances of the coins that are held."""
        return [
            {"coin": coin, "available": cut(amount), "frozen": "0", "balance": cut(amount)}
            for coin, amount in sorted(self.balances.items())
            if amount
        ]


class Unified(Wallet):
    """The unified account. ``locked``: what open orders hold; no row of the ledger is of that."""

    locked: dict[str, Decimal]

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__(first_id=1_312_345_678_901_000_000)
        self.locked = {}

    def post(self, time: int, coin: str, amount: Decimal, kind: str, **fields: str) -> Row:
        """Change a balance by an amount and a fee beside it, and write the row of it.

        ``fields``: ``category`` as asked for, ``symbol``, ``fee`` below zero.
        """
        fee = Decimal(fields.get("fee", "0"))
        moment, number = self._move(time, coin, amount + fee)
        self.rows.append(
            {
                "category": fields.get("category", "OTHER"),
                "id": number,
                "symbol": fields.get("symbol", ""),
                "coin": coin,
                "type": kind,
                "positionType": "crossed" if "FUTURES" in fields.get("category", "") else "",
                "positionAmount": "0",
                "positionBalance": "0",
                "amount": plain(amount),
                "fee": plain(fee),
                "balance": plain(self.balances[coin]),
                "ts": str(moment),
            }
        )
        return self.rows[-1]

    def shown(self) -> list[Row]:
        """Return the coins that are not at zero, each figure cut by itself."""
        return [self._shown(coin, amount) for coin, amount in sorted(self.balances.items()) if amount]

    def _shown(self, coin: str, amount: Decimal) -> Row:
        locked = self.locked.get(coin, NOTHING)
        free = {"balance": cut(amount - locked), "available": cut(amount - locked), "locked": cut(locked)}
        return {"coin": coin, "equity": cut(amount), "usdValue": "0", **free, "debt": "0", "bonus": "0"}
