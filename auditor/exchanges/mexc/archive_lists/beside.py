"""MEXC: lists that only explain: orders, closed positions, rebates."""

from collections.abc import Callable, Iterator, Mapping

from auditor.exchanges.mexc.archive_lists.fills import FILLS_ID
from auditor.exchanges.mexc.archive_lists.futures import ORDERS_ID, POSITIONS_ID
from auditor.exchanges.mexc.archive_lists.listing import (
    DAYS,
    FOR_EVER,
    FUTURES,
    FUTURES_ROWS,
    PAGE_ROWS,
    QUARTER,
    QUARTERLY,
    SPOT,
    WEEK,
    WEEKLY,
    futures,
    moment_of,
    numbered_pages,
    spot,
)
from auditor.exchanges.shared.row_ids import ROW_ID, identified
from auditor.i18n import mark
from auditor.spec.endpoint import Query
from auditor.spec.fields import required, text, time
from auditor.spec.history_tables import TABLES
from auditor.spec.paged_list import Partition, Reach, RowsOf, Single
from auditor.spec.parsed_row import Row
from auditor.spec.second_list import ListedRow, SecondList

SPOT_ORDER = {
    "instrument": "symbol",
    "side": "side",
    "type": "type",
    "price": "price",
    "amount": "origQty",
    "filled": "executedQty",
    "state": "status",
    "client_id": "clientOrderId",
    "updated": "updateTime",
}
FUTURES_ORDER = {
    "instrument": "symbol",
    "side": "side",
    "type": "orderType",
    "price": "price",
    "amount": "vol",
    "filled": "dealVol",
    "average_price": "dealAvgPrice",
    "fee": "takerFee",
    "fee_asset": "feeCurrency",
    "state": "state",
    "parent_id": "positionId",
    "client_id": "externalOid",
    "updated": "updateTime",
}
WAITED_FOR = "price_waited_for"
"""The field that is added to a stop order: its stop-loss price, or else its take-profit price."""
TRIGGER_ORDER = {
    "instrument": "symbol",
    "side": "side",
    "type": "orderType",
    "price": "triggerPrice",
    "amount": "vol",
    "state": "state",
    "parent_id": "orderId",
    "updated": "updateTime",
}
STOP_ORDER = {
    "instrument": "symbol",
    "side": "positionType",
    "type": "triggerSide",
    "price": WAITED_FOR,
    "amount": "vol",
    "filled": "realityVol",
    "state": "state",
    "parent_id": "placeOrderId",
    "updated": "updateTime",
}
POSITION = {
    "instrument": "symbol",
    "side": "positionType",
    "amount": "closeVol",
    "open_price": "openAvgPrice",
    "close_price": "closeAvgPrice",
    "pnl": "closeProfitLoss",
    "realized": "realised",
    "fee": "fee",
    "funding_fee": "holdFee",
    "type": "openType",
    "opened": "createTime",
}
REBATE = {"type": "type", "asset": "asset", "amount": "amount", "rate": "rate"}


def reader(table: str, kind: str, key: str, moment: str, columns: Mapping[str, str]) -> Callable[[Row], ListedRow]:
    """Return what reads a row into a table: ``columns`` are its fields by the table's columns."""

    def read(row: Row) -> ListedRow:
        cells = tuple(kind if name == "kind" else row.hint(columns.get(name, "")) for name in TABLES[table])
        return ListedRow(id=row.text(key), time=moment_of(row, moment), cells=cells)

    return read


def symbols_filled(rows_of: RowsOf) -> Iterator[str]:
    """Yield the symbols in which there are fills. All others would take as long again, for orders without any."""
    for row in rows_of(FILLS_ID):
        name = row.get("symbol")
        if isinstance(name, str):
            yield name


