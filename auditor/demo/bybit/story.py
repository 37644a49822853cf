"""The generated history of a demo account: every kind of change that Bybit's two ledgers know, from one seed.

What happened comes first, the rows follow from it: the true balances are those of the story, and a client's sums can be
compared with them. Sources of the rows' shapes: `story_wallets` and `story_records`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from random import Random

from auditor.demo.bybit import story_wallets as kinds
from auditor.demo.bybit.story_records import Records
from auditor.demo.bybit.story_samples import SAMPLES
from auditor.demo.bybit.story_wallets import Funding, Unified, plain
from auditor.demo.model import Account, Row
from auditor.demo.story_times import story_times

DAY = 86_400_000
"""Milliseconds."""
FUNDING, UNIFIED = "/v5/asset/fundinghistory", "/v5/account/transaction-log"
FUNDING_SHOWN, UNIFIED_SHOWN = "/v5/asset/transfer/query-account-coins-balance", "/v5/account/wallet-balance"
PRICES = {"BTC": Decimal(64000), "ETH": Decimal(2600), "SOL": Decimal(140), "XRP": Decimal("0.5")}
FINEST, FEE, EARNED = Decimal("1E-18"), Decimal("0.001"), Decimal("0.002")
NOTHING = Decimal(0)


class Story:
    """What happens to one account: call the parts of it, or let `tell` choose."""

    def __init__(self, seed: int) -> None:
        """Begin with nothing."""
        self.random = Random(seed)  # noqa: S311 - a made-up history
        self.funding, self.unified, self.records = Funding(), Unified(), Records()
        self.invested: defaultdict[str, Decimal] = defaultdict(Decimal)

    def tell(self, events: int, first: int, last: int) -> Story:
        """Let so many things happen between two times (Unix ms), the first of which is a deposit."""
        parts: list[Callable[[int], None]] = [
            self.deposit, self.withdraw, self.pass_on, self.move_in, self.move_in, self.move_out, self.buy, self.buy,
            self.sell, self.invest, self.redeem, self.earn, self.pay_interest, self.pay_funding, self.close_swap,
            self.give_to_sub, self.convert, self.convert_unified, self.sweep, self.get_airdrop, self.buy_from_person,
        ]  # fmt: skip
        step = max((last - first) // events, 1)
        self.deposit(first)
        for time in story_times(first, step, events):
            self.random.choice(parts)(time)
        return self

    def deposit(self, time: int) -> None:
        """Receive a coin, with as many digits as a chain has."""
        coin = self.random.choice(["USDT", *PRICES])
        worth = Decimal(self.random.randrange(50, 5000))
        amount = (worth / PRICES.get(coin, Decimal(1))).quantize(FINEST if coin == "ETH" else Decimal("1E-8"))
        self._receive(time, coin, amount)

    def withdraw(self, time: int) -> None:
        """Send out a part of a coin; the ledger counts the fee with it."""
        coin, amount = self._part(self.funding.held(), self.funding.balances)
        if amount:
            self._send(time, coin, amount, (amount / 1000).quantize(FINEST))

    def pass_on(self, time: int) -> None:
        """Receive a coin and send it straight on: two neighbouring rows that cancel out."""
        amount = Decimal(self.random.randrange(1, 900)) / 8
        self._receive(time, "USDC", amount)
        self._send(time + 1000, "USDC", amount, NOTHING)

    def move_in(self, time: int) -> None:
        """Move a part of a coin from the funding to the unified account."""
        coin, amount = self._part(self.funding.held(), self.funding.balances)
        if amount:
            self.funding.post(time, coin, -amount, kinds.TO_UNIFIED)
            self.unified.post(time, coin, "TRANSFER_IN", amount, qty=plain(amount))
            self.records.moved(self.unified.last, coin, amount, ("FUND", "UNIFIED"))

    def move_out(self, time: int) -> None:
        """Move a part of a coin back."""
        coin, amount = self._part(self.unified.held(), self.unified.balances)
        if amount:
            self.unified.post(time, coin, "TRANSFER_OUT", -amount, qty=plain(amount))
            self.funding.post(time, coin, amount, kinds.FROM_UNIFIED)
            self.records.moved(self.unified.last, coin, amount, ("UNIFIED", "FUND"))

    def buy(self, time: int) -> None:
        """Buy a coin with what USDT is there, or on credit; the fee is in what is received, or in MNT where held."""
        coin = self.random.choice(sorted(PRICES))
        spent = Decimal(self.random.randrange(10, 400))
        received = (spent / PRICES[coin]).quantize(Decimal("1E-15"))
        is_other = self.unified.balances["MNT"] > 1 and self.random.random() < 0.5  # noqa: PLR2004 - every other one
        fee = NOTHING if is_other else received * FEE
        trade = self.records.trade(f"{coin}USDT", "spot", "Buy", PRICES[coin], received)
        ids = {**trade.ids, "side": "Buy"}
        self.unified.post(time, coin, "TRADE", received, fee=fee, qty=plain(received), **ids)
        self.unified.post(time, "USDT", "TRADE", -spent, fee=NOTHING, qty=plain(-spent), **ids)
        if is_other:
            fee = (spent * FEE).quantize(Decimal("1E-10"))
            self.unified.post(time, "MNT", "TRADE", NOTHING, fee=fee, **ids)
        self.records.filled(self.unified.last, trade, fee, "MNT" if is_other else coin)

    def sell(self, time: int) -> None:
        """Sell a part of a coin."""
        coin, amount = self._part([one for one in self.unified.held() if one in PRICES], self.unified.balances)
        if amount:
            received = (amount * PRICES[coin]).quantize(Decimal("1E-12"))
            trade = self.records.trade(f"{coin}USDT", "spot", "Sell", PRICES[coin], amount)
            ids = {**trade.ids, "side": "Sell"}
            self.unified.post(time, coin, "TRADE", -amount, fee=NOTHING, qty=plain(-amount), **ids)
            self.unified.post(time, "USDT", "TRADE", received, fee=received * FEE, qty=plain(received), **ids)
            self.records.filled(self.unified.last, trade, received * FEE, "USDT")

    def invest(self, time: int) -> None:
        """Put a part of a coin into Easy Earn."""
        coin, amount = self._part(self.funding.held(), self.funding.balances)
        if amount:
            self.invested[coin] += amount
            self.funding.post(time, coin, -amount, kinds.SUBSCRIPTION)
            self.records.staked(self.funding.last, coin, amount, "Stake")

    def redeem(self, time: int) -> None:
        """Take a part out of Easy Earn, or all, and with it what it earned."""
        coin, part = self._part(self._invested(), self.invested)
        if part:
            self.invested[coin] -= part
            self.funding.post(time, coin, part, kinds.REDEMPTION)
            order = self.records.staked(self.funding.last, coin, part, "Redeem")
            self._pay_yield(time, coin, part, order)

    def earn(self, time: int) -> None:
        """Get what Easy Earn pays out of itself."""
        if self._invested():
            coin = self.random.choice(self._invested())
            self._pay_yield(time, coin, self.invested[coin], "")

    def pay_interest(self, time: int) -> None:
        """Pay interest on what is borrowed; the balance may fall below zero."""
        cost = Decimal(self.random.randrange(1, 90)) / 100
        self.unified.post(time, "USDT", "INTEREST", -cost)
        self.records.borrowed(self.unified.last, "USDT", cost)

    def pay_funding(self, time: int) -> None:
        """Pay the funding fee of a contract."""
        paid = -Decimal(self.random.randrange(1, 500)) / 400
        trade = self.records.trade("BTCUSDT", "linear", "Buy", PRICES["BTC"], Decimal("0.01"))
        ids = {**trade.ids, "side": "Buy", "qty": "0.01", "size": "0.01"}
        self.unified.post(time, "USDT", "SETTLEMENT", NOTHING, fee=NOTHING, funding=plain(paid), **ids)
        self.records.settled(self.unified.last, trade, -paid)

    def close_swap(self, time: int) -> None:
        """Close a contract: the change is profit without the fee."""
        profit, fee = Decimal(self.random.randrange(-800, 1000)) / 10, Decimal(self.random.randrange(1, 90)) / 100
        size = Decimal(self.random.randrange(1, 50))
        trade = self.records.trade("ETHUSDT", "linear", "Sell", PRICES["ETH"], size)
        ids = {**trade.ids, "side": "Sell", "qty": plain(size)}
        self.unified.post(time, "USDT", "TRADE", profit, fee=fee, feeRate="0.0006", **ids)
        self.records.filled(self.unified.last, trade, fee, "")
        self.records.closed(self.unified.last, trade, profit, fee)

    def give_to_sub(self, time: int) -> None:
        """Send a part of a coin to a sub-account."""
        coin, amount = self._part(self.funding.held(), self.funding.balances)
        if amount:
            self.funding.post(time, coin, -amount, kinds.TO_SUB_ACCOUNT)
            self.records.given(self.funding.last, coin, amount)

    def convert(self, time: int) -> None:
        """Convert a part of a coin of the funding account to USDC."""
        coin, amount = self._part([one for one in self.funding.held() if one != "USDC"], self.funding.balances)
        if amount:
            received = (amount * PRICES.get(coin, Decimal(1))).quantize(Decimal("1E-10"))
            self.funding.post(time, coin, -amount, kinds.CONVERSION)
            self.funding.post(time, "USDC", received, kinds.CONVERSION)
            self.records.converted(self.funding.last, (coin, amount), ("USDC", received), "funding")

    def convert_unified(self, time: int) -> None:
        """Convert a part of a coin of the unified account to MNT."""
        coin, amount = self._part([one for one in self.unified.held() if one != "MNT"], self.unified.balances)
        if amount:
            received = (amount * PRICES.get(coin, Decimal(1))).quantize(Decimal("1E-10"))
            self._exchange(time, (coin, amount), ("MNT", received))
            self.records.converted(self.unified.last, (coin, amount), ("MNT", received), "eb_convert_uta")

    def sweep(self, time: int) -> None:
        """Convert the whole of a small coin."""
        amount = self.unified.balances["XRP"]
        if amount > 0:
            received = (amount * PRICES["XRP"]).quantize(Decimal("1E-9"))
            self._exchange(time, ("XRP", amount), ("USDT", received))
            self.records.swept(self.unified.last, ("XRP", amount), ("USDT", received))

    def get_airdrop(self, time: int) -> None:
        """Receive a gift."""
        self.funding.post(time, "MNT", Decimal(self.random.randrange(1, 30)), kinds.AIRDROP)

    def buy_from_person(self, time: int) -> None:
        """Buy USDT from a person, for money that Bybit does not see."""
        amount = Decimal(self.random.randrange(20, 900))
        self.funding.post(time, "USDT", amount, kinds.P2P)
        self.records.bought(self.funding.last, amount)

    def account(self, account: Account, now: int, opened: int) -> Account:
        """Return ``account`` with these ledgers and balances at a time, opened at another (both Unix ms)."""
        books = {
            FUNDING: self.funding.rows[::-1],
            UNIFIED: self.unified.rows[::-1],
            FUNDING_SHOWN: self.funding.shown(),
            UNIFIED_SHOWN: self.unified.shown(),
            "/v5/earn/position": self._positions(),
            **self.records.books(now),
            **{path: list(sample.rows(2, now)) for path, sample in SAMPLES.items()},
        }
        # Orders of P2P can be read with this right alone.
        rights = {**account.key["permissions"], "FiatP2P": ["FiatP2POrder"]}
        key = {**account.key, "permissions": rights, "_registerTime": str(opened // 1000)}
        return account.with_(books={**account.books, **books}, key=key)

    def _positions(self) -> list[Row]:
        """Write what is in Easy Earn, with what it earned and did not pay yet."""
        return [
            {
                "_category": "FlexibleSaving",
                "coin": coin,
                "productId": "428",
                "amount": plain(amount),
                "totalPnl": "0",
                "claimableYield": plain((amount * EARNED / 2).quantize(FINEST)),
                "id": "326",
                "status": "Active",
                "availableAmount": plain(amount),
                "freezeDetails": [],
            }
            for coin, amount in sorted(self.invested.items())
        ]

    def _receive(self, time: int, coin: str, amount: Decimal) -> None:
        """Receive a coin from a chain, or from another user of Bybit."""
        is_inside = self.random.random() < 0.2  # noqa: PLR2004 - one of five
        kind = kinds.INSIDE_DEPOSIT if is_inside else kinds.DEPOSIT
        self.funding.post(time, coin, amount, kind)
        self.records.received(self.funding.last, coin, amount, is_inside=is_inside)

    def _send(self, time: int, coin: str, amount: Decimal, fee: Decimal) -> None:
        self.funding.post(time, coin, -amount, kinds.WITHDRAWAL)
        self.records.sent(self.funding.last, coin, amount - fee, fee)

    def _pay_yield(self, time: int, coin: str, principal: Decimal, order: str) -> None:
        earned = (principal * EARNED).quantize(FINEST)
        if earned:
            self.funding.post(time, coin, earned, kinds.YIELD)
        self.records.earned(self.funding.last, coin, earned, order)

    def _exchange(self, time: int, given: tuple[str, Decimal], received: tuple[str, Decimal]) -> None:
        self.unified.post(time, given[0], "CURRENCY_SELL", -given[1], qty=plain(-given[1]))
        self.unified.post(time, received[0], "CURRENCY_BUY", received[1], qty=plain(received[1]))

    def _invested(self) -> list[str]:
        return sorted(coin for coin, amount in self.invested.items() if amount > 0)

    def _part(self, held: list[str], balances: defaultdict[str, Decimal]) -> tuple[str, Decimal]:
        """Choose a coin that is there, and a part of it, or all."""
        if not held:
            return "USDT", NOTHING
        coin = self.random.choice(held)
        amount = balances[coin]
        return coin, amount if self.random.random() < 0.2 else (amount / 3).quantize(FINEST)  # noqa: PLR2004


def story_account(account: Account, now: float, *, seed: int = 1, events: int = 900, days: int = 600) -> Account:
    """Return ``account`` with a history of so many ``days`` up to ``now`` (Unix seconds), since it was opened."""
    last = int(now * 1000) - 60_000
    first = last - days * DAY
    return Story(seed).tell(events, first, last).account(account, last, first - DAY)
