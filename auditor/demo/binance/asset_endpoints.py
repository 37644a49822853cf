"""Binance's endpoints about money: wallets, earn, debts, deposits and withdrawals, with weight and shape."""

from __future__ import annotations

from auditor.demo.binance.spec import (
    CURRENT,
    FUTURES,
    LIMIT,
    MARGIN,
    OFFSET,
    OPTIONS,
    PORTFOLIO,
    Endpoint,
    Pages,
    TimeWindow,
)

_TIME, _HALF_YEAR = TimeWindow("time", days=92, default=30), TimeWindow("time", days=184, default=30)

WALLETS = (
    Endpoint("sapi/v3/asset/getUserAsset", 5, "POST", params=("asset", "needBtcValuation")),
    Endpoint("sapi/v1/asset/get-funding-asset", 1, "POST", params=("asset", "needBtcValuation")),
    Endpoint("sapi/v1/asset/wallet/balance", 60, params=("quoteAsset", "needBalanceDetail")),
    Endpoint("sapi/v1/margin/account", 10, within="userAssets", product=MARGIN, product_code=-3003),
    Endpoint(
        "sapi/v1/margin/isolated/account", 10, params=("symbols",), within="assets", product=MARGIN, product_code=-11001
    ),
    Endpoint("fapi/v3/account", 5, within="assets", product=FUTURES),
    Endpoint("dapi/v1/account", 5, within="assets", product=FUTURES),
    Endpoint("eapi/v1/marginAccount", 3, within="asset", product=OPTIONS),
    Endpoint("papi/v1/balance", 20, params=("asset",), product=PORTFOLIO),
    Endpoint("sapi/v1/portfolio/balance", 20, params=("asset",), empty_code=-21001),
)

EARN = (
    Endpoint("sapi/v1/simple-earn/flexible/position", 150, pages=CURRENT, within="rows", total=True),
    Endpoint("sapi/v1/simple-earn/locked/position", 150, pages=CURRENT, within="rows", total=True),
    Endpoint("sapi/v1/onchain-yields/locked/position", 50, pages=CURRENT, within="rows", total=True),
    Endpoint(
        "sapi/v1/bfusd/account", 150, within=".", empty={"bfusdAmount": "0", "usdtProfit": "0", "bfusdProfit": "0"}
    ),
    Endpoint("sapi/v1/rwusd/account", 150, within=".", empty={"rwusdAmount": "0", "totalProfit": "0"}),
    Endpoint(
        "sapi/v2/eth-staking/account",
        150,
        within=".",
        empty={"holdingInETH": "0", "holdings": {"wbethAmount": "0", "bethAmount": "0"}},
    ),
    Endpoint("sapi/v1/sol-staking/account", 150, within=".", empty={"bnsolAmount": "0", "holdingInSOL": "0"}),
    Endpoint("sapi/v1/sol-staking/sol/history/unclaimedRewards", 150),
    Endpoint(
        "sapi/v1/dci/product/positions",
        1,
        filters={"status": "purchaseStatus"},
        pages=Pages("pageIndex", "pageSize"),
        within="list",
        total=True,
    ),
    *(
        Endpoint(f"sapi/v1/{path}", weight, pages=CURRENT, window=_TIME, within="rows", total=True)
        for path, weight in (
            ("simple-earn/flexible/history/redemptionRecord", 150),
            ("simple-earn/flexible/history/subscriptionRecord", 150),
            ("simple-earn/locked/history/redemptionRecord", 150),
            ("simple-earn/locked/history/subscriptionRecord", 150),
            ("onchain-yields/locked/history/redemptionRecord", 50),
            ("onchain-yields/locked/history/subscriptionRecord", 50),
            ("onchain-yields/locked/history/rewardsRecord", 50),
            ("soft-staking/history/rewardsRecord", 50),
            ("eth-staking/eth/history/redemptionHistory", 150),
            ("eth-staking/eth/history/stakingHistory", 150),
            ("eth-staking/eth/history/wbethRewardsHistory", 150),
            ("eth-staking/wbeth/history/wrapHistory", 150),
            ("eth-staking/wbeth/history/unwrapHistory", 150),
            ("sol-staking/sol/history/redemptionHistory", 150),
            ("sol-staking/sol/history/stakingHistory", 150),
            ("sol-staking/sol/history/bnsolRewardsHistory", 150),
        )
    ),
    *(
        Endpoint(f"sapi/v1/{coin}/history/{name}", 150, pages=CURRENT, window=_HALF_YEAR, within="rows", total=True)
        for coin in ("bfusd", "rwusd")
        for name in ("subscriptionHistory", "redemptionHistory", "rewardsHistory")
    ),
    Endpoint(
        "sapi/v1/lending/auto-invest/plan/list",
        1,
        required=("planType",),
        filters={"planType": "planType"},
        within="plans",
    ),
)

