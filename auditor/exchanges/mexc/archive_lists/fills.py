"""MEXC: the fills of spot, a list for each symbol, and the symbols that there are.

No request gives the fills of all symbols: each symbol that MEXC names is asked, a week at a time. In October 2023 a
start more than seven days back came to nothing (mexcdevelop/mexc-api-sdk, issue 56): so no window is longer.
"""

from collections.abc import Callable, Iterator

from auditor.exchanges.mexc.archive_lists.listing import (
    DOC,
    FOR_EVER,
    MONTH,
    PUBLIC_SITE,
    ROW_ID,
    SPOT,
    WEEKLY,
    change,
    identified,
    moment_of,
    spot,
    weight,
)
from auditor.i18n import mark
from auditor.model.amounts import ZERO
from auditor.spec.endpoint import Endpoint, Query
from auditor.spec.fields import Row, amount, flag, required, text, time
from auditor.spec.history import ListedRow, Partition, Reach, RowsOf, SecondList, Single
from auditor.spec.rows import list_rows, object_row, rows_in
from auditor.spec.summed import ChangedRow, ChangeList

SYMBOLS_ID, FILLS_ID = "symbols", "fills"
SERVER_TIME = "serverTime"
SYMBOLS_ABOUT = 2100
"""Symbols that MEXC names, in 2026, for an estimate of the time that all take."""


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
    return ListedRow(id=row.text("symbol"), time=moment_of(row, SERVER_TIME), cells=())


def symbols_of(rows_of: RowsOf) -> Iterator[str]:
    """Yield every symbol that MEXC names, also those in which trading has ended."""
    for row in rows_of(SYMBOLS_ID):
        name = row.get("symbol")
        if isinstance(name, str):
            yield name


def fill_reader(rows_of: RowsOf) -> Callable[[Row], ChangedRow]:
    """Return the reader of fills, for which only the list of symbols says which two coins a symbol is of."""
    coins = {str(row["symbol"]): (str(row.get("baseAsset")), str(row.get("quoteAsset"))) for row in rows_of(SYMBOLS_ID)}

    def read(row: Row) -> ChangedRow:
        base, quote = coins[row.text("symbol")]
        return fill(row, base, quote)

    return read


def fill(row: Row, base: str, quote: str) -> ChangedRow:
    """Read a fill: what was bought, what was sold, and the fee in perhaps a third coin, each a change by itself."""
    sign = 1 if row.flag("isBuyer") else -1
    number, order, name = row.text("id"), row.text("orderId"), row.text("symbol")
    fee, fee_coin = row.amount("commission"), row.text("commissionAsset")
    sides = (
        change(SPOT, base, sign * row.amount("qty"), "trade"),
        change(SPOT, quote, -sign * row.amount("quoteQty"), "trade"),
    )
    side, liquidity = "buy" if sign > 0 else "sell", "maker" if row.flag("isMaker") else "taker"
    figures = row.hints("price", "qty", "commission")
    return ChangedRow(
        id=row.text(ROW_ID),
        time=moment_of(row, "time"),
        changes=(*sides, *((change(SPOT, fee_coin, -fee, "fee"),) if fee != ZERO else ())),
        type="fill",
        instrument=name,
        order_id=order,
        trade_id=number,
        cells=(name, side, *figures, fee_coin, liquidity, order, number, ""),
    )


SYMBOLS = SecondList(
    id=SYMBOLS_ID,
    title=mark("Spot symbols"),
    wallet=SPOT,
    endpoint=Endpoint(
        path="exchangeInfo",
        site=PUBLIC_SITE,
        limit=weight(10),
        rows=symbol_rows,
        source=f"{DOC}, GET /api/v3/exchangeInfo",
    ),
    reach=FOR_EVER,
    key="symbol",
    time=SERVER_TIME,
    timed=True,
    fields=(*required(texts="symbol baseAsset quoteAsset"), time(SERVER_TIME)),
    read=symbol,
    explains=True,
)
FILLS = ChangeList(
    id=FILLS_ID,
    title=mark("Spot trades"),
    wallets=(SPOT,),
    # A trade with oneself has two rows, of two orders.
    endpoint=spot("myTrades", 10, query=Query(back=MONTH), windows=WEEKLY, rows=identified(list_rows, "id", "orderId")),
    reach=Reach(words=mark("the last month (its site exports older ones: 540 days)"), back=MONTH),
    paging=Single(size=100),
    key=ROW_ID,
    time="time",
    ordered=False,
    partition=Partition(parameter="symbol", of=(SYMBOLS_ID,), find=symbols_of, field="symbol", about=SYMBOLS_ABOUT),
    fields=(
        *(text("symbol"), text(ROW_ID), text("id"), text("orderId"), amount("price"), amount("qty")),
        *(amount("quoteQty"), amount("commission"), text("commissionAsset"), time("time")),
        *(flag("isBuyer"), flag("isMaker")),
    ),
    read=lambda row: fill(row, "", ""),
    reader_of=fill_reader,
    table="fills",
)
