"""Simple Earn and isolated margin of a generated history at Gate: wallets without an account book of all changes."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from auditor.demo.gate import story_wallets as kinds
from auditor.demo.gate.history_endpoints import BASE
from auditor.demo.gate.story_records import Records
from auditor.demo.gate.story_wallets import Spot, plain
from auditor.demo.model import Row

EARNED = Decimal("0.002")


class Outside:
    """What was moved out of the spot account and may come back."""

    def __init__(self, spot: Spot, records: Records) -> None:
        """Begin with nothing."""
        self.spot, self.records = spot, records
        self.lent: defaultdict[str, Decimal] = defaultdict(Decimal)
        self.margin = Decimal(0)

    def in_earn(self) -> list[str]:
        """Return the coins of which something is in Simple Earn."""
        return sorted(coin for coin, amount in self.lent.items() if amount > 0)

    def lend(self, time: int, coin: str, amount: Decimal) -> None:
        """Put a coin into Simple Earn."""
        self.lent[coin] += amount
        self.spot.post(time, coin, -amount, kinds.LENT)
        self.records.lent(self.spot.last, coin, amount, "lend")

    def redeem(self, time: int, coin: str, amount: Decimal) -> None:
        """Take a coin out of Simple Earn."""
        self.lent[coin] -= amount
        self.spot.post(time, coin, amount, kinds.REDEEMED)
        self.records.lent(self.spot.last, coin, amount, "redeem")

    def earn(self, time: int) -> None:
        """Get what Simple Earn pays out."""
        for coin in self.in_earn()[:1]:
            amount = (self.lent[coin] * EARNED).quantize(Decimal("1E-18"))
            if amount:
                self.spot.post(time, coin, amount, kinds.INTEREST)
                self.records.earned(self.spot.last, coin, amount)

    def fund_margin(self, time: int) -> None:
        """Move USDT into isolated margin."""
        amount = (self.spot.balances["USDT"] / 4).quantize(Decimal("1E-8"))
        if amount > 0:
            self._move_margin(time, amount)

    def leave_margin(self, time: int) -> None:
        """Move all of it back."""
        if self.margin:
            self._move_margin(time, -self.margin)

    def leave_all(self, time: int) -> None:
        """Withdraw everything, as users do before closing."""
        self.leave_margin(time)
        for coin in self.in_earn():
            self.redeem(time, coin, self.lent[coin])

    def books(self) -> dict[str, list[Row]]:
        """Return what is there now, by path."""
        zeros = {"locked": "0", "borrowed": "0", "interest": "0"}
        base = {"currency": "BTC", "available": "0", **zeros}
        quote = {"currency": "USDT", "available": plain(self.margin), **zeros}
        pair = {"currency_pair": "BTC_USDT", "account_type": "mmr", "locked": False, "base": base, "quote": quote}
        lends = [
            {"currency": coin, "amount": plain(amount), "lent_amount": plain(amount), "create_time": 1_673_247_054_000}
            for coin, amount in sorted(self.lent.items())
        ]
        return {f"{BASE}margin/user/account": [pair], f"{BASE}earn/uni/lends": lends}

    def _move_margin(self, time: int, change: Decimal) -> None:
        self.margin += change
        self.spot.post(time, "USDT", -change, kinds.TO_MARGIN if change > 0 else kinds.FROM_MARGIN)
        self.records.moved_to_margin(self.spot.last, "USDT", change, self.margin)
