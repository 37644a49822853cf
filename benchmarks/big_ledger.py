"""A Trading ledger of any number of rows, each of which is computed when it is asked for.

Spot trades of BTC, two rows each, in a thousand sizes over and over: the balance after any row follows from its number.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import accumulate

from auditor.demo.model import Row

FIRST_ID = 600_000_000_000_000_000
PERIOD = 1000
"""Trades after which sizes begin anew."""
PRICE = 64_000
DAY = 86_400_000
"""Milliseconds."""


@dataclass(frozen=True)
class BigLedger:
    """So many rows, between two times in Unix milliseconds: even ones are of BTC, odd ones of USDT."""

    rows: int
    first: int
    last: int

    @cached_property
    def _sizes(self) -> tuple[list[Decimal], list[Decimal]]:
        """The changes of BTC in one period, and their sums."""
        sizes = [
            Decimal(number * 7919 % PERIOD + 1).scaleb(-12) * (-1 if number % 3 > 1 else 1) for number in range(PERIOD)
        ]
        return sizes, [Decimal(0), *accumulate(sizes)]

    def row(self, number: int) -> Row:
        """Return one row as OKX documents it."""
        trade, is_quote = divmod(number, 2)
        periods, place = divmod(trade, PERIOD)
        sizes, sums = self._sizes
        size, balance = sizes[place], periods * sums[-1] + sums[place + 1]
        factor = -PRICE if is_quote else 1
        time = self.first + (self.last - self.first) * trade // max(self.rows // 2, 1)
        side = "1" if (size > 0) != bool(is_quote) else "2"
        ids = {
            "billId": str(FIRST_ID + number),
            "ordId": str(700_000_000 + trade // 3),
            "tradeId": str(1_000_000 + trade),
        }
        figures = {
            "balChg": format(size * factor, "f"),
            "bal": format(balance * factor, "f"),
            "sz": format(abs(size), "f"),
        }
        coin = {"ccy": "USDT" if is_quote else "BTC", "instId": "BTC-USDT", "instType": "SPOT", "px": str(PRICE)}
        times = {"ts": str(time), "fillTime": str(time)}
        kinds = {"type": "2", "subType": side, "execType": "T", "mgnMode": "cash"}
        zeros = dict.fromkeys(("fee", "interest", "pnl", "posBal", "posBalChg"), "0")
        blanks = dict.fromkeys(
            ("clOrdId", "from", "to", "notes", "tag", "earnAmt", "earnApr", "fillMarkPx", "fillPxVol"), ""
        )
        return {**ids, **figures, **coin, **times, **kinds, **zeros, **blanks, "fillIdxPx": f"{PRICE}.5"}

    def page(self, after: str | None, size: int = 100) -> list[Row]:
        """Return the rows older than an id, the newest first."""
        end = self.rows if after is None else min(max(int(after) - FIRST_ID, 0), self.rows)
        return [self.row(number) for number in range(end - 1, max(end - size, 0) - 1, -1)]

    def balances(self) -> Iterator[tuple[str, str]]:
        """Yield each coin with its balance after the last row."""
        for number in range(max(self.rows - 2, 0), self.rows):
            row = self.row(number)
            yield row["ccy"], row["bal"]
