"""The generated history of a demo account at Kraken Futures: every kind of row that its account log is known to have.

What happened comes first, the rows follow from it: the true balances are those of the story. Shapes are those of
docs.kraken.com/api (Get account log, May 2026) and of rows of real accounts in public bug reports (ccxt/ccxt#29760):
a trade is a row of the position and one of the money, in USD, and what is lacking in USD is converted from other coins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal
from random import Random
from typing import Any

from auditor.demo.krakenfutures.story_events import Events
from auditor.demo.krakenfutures.story_log import CASH, CREDITS, FLEX, SINGLE, Log
from auditor.demo.model import Account, Row

DAY = 86_400_000
"""Milliseconds."""
ACCOUNTS, LOG = "/derivatives/api/v3/accounts", "/api/history/v3/account-log"
PRICES = {"pf_xbtusd": Decimal(64000), "pf_ethusd": Decimal(2600)}
WORTH = {"usdc": Decimal(1), "eur": Decimal("1.08"), "xbt": Decimal(64000)}
FEE = Decimal("0.0005")
INVERSE = "pi_xbtusd"
"""Held in the single-collateral wallet."""


class Story:
    """What happens to one account: call the parts of it, or let `tell` choose."""

    def __init__(self, seed: int) -> None:
        """Begin with nothing."""
        self.random = Random(seed)  # noqa: S311 - a made-up history
        self.log = Log(self.random)
        self.events = Events(self.log)
        self.sizes: defaultdict[str, Decimal] = defaultdict(Decimal)

    def tell(self, events: int, first: int, last: int) -> Story:
        """Let so many things happen between two times (Unix ms), the first of which are deposits."""
        parts: list[Callable[[int], None]] = [
            self.deposit, self.withdraw, self.pass_on, self.trade, self.trade, self.trade, self.fund, self.fund,
            self.pay_interest, self.trade_with_credits, self.to_cash, self.to_single, self.trade_single,
            self.from_sub_account, self.liquidate, self.cancel, self.protect,
        ]  # fmt: skip
        step = max((last - first) // events, 1)
        self._receive(first, "usdc", Decimal(5000))
        self._receive(first, "xbt", Decimal("0.25"))
        self.log.money(first, "admin transfer", (FLEX, CREDITS), Decimal(20000))
        for number in range(1, events):
            # Every ninth thing happens in the millisecond of the one before it.
            self.random.choice(parts)(first + (number - (number % 9 == 0)) * step)
        return self

    def deposit(self, time: int) -> None:
        """Receive a coin from the spot site."""
        coin = self.random.choice(sorted(WORTH))
        self._receive(time, coin, _fine(Decimal(self.random.randrange(50, 3000)) / WORTH[coin]))

    def withdraw(self, time: int) -> None:
        """Send a part of a coin to the spot site."""
        coin = self.random.choice(sorted(WORTH))
        part = _fine(self.log.balances[FLEX, coin] * self.random.randrange(5, 60) / 100)
        if part > 0:
            self.log.money(time, "cross-exchange transfer", (FLEX, coin), -part, execution="FTDEMO-WITHDRAW")

    def pass_on(self, time: int) -> None:
        """Receive a coin and send it straight on: two neighbouring rows that cancel out."""
        amount = Decimal(self.random.randrange(1, 900)) / 8
        self._receive(time, "usdc", amount)
        self.log.money(time + 10, "cross-exchange transfer", (FLEX, "usdc"), -amount, execution="FTDEMO-ON")

    def trade(self, time: int) -> None:
        """Open, change or close a position; what is then lacking in USD is converted."""
        contract, change, size = self._next_size()
        fee = _cents(abs(change) * PRICES[contract] * FEE)
        money = self._executed(time, "futures trade", contract, change, fee)
        result = _cents(Decimal(self.random.randrange(-400, 500)) / 100) if size else Decimal(0)
        funding = Decimal(self.random.randrange(-9, 9)) / 10_000
        known = {"realized_pnl": float(result), "fee": float(fee), "realized_funding": float(funding)}
        self.log.money(time, "futures trade", (FLEX, "usd"), result - fee + funding, **money, **known)
        self._cover(time)

    def liquidate(self, time: int) -> None:
        """Lose a position to a liquidation, with a fee of its own."""
        contract = self.random.choice(sorted(PRICES))
        if self.sizes[contract]:
            money = self._executed(time, "futures liquidation", contract, -self.sizes[contract], Decimal("0.5"))
            known = {"realized_pnl": -12.5, "fee": 0.5, "liquidation_fee": 2.25, "realized_funding": None}
            self.log.money(time, "futures liquidation", (FLEX, "usd"), Decimal("-15.25"), **money, **known)
            self._cover(time)

    def trade_with_credits(self, time: int) -> None:
        """Open a position whose fee is paid with credits: there is no row of money."""
        contract = self.random.choice(sorted(PRICES))
        if not self.sizes[contract] and self.log.balances[FLEX, CREDITS] > 100:  # noqa: PLR2004 - more than the fee
            self._executed(time, "futures trade", contract, Decimal("0.01"), Decimal(0))
            self.log.money(time, "kfee applied", (FLEX, CREDITS), Decimal("-33.29136"))

    def fund(self, time: int) -> None:
        """Pay or receive funding for a position."""
        contract, amount = self.random.choice(sorted(PRICES)), Decimal(self.random.randrange(-900, 900)) / 10_000
        known = {"contract": contract, "funding_rate": 9.288451412e-07, "realized_funding": float(amount)}
        self.log.money(time, "funding rate change", (FLEX, "usd"), amount, **known)
        self._cover(time)

    def pay_interest(self, time: int) -> None:
        """Pay interest on what was owed."""
        self.log.money(time, "interest payment", (FLEX, "usd"), Decimal("-0.0123"))
        self._cover(time)

    def to_cash(self, time: int) -> None:
        """Move bitcoin from the multi-collateral wallet to the cash wallet."""
        self._move(time, FLEX, CASH, Decimal("0.002"))

    def to_single(self, time: int) -> None:
        """Move bitcoin from the cash wallet to a single-collateral one."""
        self._move(time, CASH, SINGLE, Decimal("0.001"))

    def trade_single(self, time: int) -> None:
        """Trade an inverse perpetual, which is settled in bitcoin."""
        if self.log.balances[SINGLE, "xbt"] > Decimal("0.0001"):
            change, fee = Decimal(self.random.choice([-10, 10])), Decimal("7.8E-8")
            money = self._executed(time, "futures trade", INVERSE, change, fee)
            known = {"realized_pnl": 0, "fee": float(fee), "collateral": "xbt"}
            self.log.money(time, "futures trade", (SINGLE, "xbt"), -fee, **money, **known)

    def from_sub_account(self, time: int) -> None:
        """Receive a coin from a sub-account."""
        self.log.money(time, "subaccount transfer", (FLEX, "usdc"), Decimal("12.5"))

    def _receive(self, time: int, coin: str, amount: Decimal) -> None:
        self.log.money(time, "cross-exchange transfer", (FLEX, coin), amount, execution="FTDEMO-DEPOSIT")

    def _move(self, time: int, given: str, taken: str, amount: Decimal) -> None:
        if self.log.balances[given, "xbt"] > amount:
            self.log.money(time, "transfer", (given, "xbt"), -amount)
            self.log.money(time, "transfer", (taken, "xbt"), amount)

    def _next_size(self) -> tuple[str, Decimal, Decimal]:
        """Return a contract, by how much its position changes, and how large it was."""
        contract = self.random.choice(sorted(PRICES))
        size = self.sizes[contract]
        closes = size and self.random.random() < 0.5  # noqa: PLR2004 - every second time
        return contract, -size if closes else Decimal(self.random.randrange(-90, 90) or 1) / 10_000, size

    def cancel(self, time: int) -> None:
        """Place an order far from the market, and take it back."""
        self.events.cancelled(time, self.random.choice(sorted(PRICES)))

    def protect(self, time: int) -> None:
        """Place a stop order and take it back: an event of triggers alone."""
        self.events.triggered(time, self.random.choice(sorted(PRICES)))

    def _executed(self, time: int, info: str, contract: str, change: Decimal, fee: Decimal) -> dict[str, Any]:
        """Write the row of a position, and return what that of the money has in common with it."""
        old, self.sizes[contract] = self.sizes[contract], self.sizes[contract] + change
        price = PRICES.get(contract, Decimal(64000)) + self.random.randrange(-50, 50)
        shared = {"contract": contract, "execution": self.log.uid(), "trade_price": float(price)}
        wallet = SINGLE if contract == INVERSE else FLEX
        self.log.position(time, info, wallet, (old, self.sizes[contract]), shared)
        self.events.executed(time, shared, (old, self.sizes[contract]), fee)
        return shared

    def _cover(self, time: int) -> None:
        """Convert as much of another coin as is lacking in USD."""
        lacking = -self.log.balances[FLEX, "usd"]
        if lacking > 0:
            self.log.money(time, "conversion", (FLEX, "usdc"), -_fine(lacking * Decimal("1.0005")))
            self.log.money(time, "conversion", (FLEX, "usd"), lacking)

    def account(self, account: Account) -> Account:
        """Return an account with this history."""
        return account.with_(books={LOG: self.log.rows, ACCOUNTS: self.wallets(), **self.events.books})

    def wallets(self) -> list[Row]:
        """Return the list of wallets; a coin that is gone is listed with nothing."""
        return self.log.wallets(self.sizes[INVERSE])


def _fine(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("1E-8"), rounding=ROUND_DOWN)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.0001"))


def story_account(account: Account, now: float, *, seed: int = 1, events: int = 400, days: int = 700) -> Account:
    """Return ``account`` with a history of so many ``days`` up to ``now`` (Unix seconds)."""
    last = int(now * 1000) - 60_000
    return Story(seed).tell(events, last - days * DAY, last).account(account)
