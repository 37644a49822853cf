"""MEXC: the fills of spot, a list for each symbol, and the symbols that there are.

No request gives the fills of all symbols: each symbol that MEXC names is asked, a week at a time. In October 2023 a
start more than seven days back came to nothing (mexcdevelop/mexc-api-sdk, issue 56): so no window is longer.
"""

from functools import partial

from auditor.exchanges.mexc.archive_lists.listing import (
    DOC,
    FOR_EVER,
    MONTH,
    PUBLIC_SITE,
    SPOT,
    WEEKLY,
    spot,
    weight,
)
from auditor.exchanges.shared.row_ids import ROW_ID, identified
from auditor.exchanges.shared.spot_symbols import (
    SERVER_TIME,
    SYMBOL_FIELDS,
    SYMBOLS_ID,
    fill_reader,
    symbol,
    symbol_rows,
    symbols_of,
)
from auditor.exchanges.shared.spot_symbols import fill as spot_fill
from auditor.i18n import mark
from auditor.spec.endpoint import Endpoint, Query
from auditor.spec.fields import amount, flag, text, time
from auditor.spec.paged_list import Partition, Reach, Single
from auditor.spec.rows import list_rows
from auditor.spec.second_list import SecondList
from auditor.spec.summed import ChangeList

FILLS_ID = "fills"
SYMBOLS_ABOUT = 2100
"""Symbols that MEXC names, in 2026, for an estimate of the time that all take."""
# A trade with oneself has two rows, of two orders.
fill = partial(spot_fill, key=ROW_ID)

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
    fields=SYMBOL_FIELDS,
    read=symbol,
    explains=True,
)
FILLS = ChangeList(
    id=FILLS_ID,
    title=mark("Spot trades"),
    wallets=(SPOT,),
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
    reader_of=fill_reader(fill),
    table="fills",
)
