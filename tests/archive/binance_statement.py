"""The statement that the owner of a made-up account downloads at Binance: written while its story happens.

It is the story's own account of each balance, not what the API's lists say of it.
"""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from auditor import demo
from auditor.demo.binance.story import DAY, FUNDING, SPOT, Story
from tests.archive.archiving import NOW

COLUMNS = ("User_ID", "UTC_Time", "Account", "Operation", "Coin", "Change", "Remark")
NEW_COLUMNS = ("User ID", "Time", *COLUMNS[2:])
ACCOUNTS = {SPOT: "Spot", FUNDING: "Funding"}
OPERATIONS = {
    "deposit": "Deposit",
    "_deposit": "Deposit",
    "withdraw": "Withdraw",
    "convert": "Binance Convert",
    "sweep": "Small Assets Exchange BNB",
    "receive": "Distribution",
    "rebate": "Commission Rebate",
    "move_in": "Transfer Between Main and Funding Wallet",
    "move_out": "Transfer Between Main and Funding Wallet",
    "buy_p2p": "P2P Trading",
    "sell_p2p": "P2P Trading",
    "pay": "Send",
    "be_paid": "Binance Payment",
    "pay_in": "Fiat Deposit",
    "pay_out": "Fiat Withdraw",
    "buy_by_card": "Buy Crypto",
    "invest": "Simple Earn Flexible Subscription",
    "redeem": "Simple Earn Flexible Redemption",
    "_redeem_all": "Simple Earn Flexible Redemption",
    "give": "Crypto Box",
    "buy": "Transaction Buy",
    "sell": "Transaction Spend",
}


@dataclass(frozen=True)
class Line:
    """One row: Unix milliseconds, account, operation, coin and change."""

    time: int
    account: str
    operation: str
    coin: str
    change: str
    remark: str = ""


class StatedStory(Story):
    """A story that writes down each change of a balance."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.lines: list[Line] = []
        self._now: tuple[int, str] = (0, "")
        for name in OPERATIONS:
            if hasattr(self, name) and not name.startswith("_deposit"):
                setattr(self, name, self._noting(name, getattr(self, name)))

    def give(self, time: int) -> None:
        """Give something away by a way that no list of the API shows."""
        self._add(SPOT, "USDT", Decimal("-0.37"))

    def _beside(self, number: int, time: int, last: int) -> None:
        """Leave futures and products out: the statement of this story is of Spot, Funding and Simple Earn."""

    def _noting(self, name: str, part: Callable[[int], None]) -> Callable[[int], None]:
        def noted(time: int) -> None:
            self._now = (time, name)
            part(time)

        return noted

    def _deposit(self, time: int, wallet: str, coin: str, size: Decimal) -> None:
        self._now = (time, "_deposit")
        super()._deposit(time, wallet, coin, size)

    def _add(self, wallet: str, coin: str, change: Decimal) -> None:
        super()._add(wallet, coin, change)
        time, name = self._now
        self._write(Line(time, ACCOUNTS[wallet], OPERATIONS[name], coin, format(change, "f")))
        if "Simple Earn" in OPERATIONS[name]:
            self._write(Line(time, "Earn", OPERATIONS[name], coin, format(-change, "f")))

    def _redeem(self, time: int, coin: str) -> None:
        earned = self._fine(self.invested[coin] / 1000)
        self._write(Line(time, "Earn", "Simple Earn Flexible - Rewards Income", coin, format(earned, "f")))
        super()._redeem(time, coin)

    def _write(self, line: Line) -> None:
        if Decimal(line.change):
            self.lines.append(line)


@dataclass(frozen=True)
class Stated:
    """An account and its statement."""

    account: demo.Account
    lines: tuple[Line, ...]


@cache
def stated(events: int = 120, days: int = 240, seed: int = 3, *, is_generous: bool = True) -> Stated:
    """An account that is older than the API's lists of six months, and the rows of its statement.

    ``is_generous``: it gave something away that no list of the API shows.
    """
    last = int(NOW.timestamp() * 1000) - 60_000
    story = StatedStory(seed)
    first = last - days * DAY
    story.tell(events, first, last)
    if is_generous:
        story.give(last - 1000)
    lines = sorted(story.lines, key=lambda line: line.time)
    return Stated(story.account(demo.account("binance-empty")), tuple(lines))


def statement(lines: Sequence[Line], uid: str) -> str:
    """The file as the site gives it."""
    rows = [(uid, _time(line.time), *_cells(line)) for line in lines]
    return "\ufeff" + _csv([COLUMNS, *rows])


def new_statement(lines: Sequence[Line], uid: str, hours: int = 0) -> str:
    """The file as the site gives it in 2026, its times so many hours east of UTC."""
    rows = [(uid, _time(line.time, hours)[2:], *_cells(line)) for line in lines]
    return _csv([NEW_COLUMNS, *rows])


def _cells(line: Line) -> tuple[str, ...]:
    return line.account, line.operation, line.coin, line.change, line.remark


def _time(milliseconds: int, hours: int = 0) -> str:
    moment = datetime.fromtimestamp(milliseconds // 1000, UTC) + timedelta(hours=hours)
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def _csv(rows: Sequence[Sequence[Any]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue()


def changed(lines: Sequence[Line], number: int, **values: Any) -> tuple[Line, ...]:
    """The rows with one of them changed."""
    return (*lines[:number], replace(lines[number], **values), *lines[number + 1 :])
