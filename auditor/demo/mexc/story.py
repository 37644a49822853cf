"""The generated history of a demo account at MEXC: every list that changes its Spot or Futures account, of one seed.

What happened comes first, the rows follow from it: the true balances are those of the story, and a client's sums can be
compared with them. Sources: see `history_endpoints`. No list prints the balance after a change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal
from random import Random

from auditor.demo.mexc.protocol import FUTURES, SPOT
from auditor.demo.mexc.story_rows import Rows
from auditor.demo.model import Account, Row
from auditor.demo.story_times import story_times

DAY = 86_400_000
"""Milliseconds."""
PRICES = {"BTC": Decimal(64000), "ETH": Decimal(2600), "MX": Decimal("2.5")}
FEE, MX_FEE, CHARGE = Decimal("0.0005"), Decimal("0.0004"), Decimal("0.02")
SMALL = Decimal(5)
"""USDT below which a coin can be converted to MX."""
FINEST, CENT = Decimal("1E-8"), Decimal("1E-4")


class Story:
    """What happens to one account: call the parts of it, or let `tell` choose."""

    def __init__(self, seed: int) -> None:
        """Begin with nothing."""
        self.random = Random(seed)  # noqa: S311 - a made-up history
        self.spot: defaultdict[str, Decimal] = defaultdict(Decimal)
        self.futures = Decimal(0)
        self.rows = Rows()

    def tell(self, events: int, first: int, last: int) -> Story:
        """Let so many things happen between two times (Unix ms), the first of which are deposits."""
        parts: list[Callable[[int], None]] = [
            self.deposit, self.withdraw, self.buy, self.buy, self.buy, self.sell, self.sell, self.sweep, self.move_in,
            self.move_out, self.trade_contract, self.trade_contract, self.fund,
        ]  # fmt: skip
        step = max((last - first) // events, 2)
        self._deposit(first, "USDT", Decimal(3000))
        self._deposit(first, "MX", Decimal(40))
        for time in story_times(first, step, events):
            self.random.choice(parts)(time)
        return self

    def deposit(self, time: int) -> None:
        """Receive a coin."""
        coin = self.random.choice(["USDT", *PRICES])
        worth = Decimal(self.random.randrange(50, 5000))
        self._deposit(time, coin, _fine(worth / PRICES.get(coin, 1)))

    def withdraw(self, time: int) -> None:
        """Send a part of a coin out."""
        coin, part = self._part()
        fee = _fine(part / 500)
        if fee:
            self.rows.withdrawal(time, coin, part, fee)
            self.spot[coin] -= part

    def buy(self, time: int) -> None:
        """Buy a coin with a part of the USDT that is there, and leave some for the fee."""
        spent = _fine(self.spot["USDT"] / self.random.randrange(3, 12))
        coin = self.random.choice(sorted(PRICES))
        size = _fine(spent / PRICES[coin])
        if size:
            self._trade(time, coin, size, is_buyer=True)

    def sell(self, time: int) -> None:
        """Sell a part of a coin."""
        coin, part = self._part(PRICES)
        if part and _fine(part * PRICES[coin]):
            self._trade(time, coin, part, is_buyer=False)

    def sweep(self, time: int) -> None:
        """Convert what is left of small coins to MX, at one time."""
        swept = []
        for coin in ("BTC", "ETH"):
            size = self.spot[coin]
            worth = _fine(size * PRICES[coin] / PRICES["MX"])
            charge = _fine(worth * CHARGE)
            if worth and size * PRICES[coin] < SMALL:
                swept.append((coin, size, worth - charge, charge))
                self.spot[coin] -= size
                self.spot["MX"] += worth - charge
        if swept:
            self.rows.dust(time, swept)

    def move_in(self, time: int) -> None:
        """Move a part of the USDT to Futures."""
        part = (self.spot["USDT"] / 6).quantize(CENT, ROUND_DOWN)
        if part:
            self.rows.transfer(time, part, is_in=True)
            self.spot["USDT"] -= part
            self.futures += part

    def move_out(self, time: int) -> None:
        """Move a part of what is in Futures back, or all."""
        share = 1 if self.random.random() < 0.1 else 3  # noqa: PLR2004
        part = (self.futures / share).quantize(CENT, ROUND_DOWN)
        if part:
            self.rows.transfer(time, part, is_in=False)
            self.spot["USDT"] += part
            self.futures -= part

    def trade_contract(self, time: int) -> None:
        """Open a position and close it again in the next millisecond."""
        size = self.random.randrange(1, 40)
        profit = Decimal(self.random.randrange(-3000, 3200)) / 10_000
        fees = (Decimal(size) / 1000, Decimal(size) / 1000 + Decimal("0.00000125"))
        if self.futures > 1:
            self.rows.position(time, time + 1, size, profit, fees)
            self.futures += profit - sum(fees)

    def fund(self, time: int) -> None:
        """Pay a funding fee, or receive one."""
        size = Decimal(self.random.randrange(-900, 600)) / 1_000_000
        if self.futures > 1 and size:
            self.rows.funding(time, size)
            self.futures += size

    def account(self, account: Account) -> Account:
        """Return ``account`` with these lists and balances."""
        held = [_shown(coin, size) for coin, size in sorted(self.spot.items()) if size]
        worth = float(self.futures)
        assets = {"positionMargin": 0, "availableBalance": worth, "cashBalance": worth, "frozenBalance": 0}
        futures = [{"currency": "USDT", **assets, "equity": worth, "unrealized": 0, "bonus": 0}]
        books = {**self.rows.books, f"{SPOT}account": held, f"{FUTURES}private/account/assets": futures}
        return account.with_(books={**account.books, **books})

    def _deposit(self, time: int, coin: str, size: Decimal) -> None:
        self.rows.deposit(time, coin, size)
        self.spot[coin] += size

    def _trade(self, time: int, coin: str, size: Decimal, *, is_buyer: bool) -> None:
        """Trade a coin for USDT: the fee is in MX where enough is there, else in USDT, whichever side it is."""
        worth, sign = _fine(size * PRICES[coin]), 1 if is_buyer else -1
        fee, fee_coin = _fine(worth * MX_FEE / PRICES["MX"]), "MX"
        if fee > self.spot["MX"] or coin == "MX":
            fee, fee_coin = _fine(worth * FEE), "USDT"
        self.rows.fill(time, coin, PRICES[coin], (size, worth), (fee, fee_coin), is_buyer=is_buyer)
        self.spot[coin] += sign * size
        self.spot["USDT"] -= sign * worth
        self.spot[fee_coin] -= fee

    def _part(self, among: object = None) -> tuple[str, Decimal]:
        """Choose a coin that is there, and a part of it, or all but little."""
        held = sorted(coin for coin, size in self.spot.items() if size and (among is None or coin in PRICES))
        if not held:
            return "USDT", Decimal(0)
        coin = self.random.choice(held)
        size = self.spot[coin]
        is_most = coin != "USDT" and self.random.random() < 0.3  # noqa: PLR2004
        return coin, _fine(size * Decimal("0.9999") if is_most else size / 3)


def _fine(size: Decimal) -> Decimal:
    return size.quantize(FINEST, ROUND_DOWN)


def _shown(coin: str, size: Decimal) -> Row:
    """Write a balance: a third of it is in an order."""
    locked = _fine(size / 3)
    free = format(size - locked, "f")
    return {"asset": coin, "free": free, "locked": format(locked, "f"), "available": free}


def story_account(account: Account, now: float, *, seed: int = 1, events: int = 300, days: int = 80) -> Account:
    """Return ``account`` with a history of so many ``days`` up to ``now`` (Unix seconds)."""
    last = int(now * 1000) - 60_000
    return Story(seed).tell(events, last - days * DAY, last).account(account)
