"""What the lists that explain a generated history say: orders, positions, interest, products, bots.

Shapes are those of the bodies at https://www.okx.com/docs-v5/en/ (June 2026).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.demo.model import Row
from auditor.demo.okx.story_samples import SAMPLES

DAY = 86_400_000
"""Milliseconds."""
WEEK, QUARTER, YEAR = 7 * DAY, 90 * DAY, 365 * DAY
"""How far back the exchange gives some of them."""
SINGLE = frozenset(
    path for path in SAMPLES if path.startswith("tradingBot/") and path.endswith(("algo-history", "list"))
)
"""Lists whose rows have lists of their own: one row each."""


def explaining_lists(trading: Sequence[Row], fills: Sequence[Row], now: int) -> dict[str, list[Row]]:
    """Return the rows of each list by its path, for an account with this Trading ledger and these fills."""
    swaps = _since(_of_type(trading, "2", "SWAP"), now - QUARTER)
    return {
        "trade/orders-history-archive": list(map(_order, _since(fills, now - QUARTER))),
        "account/positions-history": list(map(_position, swaps)),
        "account/interest-accrued": list(map(_interest, _since(_of_type(trading, "7"), now - YEAR))),
        "trade/easy-convert-history": list(_easy_converts(_since(_of_type(trading, "28"), now - WEEK))),
        **{path: list(sample.rows(1 if path in SINGLE else 2, now)) for path, sample in SAMPLES.items()},
        "account/subtypes": list(_words()),
    }


def _of_type(rows: Sequence[Row], kind: str, instrument: str = "") -> list[Row]:
    return [row for row in rows if row["type"] == kind and row["instType"].startswith(instrument)]


def _since(rows: Sequence[Row], time: int) -> list[Row]:
    return [row for row in rows if int(row["ts"]) >= time]


def _order(fill: Row) -> Row:
    names = ("instId", "instType", "ordId", "side", "fee", "feeCcy", "clOrdId", "posSide", "tag")
    sizes = {"sz": fill["fillSz"], "accFillSz": fill["fillSz"], "avgPx": fill["fillPx"], "px": ""}
    times = {"cTime": str(int(fill["ts"]) - 1000), "uTime": fill["ts"], "fillTime": fill["ts"]}
    kinds = {"ordType": "market", "state": "filled", "category": "normal", "algoId": ""}
    return {**{name: fill[name] for name in names}, **sizes, **times, **kinds}


def _position(bill: Row) -> Row:
    figures = {
        "pnl": bill["pnl"],
        "fee": bill["fee"],
        "realizedPnl": bill["balChg"],
        "fundingFee": "0",
        "liqPenalty": "0",
    }
    sizes = {"closeTotalPos": "3", "openMaxPos": "3", "openAvgPx": "2590.5", "closeAvgPx": "2600.25", "lever": "5.0"}
    kinds = {"direction": "long", "posSide": "net", "mgnMode": "cross", "type": "2", "ccy": bill["ccy"]}
    ids = {"posId": bill["ordId"], "instId": bill["instId"], "instType": "SWAP", "uly": "ETH-USDT"}
    return {**figures, **sizes, **kinds, **ids, "cTime": str(int(bill["ts"]) - 3_600_000), "uTime": bill["ts"]}


def _interest(bill: Row) -> Row:
    figures = {"interest": bill["balChg"].removeprefix("-"), "interestRate": "0.0000040833333333", "liab": "97"}
    return {**figures, "ccy": bill["ccy"], "instId": "", "mgnMode": "cross", "type": "2", "ts": bill["ts"]}


def _easy_converts(dust: Sequence[Row]) -> Iterator[Row]:
    for given, received in zip(dust[::2], dust[1::2], strict=True):
        sizes = {"fillFromSz": given["balChg"].removeprefix("-"), "fillToSz": received["balChg"]}
        coins = {"fromCcy": given["ccy"], "toCcy": received["ccy"]}
        yield {**coins, **sizes, "status": "filled", "acct": "18", "uTime": given["ts"]}


def _words() -> Iterator[Row]:
    details = [{"subType": code, "subTypeDesc": f"Transfer {way}"} for code, way in (("11", "in"), ("12", "out"))]
    yield {"type": "1", "typeDesc": "Transfer", "subTypeDetails": details}
