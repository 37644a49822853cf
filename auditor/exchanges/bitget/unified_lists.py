"""Bitget: the lists of a unified account that only explain its ledgers.

A ledger's row names no order and no fill, so that the lists of both prove nothing.
"""

from auditor.exchanges.bitget.explaining import Listing, Shape, explaining
from auditor.exchanges.bitget.history_kinds import CONVERTED, FUNDING, TRADED, TRADED_CONTRACTS, UNIFIED
from auditor.exchanges.bitget.movement_lists import BY_CURSOR
from auditor.exchanges.bitget.sources import CATEGORIES, PRODUCTS, TWENTY, asking, by, documented, rows_or_none, windows
from auditor.i18n import mark
from auditor.spec.endpoint import Endpoint

FILLED = {UNIFIED: TRADED | TRADED_CONTRACTS}


def _endpoint(path: str, page: str) -> Endpoint:
    return documented(path, page, TWENTY, asking(), rows=rows_or_none("list"), pages=BY_CURSOR, windows=windows(30))


FILLS = explaining(
    Listing(
        id="fills",
        title=mark("Fills"),
        wallet=UNIFIED,
        endpoint=_endpoint("v3/trade/fills", "Get Fill History"),
        partition=by("category", *CATEGORIES),
        used_by=FILLED,
    ),
    Shape(
        number=("execId",),
        time="createdTime",
        table="fills",
        columns={
            "instrument": "symbol",
            "side": "side",
            "price": "execPrice",
            "amount": "execQty",
            "liquidity": "tradeScope",
            "order_id": "orderId",
            "trade_id": "execId",
        },
    ),
)
ORDERS = explaining(
    Listing(
        id="orders",
        title=mark("Orders"),
        wallet=UNIFIED,
        endpoint=_endpoint("v3/trade/history-orders", "Get Order History"),
        partition=by("category", *CATEGORIES),
        used_by=FILLED,
    ),
    Shape(
        number=("orderId",),
        time="createdTime",
        table="orders",
        columns={
            "kind": "category",
            "instrument": "symbol",
            "side": "side",
            "type": "orderType",
            "price": "price",
            "amount": "qty",
            "filled": "cumExecQty",
            "average_price": "avgPrice",
            "state": "orderStatus",
            "client_id": "clientOid",
            "updated": "updatedTime",
        },
    ),
)
POSITIONS = explaining(
    Listing(
        id="positions",
        title=mark("Closed positions"),
        wallet=UNIFIED,
        endpoint=_endpoint("v3/position/history-position", "Get Positions History"),
        partition=by("category", *PRODUCTS),
        used_by={UNIFIED: TRADED_CONTRACTS},
    ),
    Shape(
        number=("positionId", "updatedTime"),
        time="updatedTime",
        table="positions",
        columns={
            "kind": "category",
            "instrument": "symbol",
            "side": "posSide",
            "amount": "closeTotalPos",
            "open_price": "openPriceAvg",
            "close_price": "closePriceAvg",
            "pnl": "cumRealisedPnl",
            "realized": "netProfit",
            "funding_fee": "totalFunding",
            "asset": "marginCoin",
            "type": "marginMode",
            "opened": "createdTime",
        },
    ),
)
CONVERSIONS = explaining(
    Listing(
        id="conversions",
        title=mark("Conversions"),
        wallet=UNIFIED,
        endpoint=_endpoint("v3/account/convert-records", "Get Convert Records"),
        used_by={UNIFIED: CONVERTED, FUNDING: frozenset({"convert"})},
    ),
    Shape(
        number=("fromCoin", "toCoin", "ts", "fromCoinSize"),
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
UNIFIED_LISTS = (FILLS, ORDERS, POSITIONS, CONVERSIONS)
