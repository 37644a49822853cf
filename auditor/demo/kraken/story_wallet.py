"""The wallet of a generated history at Kraken: a balance for each asset code, and the ledger that follows."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from random import Random
from typing import Any

from auditor.demo.model import Row

MONEY = frozenset({"ZEUR", "ZUSD", "KFEE", "FLR"})
_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


class Wallet:
    """The balances, and the ledger, oldest row first."""

    def __init__(self, random: Random) -> None:
        """Begin with nothing."""
        self.balances: defaultdict[str, Decimal] = defaultdict(Decimal)
        self.rows: list[Row] = []
        self._random = random
        self._latest = 0

    def post(self, time: int, kind: str, asset: str, amount: Decimal, **more: Any) -> Row:
        """Change a balance, and write the row of it, no earlier than the one before it.

        `time`: in ten thousandths of a second, which a number of JSON has as a fraction; `kind`: a type, or type and
        subtype such as `earn/reward`; `more`: `fee`, `refid`, `aclass`.
        """
        fee: Decimal = more.get("fee", Decimal(0))
        type_, _slash, subtype = kind.partition("/")
        unit = self.unit(asset)
        self.balances[asset] = (self.balances[asset] + amount - fee).quantize(unit)
        self._latest = max(time, self._latest)
        figures = {"amount": format(amount.quantize(unit), "f"), "fee": format(fee.quantize(unit), "f")}
        refid = more.get("refid") or self.reference("S")
        known = {"refid": refid, "time": self._latest / 10_000, "type": type_, "subtype": subtype}
        aclass = more.get("aclass", "currency")
        row = {"id": self.reference("L"), **known, "aclass": aclass, "asset": asset, **figures}
        self.rows.append({**row, "balance": format(self.balances[asset], "f")})
        return self.rows[-1]

    def unit(self, asset: str) -> Decimal:
        """Return the last digit that an asset's amounts have."""
        return Decimal("0.0001") if asset in MONEY else Decimal("1E-6") if asset.endswith("x") else Decimal("1E-10")

    def reference(self, first: str) -> str:
        """Return an id such as LQ7T4A-2NMBX-P8YHRD, which says nothing of its time."""
        signs = "".join(self._random.choices(_SIGNS, k=16))
        return f"{first}{signs[:5]}-{signs[5:10]}-{signs[10:]}"
