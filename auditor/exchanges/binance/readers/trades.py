"""Binance: how to read a row of an order or a position, and for which isolated pairs to ask."""

from collections.abc import Iterable, Mapping, Sequence

from auditor.exchanges.binance.account import when_on
from auditor.exchanges.binance.readers.rows import not_read, parts, records_of
from auditor.i18n import mark
from auditor.model.records import Balance, Debt, Order, Part, Position, Record
from auditor.model.snapshot import Reading
from auditor.spec.fields import Row, amount, retired, text
from auditor.spec.surface import Context, Reader, Scope

SIZES = ("origQty", "quantity", "totalQty", "qty")


def order(number: str) -> Reader:
    """An open order: that it is listed is the proof, whatever its state is called."""

    def read(row: Row, _context: Context) -> Iterable[Record]:
        yield Order(
            subject=row.text(number),
            row=row.raw,
            market=row.hint("symbol"),
            kind=_first(row, "type", "orderType", "strategyType", "algoType", "contingencyType") or "order",
            side=row.hint("side") or None,
            amount=next(filter(None, map(row.hint_amount, SIZES)), None),
            state=_first(row, "status", "algoStatus", "strategyStatus", "orderStatus", "listOrderStatus"),
        )

    return read


def _first(row: Row, *names: str) -> str:
    return next(filter(None, map(row.hint, names)), "")


def convert(row: Row, _context: Context) -> Iterable[Record]:
    """A limit order in Binance Convert, which has no market of its own."""
    yield Order(
        subject=row.text("orderId"),
        row=row.raw,
        market=f"{row.hint('fromAsset')}/{row.hint('toAsset')}",
        kind=mark("convert limit"),
        side=None,
        amount=row.hint_amount("fromAmount"),
        state=row.hint("orderStatus"),
    )


def each_isolated_pair(read: Mapping[str, Sequence[Reading]]) -> Sequence[Scope] | None:
    """One asking for the cross margin account, and one for each isolated pair; None when those were not read."""
    cross = when_on("isMarginEnabled")(read)
    if not cross:
        return cross
    if not_read({"isolated-margin": read["isolated-margin"]}):
        return None
    found = (r for r in records_of(read, "isolated-margin") if isinstance(r, Balance | Debt))
    pairs = dict.fromkeys(record.subject.partition(":")[0] for record in found)
    return [*cross, *(Scope(params={"symbol": pair, "isIsolated": "TRUE"}) for pair in pairs)]


POSITION = (
    text("symbol"),
    text("positionSide"),
    amount("positionAmt"),
    *(retired(name) for name in ("isolatedMargin", "isolatedWallet")),
)
OPTION = (text("symbol"), text("side"), amount("quantity"))


def position(kind: str) -> Reader:
    """A position, or a market with open orders only; an isolated one without a position may still hold margin."""

    def read(row: Row, _context: Context) -> Iterable[Record]:
        yield Position(
            subject=f"{row.text('symbol')}:{row.text('positionSide')}",
            row=row.raw,
            market=row.text("symbol"),
            kind=kind,
            side=row.text("positionSide"),
            amount=row.amount("positionAmt"),
            held=parts(row, **{Part.MARGIN: "isolatedMargin", "isolated": "isolatedWallet"}),
        )

    return read


def option(row: Row, _context: Context) -> Iterable[Record]:
    """An option held or written."""
    yield Position(
        subject=f"{row.text('symbol')}:{row.text('side')}",
        row=row.raw,
        market=row.text("symbol"),
        kind=mark("option"),
        side=row.text("side"),
        amount=row.amount("quantity"),
        held={},
    )
