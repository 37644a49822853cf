"""Bitget: the lists of a unified account that only explain its ledgers.

A ledger's row names no order and no fill, so that the lists of both prove nothing.
"""

from auditor.exchanges.bitget.explaining import explaining
from auditor.exchanges.bitget.history_kinds import CONVERTED, FUNDING, TRADED, TRADED_CONTRACTS, UNIFIED
from auditor.exchanges.bitget.movement_lists import BY_CURSOR
from auditor.exchanges.bitget.sources import CATEGORIES, PRODUCTS, TWENTY, asking, by, documented, rows_or_none, windows
from auditor.i18n import mark
from auditor.spec.endpoint import Endpoint
from auditor.spec.table_rows import in_table

FILLED = {UNIFIED: TRADED | TRADED_CONTRACTS}


def _endpoint(path: str, page: str) -> Endpoint:
    return documented(path, page, TWENTY, asking(), rows=rows_or_none("list"), pages=BY_CURSOR, windows=windows(30))


FILLS = explaining(
    id="fills",
    title=mark("Fills"),
    wallet=UNIFIED,
    endpoint=_endpoint("v3/trade/fills", "Get Fill History"),
    **in_table(
        "fills",
        "",
        number="execId",
        time="createdTime",
        columns=(
            "instrument:symbol side price:execPrice amount:execQty liquidity:tradeScope order_id:orderId "
            "trade_id:execId"
        ),
    ),
    partition=by("category", *CATEGORIES),
    used_by=FILLED,
)
ORDERS = explaining(
    id="orders",
    title=mark("Orders"),
    wallet=UNIFIED,
    endpoint=_endpoint("v3/trade/history-orders", "Get Order History"),
    **in_table(
        "orders",
        "",
        number="orderId",
        time="createdTime",
        columns=(
            "kind:category instrument:symbol side type:orderType price amount:qty filled:cumExecQty "
            "average_price:avgPrice state:orderStatus client_id:clientOid updated:updatedTime"
        ),
    ),
    partition=by("category", *CATEGORIES),
    used_by=FILLED,
)
POSITIONS = explaining(
    id="positions",
    title=mark("Closed positions"),
    wallet=UNIFIED,
    endpoint=_endpoint("v3/position/history-position", "Get Positions History"),
    **in_table(
        "positions",
        "",
        number="positionId updatedTime",
        time="updatedTime",
        columns=(
            "kind:category instrument:symbol side:posSide amount:closeTotalPos open_price:openPriceAvg "
            "close_price:closePriceAvg pnl:cumRealisedPnl realized:netProfit funding_fee:totalFunding "
            "asset:marginCoin type:marginMode opened:createdTime"
        ),
    ),
    partition=by("category", *PRODUCTS),
    used_by={UNIFIED: TRADED_CONTRACTS},
)
CONVERSIONS = explaining(
    id="conversions",
    title=mark("Conversions"),
    wallet=UNIFIED,
    endpoint=_endpoint("v3/account/convert-records", "Get Convert Records"),
    **in_table(
        "conversions",
        "convert",
        number="fromCoin toCoin ts fromCoinSize",
        time="ts",
        columns="side:=sell asset:fromCoin amount:fromCoinSize other_asset:toCoin other_amount:toCoinSize",
    ),
    used_by={UNIFIED: CONVERTED, FUNDING: frozenset({"convert"})},
)
UNIFIED_LISTS = (FILLS, ORDERS, POSITIONS, CONVERSIONS)