def _rebates(list_id: str, path: str, title: str) -> SecondList:
    return SecondList(
        id=list_id,
        title=title,
        wallet=SPOT,
        endpoint=spot(
            path,
            1,
            pagination=numbered_pages(0),
            rows=identified(PAGE_ROWS, "updateTime", "tradeTime", "asset", "amount", "uid", "type"),
        ),
        reach=Reach(words=mark("the last year"), back=DAYS[365]),
        key=ROW_ID,
        time="updateTime",
        ordered=False,
        fields=(text(ROW_ID), text("asset"), time("updateTime")),
        read=reader("products", list_id, ROW_ID, "updateTime", REBATE),
        table="products",
        explains=True,
    )


SPOT_ORDERS = SecondList(
    id="spot-orders",
    title=mark("Past spot orders"),
    wallet=SPOT,
    endpoint=spot("allOrders", 10, query=Query(back=WEEK), windows=WEEKLY),
    reach=Reach(words=mark("the last 7 days"), back=DAYS[7]),
    paging=Single(size=1000),
    key="orderId",
    time="time",
    ordered=False,
    partition=Partition(parameter="symbol", of=(FILLS_ID,), find=symbols_filled, field="symbol"),
    fields=required(texts="symbol orderId", times="time"),
    read=reader("orders", "spot", "orderId", "time", SPOT_ORDER),
    table="orders",
    explains=True,
)
FUTURES_ORDERS = SecondList(
    id=ORDERS_ID,
    title=mark("Futures orders"),
    wallet=FUTURES,
    endpoint=futures("order/list/history_orders", query=Query(back=QUARTER), windows=QUARTERLY),
    reach=Reach(words=mark("the last 90 days"), back=DAYS[90]),
    key="orderId",
    time="createTime",
    ordered=False,
    fields=required(texts="orderId symbol", times="createTime"),
    read=reader("orders", "futures", "orderId", "createTime", FUTURES_ORDER),
    table="orders",
    explains=True,
)


def waiting_rows(data: object) -> list[object]:
    """Return orders that wait for a price, each with that price where it is of two kinds."""
    rows = FUTURES_ROWS(data)
    return [
        {**row, WAITED_FOR: row.get("stopLossPrice") or row.get("takeProfitPrice")} if isinstance(row, dict) else row
        for row in rows
    ]


def _conditional(kind: str, path: str, title: str, columns: Mapping[str, str]) -> SecondList:
    """Return orders that wait for a price. MEXC gives those of 90 days at a time, and does not say how far back."""
    return SecondList(
        id=f"{kind.replace(' ', '-')}s",
        title=title,
        wallet=FUTURES,
        endpoint=futures(path, query=Query(back=QUARTER), windows=QUARTERLY, rows=waiting_rows),
        reach=Reach(words=mark("how far is not documented; 90 days are asked for"), back=DAYS[90]),
        key="id",
        time="createTime",
        ordered=False,
        fields=required(texts="id symbol", times="createTime"),
        read=reader("orders", kind, "id", "createTime", columns),
        table="orders",
        explains=True,
    )


TRIGGER_ORDERS = _conditional("trigger order", "planorder/list/orders", mark("Futures trigger orders"), TRIGGER_ORDER)
STOP_ORDERS = _conditional(
    "stop order", "stoporder/list/orders", mark("Futures stop-loss and take-profit orders"), STOP_ORDER
)
POSITIONS = SecondList(
    id=POSITIONS_ID,
    title=mark("Closed futures positions"),
    wallet=FUTURES,
    endpoint=futures("position/list/history_positions"),
    reach=FOR_EVER,
    key="positionId",
    time="updateTime",
    ordered=False,
    fields=required(texts="positionId symbol", times="updateTime"),
    read=reader("positions", "position", "positionId", "updateTime", POSITION),
    table="positions",
    explains=True,
)
REBATES = _rebates("rebates", "rebate/detail", mark("Rebates of friends' trades"))
OWN_REBATES = _rebates("own-rebates", "rebate/detail/kickback", mark("Rebates of own trades"))
