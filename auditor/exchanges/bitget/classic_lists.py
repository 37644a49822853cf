"""Bitget: the lists of a classic account that only explain its ledgers."""

from auditor.exchanges.bitget.explaining import explaining
from auditor.exchanges.bitget.history_kinds import FUTURES, SPOT, TRADED_FUTURES, TRADED_GROUPS
from auditor.exchanges.bitget.sources import TEN, TWENTY, asking, by, documented, rows_or_none, rows_or_null, windows
from auditor.i18n import mark
from auditor.spec.endpoint import Cursor, Query
from auditor.spec.second_list import SecondList
from auditor.spec.table_rows import in_table

OF_100 = Cursor(cursor="idLessThan", key="orderId")
QUARTER, WEEK = windows(90), windows(7)
FILLS = explaining(
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
    **in_table(
        "fills",
        "",
        number="tradeId",
        time="cTime",
        columns=(
            "instrument:symbol side price:priceAvg amount:size amount_unit:=coin liquidity:tradeScope order_id:orderId "
            "trade_id:tradeId"
        ),
    ),
    used_by={SPOT: TRADED_GROUPS},
)
ORDER_COLUMNS = (
    "instrument:symbol side type:orderType price amount:size filled:baseVolume average_price:priceAvg "
    "state:status client_id:clientOid updated:uTime"
)
ORDERS = explaining(
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
    **in_table("orders", "spot", number="orderId", time="cTime", columns=ORDER_COLUMNS),
    # Without it, orders of take profit and stop loss are left out.
    partition=by("tpslType", "normal", "tpsl"),
    used_by={SPOT: TRADED_GROUPS},
)


def _of(wallet: str) -> Query:
    return asking(productType=wallet.upper())


def _fills(wallet: str) -> SecondList:
    return explaining(
        id=f"{wallet}-fills",
        title=mark("Fills"),
        wallet=wallet,
        endpoint=documented(
            "v2/mix/order/fill-history",
            "Futures, Get Historical Transaction Details",
            TEN,
            _of(wallet),
            rows=rows_or_none("fillList"),
            pages=Cursor(cursor="idLessThan", key="tradeId"),
            windows=WEEK,
        ),
        **in_table(
            "fills",
            "",
            number="tradeId",
            time="cTime",
            columns=(
                "instrument:symbol side price amount:baseVolume amount_unit:=coin liquidity:tradeScope "
                "order_id:orderId trade_id:tradeId"
            ),
        ),
        used_by={wallet: TRADED_FUTURES},
    )


def _orders(wallet: str) -> SecondList:
    return explaining(
        id=f"{wallet}-orders",
        title=mark("Orders"),
        wallet=wallet,
        endpoint=documented(
            "v2/mix/order/orders-history",
            "Futures, Get History Order",
            TEN,
            _of(wallet),
            rows=rows_or_none("entrustedList"),
            pages=OF_100,
            windows=QUARTER,
        ),
        **in_table(
            "orders", wallet, number="orderId", time="cTime", columns=f"{ORDER_COLUMNS} fee fee_asset:marginCoin"
        ),
        used_by={wallet: TRADED_FUTURES},
    )


def _positions(wallet: str) -> SecondList:
    return explaining(
        id=f"{wallet}-positions",
        title=mark("Closed positions"),
        wallet=wallet,
        endpoint=documented(
            "v2/mix/position/history-position",
            "Futures, Get Historical Position",
            TWENTY,
            _of(wallet),
            rows=rows_or_none("list"),
            pages=Cursor(cursor="idLessThan", key="positionId"),
            windows=QUARTER,
        ),
        **in_table(
            "positions",
            wallet,
            number="positionId",
            time="utime",
            columns=(
                "instrument:symbol side:holdSide amount:closeTotalPos open_price:openAvgPrice "
                "close_price:closeAvgPrice pnl realized:netProfit funding_fee:totalFunding asset:marginCoin "
                "type:marginMode opened:ctime"
            ),
        ),
        used_by={wallet: TRADED_FUTURES},
    )


CONVERSIONS = explaining(
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
    **in_table(
        "conversions",
        "convert",
        number="id",
        time="ts",
        columns="side:=sell asset:fromCoin amount:fromCoinSize other_asset:toCoin other_amount:toCoinSize",
    ),
    used_by={SPOT: frozenset({"convert"})},
)
SUB_TRANSFERS = explaining(
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
    **in_table(
        "transfers",
        "",
        number="transferId",
        time="ts",
        columns=(
            "from_wallet:fromType to_wallet:toType from_account:fromUserId to_account:toUserId asset:coin amount:size"
        ),
    ),
    partition=by("role", "initiator", "receiver"),
)
CLASSIC_LISTS = (
    FILLS,
    ORDERS,
    *map(_fills, FUTURES),
    *map(_orders, FUTURES),
    *map(_positions, FUTURES),
    CONVERSIONS,
    SUB_TRANSFERS,
)
