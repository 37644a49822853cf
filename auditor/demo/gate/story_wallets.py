"""The wallets of a generated history at Gate: their balances, and the account book that follows from each change.

Rows are as documented at https://www.gate.com/docs/developers/apiv4 (June 2026): a fee is a row of its own, each row
has the balance after it. Rows before August 2025 have a type and no code; some times of spot rows are in seconds.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from auditor.demo.model import Row

FIRST_ID = 40_118_620_000
CODES_SINCE = 1_754_006_400_000
"""Unix ms of August 2025: rows since then have a code."""


class Business(NamedTuple):
    """What a row of the spot account is of: Gate's code, "" for none, and the older type."""

    code: str
    type: str


DEPOSIT, WITHDRAWAL = Business("110", "deposit"), Business("4", "withdraw")
SENT, RECEIVED = Business("1901", "push_sent"), Business("1908", "push_rcvd")
PLACED, FILLED, FEE = Business("101", "new_order"), Business("102", "order_fill"), Business("151", "order_fee")
CANCELLED = Business("", "cancel_order")
SUB_ACCOUNT = Business("1401", "subaccount_trf")
TO_FUTURES, FROM_FUTURES = Business("701", "perp_in"), Business("702", "perp_out")
TO_DELIVERY, FROM_DELIVERY = Business("703", "delivery_in"), Business("704", "delivery_out")
TO_OPTIONS, FROM_OPTIONS = Business("1603", "options_in"), Business("1604", "options_out")
TO_MARGIN, FROM_MARGIN = Business("601", "margin_in"), Business("602", "margin_out")
LENT, REDEEMED, INTEREST = Business("662", "lend"), Business("661", "redeem"), Business("669", "interest_in")
BOUGHT, SOLD = Business("2601", "cv_buy"), Business("2602", "cv_sell")
SWEPT, SWEPT_INTO = Business("1301", "dust_swap_dctd"), Business("1302", "dust_swap_gt_add")
AIRDROP, REBATE, P2P = Business("404", "airdrop"), Business("109", "referral_rebate"), Business("305", "c2c_om")
IN_SECONDS = frozenset({REBATE})
"""Rows whose time is in seconds."""


def plain(amount: Decimal) -> str:
    """Write an amount digit for digit."""
    return format(amount, "f")


@dataclass
class Spot:
    """The spot account: what is available of each coin, and its book, oldest row first. ``last``: Unix ms."""

    balances: defaultdict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    locked: defaultdict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    rows: list[Row] = field(default_factory=list)
    last: int = 0

    def held(self) -> list[str]:
        """Return the coins of which something is available."""
        return sorted(coin for coin, amount in self.balances.items() if amount > 0)

    def post(self, time: int, coin: str, change: Decimal, business: Business, text: str = "") -> Row:
        """Change a balance, no earlier than the change before, and write the row of it."""
        self.balances[coin] += change
        self.last = max(time, self.last)
        has_code = business.code and self.last >= CODES_SINCE
        self.rows.append(
            {
                "id": str(FIRST_ID + len(self.rows) * 3),
                "time": self.last // 1000 if business in IN_SECONDS else self.last,
                "currency": coin,
                "change": plain(change),
                "balance": plain(self.balances[coin]),
                "type": business.type,
                **({"code": business.code} if has_code else {}),
                "text": text,
            }
        )
        return self.rows[-1]

    def shown(self) -> list[Row]:
        """Return the balances as they are shown."""
        coins = sorted({*self.balances, *self.locked})
        return [
            {
                "currency": coin,
                "available": plain(self.balances[coin]),
                "locked": plain(self.locked[coin]),
                "update_id": len(self.rows),
            }
            for coin in coins
        ]


@dataclass
class Contracts:
    """An account for contracts or options in one coin. Its balance is the sum of all rows but those of points."""

    coin: str
    ids: bool = True
    balance: Decimal = Decimal(0)
    points: Decimal = Decimal(0)
    rows: list[Row] = field(default_factory=list)
    last: float = 0.0

    @property
    def moment(self) -> int:
        """The time of the last change in Unix ms."""
        return round(self.last * 1000)

    def post(self, time: int, change: Decimal, kind: str, text: str = "", **fields: str) -> None:
        """Change the balance, no earlier than the change before, and write the row of it. ``time``: Unix ms."""
        self.last = max(time / 1000, self.last)
        is_points = kind.startswith("point_")
        if is_points:
            self.points += change
        else:
            self.balance += change
        self.rows.append(
            {
                # Seconds with a fraction, in JSON a number.
                "time": round(self.last, 6),
                "change": plain(change),
                "balance": plain(self.points if is_points else self.balance),
                "type": kind,
                "text": text,
                **fields,
                **({"id": str(FIRST_ID + len(self.rows))} if self.ids else {}),
            }
        )

    def shown(self) -> list[Row]:
        """Return the account as it is shown."""
        zeros = dict.fromkeys(("unrealised_pnl", "order_margin", "position_margin", "bonus"), "0")
        figures = {"total": plain(self.balance), "available": plain(self.balance), "point": plain(self.points)}
        return [{**zeros, **figures, "currency": self.coin, "margin_mode": 0, "in_dual_mode": False}]
