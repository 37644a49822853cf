"""The generated history of a demo account at Coinbase: every transaction of all its wallets, of one seed.

What happened comes first, the rows follow from it: the true balances are those of the story, and a client's sums can be
compared with them. A transaction's amount is the change of its wallet's balance (Coinbase App API, Transactions): both
sides of a trade or transfer have a row each, a network's fee is inside the amount of a send, and the commission of a
fill stands beside it. No list prints the balance after a change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal
from random import Random
from typing import Any

from auditor.demo.coinbase.story_rows import DEPOSITS, WALLETS, WITHDRAWALS, Rows, money, wallet_row
from auditor.demo.model import Account

DAY = 86_400_000
"""Milliseconds."""
PRICES = {"BTC": Decimal(64000), "ETH": Decimal(2600), "SOL": Decimal(140), "USDC": Decimal(1)}
UNITS = {"USD": "0.01", "BTC": "1E-8", "ETH": "1E-18", "SOL": "1E-9", "USDC": "1E-6"}
NAMES = {
    "demo-usd": ("Cash (USD)", "USD"),
    "demo-btc": ("BTC Wallet", "BTC"),
    "demo-eth": ("ETH Wallet", "ETH"),
    "demo-sol": ("SOL Wallet", "SOL"),
    "demo-usdc": ("USDC Wallet", "USDC"),
    "demo-staked-sol": ("Staked SOL", "SOL"),
    "demo-vault": ("BTC Vault", "BTC"),
}
"""The wallets, each with its name and coin; further ones were never used."""
NEVER_USED = {"NMR": ("NMR Wallet", "NMR")}
SIZE = 25
"""Rows of a page that Coinbase gives where more are not asked for."""


class Story:
    """What happens to one account: call the parts of it, or let `tell` choose."""

    def __init__(self, seed: int) -> None:
        """Begin with nothing."""
        self.random = Random(seed)  # noqa: S311 - a made-up history
        self.balances: defaultdict[str, Decimal] = defaultdict(Decimal)
        self.rows = Rows()
        self.first = 0

    def tell(self, events: int, first: int, last: int) -> Story:
        """Let so many things happen between two times (Unix ms), the first of which is a deposit."""
        parts: list[Callable[[int], None]] = [
            self.pay_in, self.pay_out, self.buy, self.buy_by_card, self.sell, self.convert, self.fill, self.fill,
            self.fill, self.send, self.send_inside, self.receive, self.stake, self.unstake, self.reward, self.interest,
            self.learn, self.sweep, self.lock_away, self.take_out, self.subscribe, self.request, self.fail,
        ]  # fmt: skip
        self.first, step = first, max((last - first) // events, 1)
        self._fiat(first, DEPOSITS, Decimal(9000))
        for number in range(1, events):
            # The first things are one of each kind; every ninth happens in the second of the one before it.
            part = parts[number - 1] if number <= len(parts) else self.random.choice(parts)
            part(first + (number - (number % 9 == 0)) * step)
        return self

    def pay_in(self, time: int) -> None:
        """Receive money from a bank."""
        self._fiat(time, DEPOSITS, Decimal(self.random.randrange(100, 2000)))

    def pay_out(self, time: int) -> None:
        """Send money to a bank."""
        self._fiat(time, WITHDRAWALS, self._part("demo-usd"))

    def buy(self, time: int) -> None:
        """Buy a coin with dollars that are there: a fee is inside the total."""
        spent, coin = self._part("demo-usd"), self.random.choice(["BTC", "ETH", "SOL"])
        fee = self._fine("USD", spent / 50)
        got = self._fine(coin, (spent - fee) / PRICES[coin])
        if got:
            figures = {"fee": money(fee, "USD"), "subtotal": money(spent - fee, "USD"), "total": money(spent, "USD")}
            bought = {"id": f"demo-buy-{self.rows.next()}", **figures, "payment_method_name": "Cash (USD)"}
            self._post(time, "demo-usd", "buy", -spent, buy=bought)
            self._post(time, f"demo-{coin.lower()}", "buy", got, buy=bought)

    def buy_by_card(self, time: int) -> None:
        """Buy bitcoin by card: no wallet paid."""
        got = self._fine("BTC", Decimal(self.random.randrange(20, 900)) / PRICES["BTC"])
        figures = {"fee": money(Decimal("1.99"), "USD"), "total": money(Decimal(50), "USD")}
        self._post(time, "demo-btc", "buy", got, buy={"id": f"demo-buy-{self.rows.next()}", **figures})

    def sell(self, time: int) -> None:
        """Sell a part of a coin for dollars."""
        size = self._part("demo-sol")
        worth = self._fine("USD", size * PRICES["SOL"])
        if worth:
            fee = self._fine("USD", worth / 60)
            figures = {"subtotal": money(worth, "USD"), "total": money(worth - fee, "USD"), "fee": money(fee, "USD")}
            sold = {"id": f"demo-sell-{self.rows.next()}", **figures}
            self._post(time, "demo-sol", "sell", -size, sell=sold)
            self._post(time, "demo-usd", "sell", worth - fee, sell=sold)

    def convert(self, time: int) -> None:
        """Convert a part of a coin to another."""
        size = self._part("demo-eth")
        got = self._fine("USDC", size * PRICES["ETH"])
        if got:
            trade = {"id": f"demo-convert-{self.rows.next()}", "fee": money(got / 100, "USDC")}
            self._post(time, "demo-eth", "trade", -size, trade=trade)
            self._post(time, "demo-usdc", "trade", got, trade=trade)

    def fill(self, time: int) -> None:
        """Fill an order of Advanced: the commission is beside the amount of both sides."""
        coin, quote = self.random.choice(["BTC", "ETH"]), self.random.choice(["USD", "USDC"])
        base_wallet, quote_wallet = f"demo-{coin.lower()}", f"demo-{quote.lower()}"
        is_buy = self.random.random() < 0.6  # noqa: PLR2004
        worth = self._part(quote_wallet)
        size = self._fine(coin, worth / PRICES[coin]) if is_buy else self._part(base_wallet)
        worth = self._fine(quote, size * PRICES[coin])
        if size and worth:
            sign = 1 if is_buy else -1
            sides = ((base_wallet, coin, sign * size), (quote_wallet, quote, -sign * worth))
            self.rows.fill(time, sides, PRICES[coin], self._fine("USDC", worth / 200))
            for wallet, _coin, change in sides:
                self.balances[wallet] += change

    def send(self, time: int) -> None:
        """Send a part of a coin to an address: the network's fee is inside the amount."""
        wallet, coin = self.random.choice([("demo-btc", "BTC"), ("demo-eth", "ETH")])
        part = self._part(wallet)
        fee = self._fine(coin, part / 400)
        if part > fee:
            fees = {"transaction_fee": money(fee, coin), "transaction_amount": money(part - fee, coin)}
            network = {"status": "confirmed", "hash": f"demo-hash-{self.rows.next()}", "network_name": coin, **fees}
            to = {"resource": "address", "address": "demo-address"}
            self._post(time, wallet, "send", -part, network=network, to=to)

    def send_inside(self, time: int) -> None:
        """Send a coin to another customer."""
        size = self._part("demo-usdc")
        if size:
            self._post(time, "demo-usdc", "send", -size, network={"status": "off_blockchain", "name": "ethereum"})

    def receive(self, time: int) -> None:
        """Receive a coin, as a send with a sign, as older rows have it, or as a row of its own type."""
        coin = self.random.choice(["BTC", "ETH", "SOL"])
        size = self._fine(coin, Decimal(self.random.randrange(50, 3000)) / PRICES[coin])
        kind = self.random.choice(["send", "receive"])
        network = {"status": "confirmed", "hash": f"demo-hash-{self.rows.next()}"}
        self._post(time, f"demo-{coin.lower()}", kind, size, network=network)

    def stake(self, time: int) -> None:
        """Stake a part of a coin, which has a wallet of its own."""
        self._move(time, "demo-sol", "demo-staked-sol", "staking_transfer")

    def unstake(self, time: int) -> None:
        """Take staked coins back."""
        self._move(time, "demo-staked-sol", "demo-sol", "unstaking_transfer")

    def reward(self, time: int) -> None:
        """Earn by staking, where the staked coins are."""
        self._post(time, "demo-staked-sol", "staking_reward", Decimal(self.random.randrange(1, 999)) / 10**6)

    def interest(self, time: int) -> None:
        """Earn by holding dollars of Circle."""
        self._post(time, "demo-usdc", "interest", Decimal(self.random.randrange(1, 99999)) / 10**6)

    def learn(self, time: int) -> None:
        """Be paid for a lesson, or by a type that no documentation names."""
        kind = self.random.choice(["earn_payout", "incentives_rewards_payout", "a_new_type"])
        self._post(time, "demo-eth", kind, Decimal(self.random.randrange(1, 99999)) / 10**18)

    def sweep(self, time: int) -> None:
        """Sweep a small rest of a coin into another."""
        size = self._fine("SOL", self.balances["demo-sol"] / 500)
        got = self._fine("USDC", size * PRICES["SOL"])
        if got:
            self._post(time, "demo-sol", "retail_simple_dust", -size)
            self._post(time, "demo-usdc", "retail_simple_dust", got)

    def lock_away(self, time: int) -> None:
        """Move bitcoin into the vault."""
        self._move(time, "demo-btc", "demo-vault", "transfer")

    def take_out(self, time: int) -> None:
        """Take bitcoin out of the vault."""
        self._move(time, "demo-vault", "demo-btc", "vault_withdrawal")

    def subscribe(self, time: int) -> None:
        """Pay for Coinbase One, and get a part of it back."""
        if self.balances["demo-usd"] > 30:  # noqa: PLR2004
            self._post(time, "demo-usd", "subscription", Decimal("-29.99"))
            self._post(time, "demo-usdc", "subscription_rebate", Decimal("2.5"))

    def request(self, time: int) -> None:
        """Add a payment request that was never answered: no balance changes."""
        self.rows.transaction(time, "demo-btc", "request", "BTC", Decimal(1), status="pending")

    def fail(self, time: int) -> None:
        """Send a coin in vain, and cancel another send: nothing moves."""
        self.rows.transaction(time, "demo-eth", "send", "ETH", Decimal("-0.5"), status="failed")
        self.rows.transaction(time, "demo-eth", "send", "ETH", Decimal("-0.5"), status="canceled", amount=None)

    def account(self, account: Account) -> Account:
        """Return ``account`` with these lists and balances."""
        used = {number: (*words, self.first) for number, words in NAMES.items()}
        every = {**used, **{number: (*words, None) for number, words in NEVER_USED.items()}}
        wallets = [
            wallet_row(number, name, coin, self._fine(coin, self.balances[number]), since)
            for number, (name, coin, since) in every.items()
        ]
        lists = {path: rows[::-1] for path, rows in self.rows.books.items()}
        books = {**account.books, **lists, WALLETS: wallets}
        return account.with_(books=books, key={**account.key, "@page": SIZE})

    def _post(self, time: int, wallet: str, kind: str, size: Decimal, **more: Any) -> None:
        self.rows.transaction(time, wallet, kind, NAMES[wallet][1], size, **more)
        self.balances[wallet] += size

    def _fiat(self, time: int, path: str, size: Decimal) -> None:
        if size:
            self.rows.fiat(time, path, "demo-usd", "USD", size)
            self.balances["demo-usd"] += size if path == DEPOSITS else -size

    def _move(self, time: int, given: str, taken: str, kind: str) -> None:
        """Move a part of a coin between two wallets: the other half is a second later."""
        size = self._part(given)
        if size:
            self._post(time, given, kind, -size)
            self._post(time + 1000, taken, kind, size)

    def _part(self, wallet: str) -> Decimal:
        """Choose a part of what is in a wallet, or all."""
        there = self.balances[wallet]
        return there if self.random.random() < 0.1 else self._fine(NAMES[wallet][1], there / 3)  # noqa: PLR2004

    @staticmethod
    def _fine(coin: str, size: Decimal) -> Decimal:
        return size.quantize(Decimal(UNITS.get(coin, "1E-8")), ROUND_DOWN)


def story_account(account: Account, now: float, *, seed: int = 1, events: int = 400, days: int = 1500) -> Account:
    """Return ``account`` with a history of so many ``days`` up to ``now`` (Unix seconds)."""
    last = int(now * 1000) - 60_000
    return Story(seed).tell(events, last - days * DAY, last).account(account)
