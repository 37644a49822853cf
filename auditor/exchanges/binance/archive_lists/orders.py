"""Binance: spot orders, of every symbol in which there are trades. They only explain the fills.

All other symbols would take as long as the fills again, for orders that were cancelled without one.
"""

from collections.abc import Iterator

from auditor.exchanges.binance.archive_lists.fills import FILLS_ID
from auditor.exchanges.binance.archive_lists.listing import explaining, in_table
from auditor.exchanges.binance.limits import API, api
from auditor.exchanges.binance.sources import documented
from auditor.i18n import mark
from auditor.spec.paged_list import Ascending, Partition, RowsOf

ORDER_COLUMNS = (
    "instrument:symbol side type price amount:origQty filled:executedQty state:status client_id:clientOrderId "
    "updated:updateTime"
)
BY_ORDER = Ascending(cursor="orderId", key="orderId", first="1")
"""From the oldest one on: orders with this id and later ones are given; without an id, the last ones."""


def symbols_filled(rows_of: RowsOf) -> Iterator[str]:
    """Yield the symbols in which there are trades."""
    for row in rows_of(FILLS_ID):
        name = row.get("symbol")
        if isinstance(name, str):
            yield name


ORDERS = explaining(
    id="orders",
    title=mark("Spot orders"),
    endpoint=documented(API, "allOrders", api(20)),
    paging=BY_ORDER,
    oldest_first=True,
    key="orderId",
    partition=Partition(parameter="symbol", of=(FILLS_ID,), find=symbols_filled, field="symbol"),
    **in_table("orders", "spot", number="orderId", time="time", columns=ORDER_COLUMNS),
)
