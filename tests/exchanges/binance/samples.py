"""Binance: one thing for each place of its table: the rows by which an account holds it, and nothing else.

Most rows are those of the demo's messy account, at the place's own path.
"""

from collections.abc import Sequence
from typing import Any

from tests.exchanges.binance.bare import BARE, KID, MANAGED_KID, MESSY
from tests.exchanges.samples import GAP, NUMBER, TIME, Books, ExchangeSamples, Nothing, Row, Sample, ago

SUB = [{"email": "kid+one@example.org", "subUserId": KID.uid, "isFreeze": False}]
MANAGED = [{"email": "run_virtual@example.net", "managersubUserId": MANAGED_KID.uid, "isSubUserEnabled": True}]
LIST, TOTALS, SPOT = "sapi/v1/sub-account/list", "sapi/v1/asset/wallet/balance", "sapi/v3/asset/getUserAsset"
KEPT: Books = {LIST: SUB}
KIDS = (KID,)
TIMES = {"time", "insertTime", "applyTime", "createTime", "loanDate"}
NOT_WAITING = {"requireQuestionnaire": False, "travelRuleStatus": 0}
NO_LTC = {"asset": "LTC", "free": "0", "locked": "0", "freeze": "0", "withdrawing": "0"}
OPTIONS = {"optionWalletBalance": "0", "optionEquity": "0"}
ISOLATED = {"isolatedMargin": "0", "isolatedWallet": "0"}
LONG_AGO = ago(150)


def held(path: str, rows: Sequence[Row] = (), **more: Any) -> Sample:
    """These rows, or the messy account's."""
    return Sample(path, rows or MESSY.rows(path), **more)


def with_fields(path: str, more: Row) -> list[Row]:
    """The messy account's rows with further fields that the exchange may give."""
    return [{**row, **more} for row in MESSY.rows(path)]


def of_kind(path: str, field: str, value: str) -> list[Row]:
    """The messy account's rows of a path that several places share."""
    return [row for row in MESSY.rows(path) if row[field] == value]


def under_way(path: str, number: str, field: str, over: object, rows: Sequence[Row] = ()) -> Sample:
    """A row of a history that is not over. ``number``: the field that tells its rows apart; ``field``, ``over``: which
    field says that a row is over, and how.
    """
    row = next(row for row in rows or MESSY.rows(path) if row[field] != over)
    one = {name: LONG_AGO if name in TIMES else value for name, value in row.items()}
    told = {name: TIME if name in TIMES else NOT_WAITING.get(name, value) for name, value in row.items()}
    return Sample(path, [one], finished={**told, field: over, number: NUMBER})


REDEMPTIONS = {
    "simple-earn-flexible-redemptions": ("sapi/v1/simple-earn/flexible/history/redemptionRecord", "redeemId"),
    "simple-earn-locked-redemptions": ("sapi/v1/simple-earn/locked/history/redemptionRecord", "redeemId"),
    "on-chain-yields-redemptions": ("sapi/v1/onchain-yields/locked/history/redemptionRecord", "redeemId"),
    "eth-staking-redemptions": ("sapi/v1/eth-staking/eth/history/redemptionHistory", "asset"),
    "sol-staking-redemptions": ("sapi/v1/sol-staking/sol/history/redemptionHistory", "asset"),
    "bfusd-redemptions": ("sapi/v1/bfusd/history/redemptionHistory", "asset"),
    "rwusd-redemptions": ("sapi/v1/rwusd/history/redemptionHistory", "asset"),
}
SUBSCRIPTIONS = {
    "simple-earn-flexible-subscriptions": ("sapi/v1/simple-earn/flexible/history/subscriptionRecord", "purchaseId"),
    "simple-earn-locked-subscriptions": ("sapi/v1/simple-earn/locked/history/subscriptionRecord", "purchaseId"),
    "on-chain-yields-subscriptions": ("sapi/v1/onchain-yields/locked/history/subscriptionRecord", "purchaseId"),
    "eth-staking-subscriptions": ("sapi/v1/eth-staking/eth/history/stakingHistory", "asset"),
    "sol-staking-subscriptions": ("sapi/v1/sol-staking/sol/history/stakingHistory", "asset"),
}
FIAT_ORDERS, FIAT_PAYMENTS = "sapi/v1/fiat/orders", "sapi/v1/fiat/payments"
SUB_FUTURES = "sapi/v2/sub-account/futures/accountSummary"

