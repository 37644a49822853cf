"""Every read of Binance that the demo knows, with its weight and shape, and the writes that it refuses."""

from __future__ import annotations

from auditor.demo.binance.endpoint import CURRENT, LIMIT, OFFSET, Endpoint, Pages, Stretch

_INFO = "sapi/v1/account"
_MARGIN, _FUTURES, _OPTIONS = "isMarginEnabled", "isFutureEnabled", "isOptionsEnabled"
_PORTFOLIO = "isPortfolioMarginRetailEnabled"
_TIME = Stretch("time", days=92, default=30)

_ACCOUNT = (
    Endpoint("api/v3/account", 20, params=("omitZeroBalances",), within="."),
    Endpoint("api/v3/time", 1, public=True, within="."),
    Endpoint("sapi/v1/system/status", 1, public=True, within="."),
    Endpoint(f"{_INFO}/apiRestrictions", 1, within="."),
    Endpoint(f"{_INFO}/info", 1, within="."),
    Endpoint(f"{_INFO}/status", 1, within=".", empty={"data": "Normal"}),
    Endpoint(f"{_INFO}/apiTradingStatus", 1, within="."),
)

_WALLETS = (
    Endpoint("sapi/v3/asset/getUserAsset", 5, "POST", params=("asset", "needBtcValuation")),
    Endpoint("sapi/v1/asset/get-funding-asset", 1, "POST", params=("asset", "needBtcValuation")),
    Endpoint("sapi/v1/asset/wallet/balance", 60, params=("quoteAsset", "needBalanceDetail")),
    Endpoint("sapi/v1/margin/account", 10, within="userAssets", needs=_MARGIN, lacking=-3003),
    Endpoint(
        "sapi/v1/margin/isolated/account", 10, params=("symbols",), within="assets", needs=_MARGIN, lacking=-11001
    ),
    Endpoint("fapi/v3/account", 5, within="assets", needs=_FUTURES),
    Endpoint("dapi/v1/account", 5, within="assets", needs=_FUTURES),
    Endpoint("eapi/v1/marginAccount", 3, within="asset", needs=_OPTIONS),
    Endpoint("papi/v1/balance", 20, params=("asset",), needs=_PORTFOLIO),
    Endpoint("sapi/v1/portfolio/balance", 20, params=("asset",), nobody=-21001),
)

_EARN = (
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
        Endpoint(f"sapi/v1/{path}", weight, pages=CURRENT, stretch=_TIME, within="rows", total=True)
        for path, weight in (
            ("simple-earn/flexible/history/redemptionRecord", 150),
            ("simple-earn/flexible/history/subscriptionRecord", 150),
            ("simple-earn/locked/history/redemptionRecord", 150),
            ("simple-earn/locked/history/subscriptionRecord", 150),
            ("onchain-yields/locked/history/redemptionRecord", 50),
            ("onchain-yields/locked/history/subscriptionRecord", 50),
            ("bfusd/history/redemptionHistory", 150),
            ("rwusd/history/redemptionHistory", 150),
            ("eth-staking/eth/history/redemptionHistory", 150),
            ("eth-staking/eth/history/stakingHistory", 150),
            ("sol-staking/sol/history/redemptionHistory", 150),
            ("sol-staking/sol/history/stakingHistory", 150),
        )
    ),
    Endpoint(
        "sapi/v1/lending/auto-invest/plan/list",
        1,
        required=("planType",),
        filters={"planType": "planType"},
        within="plans",
    ),
)

_DEBTS = (
    Endpoint("sapi/v2/loan/flexible/ongoing/orders", 300, pages=LIMIT, within="rows", total=True),
    Endpoint("sapi/v1/loan/ongoing/orders", 300, pages=LIMIT, within="rows", total=True),
    Endpoint("sapi/v1/loan/vip/ongoing/orders", 400, pages=LIMIT, within="rows", total=True),
    Endpoint("sapi/v1/loan/vip/request/data", 400, by_uid=True, pages=LIMIT, within="rows", total=True),
    Endpoint("sapi/v1/margin/liquidation-loan", 100, by_uid=True, within=".", needs=_MARGIN, lacking=-3003),
    Endpoint("sapi/v1/portfolio/pmLoan", 500, by_uid=True, within=".", nobody=-21001),
)

