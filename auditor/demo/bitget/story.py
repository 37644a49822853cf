"""The generated history of a demo account: every kind of change that the two ledgers of a unified account know.

What happened comes first, the rows follow from it: the true balances are those of the story, and a client's sums can be
compared with them. Sources of the rows' shapes: `story_wallets` and `story_records`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from random import Random

from auditor.demo.bitget.story_records import Records
from auditor.demo.bitget.story_wallets import EIGHT, FINEST, NOTHING, Funding, Unified, plain
from auditor.demo.model import Account
from auditor.demo.story_times import story_times

DAY = 86_400_000
"""Milliseconds."""
FUNDING, UNIFIED = "/api/v3/account/funding-financial-records", "/api/v3/account/financial-records"
FUNDING_SHOWN, UNIFIED_SHOWN = "/api/v3/account/funding-assets", "/api/v3/account/assets"
SUB_ACCOUNT = "74000099"
PRICES = {"BTC": Decimal(64000), "ETH": Decimal(2600), "SOL": Decimal(140), "XRP": Decimal("0.5")}
FEE = Decimal("0.001")


class Story:
    """What happens to one account: call the parts of it, or let `tell` choose."""

    def __init__(self, seed: int, uid: str) -> None:
        """Begin with nothing."""
        self.random = Random(seed)  # noqa: S311 - a made-up history
        self.funding, self.unified, self.records = Funding(), Unified(), Records(uid)
        self.invested: defaultdict[str, Decimal] = defaultdict(Decimal)

    def tell(self, events: int, first: int, last: int) -> Story:
        """Let so many things happen between two times (Unix ms), the first of which is a deposit."""
        parts: list[Callable[[int], None]] = [
            self.deposit, self.deposit, self.withdraw, self.pass_on, self.move_in, self.move_in, self.move_out,
            self.buy, self.buy, self.sell, self.invest, self.redeem, self.earn, self.pay_funding, self.open_swap,
            self.close_swap, self.give_to_sub, self.take_from_sub, self.convert, self.get_airdrop,
        ]  # fmt: skip
        step = max((last - first) // events, 1)
        self.deposit(first)
        for time in story_times(first, step, events):
            self.random.choice(parts)(time)
        self._lock()
        return self

    def deposit(self, time: int) -> None:
        """Receive a coin."""
        coin = self.random.choice(["USDT", *PRICES])
        worth = Decimal(self.random.randrange(50, 5000))
        self._receive(time, coin, (worth / PRICES.get(coin, Decimal(1))).quantize(EIGHT))

    def withdraw(self, time: int) -> None:
        """Send out a part of a coin; the ledger counts the fee with it."""
        coin, amount = self._part(self.funding.held(), self.funding.balances)
        if amount:
            self._send(time, coin, amount, (amount / 1000).quantize(EIGHT))

    def pass_on(self, time: int) -> None:
        """Receive a coin and send it straight on: two neighbouring rows that cancel out."""
        amount = Decimal(self.random.randrange(1, 900)) / 8
        self._receive(time, "USDC", amount)
        self._send(time + 1000, "USDC", amount, NOTHING)

    def move_in(self, time: int) -> None:
        """Move a part of a coin from the funding to the unified account."""
        coin, amount = self._part(self.funding.held(), self.funding.balances)
        if amount:
            # The type of a row is blank at times.
            kind = "" if self.random.random() < 0.2 else "transfer_out"  # noqa: PLR2004 - one of five
            self.funding.post(time, coin, -amount, "transfer", kind)
            self.unified.post(time, coin, amount, "TRANSFER_IN")
            self.records.moved(self.unified.last, coin, amount, ("spot", "uta"))

    def move_out(self, time: int) -> None:
        """Move a part of a coin back."""
        coin, amount = self._part(self.unified.held(), self.unified.balances)
        if amount:
            self.unified.post(time, coin, -amount, "TRANSFER_OUT")
            self.funding.post(time, coin, amount, "transfer", "transfer_in")
            self.records.moved(self.unified.last, coin, amount, ("uta", "spot"))

    def buy(self, time: int) -> None:
        """Buy a coin for a part of the USDT; the fee is beside it, or a row of its own in BGB."""
        spent = (self.unified.balances["USDT"] / 5).quantize(FINEST)
        if spent <= 1:
            return
        coin = self.random.choice(sorted(PRICES))
        received, symbol = (spent / PRICES[coin]).quantize(EIGHT), f"{coin}USDT"
        about = {"category": "SPOT", "symbol": symbol}
        in_bgb = self.unified.balances["BGB"] > 1 and self.random.random() < 0.5  # noqa: PLR2004 - every other one
        fee = NOTHING if in_bgb else (received * FEE).quantize(FINEST)
        self.unified.post(time, coin, received, "ORDER_DEALT_IN", fee=plain(-fee), **about)
        if in_bgb:
            fee = (spent * FEE).quantize(FINEST)
            self.unified.post(time, "BGB", -fee, "ORDER_PLF_FEE_OUT", **about)
        self.unified.post(time, "USDT", -spent, "ORDER_DEALT_FROZEN_OUT", **about)
        charged = {"fee": plain(-fee), "coin": "BGB" if in_bgb else coin, "category": "SPOT"}
        self.records.filled(self.unified.last, symbol, "buy", PRICES[coin], received, **charged)

    def sell(self, time: int) -> None:
        """Sell a part of a coin."""
        coin, amount = self._part([one for one in self.unified.held() if one in PRICES], self.unified.balances)
        if amount:
            received, symbol = (amount * PRICES[coin]).quantize(FINEST), f"{coin}USDT"
            fee = plain(-(received * FEE).quantize(FINEST))
            about = {"category": "SPOT", "symbol": symbol}
            self.unified.post(time, "USDT", received, "ORDER_DEALT_IN", fee=fee, **about)
            self.unified.post(time, coin, -amount, "ORDER_DEALT_FROZEN_OUT", **about)
            charged = {"fee": fee, "coin": "USDT", "category": "SPOT"}
            self.records.filled(self.unified.last, symbol, "sell", PRICES[coin], amount, **charged)

    def invest(self, time: int) -> None:
        """Put a part of a coin into Earn."""
        coin, amount = self._part(self.unified.held(), self.unified.balances)
        if amount:
            self.invested[coin] += amount
            self.unified.post(time, coin, -amount, "FINANCIAL_TRANSFER_OUT")

    def redeem(self, time: int) -> None:
        """Take a part out of Earn, or all."""
        coin, amount = self._part(self._invested(), self.invested)
        if amount:
            self.invested[coin] -= amount
            self.unified.post(time, coin, amount, "FINANCIAL_TRANSFER_IN")

    def earn(self, time: int) -> None:
        """Get what Earn pays out of itself."""
        if self._invested():
            coin = self.random.choice(self._invested())
            earned = (self.invested[coin] * FEE).quantize(EIGHT)
            if earned:
                self.funding.post(time, coin, earned, "financial", "interest")

    def pay_funding(self, time: int) -> None:
        """Pay the funding fee of a contract, or get it."""
        if self.unified.balances["USDT"] > 2:  # noqa: PLR2004 - more than is paid
            paid = Decimal(self.random.randrange(-500, 500)) / 400
            kind = f"CONTRACT_MAIN_SETTLE_FEE_USER_{'IN' if paid > 0 else 'OUT'}"
            self.unified.post(time, "USDT", paid, kind, category="USDT-FUTURES", symbol="BTCUSDT")

    def open_swap(self, time: int) -> None:
        """Open a contract: nothing but the fee changes."""
        self._trade_swap(time, "open", NOTHING)

    def close_swap(self, time: int) -> None:
        """Close a contract: the change is profit and fee."""
        self._trade_swap(time, "close", Decimal(self.random.randrange(-80, 100)) / 10)

    def _trade_swap(self, time: int, side: str, profit: Decimal) -> None:
        if self.unified.balances["USDT"] > 20:  # noqa: PLR2004 - more than is lost
            fee, size = Decimal(self.random.randrange(1, 90)) / 100, Decimal(self.random.randrange(1, 50))
            about = {"category": "USDT-FUTURES", "symbol": "ETHUSDT", "fee": plain(-fee)}
            self.unified.post(time, "USDT", profit, f"{side.upper()}_LONG", **about)
            more = {"category": "USDT-FUTURES", "coin": "USDT", "fee": plain(fee), "trade_side": side}
            self.records.filled(self.unified.last, "ETHUSDT", "buy", PRICES["ETH"], size, **more)
            if side == "close":
                self.records.closed(self.unified.last, "ETHUSDT", size, profit, fee)

    def give_to_sub(self, time: int) -> None:
        """Send a part of a coin of the unified account to a sub-account."""
        coin, amount = self._part(self.unified.held(), self.unified.balances)
        if amount:
            self.unified.post(time, coin, -amount, "TRANSFER_OUT")
            self.records.moved(self.unified.last, coin, amount, ("uta", "uta"), toUserId=SUB_ACCOUNT)

    def take_from_sub(self, time: int) -> None:
        """Receive something of a sub-account in the funding account."""
        amount = Decimal(self.random.randrange(1, 90))
        self.funding.post(time, "USDC", amount, "transfer", "transfer_in")
        self.records.moved(self.funding.last, "USDC", amount, ("spot", "spot"), fromUserId=SUB_ACCOUNT)

    def convert(self, time: int) -> None:
        """Convert a part of a coin of the unified account to BGB."""
        coin, amount = self._part([one for one in self.unified.held() if one != "BGB"], self.unified.balances)
        if amount:
            received = (amount * PRICES.get(coin, Decimal(1)) / 4).quantize(FINEST)
            self.unified.post(time, coin, -amount, "EXCHANGE_SOURCE_TOKEN_USER_OUT")
            self.unified.post(time, "BGB", received, "EXCHANGE_TARGET_TOKEN_USER_IN")
            self.records.converted(self.unified.last, (coin, amount), ("BGB", received))

    def get_airdrop(self, time: int) -> None:
        """Receive a gift."""
        self.funding.post(time, "BGB", Decimal(self.random.randrange(1, 30)), "other", "airdrop_rewards")

    def account(self, account: Account, opened: int) -> Account:
        """Return ``account`` with these ledgers and balances, opened at a time (Unix ms)."""
        books = {
            FUNDING: self.funding.rows[::-1],
            UNIFIED: self.unified.rows[::-1],
            FUNDING_SHOWN: self.funding.shown(),
            UNIFIED_SHOWN: self.unified.shown(),
            **self.records.books(),
        }
        key = {**account.key, "permissions": ["uta_mgt", "uta_trade"], "regisTime": str(opened)}
        return account.with_(books={**account.books, **books}, key=key)

    def _lock(self) -> None:
        """Let open orders hold a third of a coin: its figures are cut one by one."""
        for coin in self.unified.held()[:1]:
            self.unified.locked[coin] = (self.unified.balances[coin] / 3).quantize(FINEST)

    def _receive(self, time: int, coin: str, amount: Decimal) -> None:
        self.funding.post(time, coin, amount, "deposit", "deposit")
        self.records.received(self.funding.last, coin, amount)

    def _send(self, time: int, coin: str, amount: Decimal, fee: Decimal) -> None:
        self.funding.post(time, coin, -amount, "withdraw", "withdraw")
        self.records.sent(self.funding.last, coin, amount, fee)

    def _invested(self) -> list[str]:
        return sorted(coin for coin, amount in self.invested.items() if amount > 0)

    def _part(self, held: list[str], balances: defaultdict[str, Decimal]) -> tuple[str, Decimal]:
        """Choose a coin that is there, and a part of it, in 8 digits."""
        if not held:
            return "USDT", NOTHING
        coin = self.random.choice(held)
        return coin, (balances[coin] / 3).quantize(EIGHT)


def story_account(account: Account, now: float, *, seed: int = 1, events: int = 900, days: int = 150) -> Account:
    """Return ``account`` with a history of so many ``days`` up to ``now`` (Unix seconds)."""
    last = int(now * 1000) - 60_000
    first = last - days * DAY
    return Story(seed, account.key["userId"]).tell(events, first, last).account(account, first - DAY)
