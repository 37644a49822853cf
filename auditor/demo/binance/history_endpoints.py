"""Binance's endpoints about what is over: fills, orders, transfers, distributions, dust, Pay, rebates and rewards.

Sources: https://developers.binance.com/docs: binance-spot-api-docs/rest-api, wallet, pay, rebate, simple_earn,
derivatives (2026). Each row of futures has a weight of its own; with a pair instead of a symbol it is twice as much.
"""

from __future__ import annotations

from collections.abc import Mapping

from auditor.demo.binance.spec import CURRENT, FUTURES, OPTIONS, PORTFOLIO, Endpoint, Pages, TimeWindow

HALF_YEAR, YEAR_AND_A_HALF = 182, 547
"""Days that Binance keeps some lists."""
QUARTER_YEAR, YEARS, MOST_ROWS, MOST_COIN_M_ORDERS = 90, 5000, 1000, 100


def _futures(
    path: str,
    weight: int,
    *,
    days: int,
    reach: int,
    filters: Mapping[str, str],
    required: tuple[str, ...] = (),
    product: str = FUTURES,
    time: str = "time",
    most: int = MOST_ROWS,
) -> Endpoint:
    """Return a list of futures or options, whose rows have a time and are given by windows."""
    return Endpoint(
        path,
        weight,
        required=required,
        params=("limit", "page", "fromId", "orderId", "recordId", "incomeType"),
        filters=filters,
        window=TimeWindow(time, days=days, default=7),
        product=product,
        reach=reach,
        most=most,
    )


_SYMBOL, _PAIR = {"symbol": "symbol"}, {"symbol": "symbol", "pair": "pair"}
FUTURES_HISTORY = (
    _futures("fapi/v1/income", 30, days=QUARTER_YEAR, reach=QUARTER_YEAR, filters=_SYMBOL),
    _futures("fapi/v1/userTrades", 5, days=7, reach=HALF_YEAR, filters=_SYMBOL, required=("symbol",)),
    _futures("fapi/v1/allOrders", 5, days=7, reach=QUARTER_YEAR, filters=_SYMBOL, required=("symbol",)),
    _futures("dapi/v1/income", 20, days=365, reach=0, filters=_SYMBOL),
    _futures("dapi/v1/userTrades", 40, days=7, reach=HALF_YEAR, filters=_PAIR),
    _futures("dapi/v1/allOrders", 40, days=7, reach=QUARTER_YEAR, filters=_PAIR, most=MOST_COIN_M_ORDERS),
)
DERIVATIVES = (
    *FUTURES_HISTORY,
    _futures(
        "eapi/v1/bill",
        1,
        days=YEARS,
        reach=QUARTER_YEAR,
        filters={"currency": "asset"},
        required=("currency",),
        product=OPTIONS,
        time="createDate",
    ),
    _futures("eapi/v1/exerciseRecord", 5, days=YEARS, reach=0, filters=_SYMBOL, product=OPTIONS, time="createDate"),
    Endpoint(
        "eapi/v1/userTrades", 5, required=("symbol",), params=("fromId", "limit"), filters=_SYMBOL, product=OPTIONS
    ),
    _futures("papi/v1/um/income", 30, days=YEARS, reach=QUARTER_YEAR, filters=_SYMBOL, product=PORTFOLIO),
    _futures("papi/v1/cm/income", 30, days=200, reach=0, filters=_SYMBOL, product=PORTFOLIO),
)
HISTORY = (
    *DERIVATIVES,
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
