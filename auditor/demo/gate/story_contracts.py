"""What happens in the accounts for contracts and options of a generated history at Gate."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from auditor.demo.faults import Reply
from auditor.demo.gate import story_wallets as kinds
from auditor.demo.gate.history_endpoints import BASE
from auditor.demo.gate.story_records import Records
from auditor.demo.gate.story_wallets import Business, Contracts, Spot
from auditor.demo.model import Row

NEVER = Reply(
    status=400,
    body={"label": "USER_NOT_FOUND", "message": "please transfer funds first to create futures account"},
)
"""What futures in BTC answer, to which nothing was ever moved."""
NEVER_USED = ("accounts", "account_book", "my_trades_timerange", "orders_timerange", "position_close", "liquidates")


class ContractStory:
    """Perpetual futures in USDT, delivery futures and options, which are paid out of the spot account."""

    def __init__(self, random: Random, spot: Spot, records: Records) -> None:
        """Begin with nothing."""
        self.random, self.spot, self.records = random, spot, records
        self.futures = Contracts("USDT")
        self.delivery, self.options = (Contracts("USDT", ids=False) for _account in range(2))

    def fund_futures(self, time: int) -> None:
        """Move USDT to perpetual futures."""
        self._fund(time, self.futures, kinds.TO_FUTURES)

    def fund_delivery(self, time: int) -> None:
        """Move USDT to delivery futures."""
        self._fund(time, self.delivery, kinds.TO_DELIVERY)

    def fund_options(self, time: int) -> None:
        """Move USDT to options."""
        self._fund(time, self.options, kinds.TO_OPTIONS)

    def leave_futures(self, time: int) -> None:
        """Move a part back from perpetual futures."""
        self._leave(time, self.futures, kinds.FROM_FUTURES)

    def leave_options(self, time: int) -> None:
        """Move a part back from options."""
        self._leave(time, self.options, kinds.FROM_OPTIONS)

    def trade(self, time: int) -> None:
        """Close a perpetual contract: profit and fee are two rows, and points pay a part of the fee now and then."""
        if self.futures.balance < 200:  # noqa: PLR2004 - more than it can lose
            return
        profit, fee = Decimal(self.random.randrange(-800, 1000)) / 10, Decimal(self.random.randrange(1, 90)) / 100
        order, trade = self.records.number(), self.records.number()
        about = {"text": f"BTC_USDT:{order}", "contract": "BTC_USDT", "trade_id": str(trade)}
        self.futures.post(time, -fee, "fee", **about)
        self.futures.post(time, profit, "pnl", **about)
        self.records.traded(self.futures.moment, (order, trade), fee)
        self.records.closed(self.futures.moment, profit, fee)
        if self.random.random() < 0.3:  # noqa: PLR2004 - three of ten
            self.futures.post(time, Decimal(5), "point_dnw")
            self.futures.post(time, Decimal("-0.25"), "point_fee", **about)

    def pay_funding(self, time: int) -> None:
        """Pay the funding fee of a contract, and get a rebate."""
        if self.futures.balance > 0:
            paid = Decimal(self.random.randrange(1, 500)) / 400
            self.futures.post(time, -paid, "fund", "BTC_USDT", contract="BTC_USDT")
            self.futures.post(time, Decimal("0.001953125"), "refr", "BTC_USDT:1")

    def deliver(self, time: int) -> None:
        """Settle a delivery contract."""
        if self.delivery.balance > 100:  # noqa: PLR2004 - more than it can lose
            order, trade, fee = self.records.number(), self.records.number(), Decimal("0.0375")
            self.delivery.post(time, -fee, "fee", f"BTC_USDT_20261225:{order}")
            self.records.delivered(self.delivery.moment, (order, trade), fee)
            self.delivery.post(time, Decimal(self.random.randrange(-300, 400)) / 10, "settle", "BTC_USDT_20261225")

    def write_option(self, time: int) -> None:
        """Sell an option: its fee, its premium, and its settlement an hour later."""
        if self.options.balance > 100:  # noqa: PLR2004 - more than it can lose
            about = f"BTC_USDT-20261225-90000-C:{self.records.number()}"
            self.options.post(time, Decimal("-0.08042877"), "fee", about)
            self.options.post(time, Decimal("3.33"), "prem", about)
            self.options.post(time + 3_600_000, -Decimal(self.random.randrange(0, 60)) / 16, "set", about)

    def books(self) -> dict[str, list[Row]]:
        """Return the books and the balances of each account, by their paths."""
        wallets = {"futures/usdt": self.futures, "delivery/usdt": self.delivery, "options": self.options}
        books = {f"{BASE}{path}/account_book": wallet.rows[::-1] for path, wallet in wallets.items()}
        return {**books, **{f"{BASE}{path}/accounts": wallet.shown() for path, wallet in wallets.items()}}

    def refusals(self) -> dict[str, Reply]:
        """Return what the paths of an account answer that was never opened."""
        return {f"{BASE}futures/btc/{path}": NEVER for path in NEVER_USED}

    def _fund(self, time: int, wallet: Contracts, business: Business) -> None:
        amount = (self.spot.balances["USDT"] / 3).quantize(Decimal("1E-8"))
        if amount > 0:
            self.spot.post(time, "USDT", -amount, business)
            wallet.post(self.spot.last, amount, "dnw")

    def _leave(self, time: int, wallet: Contracts, business: Business) -> None:
        amount = (wallet.balance / 3).quantize(Decimal("1E-8"))
        if amount > 0:
            wallet.post(time, -amount, "dnw")
            self.spot.post(wallet.moment, "USDT", amount, business)
