"""Bitget: the lists of a classic account that only explain its ledgers."""

from auditor.exchanges.bitget.explaining import Listing, Shape, explaining
from auditor.exchanges.bitget.history_kinds import FUTURES, SPOT, TRADED_FUTURES, TRADED_GROUPS
from auditor.exchanges.bitget.sources import TEN, TWENTY, asking, by, documented, rows_or_none, rows_or_null, windows
from auditor.i18n import mark
from auditor.spec.endpoint import Cursor
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


def _of_futures(wallet: str) -> tuple[SecondList, ...]:
    product = {"productType": wallet.upper()}
    used_by = {wallet: TRADED_FUTURES}
    fills = documented(
        "v2/mix/order/fill-history",
        "Futures, Get Historical Transaction Details",
        TEN,
        asking(**product),
        rows=rows_or_none("fillList"),
        pages=Cursor(cursor="idLessThan", key="tradeId"),
        windows=WEEK,
    )
    orders = documented(
        "v2/mix/order/orders-history",
        "Futures, Get History Order",
        TEN,
        asking(**product),
        rows=rows_or_none("entrustedList"),
        pages=OF_100,
        windows=QUARTER,
    )
    positions = documented(
        "v2/mix/position/history-position",
        "Futures, Get Historical Position",
        TWENTY,
        asking(**product),
        rows=rows_or_none("list"),
        pages=Cursor(cursor="idLessThan", key="positionId"),
        windows=QUARTER,
    )
    return (
        explaining(
            Listing(id=f"{wallet}-fills", title=mark("Fills"), wallet=wallet, endpoint=fills, used_by=used_by),
            Shape(
                number=("tradeId",),
                time="cTime",
                table="fills",
                columns={
                    "instrument": "symbol",
                    "side": "side",
                    "price": "price",
                    "amount": "baseVolume",
                    "liquidity": "tradeScope",
                    "order_id": "orderId",
                    "trade_id": "tradeId",
                },
            ),
        ),
        explaining(
            Listing(id=f"{wallet}-orders", title=mark("Orders"), wallet=wallet, endpoint=orders, used_by=used_by),
            Shape(
                number=("orderId",),
                time="cTime",
                table="orders",
                columns={**ORDER_COLUMNS, "kind": f"={wallet}", "fee": "fee", "fee_asset": "marginCoin"},
            ),
        ),
        explaining(
            Listing(
                id=f"{wallet}-positions",
                title=mark("Closed positions"),
                wallet=wallet,
                endpoint=positions,
                used_by=used_by,
            ),
            Shape(
                number=("positionId",),
                time="utime",
                table="positions",
                columns={
                    "kind": f"={wallet}",
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
                },
            ),
        ),
    )


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
    *(listed for wallet in FUTURES for listed in _of_futures(wallet)),
    CONVERSIONS,
    SUB_TRANSFERS,
)
