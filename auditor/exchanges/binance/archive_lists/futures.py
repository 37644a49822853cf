"""Binance: trades and orders of futures, of the contracts that their income names. They only explain."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from auditor.exchanges.binance.archive_lists.income import COIN_M_INCOME_ID, NOT_GIVEN, USD_M_INCOME_ID
from auditor.exchanges.binance.archive_lists.listing import (
    COIN_M,
    HALF_YEAR,
    QUARTER_YEAR,
    USD_M,
    WEEKLY,
    explaining,
    in_table,
    moment_of,
    the_last,
    within,
)
from auditor.exchanges.binance.limits import DAPI, FAPI, dapi, fapi
from auditor.exchanges.binance.sources import documented
from auditor.exchanges.shared.row_ids import ROW_ID, identified
from auditor.i18n import mark
from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import flag, required
from auditor.spec.history_tables import IN_COIN, IN_CONTRACTS
from auditor.spec.paged_list import Partition, RowsOf, Single
from auditor.spec.parsed_row import Row
from auditor.spec.rows import list_rows
from auditor.spec.second_list import ListedRow, SecondList

MOST_ROWS, MOST_COIN_M_ORDERS = 1000, 100
ORDER_COLUMNS = (
    "instrument:symbol side type:origType price amount:origQty filled:executedQty average_price:avgPrice state:status "
    "client_id:clientOrderId updated:updateTime"
)
FILL_FIELDS = (
    *required(texts=f"{ROW_ID} symbol id orderId", amounts="price qty commission", times="time"),
    flag("maker"),
)
NOT_HAD = frozenset(NOT_GIVEN)
NAMES = {USD_M: "usd-m", COIN_M: "coin-m"}
"""How lists and rows of a wallet are named."""
UNITS = {USD_M: IN_COIN, COIN_M: IN_CONTRACTS}
"""What the quantity of a trade counts: a COIN-M contract is worth a number of dollars."""


def contracts_of(list_id: str) -> Callable[[RowsOf], Iterator[str]]:
    """Return what finds the contracts that rows of income name."""

    def find(rows_of: RowsOf) -> Iterator[str]:
        for row in rows_of(list_id):
            name = row.get("symbol")
            if isinstance(name, str) and name:
                yield name

    return find


def pairs_of(list_id: str) -> Callable[[RowsOf], Iterator[str]]:
    """Return what finds the pairs of the contracts that rows of income name: BTCUSD of BTCUSD_PERP."""
    find = contracts_of(list_id)
    return lambda rows_of: (name.partition("_")[0] for name in find(rows_of))


def fill_of(wallet: str) -> Callable[[Row], ListedRow]:
    """Return what reads a trade of a wallet, which is named beside the symbol: spot has symbols of the same names."""

    def fill(row: Row) -> ListedRow:
        number, name = row.text("id"), f"{row.text('symbol')} ({NAMES[wallet]})"
        fee, side = row.hints("commission", "commissionAsset"), "maker" if row.flag("maker") else "taker"
        terms = (*row.hints("side", "price", "qty"), UNITS[wallet])
        cells = (name, *terms, *fee, side, row.text("orderId"), number, "")
        return ListedRow(id=row.text(ROW_ID), time=moment_of(row, "time"), cells=cells)

    return fill


_USD_M = Partition(parameter="symbol", of=(USD_M_INCOME_ID,), find=contracts_of(USD_M_INCOME_ID), field="symbol")
_COIN_M = Partition(parameter="pair", of=(COIN_M_INCOME_ID,), find=pairs_of(COIN_M_INCOME_ID), field="pair")


def _usd_m(path: str, key: str, back: timedelta) -> Endpoint:
    return documented(
        FAPI, path, fapi(5), queries=within(back), windows=WEEKLY, rows=identified(list_rows, "symbol", key)
    )


def _coin_m(path: str, key: str, back: timedelta) -> Endpoint:
    return documented(
        DAPI, path, dapi(40), queries=within(back), windows=WEEKLY, rows=identified(list_rows, "symbol", key)
    )


def _fills(wallet: str, title: str, endpoint: Endpoint, partition: Partition) -> SecondList:
    return explaining(
        id=f"{NAMES[wallet]}-fills",
        title=title,
        wallet=wallet,
        endpoint=endpoint,
        reach=the_last(mark("the last 6 months"), HALF_YEAR),
        paging=Single(size=MOST_ROWS),
        key=ROW_ID,
        time="time",
        partition=partition,
        fields=FILL_FIELDS,
        read=fill_of(wallet),
        table="fills",
        joined_by={"instrument": "instrument", "trade_id": "trade_id"},
        not_had=NOT_HAD,
    )


def _orders(wallet: str, title: str, endpoint: Endpoint, partition: Partition, size: int) -> SecondList:
    return explaining(
        id=f"{NAMES[wallet]}-orders",
        title=title,
        wallet=wallet,
        endpoint=endpoint,
        reach=the_last(mark("the last 90 days"), QUARTER_YEAR),
        paging=Single(size=size),
        key=ROW_ID,
        partition=partition,
        not_had=NOT_HAD,
        **in_table("orders", NAMES[wallet], number=ROW_ID, time="time", columns=ORDER_COLUMNS),
    )


FUTURES_LISTS = (
    _fills(USD_M, mark("USDⓈ-M Futures: trades"), _usd_m("userTrades", "id", HALF_YEAR), _USD_M),
    _orders(USD_M, mark("USDⓈ-M Futures: orders"), _usd_m("allOrders", "orderId", QUARTER_YEAR), _USD_M, MOST_ROWS),
    _fills(COIN_M, mark("COIN-M Futures: trades"), _coin_m("userTrades", "id", HALF_YEAR), _COIN_M),
    _orders(
        COIN_M,
        mark("COIN-M Futures: orders"),
        _coin_m("allOrders", "orderId", QUARTER_YEAR),
        _COIN_M,
        MOST_COIN_M_ORDERS,
    ),
)
"""A number is the only one within its contract; a pair has several."""
