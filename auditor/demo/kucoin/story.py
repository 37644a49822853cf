"""The generated history of a demo account at KuCoin, from one seed.

What happened comes first, the rows of every list follow from it: the true balances are those of the story.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

from auditor.demo.kucoin import story_beside as beside
from auditor.demo.kucoin import story_wallets as of
from auditor.demo.kucoin.story_lists import deposit, fill, futures_fill, futures_row, margin_row, position, withdrawal
from auditor.demo.kucoin.story_wallets import MAIN, TRADE, UNIT, Books
from auditor.demo.model import Account, Row

DAY = 86_400_000
"""Milliseconds."""
YEAR = 365
"""Days."""
LEDGER, TRADING = "/api/v1/accounts/ledgers", "/api/v1/hf/accounts/ledgers"
MARGIN, FUTURES = "/api/v3/hf/margin/account/ledgers", "/api/v1/transaction-history"
ACCOUNTS = "/api/v1/accounts"
DEPOSITS, WITHDRAWALS = "/api/v1/deposits", "/api/v1/withdrawals"
FILLS, FUTURES_FILLS, POSITIONS = "/api/v1/hf/fills", "/api/v1/fills", "/api/v1/history-positions"
OWN = (DEPOSITS, WITHDRAWALS, FILLS, FUTURES_FILLS, POSITIONS, FUTURES, MARGIN)
BESIDE = (
    *(beside.ORDERS, beside.FUTURES_ORDERS, beside.FUNDING, beside.MARGIN_FILLS, beside.MARGIN_ORDERS),
    *(beside.BORROWED, beside.REPAID, beside.INTEREST, beside.LENT, beside.CONVERSIONS),
)
PRICES = {"BTC": Decimal(67000), "ETH": Decimal(2600), "KCS": Decimal(11)}
FEE = Decimal("0.001")
USDT = "USDT"
LEAST = 20
"""Dollars below which nothing is done with what is there."""


class Story:
    """What happens to one account: call the parts of it, or let `tell` choose."""

    def __init__(self, seed: int) -> None:
        """Begin with nothing."""
        self.random = Random(seed)  # noqa: S311 - a made-up history
        self.books = Books()
        self.lists: dict[str, list[Row]] = {path: [] for path in (*OWN, *BESIDE)}
        self.equity = Decimal(0)

    def tell(self, events: int, first: int, last: int) -> Story:
        """Let so many things happen between two times, the first of which are a deposit and a transfer."""
        parts: list[Callable[[int], None]] = [
            self.deposit, self.withdraw, self.pass_on, self.to_trading, self.from_trading, self.buy, self.buy,
            self.sell, self.pay_fee_in_kcs, self.stake, self.redeem, self.earn, self.distribute, self.drop,
            self.buy_with_money, self.convert, self.to_sub_account, self.win, self.fail_to_deposit, self.trade_futures,
            self.trade_on_margin,
        ]  # fmt: skip
        step = max((last - first) // events, 1)
        self.deposit(first)
        self.to_trading(first)
        for number in range(1, events):
            # Every ninth thing happens at the moment of the one before it.
            self.random.choice(parts)(first + (number - (number % 9 == 0)) * step)
        return self

    def deposit(self, time: int) -> None:
        """Receive dollars or a coin, with a fee now and then."""
        coin = self.random.choice([USDT, USDT, *PRICES])
        worth = Decimal(self.random.randrange(300, 9000))
        amount = (worth / PRICES.get(coin, Decimal(1))).quantize(UNIT)
        fee = Decimal("0.00010000") if coin == "BTC" else Decimal(0)
        row = self.books.post(MAIN, time, of.DEPOSIT, (coin, amount - fee), fee=fee)
        self.lists[DEPOSITS].append(deposit(row, amount, fee))

    def fail_to_deposit(self, time: int) -> None:
        """Send what is refused: no balance changes."""
        row = {"currency": "ETH", "createdAt": time, "id": f"{time}"}
        self.lists[DEPOSITS].append(deposit(row, Decimal("0.5"), Decimal(0), "FAILURE"))

    def withdraw(self, time: int) -> None:
        """Send out a part of a coin: the ledger's amount has the fee in it."""
        coin, amount = self._part(MAIN)
        if amount:
            fee = (amount / 100).quantize(UNIT)
            row = self.books.post(MAIN, time, of.WITHDRAWAL, (coin, -amount), fee=fee)
            self.lists[WITHDRAWALS].append(withdrawal(row, amount - fee, fee))

    def pass_on(self, time: int) -> None:
        """Receive a coin and send it straight on: two neighbouring rows that cancel out."""
        amount = Decimal(self.random.randrange(1, 900)) / 8
        row = self.books.post(MAIN, time, of.DEPOSIT, ("USDC", amount))
        self.lists[DEPOSITS].append(deposit(row, amount, Decimal(0)))
        row = self.books.post(MAIN, time + 1, of.WITHDRAWAL, ("USDC", -amount))
        self.lists[WITHDRAWALS].append(withdrawal(row, amount, Decimal(0)))

    def to_trading(self, time: int) -> None:
        """Move what there is of a coin to the trading account."""
        coin, amount = self._part(MAIN)
        self._move(time, coin, amount, (MAIN, TRADE))

    def from_trading(self, time: int) -> None:
        """Move a part of a coin back."""
        coin, amount = self._part(TRADE)
        self._move(time, coin, amount, (TRADE, MAIN))

    def buy(self, time: int) -> None:
        """Buy a coin, perhaps in two fills of one moment."""
        self._trade(time, self.random.choice(sorted(PRICES)), is_buy=True, fills=self.random.choice([1, 1, 2]))

    def sell(self, time: int) -> None:
        """Sell a part of a coin."""
        self._trade(time, self.random.choice(sorted(PRICES)), is_buy=False, fills=1)

    def pay_fee_in_kcs(self, time: int) -> None:
        """Buy with the fee in KCS: it is charged, paid back, and taken in KCS."""
        if self.books.balances[TRADE]["KCS"] < 1:
            return
        fee = self._trade(time, "BTC", is_buy=True, fills=1)
        if fee:
            self.books.post(TRADE, time, of.FEE_BACK, (USDT, fee))
            taken = (fee * Decimal("0.8") / PRICES["KCS"]).quantize(UNIT)
            self.books.post(TRADE, time, of.FEE_IN_KCS, ("KCS", -taken))

    def stake(self, time: int) -> None:
        """Put a part of a coin into Earn."""
        coin, amount = self._part(MAIN)
        if amount:
            self.books.post(MAIN, time, of.STAKING, (coin, -amount))

    def redeem(self, time: int) -> None:
        """Take something out of Earn."""
        self.books.post(MAIN, time, of.REDEMPTION, ("ETH", Decimal("0.01000000")))

    def earn(self, time: int) -> None:
        """Be paid for what is in Earn."""
        self.books.post(MAIN, time, of.EARNED, (USDT, Decimal("0.01234567")))

    def distribute(self, time: int) -> None:
        """Get a coin for holding another, as real accounts do each day."""
        about = {"orderId": "5d2e2e1469026d1f5bc7ce0c", "description": "Holding NEO,distribute GAS"}
        self.books.post(MAIN, time, of.DISTRIBUTION, ("GAS", Decimal("0.00000186")), about=about)

    def drop(self, time: int) -> None:
        """Get a new coin."""
        self.books.post(MAIN, time, of.AIRDROP, ("FLR", Decimal("12.5")))

    def buy_with_money(self, time: int) -> None:
        """Buy dollars with a card."""
        self.books.post(MAIN, time, of.FIAT, (USDT, Decimal("96.41000000")))

    def convert(self, time: int) -> None:
        """Convert what is left of a coin."""
        left = self.books.balances[TRADE]["ETH"]
        if 0 < left < Decimal("0.1"):
            self.books.post(TRADE, time, of.CONVERSION, ("ETH", -left))
            taken = (left * 230).quantize(UNIT)
            self.books.post(TRADE, time, of.CONVERSION, ("KCS", taken))
            done = self.lists[beside.CONVERSIONS]
            done.append(beside.conversion(len(done), time, left, taken))

    def to_sub_account(self, time: int) -> None:
        """Give dollars to a sub-account."""
        if self.books.balances[TRADE][USDT] > LEAST:
            self.books.post(TRADE, time, of.TO_SUB_ACCOUNT, (USDT, Decimal("-0.01")))

    def win(self, time: int) -> None:
        """Get something of a type that no page names."""
        self.books.post(MAIN, time, of.EVENT, (USDT, Decimal("0.50000000")))

    def trade_futures(self, time: int) -> None:
        """Move dollars to futures, and close a contract with a profit or a loss."""
        if self.books.balances[TRADE][USDT] <= LEAST:
            return
        self.books.post(TRADE, time, of.TRANSFER, (USDT, Decimal(-10)))
        result = Decimal(self.random.randrange(-90, 120)) / 100
        for kind, amount in (("TransferIn", Decimal(10)), ("RealisedPNL", result)):
            self.equity += amount
            number = len(self.lists[FUTURES])
            self.lists[FUTURES].append(futures_row(number, time, kind, amount, self.equity))
        count = len(self.lists[FUTURES_FILLS])
        self.lists[FUTURES_FILLS].append(futures_fill(count, time))
        self.lists[beside.FUTURES_ORDERS].append(beside.futures_order(count, time))
        self.lists[beside.FUNDING].append(beside.funding_fee(count, time))
        self.lists[POSITIONS].append(position(len(self.lists[POSITIONS]), time, result))

    def trade_on_margin(self, time: int) -> None:
        """Borrow, trade and repay on cross or isolated margin, and lend some coins to others."""
        count = len(self.lists[MARGIN])
        self.lists[MARGIN].append(margin_row(count, time))
        kind = beside.ISOLATED if count % 2 else beside.CROSS
        for path, row in {**beside.on_margin(count, time, kind), beside.LENT: beside.lending(count, time)}.items():
            self.lists[path].append(row)

    def account(self, account: Account) -> Account:
        """Return ``account`` with these ledgers, its balances and the lists beside them."""
        books = {
            LEDGER: self.books.ledger[::-1],
            TRADING: self.books.trading[::-1],
            ACCOUNTS: self.books.accounts(),
            **{path: rows[::-1] for path, rows in self.lists.items()},
        }
        return account.with_(books={**account.books, **books})

    def _move(self, time: int, coin: str, amount: Decimal, wallets: tuple[str, str]) -> None:
        if amount:
            for wallet, change in zip(wallets, (-amount, amount), strict=True):
                self.books.post(wallet, time, of.TRANSFER, (coin, change))

    def _trade(self, time: int, coin: str, *, is_buy: bool, fills: int) -> Decimal:
        """Trade a coin for dollars, and return the fee of it."""
        size = self._size(coin, is_buy=is_buy)
        funds = (size * PRICES[coin]).quantize(UNIT)
        fee = (funds * FEE).quantize(UNIT)
        for _number in range(fills if size else 0):
            count = len(self.lists[FILLS])
            about = {"symbol": f"{coin}-{USDT}", "orderId": f"{time:024x}", "tradeId": f"{11_029_000_000 + count}"}
            paid = (USDT, -(funds + fee)) if is_buy else (USDT, funds - fee)
            self.books.post(TRADE, time, of.SPOT, (coin, size if is_buy else -size), about=about)
            self.books.post(TRADE, time, of.SPOT, paid, fee=fee, about=about)
            self.lists[FILLS].append(fill(count, time, about, (size, funds, fee), is_buy=is_buy))
        if size:
            made = beside.order(time, f"{coin}-{USDT}", "buy" if is_buy else "sell", size * fills)
            self.lists[beside.ORDERS].append(made)
        return fee if size else Decimal(0)

    def _size(self, coin: str, *, is_buy: bool) -> Decimal:
        dollars = self.books.balances[TRADE][USDT]
        if is_buy:
            return (dollars / 5 / PRICES[coin]).quantize(UNIT) if dollars > LEAST else Decimal(0)
        return (self.books.balances[TRADE][coin] / 2).quantize(UNIT)

    def _part(self, wallet: str) -> tuple[str, Decimal]:
        """Choose a coin that is there, and a part of it."""
        balances = self.books.balances[wallet]
        held = sorted(coin for coin, amount in balances.items() if amount * PRICES.get(coin, Decimal(1)) > LEAST)
        if not held:
            return USDT, Decimal(0)
        coin = self.random.choice(held)
        return coin, (balances[coin] / 3).quantize(UNIT)


def story_account(account: Account, now: float, *, seed: int = 1, events: int = 300, days: int = 500) -> Account:
    """Return ``account`` with a history of so many ``days`` up to ``now`` (Unix seconds)."""
    last = int(now * 1000) - 60_000
    made = Story(seed).tell(events, last - days * DAY, last).account(account)
    # What is older than the year that the ledger has is older than 2019, too.
    return made if days < YEAR else made.with_(books={**made.books, **beside.first_platform()})
