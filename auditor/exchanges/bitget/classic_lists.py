"""Bitget: the lists of a classic account that only explain its ledgers."""

from dataclasses import replace

from auditor.exchanges.bitget.explaining import Listing, Shape, explaining
from auditor.exchanges.bitget.history_kinds import FUTURES, SPOT, TRADED_FUTURES, TRADED_GROUPS
from auditor.exchanges.bitget.sources import TEN, TWENTY, asking, by, documented, rows_or_none, rows_or_null, windows
from auditor.i18n import mark
from auditor.spec.endpoint import Cursor, Endpoint
from auditor.spec.history import SecondList

OF_100 = Cursor(cursor="idLessThan", key="orderId")
QUARTER, WEEK = windows(90), windows(7)
FILLS = explaining(
    Listing(
        id="spot-fills",
        title=mark("Fills"),
        wallet=SPOT,
        endpoint=documented(
            "v2/spot/trade/fills",
            "Spot, Get Fills",
            TEN,
            asking(),
            rows=rows_or_null,
            pages=Cursor(cursor="idLessThan", key="tradeId"),
            windows=QUARTER,
        ),
        used_by={SPOT: TRADED_GROUPS},
    ),
    Shape(
        number=("tradeId",),
        time="cTime",
        table="fills",
        columns={
            "instrument": "symbol",
            "side": "side",
            "price": "priceAvg",
            "amount": "size",
            "liquidity": "tradeScope",
            "order_id": "orderId",
            "trade_id": "tradeId",
        },
    ),
)
ORDER_COLUMNS = {
    "instrument": "symbol",
    "side": "side",
    "type": "orderType",
    "price": "price",
    "amount": "size",
    "filled": "baseVolume",
    "average_price": "priceAvg",
    "state": "status",
    "client_id": "clientOid",
    "updated": "uTime",
}
ORDERS = explaining(
    Listing(
        id="spot-orders",
        title=mark("Orders"),
        wallet=SPOT,
        endpoint=documented(
            "v2/spot/trade/history-orders",
            "Spot, Get History Orders",
            TWENTY,
            asking(),
            rows=rows_or_null,
            pages=OF_100,
            windows=QUARTER,
        ),
        # Without it, orders of take profit and stop loss are left out.
        partition=by("tpslType", "normal", "tpsl"),
        used_by={SPOT: TRADED_GROUPS},
    ),
    Shape(number=("orderId",), time="cTime", table="orders", columns={**ORDER_COLUMNS, "kind": "=spot"}),
)


FILL_COLUMNS = {
    "instrument": "symbol",
    "side": "side",
    "price": "price",
    "amount": "baseVolume",
    "liquidity": "tradeScope",
    "order_id": "orderId",
    "trade_id": "tradeId",
}
POSITION_COLUMNS = {
    "instrument": "symbol",
    "side": "holdSide",
    "amount": "closeTotalPos",
    "open_price": "openAvgPrice",
    "close_price": "closeAvgPrice",
    "pnl": "pnl",
    "realized": "netProfit",
    "funding_fee": "totalFunding",
    "asset": "marginCoin",
    "type": "marginMode",
    "opened": "ctime",
}


def _of_futures(wallet: str, name: str, title: str, endpoint: Endpoint, shape: Shape) -> SecondList:
    used_by = {wallet: TRADED_FUTURES}
    query = asking(productType=wallet.upper())
    return explaining(
        Listing(
            id=f"{wallet}-{name}",
            title=title,
            wallet=wallet,
            endpoint=replace(endpoint, queries=(query,)),
            used_by=used_by,
        ),
        shape,
    )


def _futures_fills(wallet: str) -> SecondList:
    page = "Futures, Get Historical Transaction Details"
    rows, pages = rows_or_none("fillList"), Cursor(cursor="idLessThan", key="tradeId")
    endpoint = documented("v2/mix/order/fill-history", page, TEN, rows=rows, pages=pages, windows=WEEK)
    shape = Shape(number=("tradeId",), time="cTime", table="fills", columns=FILL_COLUMNS)
    return _of_futures(wallet, "fills", mark("Fills"), endpoint, shape)


def _futures_orders(wallet: str) -> SecondList:
    page, rows = "Futures, Get History Order", rows_or_none("entrustedList")
    endpoint = documented("v2/mix/order/orders-history", page, TEN, rows=rows, pages=OF_100, windows=QUARTER)
    columns = {**ORDER_COLUMNS, "kind": f"={wallet}", "fee": "fee", "fee_asset": "marginCoin"}
    shape = Shape(number=("orderId",), time="cTime", table="orders", columns=columns)
    return _of_futures(wallet, "orders", mark("Orders"), endpoint, shape)


def _futures_positions(wallet: str) -> SecondList:
    page, rows = "Futures, Get Historical Position", rows_or_none("list")
    pages = Cursor(cursor="idLessThan", key="positionId")
    endpoint = documented("v2/mix/position/history-position", page, TWENTY, rows=rows, pages=pages, windows=QUARTER)
    columns = {**POSITION_COLUMNS, "kind": f"={wallet}"}
    shape = Shape(number=("positionId",), time="utime", table="positions", columns=columns)
    return _of_futures(wallet, "positions", mark("Closed positions"), endpoint, shape)


CONVERSIONS = explaining(
    Listing(
        id="conversions",
        title=mark("Conversions"),
        wallet=SPOT,
        endpoint=documented(
            "v2/convert/convert-record",
            "Convert, Get Convert History",
            TEN,
            asking(),
            rows=rows_or_none("dataList"),
            pages=Cursor(cursor="idLessThan", key="id"),
            windows=QUARTER,
        ),
        used_by={SPOT: frozenset({"convert"})},
    ),
    Shape(
        number=("id",),
        time="ts",
        table="conversions",
        columns={
            "side": "=sell",
            "asset": "fromCoin",
            "amount": "fromCoinSize",
            "other_asset": "toCoin",
            "other_amount": "toCoinSize",
            "kind": "=convert",
        },
    ),
)
SUB_TRANSFERS = explaining(
    Listing(
        id="sub-transfers",
        title=mark("Transfers to and from sub-accounts"),
        wallet=SPOT,
        endpoint=documented(
            "v2/spot/account/sub-main-trans-record",
            "Spot, Get MainSub Transfer Record",
            TWENTY,
            asking(),
            rows=rows_or_null,
            pages=Cursor(cursor="idLessThan", key="transferId"),
            windows=QUARTER,
        ),
        partition=by("role", "initiator", "receiver"),
    ),
    Shape(
        number=("transferId",),
        time="ts",
        table="transfers",
        columns={
            "from_wallet": "fromType",
            "to_wallet": "toType",
            "from_account": "fromUserId",
            "to_account": "toUserId",
            "asset": "coin",
            "amount": "size",
        },
    ),
)
CLASSIC_LISTS = (
    FILLS,
    ORDERS,
    *map(_futures_fills, FUTURES),
    *map(_futures_orders, FUTURES),
    *map(_futures_positions, FUTURES),
    CONVERSIONS,
    SUB_TRANSFERS,
)
