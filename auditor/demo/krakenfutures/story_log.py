"""The account log of a generated history at Kraken Futures: a balance for each coin of each wallet, and their rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from auditor.demo.model import Row

FLEX, CASH, SINGLE = "flex", "cash", "f-xbt:usd"
CREDITS = "fee"
FIGURES = (
    *("old_average_entry_price", "new_average_entry_price", "trade_price", "mark_price", "funding_rate"),
    *("realized_pnl", "fee", "realized_funding", "collateral", "conversion_spread_percentage", "liquidation_fee"),
    *("contract", "execution", "position_uid"),
)


class Log:
    """The balances, and the rows of money and of positions, the oldest first, numbered from 1 on."""

    def __init__(self, random: Random) -> None:
        """Begin with nothing."""
        self.balances: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
        self.rows: list[Row] = []
        self._random = random
        self._latest = 0

    def money(self, time: int, info: str, wallet: tuple[str, str], change: Decimal, **more: Any) -> None:
        """Change the balance of a coin in a wallet, and write the row of it."""
        old = self.balances[wallet]
        self.balances[wallet] = old + change
        self._write(time, info, wallet, (old, self.balances[wallet]), more)

    def position(self, time: int, info: str, wallet: str, sizes: tuple[Decimal, Decimal], more: dict[str, Any]) -> None:
        """Write the row of a position, whose sizes stand where a coin has its balances."""
        self._write(time, info, (wallet, more["contract"]), sizes, more)

    def _write(
        self, time: int, info: str, wallet: tuple[str, str], figures: tuple[Decimal, Decimal], more: dict[str, Any]
    ) -> None:
        self._latest = max(time, self._latest)
        moment = datetime.fromtimestamp(self._latest / 1000, UTC).isoformat(timespec="milliseconds")
        name, asset = wallet
        known = {"id": len(self.rows) + 1, "date": moment.replace("+00:00", "Z"), "asset": asset, "info": info}
        old, new = map(float, figures)
        balances = {"booking_uid": self.uid(), "margin_account": name, "old_balance": old, "new_balance": new}
        self.rows.append({**known, **balances, **dict.fromkeys(FIGURES), **more})

    def uid(self) -> str:
        """Return an id that says nothing of its time."""
        return str(UUID(int=self._random.getrandbits(128), version=4))

    def wallets(self, contracts: Decimal) -> list[Row]:
        """Return the list of wallets. ``contracts``: the size of the position in the single-collateral one."""
        held: dict[str, dict[str, float]] = {name: {} for name in (FLEX, CASH, SINGLE)}
        for (wallet, asset), amount in self.balances.items():
            # Credits lie in the cash wallet, whichever wallet paid with them.
            held[CASH if asset == CREDITS else wallet][asset] = float(amount)
        flex = {code.upper().replace("XBT", "BTC"): _flexible(amount) for code, amount in held[FLEX].items()}
        totals = dict.fromkeys(("initialMargin", "balanceValue", "portfolioValue", "pnl", "unrealizedFunding"), 0)
        single = {**held[SINGLE], "PI_XBTUSD": float(contracts)}
        return [
            {"name": "cash", "type": "cashAccount", "balances": held[CASH]},
            {"name": "fi_xbtusd", "type": "marginAccount", "currency": "xbt", "balances": single, "auxiliary": {}},
            {"name": "flex", "type": "multiCollateralMarginAccount", "currencies": flex, **totals},
        ]


def _flexible(amount: float) -> dict[str, float]:
    return {"quantity": amount, "value": 0.0, "collateral": 0.0, "available": amount}
