"""Spot symbols, and fills whose rows name a symbol and not its coins: of Binance, and of MEXC, whose API is like it."""

from collections.abc import Callable, Iterator

from auditor.model.amounts import ZERO
from auditor.spec.fields import required, time
from auditor.spec.history_tables import IN_COIN
from auditor.spec.paged_list import RowsOf
from auditor.spec.parsed_row import Row
from auditor.spec.rows import object_row, rows_in
from auditor.spec.second_list import ListedRow
from auditor.spec.summed import Change, ChangedRow

SYMBOLS_ID, SERVER_TIME = "symbols", "serverTime"
SYMBOL_FIELDS = (*required(texts="symbol baseAsset quoteAsset"), time(SERVER_TIME))


def symbol_rows(data: object) -> list[object]:
    """Return what matters of each symbol, with the time of the answer, which its rows lack."""
    (answer,) = object_row(data)
    now = answer.get(SERVER_TIME) if isinstance(answer, dict) else None
    names = ("symbol", "baseAsset", "quoteAsset", "status")
    return [
        {**{name: row.get(name) for name in names}, SERVER_TIME: now} if isinstance(row, dict) else row
        for row in rows_in("symbols")(data)
    ]


def symbol(row: Row) -> ListedRow:
    """Read a symbol."""
    return ListedRow(id=row.text("symbol"), time=int(row.hint(SERVER_TIME)), cells=())


def symbols_of(rows_of: RowsOf) -> Iterator[str]:
    """Yield every symbol that the exchange names, also those in which trading has ended."""
    for row in rows_of(SYMBOLS_ID):
        name = row.get("symbol")
        if isinstance(name, str):
            yield name


def fill_reader(read: Callable[[Row, str, str], ChangedRow]) -> Callable[[RowsOf], Callable[[Row], ChangedRow]]:
    """Return what makes the reader of fills: only the list of symbols says which two coins a symbol is of."""

    def reader_of(rows_of: RowsOf) -> Callable[[Row], ChangedRow]:
        rows = rows_of(SYMBOLS_ID)
        coins = {str(row["symbol"]): (str(row.get("baseAsset")), str(row.get("quoteAsset"))) for row in rows}

        def read_one(row: Row) -> ChangedRow:
            base, quote = coins[row.text("symbol")]
            return read(row, base, quote)

        return read_one

    return reader_of


def fill(row: Row, base: str, quote: str, *, wallet: str = "spot", key: str = "id") -> ChangedRow:
    """Read a fill: what was bought, what was sold, and the fee in perhaps a third coin, each a change by itself.

    ``key``: the field with the id of the row, which may be another than that of the trade.
    """
    sign = 1 if row.flag("isBuyer") else -1
    number, order, name = row.text("id"), row.text("orderId"), row.text("symbol")
    fee, fee_coin = row.amount("commission"), row.text("commissionAsset")
    sides = (
        Change(wallet=wallet, asset=base, amount=sign * row.amount("qty"), kind="trade"),
        Change(wallet=wallet, asset=quote, amount=-sign * row.amount("quoteQty"), kind="trade"),
    )
    fees = (Change(wallet=wallet, asset=fee_coin, amount=-fee, kind="fee"),) if fee != ZERO else ()
    side, liquidity = "buy" if sign > 0 else "sell", "maker" if row.flag("isMaker") else "taker"
    return ChangedRow(
        id=row.text(key),
        time=int(row.hint("time")),
        changes=(*sides, *fees),
        type="fill",
        instrument=name,
        order_id=order,
        trade_id=number,
        cells=(
            name,
            side,
            *row.hints("price", "qty"),
            IN_COIN,
            row.hint("commission"),
            fee_coin,
            liquidity,
            order,
            number,
            "",
        ),
    )