_SYMBOL = {"symbol": "symbol"}
_ORDERS = (
    Endpoint("api/v3/openOrders", 80, filters=_SYMBOL),
    Endpoint("api/v3/openOrderList", 6),
    *(
        Endpoint(path, 10, params=("isIsolated",), filters=_SYMBOL, needs=_MARGIN, lacking=-3003)
        for path in ("sapi/v1/margin/openOrders", "sapi/v1/margin/openOrderList")
    ),
    Endpoint("fapi/v1/openOrders", 40, filters=_SYMBOL, needs=_FUTURES),
    Endpoint("fapi/v1/openAlgoOrders", 40, filters=_SYMBOL, needs=_FUTURES),
    Endpoint("dapi/v1/openOrders", 40, filters=_SYMBOL, needs=_FUTURES),
    Endpoint("eapi/v1/openOrders", 40, filters=_SYMBOL, needs=_OPTIONS),
    *(
        Endpoint(f"papi/v1/{path}", weight, filters=_SYMBOL, needs=_PORTFOLIO)
        for path, weight in (
            ("um/openOrders", 40),
            ("cm/openOrders", 40),
            ("um/algo/openAlgoOrders", 1),
            ("um/conditional/openOrders", 40),
            ("cm/conditional/openOrders", 40),
            ("margin/openOrderList", 5),
        )
    ),
    # Refused to keys that can only read: seen on a real account, July 2026.
    Endpoint("sapi/v1/algo/spot/openOrders", 1, within="orders", total=True, refused=-1002),
    Endpoint("sapi/v1/algo/futures/openOrders", 1, within="orders", total=True, refused=-1002),
    Endpoint("sapi/v1/convert/limit/queryOpenOrders", 3000, by_uid=True, within="list"),
    Endpoint("sapi/v1/equity/order/open-orders", 1),
    Endpoint("fapi/v3/positionRisk", 5, filters=_SYMBOL, needs=_FUTURES),
    Endpoint("dapi/v1/positionRisk", 1, params=("marginAsset", "pair"), needs=_FUTURES),
    Endpoint("eapi/v1/position", 5, filters=_SYMBOL, needs=_OPTIONS),
    Endpoint("papi/v1/um/positionRisk", 5, filters=_SYMBOL, needs=_PORTFOLIO),
    Endpoint("papi/v1/cm/positionRisk", 5, params=("marginAsset", "pair"), needs=_PORTFOLIO),
)

