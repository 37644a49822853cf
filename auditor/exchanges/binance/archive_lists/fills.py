"""Binance: the fills of spot, a list for each symbol, and the symbols that there are.

No request gives the fills of all symbols (binance-spot-api-docs, issue 25): each symbol that Binance names is asked.
"""

from collections.abc import Callable, Iterator

from auditor.exchanges.binance.archive_lists.listing import FOR_EVER, SPOT, change, moment_of
from auditor.exchanges.binance.limits import API, PUBLIC, api
from auditor.exchanges.binance.sources import documented
from auditor.i18n import mark
from auditor.model.amounts import ZERO
from auditor.spec.endpoint import Query
from auditor.spec.fields import Row, amount, flag, required, text, time
from auditor.spec.history import Ascending, ListedRow, Partition, RowsOf, SecondList
from auditor.spec.rows import object_row, rows_in
from auditor.spec.summed import ChangedRow, ChangeList

SYMBOLS_ID = "symbols"
SERVER_TIME = "serverTime"
SYMBOLS_ABOUT = 3500
"""Symbols that Binance names, in 2026, for an estimate of the time that all take."""


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
    """Yield every symbol that Binance names, also those in which trading has ended."""
    for row in rows_of(SYMBOLS_ID):
        name = row.get("symbol")
        if isinstance(name, str):
            yield name


SYMBOLS = SecondList(
    id=SYMBOLS_ID,
    title=mark("Spot symbols"),
    wallet=SPOT,
    endpoint=documented(
        PUBLIC,
        "exchangeInfo",
        api(20),
        queries=(Query(params={"showPermissionSets": "false"}),),
        rows=symbol_rows,
    ),
    reach=FOR_EVER,
    key="symbol",
    time=SERVER_TIME,
    timed=True,
    fields=(*required(texts="symbol baseAsset quoteAsset"), time(SERVER_TIME)),
    read=symbol,
    explains=True,
)


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
    number, symbol_name, fee = row.text("id"), row.text("symbol"), row.amount("commission")
    fee_coin = row.text("commissionAsset")
    sides = (
        change(SPOT, base, sign * row.amount("qty"), "trade"),
        change(SPOT, quote, -sign * row.amount("quoteQty"), "trade"),
    )
    side, liquidity = "buy" if sign > 0 else "sell", "maker" if row.flag("isMaker") else "taker"
    order = row.text("orderId")
    return ChangedRow(
        id=number,
        time=moment_of(row, "time"),
        changes=(*sides, *((change(SPOT, fee_coin, -fee, "fee"),) if fee != ZERO else ())),
        type="fill",
        instrument=symbol_name,
        order_id=order,
        trade_id=number,
        cells=(
            *(symbol_name, side, *row.hints("price", "qty", "commission"), fee_coin, liquidity, order, number),
            "",
        ),
    )


FILLS = ChangeList(
    id="fills",
    title=mark("Spot trades"),
    wallets=(SPOT,),
    endpoint=documented(API, "myTrades", api(20)),
    reach=FOR_EVER,
    paging=Ascending(cursor="fromId", key="id"),
    oldest_first=True,
    key="id",
    time="time",
    partition=Partition(parameter="symbol", of=(SYMBOLS_ID,), find=symbols_of, field="symbol", about=SYMBOLS_ABOUT),
    fields=(
        *(text("symbol"), text("id"), text("orderId"), amount("price"), amount("qty"), amount("quoteQty")),
        *(amount("commission"), text("commissionAsset"), time("time"), flag("isBuyer"), flag("isMaker")),
    ),
    read=lambda row: fill(row, "", ""),
    reader_of=fill_reader,
    table="fills",
)