SAMPLES: dict[str, Sample] = {
    "account-status": held("sapi/v1/account/status", [{"data": "Limited"}]),
    "api-trading-status": held("sapi/v1/account/apiTradingStatus", [{"isLocked": True}]),
    "permissions": held("api/v3/account", [{"canWithdraw": False}]),
    "spot": held(SPOT, [{"asset": "LTC", "free": "0", "locked": "0", "freeze": "0", "withdrawing": "0.00000001"}]),
    "funding": held("sapi/v1/asset/get-funding-asset"),
    "spot-set-aside": held("sapi/v1/capital/config/getall", [{"coin": "BNB", "ipoing": "0.00000001"}]),
    "cross-margin": held("sapi/v1/margin/account"),
    "isolated-margin": held("sapi/v1/margin/isolated/account"),
    "usd-m": held("fapi/v3/account"),
    "coin-m": held("dapi/v1/account"),
    "options": held("eapi/v1/marginAccount"),
    "portfolio-margin": held("papi/v1/balance", with_fields("papi/v1/balance", OPTIONS)),
    "portfolio-margin-pro": held("sapi/v1/portfolio/balance", with_fields("sapi/v1/portfolio/balance", OPTIONS)),
    "valuation": held(TOTALS, [{"walletName": "Earn", "balance": "0.0021"}]),
    "wallets-without-request": held(
        TOTALS,
        [{"walletName": "A wallet of the future", "balance": "0.0021", "assetBalances": [{**NO_LTC, "free": "0.7"}]}],
    ),
    "simple-earn-flexible": held("sapi/v1/simple-earn/flexible/position"),
    "simple-earn-locked": held("sapi/v1/simple-earn/locked/position"),
    "on-chain-yields": held("sapi/v1/onchain-yields/locked/position"),
    "bfusd": held("sapi/v1/bfusd/account"),
    "rwusd": held("sapi/v1/rwusd/account"),
    "eth-staking": held("sapi/v2/eth-staking/account"),
    "sol-staking": held("sapi/v1/sol-staking/account"),
    "sol-staking-rewards": held("sapi/v1/sol-staking/sol/history/unclaimedRewards"),
    "dual-investment": under_way("sapi/v1/dci/product/positions", "id", "purchaseStatus", "SETTLED"),
    **{name: under_way(path, number, "status", "SUCCESS") for name, (path, number) in REDEMPTIONS.items()},
    **{name: under_way(path, number, "status", "SUCCESS") for name, (path, number) in SUBSCRIPTIONS.items()},
    "flexible-loan": held("sapi/v2/loan/flexible/ongoing/orders"),
    "vip-loan": held("sapi/v1/loan/vip/ongoing/orders"),
    "vip-loan-requests": under_way("sapi/v1/loan/vip/request/data", "requestId", "status", "Repaid"),
    "stable-loan": held("sapi/v1/loan/ongoing/orders"),
    "liquidation-loan": held("sapi/v1/margin/liquidation-loan"),
    "bankruptcy-loan": held("sapi/v1/portfolio/pmLoan"),
    "orders": held("api/v3/openOrders"),
    "order-lists": held("api/v3/openOrderList"),
    "margin-orders": held("sapi/v1/margin/openOrders"),
    "margin-order-lists": held("sapi/v1/margin/openOrderList"),
    "usd-m-orders": held("fapi/v1/openOrders"),
    "usd-m-conditional": held("fapi/v1/openAlgoOrders"),
    "coin-m-orders": held("dapi/v1/openOrders"),
    "options-orders": held("eapi/v1/openOrders"),
    "portfolio-usd-m-orders": held("papi/v1/um/openOrders"),
    "portfolio-coin-m-orders": held("papi/v1/cm/openOrders"),
    "portfolio-usd-m-algo": held("papi/v1/um/algo/openAlgoOrders"),
    "portfolio-usd-m-conditional": held("papi/v1/um/conditional/openOrders"),
    "portfolio-coin-m-conditional": held("papi/v1/cm/conditional/openOrders"),
    "portfolio-order-lists": held("papi/v1/margin/openOrderList"),
    "spot-algo": held("sapi/v1/algo/spot/openOrders", wider=True),
    "futures-algo": held("sapi/v1/algo/futures/openOrders", wider=True),
    "convert-orders": held("sapi/v1/convert/limit/queryOpenOrders"),
    "stock-orders": held("sapi/v1/equity/order/open-orders"),
    "usd-m-positions": held("fapi/v3/positionRisk"),
    "coin-m-positions": held("dapi/v1/positionRisk"),
    "options-positions": held("eapi/v1/position"),
    "portfolio-usd-m-positions": held("papi/v1/um/positionRisk", with_fields("papi/v1/um/positionRisk", ISOLATED)),
    "portfolio-coin-m-positions": held("papi/v1/cm/positionRisk", with_fields("papi/v1/cm/positionRisk", ISOLATED)),
    "deposits": under_way("sapi/v1/capital/deposit/hisrec", "id", "status", 1),
    "withdrawals": under_way("sapi/v1/capital/withdraw/history", "id", "status", 6),
    "travel-rule-deposits": under_way("sapi/v2/localentity/deposit/history", "depositId", "depositStatus", 1),
    "travel-rule-withdrawals": under_way("sapi/v2/localentity/withdraw/history", "id", "withdrawalStatus", 6),
    **{
        name: under_way(path, "orderNo", "status", "Successful", of_kind(path, "transactionType", kind))
        for name, path, kind in (
            ("fiat-deposits", FIAT_ORDERS, "0"),
            ("fiat-withdrawals", FIAT_ORDERS, "1"),
            ("fiat-purchases", FIAT_PAYMENTS, "0"),
            ("fiat-sales", FIAT_PAYMENTS, "1"),
        )
    },
    "p2p": under_way("sapi/v1/c2c/orderMatch/listUserOrderHistory", "orderNumber", "orderStatus", "COMPLETED"),
    "conversions": held("sapi/v1/convert/tradeFlow"),
    "auto-invest": held("sapi/v1/lending/auto-invest/plan/list"),
    "mining-today": held("sapi/v1/mining/statistics/user/status"),
    "mining-earnings": held("sapi/v1/mining/payment/list"),
    "mining-bonuses": held("sapi/v1/mining/payment/other"),
    "mining-resales": held("sapi/v1/mining/hash-transfer/config/details/list"),
    "subaccounts": held(LIST, [{**SUB[0], "isFreeze": True}]),
    "subaccount-spot": held("sapi/v4/sub-account/assets", beside=KEPT, companions=KIDS),
    "subaccount-margin": held("sapi/v1/sub-account/margin/accountSummary", beside=KEPT, companions=KIDS),
    "subaccount-usd-m": held(SUB_FUTURES, of_kind(SUB_FUTURES, "asset", "USD"), beside=KEPT, companions=KIDS),
    "subaccount-coin-m": held(SUB_FUTURES, of_kind(SUB_FUTURES, "asset", "BTC"), beside=KEPT, companions=KIDS),
    "managed-subaccount-assets": held(
        "sapi/v1/managed-subaccount/asset",
        beside={"sapi/v1/managed-subaccount/info": MANAGED},
        companions=(MANAGED_KID,),
    ),
}
LEFT: Books = {SPOT: [{**NO_LTC, "free": "0.05"}]}
IN_MARGIN: Books = {"sapi/v1/margin/account": [{"asset": "LTC", "free": "0.05", "netAsset": "0.05"}]}
MARKET_FACTS = "of the exchange, not of the account; asked only when something is left"
CONVERTIBLE = "what could be done with what is left"
HOLDS_NOTHING = {
    "products": Nothing("what is switched on"),
    "lead-trader": Nothing("a role", wider=True),
    "managed-subaccounts": Nothing("a list of names", SAMPLES["managed-subaccount-assets"].beside, (MANAGED_KID,)),
    "mining": Nothing("a list of algorithms"),
    "markets": Nothing(MARKET_FACTS, LEFT, left=True),
    "prices": Nothing(MARKET_FACTS, LEFT, left=True),
    "networks": Nothing(MARKET_FACTS, LEFT, left=True),
    "convertible-spot": Nothing(CONVERTIBLE, LEFT, left=True),
    "convertible-spot-usdt": Nothing(CONVERTIBLE, LEFT, left=True),
    "convertible-cross-margin": Nothing(CONVERTIBLE, IN_MARGIN, left=True),
    "convertible-cross-margin-usdt": Nothing(CONVERTIBLE, IN_MARGIN, left=True),
}
EXACT: dict[str, Books] = {
    "spot": {SPOT: [{"asset": "LTC", "free": GAP, "locked": "0", "freeze": "0", "withdrawing": "0"}]},
}
SECURES = "it proves nothing by itself: it says what the balance is security for"
OF_ANOTHER = "the same list is read with its parts by wallets-without-request"
PROOF_ONLY = {
    "usd-m": {"maintMargin": SECURES, "maxWithdrawAmount": SECURES},
    "coin-m": {"maintMargin": SECURES, "maxWithdrawAmount": SECURES},
    "valuation": {"assetBalances": OF_ANOTHER, **{f"assetBalances.{name}": OF_ANOTHER for name in NO_LTC}},
}
NOT_IN_ANSWERS = {
    "valuation": dict.fromkeys(PROOF_ONLY["valuation"], "Binance gives it only when it is asked for"),
    "mining-today": dict.fromkeys(("earned", "earned.coin", "earned.amount"), "made of the coins in profitToday"),
}
WORDS = {
    "account-status": "Limited",
    "api-trading-status": "trading by API is locked",
    "permissions": "withdrawing is switched off",
    "spot": "spot wallet holds 0.00000001 LTC",
    "funding": "funding wallet holds 108.4 USDT",
    "spot-set-aside": "0.00000001 BNB",
    "cross-margin": "cross margin wallet holds 0.003 BTC",
    "isolated-margin": "isolated margin wallets holds 0.001 BTC",
    "usd-m": "USD-M futures wallet holds 402.5 USDT",
    "coin-m": "COIN-M futures wallet holds 0.0021 BTC",
    "options": "options wallet holds 51.2 USDT",
    "portfolio-margin": "portfolio margin account holds 212.4 USDT",
    "portfolio-margin-pro": "Portfolio Margin Pro holds 31.5 USDT",
    "valuation": "earn wallet is worth 0.0021 BTC",
    "wallets-without-request": "A wallet of the future",
    "simple-earn-flexible": "75.46 USDT in Simple Earn Flexible",
    "simple-earn-locked": "210 ADA in Simple Earn Locked",
    "on-chain-yields": "1.2 SOL in On-chain Yields",
    "bfusd": "40 BFUSD",
    "rwusd": "12 RWUSD",
    "eth-staking": "0.21 WBETH in ETH staking",
    "sol-staking": "0.5 BNSOL in SOL staking",
    "sol-staking-rewards": "0.002 SOL",
    "dual-investment": "15 USDT in Dual Investment",
    "simple-earn-flexible-redemptions": "1.5 USDT in Simple Earn Flexible, being redeemed",
    "simple-earn-locked-redemptions": "1.5 BNB in Simple Earn Locked, being redeemed",
    "on-chain-yields-redemptions": "1.5 BTC in On-chain Yields, being redeemed",
    "eth-staking-redemptions": "1.5 WBETH in ETH staking, being redeemed",
    "sol-staking-redemptions": "1.5 BNSOL in SOL staking, being redeemed",
    "bfusd-redemptions": "1.5 BFUSD, being redeemed",
    "rwusd-redemptions": "1.5 RWUSD, being redeemed",
    "simple-earn-flexible-subscriptions": "1.5 USDT in Simple Earn Flexible, being bought",
    "simple-earn-locked-subscriptions": "1.5 BNB in Simple Earn Locked, being bought",
    "on-chain-yields-subscriptions": "1.5 BTC in On-chain Yields, being bought",
    "eth-staking-subscriptions": "1.5 ETH in ETH staking, pending",
    "sol-staking-subscriptions": "1.5 SOL in SOL staking, pending",
    "flexible-loan": "You owe 50 USDT: flexible loan",
    "vip-loan": "You owe 500 USDT: VIP loan",
    "vip-loan-requests": "0.1 BTC: VIP loan",
    "stable-loan": "You owe 20 USDT",
    "liquidation-loan": "You owe 60.00 USDC",
    "bankruptcy-loan": "You owe 5.79 BUSD",
    "orders": "LTCBTC: buy 0.5 at 1 (limit)",
    "order-lists": "OCO",
    "margin-orders": "BNBBTC: buy 0.5 at 1 (limit), in: Margin orders",
    "margin-order-lists": "OCO",
    "usd-m-orders": "BTCUSDT: buy 0.5 at 1 (limit), in: USD-M futures orders",
    "usd-m-conditional": "BNBUSDT: sell 0.01 (take profit), in: USD-M futures conditional orders",
    "coin-m-orders": "BTCUSD_PERP: buy 0.5 at 1 (limit), in: COIN-M futures orders",
    "options-orders": "options orders",
    "portfolio-usd-m-orders": "BTCUSDT: buy 0.5 at 1 (limit), in: Portfolio margin: USD-M orders",
    "portfolio-coin-m-orders": "BTCUSD_PERP: buy 0.5 at 1 (limit), in: Portfolio margin: COIN-M orders",
    "portfolio-usd-m-algo": "BNBUSDT: sell 0.01 (take profit), in: Portfolio margin: USD-M algo orders",
    "portfolio-usd-m-conditional": "BTCUSDT: buy 0.4 (stop limit)",
    "portfolio-coin-m-conditional": "BTCUSD_PERP: buy 0.4 (stop limit)",
    "portfolio-order-lists": "OCO",
    "spot-algo": "ETHUSDT: ",
    "futures-algo": "ETHUSDT: ",
    "convert-orders": "convert limit",
    "stock-orders": "AAPL: buy 1 (limit)",
    "usd-m-positions": "Position BTCUSDT: ",
    "coin-m-positions": "Position BTCUSD_PERP: ",
    "options-positions": "Position BTC-301227-90000-C: 0.1, long, option",
    "portfolio-usd-m-positions": "Position BNBUSDT: ",
    "portfolio-coin-m-positions": "Position BNBUSD_PERP: ",
    "deposits": "deposit of 0.4 BNB",
    "withdrawals": "withdrawal of 50 USDT",
    "travel-rule-deposits": "Travel Rule",
    "travel-rule-withdrawals": "Travel Rule",
    "fiat-deposits": "fiat deposit of 10.00 EUR",
    "fiat-withdrawals": "fiat withdrawal of 20.00 EUR",
    "fiat-purchases": "purchase with fiat of 20.0 EUR",
    "fiat-sales": "sale for fiat of 3 SOL",
    "p2p": "P2P order of 50 USDT",
    "conversions": "conversion of 20 USDT",
    "auto-invest": "recurring buy",
    "mining-today": "mining earning of 0.00000314 BTC",
    "mining-earnings": "mining earning of 0.00002106 BTC",
    "mining-bonuses": "mining bonus of 0.00000118 BTC",
    "mining-resales": "hash rate",
    "subaccounts": "sub-account kid+one@example.org is frozen",
    "subaccount-spot": "spot wallet of kid+one@example.org holds 10 ADA",
    "subaccount-margin": "margin wallets of kid+one@example.org",
    "subaccount-usd-m": "USD-M futures wallets of kid+one@example.org",
    "subaccount-coin-m": "COIN-M futures wallets of kid+one@example.org",
    "managed-subaccount-assets": "1.5 INJ",
}
EXCHANGE_SAMPLES = ExchangeSamples(
    bare=BARE,
    samples=SAMPLES,
    words=WORDS,
    holds_nothing=HOLDS_NOTHING,
    totals=frozenset({"valuation"}),
    derived=frozenset({"wallets-without-request", "permissions"}),
    wider={"perm": "read_only,enableSpotAndMarginTrading"},
    exact=EXACT,
    proof_only=PROOF_ONLY,
    not_in_answers=NOT_IN_ANSWERS,
)