_LOANS = (
    ("sapi/v2/loan/flexible/borrow/history", "borrowTime", False),
    ("sapi/v2/loan/flexible/repay/history", "repayTime", False),
    ("sapi/v2/loan/flexible/ltv/adjustment/history", "adjustTime", True),
    ("sapi/v2/loan/flexible/liquidation/history", "liquidationStartingTime", False),
    ("sapi/v1/loan/borrow/history", "borrowTime", False),
    ("sapi/v1/loan/repay/history", "repayTime", False),
    ("sapi/v1/loan/ltv/adjustment/history", "adjustTime", False),
)
"""Path, time, and whether the weight is the user's."""
DEBTS = (
    *(
        Endpoint(
            path,
            400,
            by_uid=by_uid,
            params=("loanCoin", "collateralCoin"),
            pages=LIMIT,
            window=TimeWindow(time, days=180),
            within="rows",
            total=True,
        )
        for path, time, by_uid in _LOANS
    ),
    Endpoint(
        "sapi/v1/loan/income",
        6000,
        by_uid=True,
        params=("limit",),
        filters={"asset": "asset", "type": "type"},
        window=TimeWindow("timestamp", days=30, default=7),
        most=100,
    ),
    Endpoint("sapi/v2/loan/flexible/ongoing/orders", 300, pages=LIMIT, within="rows", total=True),
    Endpoint("sapi/v1/loan/ongoing/orders", 300, pages=LIMIT, within="rows", total=True),
    Endpoint("sapi/v1/loan/vip/ongoing/orders", 400, pages=LIMIT, within="rows", total=True),
    Endpoint("sapi/v1/loan/vip/request/data", 400, by_uid=True, pages=LIMIT, within="rows", total=True),
    Endpoint("sapi/v1/margin/liquidation-loan", 100, by_uid=True, within=".", product=MARGIN, product_code=-3003),
    Endpoint("sapi/v1/portfolio/pmLoan", 500, by_uid=True, within=".", empty_code=-21001),
)

_FIAT = TimeWindow("createTime", days=400, default=30, start="beginTime", end="endTime")
FLOWS = (
    Endpoint(
        "sapi/v1/capital/deposit/hisrec",
        1,
        filters={"status": "status", "coin": "coin"},
        pages=OFFSET,
        window=TimeWindow("insertTime"),
    ),
    Endpoint(
        "sapi/v1/capital/withdraw/history",
        18000,
        by_uid=True,
        filters={"status": "status", "coin": "coin"},
        pages=OFFSET,
        window=TimeWindow("applyTime"),
    ),
    Endpoint("sapi/v2/localentity/deposit/history", 1, pages=OFFSET, window=TimeWindow("insertTime")),
    Endpoint("sapi/v2/localentity/withdraw/history", 1, pages=OFFSET, window=TimeWindow("applyTime")),
    *(
        Endpoint(
            f"sapi/v1/fiat/{name}",
            weight,
            by_uid=by_uid,
            required=("transactionType",),
            filters={"transactionType": "transactionType"},
            pages=Pages("page", "rows", 100, 500),
            window=_FIAT,
            within="data",
            total=True,
            envelope=True,
        )
        for name, weight, by_uid in (("orders", 45000, True), ("payments", 1, False))
    ),
    Endpoint(
        "sapi/v1/c2c/orderMatch/listUserOrderHistory",
        1,
        filters={"tradeType": "tradeType"},
        pages=Pages("page", "rows", 100, 100),
        window=TimeWindow("createTime", days=30, default=7, start="startTimestamp", end="endTimestamp"),
        within="data",
        total=True,
        envelope=True,
    ),
    Endpoint(
        "sapi/v1/convert/tradeFlow",
        3000,
        by_uid=True,
        required=("startTime", "endTime"),
        params=("limit",),
        window=TimeWindow("createTime", days=30),
        within="list",
        empty={"moreData": False},
    ),
)
