"""Binance: the fills of spot, a list for each symbol, and the symbols that there are.

No request gives the fills of all symbols (binance-spot-api-docs, issue 25): each symbol that Binance names is asked.
"""

from auditor.exchanges.binance.archive_lists.listing import FOR_EVER, SPOT
from auditor.exchanges.binance.limits import API, PUBLIC, api
from auditor.exchanges.binance.sources import documented
from auditor.exchanges.shared.spot_symbols import (
    SERVER_TIME,
    SYMBOL_FIELDS,
    SYMBOLS_ID,
    fill,
    fill_reader,
    symbol,
    symbol_rows,
    symbols_of,
)
from auditor.i18n import mark
from auditor.spec.endpoint import Query
from auditor.spec.fields import amount, flag, text, time
from auditor.spec.paged_list import Ascending, Partition
from auditor.spec.second_list import SecondList
from auditor.spec.summed import ChangeList

SYMBOLS_ABOUT = 3500
"""Symbols that Binance names, in 2026, for an estimate of the time that all take."""

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
    fields=SYMBOL_FIELDS,
    read=symbol,
    explains=True,
)
FILLS_ID = "fills"
FILLS = ChangeList(
    id=FILLS_ID,
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
    reader_of=fill_reader(fill),
    table="fills",
)
