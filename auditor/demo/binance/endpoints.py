"""Every read of Binance that the demo has, with its weight and shape, and the writes that it refuses."""

from __future__ import annotations

from auditor.demo.binance.asset_endpoints import DEBTS, EARN, FLOWS, WALLETS
from auditor.demo.binance.history_endpoints import HISTORY
from auditor.demo.binance.margin_endpoints import MARGIN_HISTORY
from auditor.demo.binance.spec import FUTURES, MARGIN, OPTIONS, PORTFOLIO, Endpoint, Pages, TimeWindow

_INFO = "sapi/v1/account"

_ACCOUNT = (
    Endpoint("api/v3/account", 20, params=("omitZeroBalances",), within="."),
    Endpoint("api/v3/time", 1, public=True, within="."),
    Endpoint("sapi/v1/system/status", 1, public=True, within="."),
    Endpoint(f"{_INFO}/apiRestrictions", 1, within="."),
    Endpoint(f"{_INFO}/info", 1, within="."),
    Endpoint(f"{_INFO}/status", 1, within=".", empty={"data": "Normal"}),
    Endpoint(f"{_INFO}/apiTradingStatus", 1, within="."),
)

_SYMBOL = {"symbol": "symbol"}
_ORDERS = (
    Endpoint("api/v3/openOrders", 80, filters=_SYMBOL),
    Endpoint("api/v3/openOrderList", 6),
    *(
        Endpoint(path, 10, params=("isIsolated",), filters=_SYMBOL, product=MARGIN, product_code=-3003)
        for path in ("sapi/v1/margin/openOrders", "sapi/v1/margin/openOrderList")
    ),
    Endpoint("fapi/v1/openOrders", 40, filters=_SYMBOL, product=FUTURES),
    Endpoint("fapi/v1/openAlgoOrders", 40, filters=_SYMBOL, product=FUTURES),
    Endpoint("dapi/v1/openOrders", 40, filters=_SYMBOL, product=FUTURES),
    Endpoint("eapi/v1/openOrders", 40, filters=_SYMBOL, product=OPTIONS),
    *(
        Endpoint(f"papi/v1/{path}", weight, filters=_SYMBOL, product=PORTFOLIO)
        for path, weight in (
            ("um/openOrders", 40),
            ("cm/openOrders", 40),
            ("um/algo/openAlgoOrders", 1),
            ("um/conditional/openOrders", 40),
            ("cm/conditional/openOrders", 40),
            ("margin/openOrderList", 5),
        )
    ),
    # Refused to read-only keys: seen on a real account, July 2026.
    Endpoint("sapi/v1/algo/spot/openOrders", 1, within="orders", total=True, read_only_code=-1002),
    Endpoint("sapi/v1/algo/futures/openOrders", 1, within="orders", total=True, read_only_code=-1002),
    Endpoint("sapi/v1/convert/limit/queryOpenOrders", 3000, by_uid=True, within="list"),
    Endpoint("sapi/v1/equity/order/open-orders", 1),
    Endpoint("fapi/v3/positionRisk", 5, filters=_SYMBOL, product=FUTURES),
    Endpoint("dapi/v1/positionRisk", 1, params=("marginAsset", "pair"), product=FUTURES),
    Endpoint("eapi/v1/position", 5, filters=_SYMBOL, product=OPTIONS),
    Endpoint("papi/v1/um/positionRisk", 5, filters=_SYMBOL, product=PORTFOLIO),
    Endpoint("papi/v1/cm/positionRisk", 5, params=("marginAsset", "pair"), product=PORTFOLIO),
)

_PEOPLE = (
    Endpoint("sapi/v1/copyTrading/futures/userStatus", 1, within="data", envelope=True, read_only_code=-2015),
    # The codes of accounts without sub-accounts, and of main accounts: seen on a real account, August 2026.
    Endpoint("sapi/v1/sub-account/transfer/subUserHistory", 1, params=("limit", "asset", "type")),
    Endpoint(
        "sapi/v1/sub-account/list",
        1,
        filters={"email": "email"},
        pages=Pages("page", "limit", 1, 200),
        within="subAccounts",
        empty_code=-8012,
    ),
    Endpoint(
        "sapi/v4/sub-account/assets", 60, by_uid=True, required=("email",), filters={"email": "@"}, within="balances"
    ),
    Endpoint("sapi/v1/sub-account/margin/accountSummary", 10, within="subAccountList", empty_code=-9000),
    Endpoint(
        "sapi/v2/sub-account/futures/accountSummary",
        10,
        required=("futuresType",),
        pages=Pages("page", "limit", 10, 20),
        empty_code=-9000,
    ),
    Endpoint(
        "sapi/v1/managed-subaccount/info",
        60,
        by_uid=True,
        pages=Pages("page", "limit", 10, 20),
        within="managerSubUserInfoVoList",
        total=True,
        empty_code=-9000,
    ),
    Endpoint(
        "sapi/v1/sub-account/universalTransfer",
        1,
        filters={"fromEmail": "fromEmail", "toEmail": "toEmail"},
        pages=Pages("page", "limit", 500, 500),
        window=TimeWindow("createTimeStamp", days=7, default=7),
        within="result",
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
    for endpoint in (
        *(*_ACCOUNT, *WALLETS, *EARN, *DEBTS, *_ORDERS, *FLOWS, *_PEOPLE, *_MINING, *_MARKETS, *HISTORY),
        *MARGIN_HISTORY,
    )
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
