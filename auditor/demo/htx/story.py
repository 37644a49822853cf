"""The generated history of a demo account at HTX: every type of row that its ledgers are documented to have.

What happened comes first, the rows follow from it: the true balances are those of the story, and a client's sums can be
compared with them. Sources of the rows' shapes: `story_wallets` and `story_lists`.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

from auditor.demo.htx.endpoints import (
    ACCOUNTS,
    ALGO_ORDERS,
    BALANCES,
    BILLS,
    CONTRACT_BALANCES,
    CONTRACT_FILLS,
    CONTRACT_ORDERS,
    HISTORY,
    VALUATION,
)
from auditor.demo.htx.story_contracts import TO_CONTRACTS, TO_SPOT, Contracts
from auditor.demo.htx.story_lists import Lists
from auditor.demo.htx.story_wallets import OTHER, Wallet
from auditor.demo.model import Account
from auditor.demo.story_times import story_times

DAY = 86_400_000
"""Milliseconds."""
SPOT_ACCOUNT, MARGIN_ACCOUNT = 10000001, 28483123
PRICES = {"btc": Decimal(64000), "eth": Decimal(2600), "trx": Decimal("0.25")}
POINTS = "hbpoint"
FEE = Decimal("0.002")
NOTHING = Decimal(0)
FEW_DIGITS = Decimal("1E-4")
"""Of what is moved by deposits, withdrawals and transfers, whose lists write numbers."""
FINEST = Decimal("1E-18")


class Story:
    """What happens to one account: call the parts of it, or let `tell` choose."""

    def __init__(self, seed: int) -> None:
        """Begin with nothing."""
        self.random = Random(seed)  # noqa: S311 - a made-up history
        self.spot = Wallet(SPOT_ACCOUNT, "spot")
        self.margin = Wallet(MARGIN_ACCOUNT, "margin", "btcusdt")
        self.lists = Lists()
        self.loan = NOTHING
        self.contracts = Contracts()

    def tell(self, events: int, first: int, last: int) -> Story:
        """Let so many things happen between two times (Unix ms), the first of which is a deposit."""
        parts: list[Callable[[int], None]] = [
            self.deposit, self.withdraw, self.pass_on, self.move_in, self.move_out, self.buy, self.buy, self.sell,
            self.sell, self.buy_with_points, self.order, self.give_up_order, self.borrow, self.pay_interest,
            self.repay, self.get_airdrop, self.convert, self.get_rebate, self.keep_elsewhere, self.lose_position,
            self.to_contracts, self.trade_contract, self.trade_contract, self.pay_funding, self.from_contracts,
        ]  # fmt: skip
        step = max((last - first) // events, 1)
        self.deposit(first)
        for time in story_times(first, step, events):
            self.random.choice(parts)(time)
        return self

    def deposit(self, time: int) -> None:
        """Receive a coin from its chain."""
        coin = self.random.choice(["usdt", *PRICES])
        worth = Decimal(self.random.randrange(50, 5000))
        self._receive(time, coin, (worth / PRICES.get(coin, Decimal(1))).quantize(FEW_DIGITS))

    def withdraw(self, time: int) -> None:
        """Send out a part of a coin: it is frozen first, and its fee is a row of its own."""
        coin, amount = self._part(self.spot)
        if amount > 10 * FEW_DIGITS:
            fee = (amount / 100).quantize(FEW_DIGITS)
            self.spot.hold(time, coin, amount)
            self._send(time + 12, coin, amount - fee, fee)

    def pass_on(self, time: int) -> None:
        """Receive a coin and send it straight on: two neighbouring rows that cancel out."""
        amount = Decimal(self.random.randrange(1, 900)) / 8
        self._receive(time, "usdd", amount)
        row = self.spot.post(time + 1000, "usdd", "withdraw", -amount)
        self.lists.sent(int(row["transact-time"]), "usdd", amount, NOTHING)

    def move_in(self, time: int) -> None:
        """Move a part of a coin to the isolated margin account: frozen, then transferred, as in HTX's own example."""
        coin, amount = self._part(self.spot)
        if amount and coin in {"btc", "usdt"}:
            self.spot.hold(time, coin, amount)
            self.spot.post(time + 12, coin, "transfer", -amount, out_of_frozen=True)
            self.margin.post(time + 12, coin, "transfer", amount)
            self.lists.moved(time + 5, coin, amount, (self.spot, self.margin), "margin-transfer-in")

    def move_out(self, time: int) -> None:
        """Move a part of a coin back."""
        coin, amount = self._part(self.margin)
        if amount:
            self.margin.hold(time, coin, amount)
            self.margin.post(time + 9, coin, "transfer", -amount, out_of_frozen=True)
            self.spot.post(time + 9, coin, "transfer", amount)
            self.lists.moved(time + 4, coin, amount, (self.margin, self.spot), "margin-transfer-out")

    def buy(self, time: int) -> None:
        """Buy a coin; the fee is a row of its own, in what is received."""
        self._buy(time, NOTHING)

    def buy_with_points(self, time: int) -> None:
        """Buy a coin, with the fee paid in points."""
        if self.spot.balances[POINTS] < 1:
            self.spot.post(time, POINTS, "exchange", Decimal(10))
        self._buy(time, Decimal("0.125"))

    def _buy(self, time: int, points: Decimal) -> None:
        coin, spent = self.random.choice(sorted(PRICES)), Decimal(self.random.randrange(10, 200))
        if self.spot.free("usdt") < spent:
            return
        received = (spent / PRICES[coin]).quantize(FINEST)
        fee = NOTHING if points else (received * FEE).quantize(FINEST)
        self.spot.post(time, "usdt", "trade", -spent)
        row = self.spot.post(time, coin, "trade", received)
        if points:
            self.spot.post(time, POINTS, "fee-deduction", -points)
        else:
            self.spot.post(time, coin, "transact-fee", -fee)
        self.lists.filled(row, "buy", PRICES[coin], fee=fee, points=points)

    def sell(self, time: int) -> None:
        """Sell a part of a coin."""
        coin, amount = self._part(self.spot)
        if amount and coin in PRICES:
            received = (amount * PRICES[coin]).quantize(FINEST)
            row = self.spot.post(time, coin, "trade", -amount)
            self.spot.post(time, "usdt", "trade", received)
            fee = (received * FEE).quantize(FINEST)
            self.spot.post(time, "usdt", "transact-fee", -fee)
            self.lists.filled(row, "sell", PRICES[coin], fee=fee, points=NOTHING)

    def order(self, _time: int) -> None:
        """Place an order: what it freezes is no row."""
        coin, amount = self._part(self.spot)
        self.spot.frozen[coin] += amount

    def give_up_order(self, _time: int) -> None:
        """Cancel every order."""
        self.spot.frozen.clear()

    def borrow(self, time: int) -> None:
        """Borrow on isolated margin."""
        amount = Decimal(self.random.randrange(10, 100))
        self.loan += amount
        self.lists.borrowed(self.margin.post(time, "usdt", "credit", amount), amount)

    def pay_interest(self, time: int) -> None:
        """Pay interest on what is borrowed."""
        if self.loan and self.margin.free("usdt") > 1:
            self.margin.post(time, "usdt", "interest", -Decimal(self.random.randrange(1, 90)) / 1000)

    def repay(self, time: int) -> None:
        """Repay what is borrowed."""
        amount = min(self.loan, self.margin.free("usdt"))
        if amount > 0:
            self.loan -= amount
            self.lists.repaid(self.margin.post(time, "usdt", "credit", -amount), amount)

    def get_airdrop(self, time: int) -> None:
        """Receive a gift, which has no type of its own."""
        self.spot.post(time, "trx", OTHER, Decimal(self.random.randrange(1, 30)))

    def convert(self, time: int) -> None:
        """Convert a part of a coin to another."""
        coin, amount = self._part(self.spot)
        if amount and coin in PRICES:
            self.spot.post(time, coin, "exchange", -amount)
            self.spot.post(time, "usdt", "exchange", (amount * PRICES[coin]).quantize(FINEST))

    def get_rebate(self, time: int) -> None:
        """Be paid for having made a market, and subscribe to a fund."""
        self.spot.post(time, "usdt", "rebate", Decimal("0.012345678901234567"))
        if self.spot.free("usdt") > 1:
            self.spot.post(time, "usdt", "etf", Decimal(-1))

    def keep_elsewhere(self, time: int) -> None:
        """Receive from a custodian, and give back."""
        self.spot.post(time, "usdt", "fireblocks-dw", Decimal(7))
        self.spot.post(time + 1, "usdt", "fireblocks-dw", Decimal(-3))

    def lose_position(self, time: int) -> None:
        """Have a part of the margin account liquidated."""
        coin, amount = self._part(self.margin)
        if amount:
            self.margin.post(time, coin, "liquidation", -amount)

    def to_contracts(self, time: int) -> None:
        """Move dollars to the account of USDT-margined contracts."""
        if self.spot.free("usdt") > 60:  # noqa: PLR2004 - more than is moved
            self.spot.post(time, "usdt", "transfer", Decimal(-50))
            self.contracts.bill(time, TO_CONTRACTS, Decimal(50), "")

    def from_contracts(self, time: int) -> None:
        """Move some back."""
        if self.contracts.balance > 10:  # noqa: PLR2004 - more than is moved
            self.contracts.bill(time, TO_SPOT, Decimal(-5), "")
            self.spot.post(time, "usdt", "transfer", Decimal(5))

    def trade_contract(self, time: int) -> None:
        """Open and close a contract."""
        self.contracts.trade(time, self.random)

    def pay_funding(self, time: int) -> None:
        """Pay a funding fee, or get one."""
        self.contracts.fund(time, self.random)

    def account(self, account: Account) -> Account:
        """Return ``account`` with these ledgers, balances and lists."""
        wallets = (self.spot, self.margin)
        books = {
            ACCOUNTS: [wallet.account for wallet in wallets],
            BALANCES: [{"account": wallet.number, "row": row} for wallet in wallets for row in wallet.shown()],
            HISTORY: [row for wallet in wallets for row in wallet.rows],
            VALUATION: [
                {"distributionType": "1", "balance": 0.05, "accountBalance": "0.05"},
                {"distributionType": "2", "balance": 0.01, "accountBalance": "0.01"},
                {"distributionType": "10", "balance": 0.0, "accountBalance": "0"},
                {"distributionType": "11", "balance": 0.02, "accountBalance": "0.02"},
            ],
            BILLS: self.contracts.bills,
            CONTRACT_BALANCES: self.contracts.shown(),
            CONTRACT_ORDERS: self.contracts.orders,
            CONTRACT_FILLS: self.contracts.fills,
            ALGO_ORDERS: self.contracts.waiting,
            **self.lists.books(),
        }
        times = {"createTime": 1591348751000, "updateTime": 1591348751000, "validDays": -1}
        key = {"note": "closure audit", "status": "normal", "permission": "readOnly", "ipAddresses": "", **times}
        return account.with_(books={**account.books, **books}, key=key, uid="63628520", exchange="htx")

    def _receive(self, time: int, coin: str, amount: Decimal) -> None:
        row = self.spot.post(time, coin, "deposit", amount)
        self.lists.received(int(row["transact-time"]), coin, amount)

    def _send(self, time: int, coin: str, amount: Decimal, fee: Decimal) -> None:
        row = self.spot.post(time, coin, "withdraw", -amount, out_of_frozen=True)
        self.spot.post(time, coin, "withdraw-fee", -fee, out_of_frozen=True)
        self.lists.sent(int(row["transact-time"]), coin, amount, fee)

    def _part(self, wallet: Wallet) -> tuple[str, Decimal]:
        """Choose a coin that is there, and a part of it, or all but what its list could not write."""
        coins = [coin for coin in wallet.held() if coin != POINTS]
        coin = self.random.choice(coins) if coins else "usdt"
        part = wallet.free(coin) * (1 if self.random.random() < 0.2 else Decimal("0.3"))  # noqa: PLR2004
        return coin, max(part.quantize(FEW_DIGITS, rounding="ROUND_DOWN"), NOTHING)


def story_account(account: Account, now: float, *, seed: int = 1, events: int = 500, days: int = 45) -> Account:
    """Return ``account`` with a history of so many ``days`` up to ``now`` (Unix seconds)."""
    last = int(now * 1000) - 60_000
    return Story(seed).tell(events, last - days * DAY, last).account(account)
