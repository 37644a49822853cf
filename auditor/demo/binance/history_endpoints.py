"""Binance's endpoints about what is over: fills, orders, transfers, distributions, dust, Pay, rebates and rewards.

Sources: https://developers.binance.com/docs: binance-spot-api-docs/rest-api, wallet, pay, rebate, simple_earn (2026).
"""

from __future__ import annotations

from auditor.demo.binance.spec import CURRENT, Endpoint, Pages, TimeWindow

HALF_YEAR, YEAR_AND_A_HALF = 182, 547
"""Days that Binance keeps some lists."""
HISTORY = (
    Endpoint("api/v3/myTrades", 20, required=("symbol",), params=("fromId", "limit"), filters={"symbol": "symbol"}),
    Endpoint("api/v3/allOrders", 20, required=("symbol",), params=("orderId", "limit"), filters={"symbol": "symbol"}),
    Endpoint(
        "sapi/v1/asset/transfer",
        1,
        required=("type",),
        filters={"type": "type"},
        pages=CURRENT,
        window=TimeWindow("timestamp", days=HALF_YEAR, default=7),
        reach=HALF_YEAR,
        reach_code=-5026,
        within="rows",
        total=True,
    ),
    Endpoint(
        "sapi/v1/asset/assetDividend",
        10,
        params=("limit",),
        filters={"asset": "asset"},
        window=TimeWindow("divTime", days=180, default=180),
        within="rows",
        total=True,
        most=500,
    ),
    Endpoint(
        "sapi/v1/asset/dribblet",
        1,
        params=("accountType",),
        window=TimeWindow("operateTime", days=5000, default=5000),
        within="userAssetDribblets",
        total=True,
        most=100,
    ),
    Endpoint(
        "sapi/v1/pay/transactions",
        3000,
        by_uid=True,
        params=("limit",),
        window=TimeWindow("transactionTime"),
        reach=YEAR_AND_A_HALF,
        within="data",
        envelope=True,
        most=100,
    ),
    Endpoint(
        "sapi/v1/rebate/taxQuery",
        12000,
        by_uid=True,
        pages=Pages("page", "", 200, 200),
        window=TimeWindow("updateTime", days=30, default=7),
    ),
    *(
        Endpoint(
            f"sapi/v1/simple-earn/{kind}/history/rewardsRecord",
            150,
            params=("type", "asset"),
            pages=CURRENT,
            window=TimeWindow("time", days=30, default=7),
            within="rows",
            total=True,
        )
        for kind in ("flexible", "locked")
    ),
)
