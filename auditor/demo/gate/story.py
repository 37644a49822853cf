"""The generated history of a demo account at Gate: every kind of change that its account books know, from one seed.

What happened comes first, the rows follow from it: the true balances are those of the story, and a client's sums can be
compared with them. Sources of the rows' shapes: `story_wallets` and `story_records`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from random import Random

from auditor.demo.gate import story_wallets as kinds
from auditor.demo.gate.history_endpoints import BASE
from auditor.demo.gate.story_contracts import ContractStory
from auditor.demo.gate.story_outside import Outside
from auditor.demo.gate.story_records import Deal, Records
from auditor.demo.gate.story_samples import samples
from auditor.demo.gate.story_wallets import Spot
from auditor.demo.model import Account
from auditor.demo.story_times import story_times

DAY = 86_400_000
"""Milliseconds."""
SPOT, FUTURES = f"{BASE}spot/account_book", f"{BASE}futures/usdt/account_book"
DELIVERY, OPTIONS = f"{BASE}delivery/usdt/account_book", f"{BASE}options/account_book"
PRICES = {"BTC": Decimal(64000), "ETH": Decimal(2600), "SOL": Decimal(140), "XRP": Decimal("0.5")}
FINEST, FEE = Decimal("1E-18"), Decimal("0.002")
NOTHING = Decimal(0)


class Story:
    """What happens to one account: call the parts of it, or let `tell` choose."""

    def __init__(self, seed: int) -> None:
        """Begin with nothing."""
        self.random = Random(seed)  # noqa: S311 - a made-up history
        self.spot, self.records = Spot(), Records()
        self.contracts = ContractStory(self.random, self.spot, self.records)
        self.outside = Outside(self.spot, self.records)

    def tell(self, events: int, first: int, last: int) -> Story:
        """Let so many things happen between two times (Unix ms): first a deposit, last nothing is left outside."""
        out, deals = self.outside, self.contracts
        parts: list[Callable[[int], None]] = [
            self.deposit, self.deposit, self.withdraw, self.pass_on, self.receive_push, self.send_push,
            self.give_to_sub, self.buy, self.buy, self.sell, self.cancel, self.lend, self.redeem, self.convert,
            self.sweep, self.get_airdrop, self.get_rebate, self.buy_from_person, out.earn, out.fund_margin,
            out.leave_margin, deals.fund_futures, deals.fund_delivery, deals.fund_options, deals.leave_futures,
            deals.leave_options, deals.trade, deals.trade, deals.pay_funding, deals.deliver, deals.write_option,
        ]  # fmt: skip
        # An odd number of milliseconds: few things happen at a whole second.
        step = max((last - first) // events, 1) | 1
        self.deposit(first)
        for time in story_times(first, step, events):
            self.random.choice(parts)(time)
        out.leave_all(last)
        return self

    def deposit(self, time: int) -> None:
        """Receive a coin, with as many digits as a chain has."""
        coin = self.random.choice(["USDT", *PRICES])
        worth = Decimal(self.random.randrange(50, 5000))
        amount = (worth / PRICES.get(coin, Decimal(1))).quantize(FINEST if coin == "ETH" else Decimal("1E-8"))
        self._receive(time, coin, amount)

    def withdraw(self, time: int) -> None:
        """Send out a part of a coin, and its fee with it."""
        coin, amount = self._part()
        if amount:
            fee = (amount / 1000).quantize(FINEST)
            self.spot.post(time, coin, -amount, kinds.WITHDRAWAL)
            self.records.sent(self.spot.last, coin, amount - fee, fee)

    def pass_on(self, time: int) -> None:
        """Receive a coin and send it straight on: two neighbouring rows that cancel out."""
        amount = Decimal(self.random.randrange(1, 900)) / 8
        self._receive(time, "USDC", amount)
        self.spot.post(time + 1000, "USDC", -amount, kinds.WITHDRAWAL)
        self.records.sent(self.spot.last, "USDC", amount, NOTHING)

    def receive_push(self, time: int) -> None:
        """Receive USDT from another user of Gate."""
        amount = Decimal(self.random.randrange(1, 300))
        self.spot.post(time, "USDT", amount, kinds.RECEIVED)
        self.records.pushed(self.spot.last, "USDT", amount, is_sent=False)

    def send_push(self, time: int) -> None:
        """Send a part of a coin to another user of Gate."""
        coin, amount = self._part()
        if amount:
            self.spot.post(time, coin, -amount, kinds.SENT)
            self.records.pushed(self.spot.last, coin, amount, is_sent=True)

    def give_to_sub(self, time: int) -> None:
        """Send a part of a coin to a sub-account."""
        coin, amount = self._part()
        if amount:
            self.spot.post(time, coin, -amount, kinds.SUB_ACCOUNT)
            self.records.given(self.spot.last, coin, amount)

    def buy(self, time: int) -> None:
        """Buy a coin: USDT goes when the order is placed, the coin comes with the fill, its fee is a further row."""
        coin = self.random.choice(sorted(PRICES))
        spent = min(Decimal(self.random.randrange(10, 400)), self.spot.balances["USDT"])
        if spent <= 0:
            return
        received = (spent / PRICES[coin]).quantize(Decimal("1E-12"))
        order, fee = self.records.number(), (received * FEE).quantize(Decimal("1E-15"))
        self.spot.post(time, "USDT", -spent, kinds.PLACED, str(order))
        self.spot.post(time, coin, received, kinds.FILLED, str(order))
        self.spot.post(time, coin, -fee, kinds.FEE, str(order))
        figures = {"amount": received, "price": PRICES[coin], "fee": fee}
        self.records.filled(self.spot.last, Deal(order, f"{coin}_USDT", "buy"), figures, coin)

    def sell(self, time: int) -> None:
        """Sell a part of a coin; the fee is paid in GT where there is any."""
        coin, amount = self._part([one for one in self.spot.held() if one in PRICES])
        if not amount:
            return
        received = (amount * PRICES[coin]).quantize(Decimal("1E-12"))
        order, is_gt = self.records.number(), self.spot.balances["GT"] > 1
        fee = Decimal("0.01") if is_gt else (received * FEE).quantize(Decimal("1E-12"))
        self.spot.post(time, coin, -amount, kinds.PLACED, str(order))
        self.spot.post(time, "USDT", received, kinds.FILLED, str(order))
        self.spot.post(time, "GT" if is_gt else "USDT", -fee, kinds.FEE, str(order))
        figures = {"amount": amount, "price": PRICES[coin], "fee": NOTHING if is_gt else fee}
        self.records.filled(self.spot.last, Deal(order, f"{coin}_USDT", "sell"), figures, "USDT")

    def cancel(self, time: int) -> None:
        """Place an order and cancel it: what it locked comes back."""
        coin, amount = self._part([one for one in self.spot.held() if one in PRICES])
        if amount:
            order = self.records.number()
            self.spot.post(time, coin, -amount, kinds.PLACED, str(order))
            self.spot.post(time + 5000, coin, amount, kinds.CANCELLED, str(order))
            figures = {"amount": amount, "price": PRICES[coin]}
            self.records.ordered(self.spot.last, Deal(order, f"{coin}_USDT", "sell"), figures, "cancelled")

    def lend(self, time: int) -> None:
        """Put a part of a coin into Simple Earn."""
        coin, amount = self._part()
        if amount:
            self.outside.lend(time, coin, amount)

    def redeem(self, time: int) -> None:
        """Take a part out of Simple Earn, or all."""
        coin, amount = self._part(self.outside.in_earn(), self.outside.lent)
        if amount:
            self.outside.redeem(time, coin, amount)

    def convert(self, time: int) -> None:
        """Convert a part of a coin to GT."""
        coin, amount = self._part([one for one in self.spot.held() if one != "GT"])
        if amount:
            received = (amount * PRICES.get(coin, Decimal(1)) / 9).quantize(Decimal("1E-10"))
            self.spot.post(time, coin, -amount, kinds.SOLD)
            self.spot.post(time, "GT", received, kinds.BOUGHT)
            self.records.converted(self.spot.last, (coin, amount), ("GT", received))

    def sweep(self, time: int) -> None:
        """Convert the whole of a small coin."""
        amount = self.spot.balances["XRP"]
        if amount > 0:
            points = (amount * PRICES["XRP"] / 9).quantize(Decimal("1E-9"))
            self.spot.post(time, "XRP", -amount, kinds.SWEPT)
            self.spot.post(time, "GT", points, kinds.SWEPT_INTO)
            self.records.swept(self.spot.last, "XRP", amount, points)

    def get_airdrop(self, time: int) -> None:
        """Receive a gift."""
        self.spot.post(time, "GT", Decimal(self.random.randrange(1, 30)), kinds.AIRDROP)

    def get_rebate(self, time: int) -> None:
        """Receive a rebate, whose row has its time in seconds."""
        self.spot.post(time, "USDT", Decimal(self.random.randrange(1, 300)) / 64, kinds.REBATE)

    def buy_from_person(self, time: int) -> None:
        """Buy USDT from a person, for money that Gate does not see."""
        self.spot.post(time, "USDT", Decimal(self.random.randrange(20, 900)), kinds.P2P)

    def account(self, account: Account) -> Account:
        """Return ``account`` with these books and balances."""
        books = {
            SPOT: self.spot.rows[::-1],
            f"{BASE}spot/accounts": self.spot.shown(),
            **self.records.books(),
            **self.contracts.books(),
            **self.outside.books(),
            **{f"{BASE}{path}": rows for path, rows in samples(self.spot.last).items()},
        }
        perms = [*account.key["perms"], {"name": "earn", "read_only": True}, {"name": "loan", "read_only": True}]
        return account.with_(
            books={**account.books, **books},
            refuses={**account.refuses, **self.contracts.refusals()},
            key={**account.key, "perms": perms},
        )

    def _receive(self, time: int, coin: str, amount: Decimal) -> None:
        self.spot.post(time, coin, amount, kinds.DEPOSIT)
        self.records.received(self.spot.last, coin, amount)

    def _part(
        self, held: list[str] | None = None, balances: defaultdict[str, Decimal] | None = None
    ) -> tuple[str, Decimal]:
        """Choose a coin that is there, and a part of it, or all."""
        coins, amounts = self.spot.held() if held is None else held, balances or self.spot.balances
        if not coins:
            return "USDT", NOTHING
        coin = self.random.choice(coins)
        amount = amounts[coin]
        return coin, amount if self.random.random() < 0.2 else (amount / 3).quantize(FINEST)  # noqa: PLR2004


def story_account(account: Account, now: float, *, seed: int = 1, events: int = 900, days: int = 900) -> Account:
    """Return ``account`` with a history of so many ``days`` up to ``now`` (Unix seconds)."""
    last = int(now * 1000) - 60_000
    return Story(seed).tell(events, last - days * DAY, last).account(account)
