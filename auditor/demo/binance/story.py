"""The generated history of a demo account at Binance: every list that changes its wallets, of one seed.

What happened comes first, the rows follow from it: the true balances are those of the story, and a client's sums can be
compared with them. Rows are as documented at https://developers.binance.com/docs: binance-spot-api-docs/rest-api
(account trade list), wallet (asset, capital), convert, fiat, c2c, pay, rebate and simple_earn, read in 2026. No list
has a balance after a change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal
from random import Random

from auditor.demo.binance.futures_story import COIN_M, USD_M, accounts, trade_futures
from auditor.demo.binance.products_story import MINUTE, use_products
from auditor.demo.binance.story_rows import Rows
from auditor.demo.model import Account, Row

DAY = 86_400_000
"""Milliseconds."""
FUTURES_DAYS = 80
"""The account has had futures for less than Binance gives of their income."""
SPOT, FUNDING = "spot", "funding"
PRICES = {"BTC": Decimal(64000), "ETH": Decimal(2600), "SOL": Decimal(140), "DOGE": Decimal("0.1"), "BNB": Decimal(570)}
FEE, BNB_FEE, CHARGE = Decimal("0.001"), Decimal("0.00075"), Decimal("0.02")
FINEST = Decimal("1E-8")


class Story:
    """What happens to one account: call the parts of it, or let `tell` choose."""

    def __init__(self, seed: int) -> None:
        """Begin with nothing."""
        self.random = Random(seed)  # noqa: S311 - a made-up history
        wallets = (SPOT, FUNDING, USD_M.wallet, COIN_M.wallet)
        self.balances: dict[str, defaultdict[str, Decimal]] = {name: defaultdict(Decimal) for name in wallets}
        self.invested: defaultdict[str, Decimal] = defaultdict(Decimal)
        self.rows = Rows()

    def tell(self, events: int, first: int, last: int) -> Story:
        """Let so many things happen between two times (Unix ms), the first of which are deposits."""
        parts: list[Callable[[int], None]] = [
            self.deposit, self.withdraw, self.buy, self.buy, self.buy, self.sell, self.sell, self.convert, self.sweep,
            self.receive, self.rebate, self.move_out, self.move_in, self.buy_p2p, self.sell_p2p, self.pay,
            self.be_paid, self.pay_in, self.pay_out, self.buy_by_card, self.invest, self.redeem,
        ]  # fmt: skip
        step = max((last - first) // events, 1)
        self._deposit(first, SPOT, "USDT", Decimal(3000))
        self._deposit(first, SPOT, "BNB", Decimal("0.5"))
        for number in range(1, events):
            # Every ninth thing happens in the millisecond of the one before it.
            self.random.choice(parts)(first + (number - (number % 9 == 0)) * step)
            self._beside(number, first + number * step, last)
        self._redeem_all(last)
        return self

    def _beside(self, number: int, time: int, last: int) -> None:
        """Let every tenth thing be followed by some trading of futures, and some by the use of products."""
        if number % 10 == 5 and time > last - FUTURES_DAYS * DAY:  # noqa: PLR2004
            trade_futures(self.rows, self.balances, time, USD_M if number % 20 == 5 else COIN_M)  # noqa: PLR2004
        if number % 25 == 21:  # noqa: PLR2004
            use_products(self.rows, self.balances[SPOT], time + MINUTE)

    def deposit(self, time: int) -> None:
        """Receive a coin, in either wallet."""
        coin = self.random.choice(["USDT", *PRICES])
        worth = Decimal(self.random.randrange(50, 5000))
        self._deposit(time, self.random.choice([SPOT, SPOT, FUNDING]), coin, self._fine(worth / PRICES.get(coin, 1)))

    def withdraw(self, time: int) -> None:
        """Send a part of a coin out; the fee is beside the amount."""
        wallet = self.random.choice([SPOT, FUNDING])
        coin, part = self._part(wallet)
        fee = self._fine(part / 500)
        if part > fee:
            self.rows.withdrawal(time, wallet, coin, part - fee, fee)
            self._add(wallet, coin, -part)

    def buy(self, time: int) -> None:
        """Buy a coin with a part of the USDT that is there."""
        spent = self._fine(self.balances[SPOT]["USDT"] / self.random.randrange(3, 12))
        coin = self.random.choice(sorted(PRICES))
        size = self._fine(spent / PRICES[coin])
        if size:
            self._trade(time, coin, size, is_buyer=True)

    def sell(self, time: int) -> None:
        """Sell a part of a coin."""
        coin, part = self._part(SPOT, PRICES)
        if part and self._fine(part * PRICES[coin]):
            self._trade(time, coin, part, is_buyer=False)

    def convert(self, time: int) -> None:
        """Convert a part of a coin to USDC, seldom out of Funding: the row does not say which wallet it was."""
        wallet = SPOT if self.random.random() < 0.9 else FUNDING  # noqa: PLR2004
        coin, part = self._part(wallet)
        got = self._fine(part * PRICES.get(coin, Decimal(1)))
        if part and got and coin != "USDC":
            self.rows.conversion(time, coin, part, "USDC", got)
            self._add(wallet, coin, -part)
            self._add(wallet, "USDC", got)

    def sweep(self, time: int) -> None:
        """Convert what is left of small coins to BNB, at one time."""
        swept = []
        for coin in ("DOGE", "SOL"):
            size = self.balances[SPOT][coin]
            worth = self._fine(size * PRICES[coin] / PRICES["BNB"])
            charge = self._fine(worth * CHARGE)
            if worth:
                swept.append((coin, size, worth - charge, charge))
                self._add(SPOT, coin, -size)
                self._add(SPOT, "BNB", worth - charge)
        if swept:
            self.rows.dust(time, swept)

    def receive(self, time: int) -> None:
        """Receive a distribution."""
        coin, words = self.random.choice(
            [("BNB", "Launchpool distribution"), ("USDT", "Flexible"), ("DOGE", "Airdrop")]
        )
        size = Decimal(self.random.randrange(1, 9999)) / 1_000_000
        self.rows.distribution(time, coin, size, words)
        self._add(SPOT, coin, size)

    def rebate(self, time: int) -> None:
        """Receive what a friend's trades brought."""
        size = Decimal(self.random.randrange(1, 999)) / 10_000
        self.rows.rebate(time, "USDT", size)
        self._add(SPOT, "USDT", size)

    def move_out(self, time: int) -> None:
        """Move a part of a coin from Spot to Funding."""
        self._move(time, SPOT, FUNDING)

    def move_in(self, time: int) -> None:
        """Move a part of a coin from Funding to Spot."""
        self._move(time, FUNDING, SPOT)

    def buy_p2p(self, time: int) -> None:
        """Buy USDT from a person."""
        size = Decimal(self.random.randrange(20, 800))
        self.rows.p2p(time, "BUY", "USDT", size)
        self._add(FUNDING, "USDT", size)

    def sell_p2p(self, time: int) -> None:
        """Sell USDT to a person; a maker pays a commission."""
        size = self._fine(self.balances[FUNDING]["USDT"] / 4)
        fee = self._fine(size / 1000)
        if fee:
            self.rows.p2p(time, "SELL", "USDT", size - fee, fee)
            self._add(FUNDING, "USDT", -size)

    def pay(self, time: int) -> None:
        """Pay somebody out of Funding."""
        coin, part = self._part(FUNDING)
        if part:
            self.rows.pay(time, coin, -part)
            self._add(FUNDING, coin, -part)

    def be_paid(self, time: int) -> None:
        """Get paid by somebody."""
        size = Decimal(self.random.randrange(1, 90))
        self.rows.pay(time, "USDT", size)
        self._add(FUNDING, "USDT", size)

    def pay_in(self, time: int) -> None:
        """Pay euros in by bank: the fee was taken before they arrive."""
        size = Decimal(self.random.randrange(20, 900))
        self.rows.fiat(time, "0", "EUR", size, Decimal("0.5"))
        self._add(SPOT, "EUR", size)

    def pay_out(self, time: int) -> None:
        """Send euros to a bank, with a fee beside."""
        size, fee = self._fine(self.balances[SPOT]["EUR"] / 2), Decimal("0.8")
        if size > fee:
            self.rows.fiat(time, "1", "EUR", size - fee, fee)
            self._add(SPOT, "EUR", -size)

    def buy_by_card(self, time: int) -> None:
        """Buy BTC by card."""
        size = Decimal(self.random.randrange(1, 9999)) / 1_000_000
        self.rows.payment(time, "BTC", size, self._fine(size * PRICES["BTC"]))
        self._add(SPOT, "BTC", size)

    def invest(self, time: int) -> None:
        """Put a part of a coin into Simple Earn."""
        coin, part = self._part(SPOT)
        if part:
            self.rows.subscription(time, coin, part)
            self._add(SPOT, coin, -part)
            self.invested[coin] += part

    def redeem(self, time: int) -> None:
        """Take all of a coin out of Simple Earn, with what it earned there."""
        held = sorted(coin for coin, size in self.invested.items() if size)
        if held:
            self._redeem(time, self.random.choice(held))

    def account(self, account: Account) -> Account:
        """Return ``account`` with these lists and balances."""
        held = {
            name: [_shown(coin, size) for coin, size in sorted(self.balances[name].items()) if size]
            for name in (SPOT, FUNDING)
        }
        books = {
            **self.rows.books,
            "sapi/v3/asset/getUserAsset": held[SPOT],
            "sapi/v1/asset/get-funding-asset": held[FUNDING],
            **accounts(self.balances),
            "sapi/v1/account/info": [{"isFutureEnabled": True}],
        }
        return account.with_(books={**account.books, **books})

    def _deposit(self, time: int, wallet: str, coin: str, size: Decimal) -> None:
        self.rows.deposit(time, wallet, coin, size)
        self._add(wallet, coin, size)

    def _trade(self, time: int, coin: str, size: Decimal, *, is_buyer: bool) -> None:
        """Trade a coin for USDT: the fee is in BNB where enough is there, else in what is received."""
        worth, sign = self._fine(size * PRICES[coin]), 1 if is_buyer else -1
        fee, fee_coin = self._fine(worth * BNB_FEE / PRICES["BNB"]), "BNB"
        got_coin, got = (coin, size) if is_buyer else ("USDT", worth)
        if fee > self.balances[SPOT]["BNB"] or coin == "BNB":
            fee, fee_coin = self._fine(got * FEE), got_coin
        self.rows.fill(time, coin, PRICES[coin], (size, worth), (fee, fee_coin), is_buyer=is_buyer)
        self._add(SPOT, coin, sign * size)
        self._add(SPOT, "USDT", -sign * worth)
        self._add(SPOT, fee_coin, -fee)

    def _move(self, time: int, given: str, taken: str) -> None:
        coin, part = self._part(given)
        if part:
            self.rows.transfer(time, given, taken, coin, part)
            self._add(given, coin, -part)
            self._add(taken, coin, part)

    def _redeem(self, time: int, coin: str) -> None:
        earned = self._fine(self.invested[coin] / 1000)
        size = self.invested.pop(coin) + earned
        self.rows.redemption(time, coin, size, earned)
        self._add(SPOT, coin, size)

    def _redeem_all(self, time: int) -> None:
        for coin in sorted(coin for coin, size in self.invested.items() if size):
            self._redeem(time, coin)

    def _part(self, wallet: str, among: object = None) -> tuple[str, Decimal]:
        """Choose a coin that is there, and a part of it, or all."""
        coins = self.balances[wallet]
        held = sorted(coin for coin, size in coins.items() if size and (among is None or coin in PRICES))
        if not held:
            return "USDT", Decimal(0)
        coin = self.random.choice(held)
        return coin, coins[coin] if self.random.random() < 0.1 else self._fine(coins[coin] / 3)  # noqa: PLR2004

    def _add(self, wallet: str, coin: str, change: Decimal) -> None:
        self.balances[wallet][coin] += change

    @staticmethod
    def _fine(size: Decimal) -> Decimal:
        return size.quantize(FINEST, ROUND_DOWN)


def _shown(coin: str, size: Decimal) -> Row:
    """Write a balance: a third of it is in an order."""
    locked = (size / 3).quantize(FINEST, ROUND_DOWN)
    return {
        "asset": coin,
        "free": format(size - locked, "f"),
        "locked": format(locked, "f"),
        "freeze": "0",
        "withdrawing": "0",
        "ipoable": "0",
    }


def story_account(account: Account, now: float, *, seed: int = 1, events: int = 400, days: int = 150) -> Account:
    """Return ``account`` with a history of so many ``days`` up to ``now`` (Unix seconds)."""
    last = int(now * 1000) - 60_000
    return Story(seed).tell(events, last - days * DAY, last).account(account)
