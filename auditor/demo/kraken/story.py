"""The generated history of a demo account at Kraken: every kind of row that its ledger is known to have, from one seed.

What happened comes first, the rows follow from it: the true balances are those of the story. Shapes are those of
docs.kraken.com/api (Get Ledgers Info, June 2026) and of rows in public bug reports: the balance after a row is the one
before it, and its amount without its fee (ccxt/ccxt#8204).
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

from auditor.demo.kraken.story_lists import movement, order, trade
from auditor.demo.kraken.story_wallet import Wallet
from auditor.demo.model import Account, Row
from auditor.demo.story_times import story_times

DAY = 864_000_000
"""In units of a ten thousandth of a second, as Kraken's times have them."""
LEDGER, BALANCES = "/0/private/Ledgers", "/0/private/BalanceEx"
TRADES, ORDERS = "/0/private/TradesHistory", "/0/private/ClosedOrders"
DEPOSITS, WITHDRAWALS = "/0/private/DepositStatus", "/0/private/WithdrawStatus"
PRICES = {"XXBT": Decimal(64000), "XETH": Decimal(2600), "SOL": Decimal(140), "DOT": Decimal(4)}
FEE = Decimal("0.0026")
_OLD = 0.2
"""The share of sales in which all of a coin is given."""


class Story:
    """What happens to one account: call the parts of it, or let `tell` choose."""

    def __init__(self, seed: int) -> None:
        """Begin with nothing."""
        self.random = Random(seed)  # noqa: S311 - a made-up history
        self.wallet = Wallet(self.random)
        self.trades: list[Row] = []
        self.orders: list[Row] = []
        self.deposits: list[Row] = []
        self.withdrawals: list[Row] = []

    def tell(self, events: int, first: int, last: int) -> Story:
        """Let so many things happen between two times, the first of which is a deposit."""
        parts: list[Callable[[int], None]] = [
            self.deposit, self.withdraw, self.pass_on, self.fail_to_withdraw, self.buy, self.buy, self.sell,
            self.buy_at_once, self.margin, self.stake, self.unstake, self.pay_reward, self.earn, self.leave_earn,
            self.allocate, self.pay_earned, self.give_fork, self.delist, self.to_futures, self.sell_stock, self.invite,
        ]  # fmt: skip
        step = max((last - first) // events, 1)
        self.deposit(first)
        for time in story_times(first, step, events):
            self.random.choice(parts)(time)
        return self

    def deposit(self, time: int) -> None:
        """Receive money or a coin; a bank takes a fee of it."""
        asset = self.random.choice(["ZEUR", *PRICES])
        worth = Decimal(self.random.randrange(50, 5000))
        amount = (worth / PRICES.get(asset, Decimal(1))).quantize(self.wallet.unit(asset))
        self._received(time, asset, amount, Decimal("1.75") if asset == "ZEUR" else Decimal(0))

    def withdraw(self, time: int) -> None:
        """Send out a part of a coin, with a fee beside it."""
        asset, amount = self._part()
        fee = (amount / 1000).quantize(self.wallet.unit(asset))
        if amount:
            self._sent(time, asset, amount - fee, fee)

    def pass_on(self, time: int) -> None:
        """Receive a coin and send it straight on: two neighbouring rows that cancel out."""
        amount = Decimal(self.random.randrange(1, 900)) / 8
        self._received(time, "USDC", amount, Decimal(0))
        self._sent(time + 10, "USDC", amount, Decimal(0))

    def fail_to_withdraw(self, time: int) -> None:
        """Try to send a part of a coin: it goes out and comes back."""
        asset, amount = self._part()
        if amount:
            refid = self.wallet.reference("F")
            out = self.wallet.post(time, "withdrawal", asset, -amount, refid=refid)
            self.wallet.post(time + 20_000, "withdrawal", asset, amount, refid=refid)
            self.withdrawals.append(movement(out, "Failure"))

    def buy(self, time: int) -> None:
        """Buy a coin with euros; now and then the fee is paid with fee credits."""
        asset = self.random.choice(sorted(PRICES))
        spent = min(Decimal(self.random.randrange(10, 400)), self.wallet.balances["ZEUR"].quantize(Decimal(1)) - 2)
        if spent <= 1:
            return
        received = (spent / PRICES[asset]).quantize(self.wallet.unit(asset))
        fee = (spent * FEE).quantize(Decimal("0.0001"))
        credits_ = self.wallet.balances["KFEE"] > fee
        txid = self.wallet.reference("T")
        row = self.wallet.post(time, "trade", "ZEUR", -spent, fee=Decimal(0) if credits_ else fee, refid=txid)
        self.wallet.post(time, "trade", asset, received, refid=txid)
        if credits_:
            self.wallet.post(time, "trade", "KFEE", Decimal(0), fee=fee, refid=txid)
        self._traded(row, asset, vol=received, cost=spent, fee=fee)

    def sell(self, time: int) -> None:
        """Sell a part of a coin; its two rows are a millisecond apart."""
        asset, amount = self._part()
        if not amount or asset not in PRICES:
            return
        cost = (amount * PRICES[asset]).quantize(Decimal("0.0001"))
        fee, txid = (cost * FEE).quantize(Decimal("0.0001")), self.wallet.reference("T")
        row = self.wallet.post(time, "trade/tradespot", asset, -amount, refid=txid)
        self.wallet.post(time + 11, "trade/tradespot", "ZEUR", cost, fee=fee, refid=txid)
        self._traded(row, asset, vol=-amount, cost=cost, fee=fee)

    def buy_at_once(self, time: int) -> None:
        """Buy a coin in the app: a row of what was spent and one of what was received, and no trade."""
        if self.wallet.balances["ZEUR"] > 30:  # noqa: PLR2004 - what is spent with its fee
            refid = self.wallet.reference("T")
            self.wallet.post(time, "spend", "ZEUR", Decimal(-25), fee=Decimal("0.45"), refid=refid)
            self.wallet.post(time, "receive", "SOL", Decimal("0.1785714285"), refid=refid)

    def margin(self, time: int) -> None:
        """Hold a position on margin: its fees, a rollover, and its settlement."""
        if self.wallet.balances["ZEUR"] <= 50:  # noqa: PLR2004 - more than it can lose
            return
        txid = self.wallet.reference("T")
        row = self.wallet.post(time, "margin", "ZEUR", Decimal(0), fee=Decimal("0.0710"), refid=txid)
        figures = {"vol": Decimal("0.01"), "cost": Decimal(26), "fee": Decimal("0.0710"), "margin": Decimal("5.20000")}
        self._traded(row, "XETH", **figures)
        self.wallet.post(time + 50_000, "rollover", "ZEUR", Decimal(0), fee=Decimal("0.0052"), refid=txid)
        result = Decimal(self.random.randrange(-90, 120)) / 10
        self.wallet.post(time + 90_000, "settled", "ZEUR", result, fee=Decimal("0.0710"))

    def stake(self, time: int) -> None:
        """Stake in the old way: out of the coin, into the code with the ending S."""
        self._move(time, "DOT", "DOT.S", ("transfer/spottostaking", "transfer/stakingfromspot"))

    def unstake(self, time: int) -> None:
        """Take what is staked back."""
        self._move(time, "DOT.S", "DOT", ("transfer/stakingtospot", "transfer/spotfromstaking"))

    def pay_reward(self, time: int) -> None:
        """Be paid for what is staked."""
        self.wallet.post(time, "staking", "DOT.S", Decimal("0.0000100017"))

    def earn(self, time: int) -> None:
        """Allocate to a bonded strategy of Earn."""
        self._move(time, "XETH", "ETH.B", ("earn/allocation", "earn/allocation"))

    def leave_earn(self, time: int) -> None:
        """Take everything out of it."""
        self._move(time, "ETH.B", "XETH", ("earn/deallocation", "earn/deallocation"))

    def allocate(self, time: int) -> None:
        """Be allocated without being asked: with automatic rewards the whole coin earns."""
        self._move(time, "XXBT", "XBT.F", ("earn/autoallocation", "earn/autoallocation"))

    def pay_earned(self, time: int) -> None:
        """Be paid for it, with a commission taken."""
        self.wallet.post(time, "earn/reward", "XBT.F", Decimal("0.0000001234"), fee=Decimal("0.0000000123"))

    def give_fork(self, time: int) -> None:
        """Get a coin for holding another."""
        self.wallet.post(time, "transfer", "FLR", Decimal("12.5000"))

    def delist(self, time: int) -> None:
        """Lose the rest of a coin that is no longer listed."""
        if self.wallet.balances["FLR"] > 0:
            self.wallet.post(time, "adjustment", "FLR", -self.wallet.balances["FLR"])
            self.wallet.post(time, "adjustment", "XETH", Decimal("0.0000088548"))

    def to_futures(self, time: int) -> None:
        """Move money to the futures wallet."""
        if self.wallet.balances["ZEUR"] > 10:  # noqa: PLR2004 - what is moved
            self.wallet.post(time, "transfer/spottofutures", "ZEUR", Decimal(-10))

    def sell_stock(self, time: int) -> None:
        """Buy a tokenised stock with euros: dollars come and go in between."""
        if self.wallet.balances["ZEUR"] <= 100:  # noqa: PLR2004 - what it costs
            return
        refid = self.wallet.reference("T")
        self.wallet.post(time, "spend", "ZEUR", Decimal("-85.5964"), refid=refid)
        self.wallet.post(time, "receive", "ZUSD", Decimal("99.3100"), refid=refid)
        self.wallet.post(time, "spend", "ZUSD", Decimal("-99.3100"), refid=refid)
        self.wallet.post(time, "receive", "AAPLx", Decimal("0.371000"), refid=refid, aclass="tokenized_asset")

    def invite(self, time: int) -> None:
        """Be rewarded for an invitation, also with fee credits."""
        self.wallet.post(time, "invite bonus", "ZEUR", Decimal(10))
        self.wallet.post(time, "transfer", "KFEE", Decimal(5))

    def account(self, account: Account) -> Account:
        """Return ``account`` with this ledger, its balances and the lists beside it."""
        shown = [
            {"asset": asset, "balance": format(amount, "f"), "hold_trade": "0.0000"}
            for asset, amount in self.wallet.balances.items()
        ]
        books = {
            LEDGER: self.wallet.rows[::-1],
            BALANCES: shown,
            TRADES: self.trades[::-1],
            ORDERS: self.orders[::-1],
            DEPOSITS: self.deposits[::-1],
            WITHDRAWALS: self.withdrawals[::-1],
        }
        return account.with_(books={**account.books, **books})

    def _received(self, time: int, asset: str, amount: Decimal, fee: Decimal) -> None:
        row = self.wallet.post(time, "deposit", asset, amount, fee=fee, refid=self.wallet.reference("Q"))
        self.deposits.append(movement(row, "Success"))

    def _sent(self, time: int, asset: str, amount: Decimal, fee: Decimal) -> None:
        row = self.wallet.post(time, "withdrawal", asset, -amount, fee=fee, refid=self.wallet.reference("F"))
        self.withdrawals.append(movement(row, "Success"))

    def _traded(self, row: Row, asset: str, **figures: Decimal) -> None:
        """Write the trade that a row of the ledger is of, and the order that it filled."""
        done = trade(row, asset, self.wallet.reference("O"), **figures)
        self.trades.append(done)
        self.orders.append(order(done, asset))

    def _move(self, time: int, given: str, taken: str, kinds: tuple[str, str]) -> None:
        """Move all of a code to another one of the same coin."""
        amount = self.wallet.balances[given]
        if amount > 0:
            refid = self.wallet.reference("S")
            self.wallet.post(time, kinds[0], given, -amount, refid=refid)
            self.wallet.post(time, kinds[1], taken, amount, refid=refid)

    def _part(self) -> tuple[str, Decimal]:
        """Choose a coin that is there, and a part of it, or all."""
        held = sorted(asset for asset in ("ZEUR", *PRICES) if self.wallet.balances[asset] > 1 / PRICES.get(asset, 1))
        if not held:
            return "ZEUR", Decimal(0)
        asset = self.random.choice(held)
        amount = self.wallet.balances[asset]
        return asset, amount if self.random.random() < _OLD else (amount / 3).quantize(self.wallet.unit(asset))


def story_account(account: Account, now: float, *, seed: int = 1, events: int = 400, days: int = 1500) -> Account:
    """Return ``account`` with a history of so many ``days`` up to ``now`` (Unix seconds)."""
    last = int(now * 10_000) - 600_000
    return Story(seed).tell(events, last - days * DAY, last).account(account)