_FIAT = Stretch("createTime", days=400, default=30, start="beginTime", end="endTime")
_FLOWS = (
    Endpoint(
        "sapi/v1/capital/deposit/hisrec",
        1,
        filters={"status": "status", "coin": "coin"},
        pages=OFFSET,
        stretch=Stretch("insertTime"),
    ),
    Endpoint(
        "sapi/v1/capital/withdraw/history",
        18000,
        by_uid=True,
        filters={"status": "status", "coin": "coin"},
        pages=OFFSET,
        stretch=Stretch("applyTime"),
    ),
    Endpoint("sapi/v2/localentity/deposit/history", 1, pages=OFFSET, stretch=Stretch("insertTime")),
    Endpoint("sapi/v2/localentity/withdraw/history", 1, pages=OFFSET, stretch=Stretch("applyTime")),
    *(
        Endpoint(
            f"sapi/v1/fiat/{name}",
            weight,
            by_uid=by_uid,
            required=("transactionType",),
            filters={"transactionType": "transactionType"},
            pages=Pages("page", "rows", 100, 500),
            stretch=_FIAT,
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
        stretch=Stretch("createTime", days=30, default=7, start="startTimestamp", end="endTimestamp"),
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
        stretch=Stretch("createTime", days=30),
        within="list",
        empty={"moreData": False},
    ),
)

_PEOPLE = (
    Endpoint("sapi/v1/copyTrading/futures/userStatus", 1, within="data", envelope=True, refused=-2015),
    # The codes of accounts without sub-accounts, and of main accounts: seen on a real account, August 2026.
    Endpoint("sapi/v1/sub-account/transfer/subUserHistory", 1, params=("limit", "asset", "type")),
    Endpoint(
        "sapi/v1/sub-account/list",
        1,
        filters={"email": "email"},
        pages=Pages("page", "limit", 1, 200),
        within="subAccounts",
        nobody=-8012,
    ),
    Endpoint(
        "sapi/v4/sub-account/assets", 60, by_uid=True, required=("email",), filters={"email": "@"}, within="balances"
    ),
    Endpoint("sapi/v1/sub-account/margin/accountSummary", 10, within="subAccountList", nobody=-9000),
    Endpoint(
        "sapi/v2/sub-account/futures/accountSummary",
        10,
        required=("futuresType",),
        pages=Pages("page", "limit", 10, 20),
        nobody=-9000,
    ),
    Endpoint(
        "sapi/v1/managed-subaccount/info",
        60,
        by_uid=True,
        pages=Pages("page", "limit", 10, 20),
        within="managerSubUserInfoVoList",
        total=True,
        nobody=-9000,
    ),
    Endpoint("sapi/v1/managed-subaccount/asset", 1, required=("email",), filters={"email": "@"}),
)

_PAGE_INDEX = Pages("pageIndex", "pageSize", 20, 200)
_MINER = {"userName": "@user", "algo": "@algo"}
_MINING = (
    Endpoint("sapi/v1/mining/pub/algoList", 1),
    Endpoint("sapi/v1/mining/statistics/user/status", 1, required=("algo", "userName"), filters=_MINER),
    *(
        Endpoint(
            f"sapi/v1/mining/payment/{name}",
            1,
            required=("algo", "userName"),
            filters=_MINER,
            pages=_PAGE_INDEX,
            within=within,
        )
        for name, within in (("list", "accountProfits"), ("other", "otherProfits"))
    ),
    Endpoint("sapi/v1/mining/hash-transfer/config/details/list", 1, pages=_PAGE_INDEX, within="configDetails"),
)

_MARKETS = (
    Endpoint("api/v3/exchangeInfo", 20, params=("showPermissionSets", "symbolStatus"), within=".", public=True),
    Endpoint("api/v3/ticker/price", 4, public=True),
    Endpoint("sapi/v1/capital/config/getall", 10),
    Endpoint("sapi/v1/asset/dust-btc", 1, "POST", params=("accountType",), within="."),
    Endpoint(
        "sapi/v1/asset/dust-convert/query-convertible-assets",
        1,
        "POST",
        required=("targetAsset",),
        params=("accountType", "dustQuotaAssetToTargetAssetPrice"),
        within=".",
    ),
)

ENDPOINTS: dict[tuple[str, str], Endpoint] = {
    endpoint.key: endpoint
    for endpoint in (*_ACCOUNT, *_WALLETS, *_EARN, *_DEBTS, *_ORDERS, *_FLOWS, *_PEOPLE, *_MINING, *_MARKETS)
}
"""Every endpoint that reads, by method and path."""

WRITES: dict[tuple[str, str], str] = {
    ("POST", "api/v3/order"): "enableSpotAndMarginTrading",
    ("DELETE", "api/v3/openOrders"): "enableSpotAndMarginTrading",
    ("DELETE", "sapi/v1/margin/openOrders"): "enableSpotAndMarginTrading",
    ("POST", "sapi/v1/asset/dust"): "enableSpotAndMarginTrading",
    ("POST", "sapi/v1/asset/dust-convert/convert"): "enableSpotAndMarginTrading",
    ("POST", "sapi/v1/asset/transfer"): "permitsUniversalTransfer",
    ("POST", "sapi/v1/capital/withdraw/apply"): "enableWithdrawals",
    ("POST", "sapi/v1/simple-earn/flexible/redeem"): "enableSpotAndMarginTrading",
    ("GET", "sapi/v1/soft-staking/set"): "enableSpotAndMarginTrading",
    ("POST", "sapi/v1/margin/borrow-repay"): "enableMargin",
    ("POST", "fapi/v1/order"): "enableFutures",
    ("POST", "dapi/v1/order"): "enableFutures",
    ("POST", "eapi/v1/order"): "enableVanillaOptions",
}
"""Well-known requests that change something, one of them a GET, with the right that each takes. Never carried out."""
