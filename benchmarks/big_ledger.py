"""A Trading ledger of any number of rows, each of which is computed when it is asked for.

Spot trades of BTC, two rows each, in a thousand sizes over and over: the balance after any row follows from its number.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import accumulate

import orjson

from auditor.demo.model import Row

FIRST_ID = 600_000_000_000_000_000
PERIOD = 1000
"""Trades after which sizes begin anew."""
PRICE = 64_000
DAY = 86_400_000
"""Milliseconds."""


_TRADE = {"instId": "BTC-USDT", "instType": "SPOT", "px": str(PRICE), "fillIdxPx": f"{PRICE}.5", "execType": "T"}
_SAME = {
    **_TRADE,
    "type": "2",
    "mgnMode": "cash",
    **dict.fromkeys(("fee", "interest", "pnl", "posBal", "posBalChg"), "0"),
    **dict.fromkeys(("clOrdId", "from", "to", "notes", "tag", "earnAmt", "earnApr", "fillMarkPx", "fillPxVol"), ""),
}
"""The fields that all rows have in common."""


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

    @cached_property
    def _ends(self) -> tuple[list[str], list[str]]:
        """What follows from a row's place in its period, as the end of its JSON: of BTC, and of USDT."""
        sizes = self._sizes[0]
        return [_end("BTC", size, 1) for size in sizes], [_end("USDT", size, -PRICE) for size in sizes]

    def _json(self, number: int) -> str:
        trade, is_quote = divmod(number, 2)
        periods, place = divmod(trade, PERIOD)
        sums = self._sizes[1]
        balance = (periods * sums[-1] + sums[place + 1]) * (-PRICE if is_quote else 1)
        time = self.first + (self.last - self.first) * trade // max(self.rows // 2, 1)
        ids = f'{{"billId":"{FIRST_ID + number}","ordId":"{700_000_000 + trade // 3}","tradeId":"{1_000_000 + trade}"'
        return f'{ids},"bal":"{balance:f}","ts":"{time}","fillTime":"{time}",{self._ends[is_quote][place]}'

    def row(self, number: int) -> Row:
        """Return one row as OKX documents it."""
        row: Row = orjson.loads(self._json(number))
        return row

    def page_json(self, after: str | None, size: int = 100) -> bytes:
        """Return the rows of `page` as JSON: whoever reads them fast is not to wait for what serves them."""
        return f"[{','.join(map(self._json, self._numbers(after, size)))}]".encode()

    def page(self, after: str | None, size: int = 100) -> list[Row]:
        """Return the rows older than an id, the newest first."""
        return [self.row(number) for number in self._numbers(after, size)]

    def cursors(self, size: int = 100) -> Iterator[str | None]:
        """Yield what is asked for one page after another, each of which repeats a row of the one before it."""
        for end in range(self.rows, 0, 1 - size):
            yield None if end == self.rows else str(FIRST_ID + end)

    def _numbers(self, after: str | None, size: int) -> range:
        end = self.rows if after is None else min(max(int(after) - FIRST_ID, 0), self.rows)
        return range(end - 1, max(end - size, 0) - 1, -1)

    def balances(self) -> Iterator[tuple[str, str]]:
        """Yield each coin with its balance after the last row."""
        for number in range(max(self.rows - 2, 0), self.rows):
            row = self.row(number)
            yield row["ccy"], row["bal"]


def _end(coin: str, size: Decimal, factor: int) -> str:
    side = "1" if (size > 0) != (factor < 0) else "2"
    figures = {"balChg": format(size * factor, "f"), "sz": format(abs(size), "f"), "subType": side, "ccy": coin}
    return orjson.dumps({**figures, **_SAME}).decode().removeprefix("{")
