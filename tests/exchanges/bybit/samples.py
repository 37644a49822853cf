"""Bybit: one thing for each place of its table: the rows by which an account holds it, and nothing else.

Most rows are those of the demo's messy account, at the place's own path.
"""

from collections.abc import Sequence
from typing import Any

from tests.exchanges.bybit.bare import BARE, CELLAR, KEPT, MESSY, SUB, rows_with
from tests.exchanges.samples import GAP, HOUR, NOW, NUMBER, TIME, Books, ExchangeSamples, Nothing, Row, Sample, ago

COINS, OVERVIEW = "/v5/asset/transfer/query-account-coins-balance", "/v5/asset/asset-overview"
UNIFIED, TYPES = "/v5/account/wallet-balance", "/v5/user/get-member-type"
ORDERS, POSITIONS = "/v5/order/realtime", "/v5/position/list"
EARN, EARN_ORDERS = "/v5/earn/position", "/v5/earn/order"
ADVANCED, ADVANCED_ORDERS = "/v5/earn/advance/position", "/v5/earn/advance/order"
BORROWED, FIXED = "/v5/spot-margin-trade/fixedborrow", "/v5/crypto-loan-fixed"
MEMBERS, SUB_DEPOSITS = "/v5/asset/total-members-assets", "/v5/asset/deposit/query-sub-member-record"
KIDS = (CELLAR,)
MILLISECONDS = {"createdAt", "updatedAt", "successAt", "createTime", "updateTime", "timestamp", "orderTime"} | {
    "adjustTime",
    "borrowTime",
    "repayTime",
    "loanTime",
    "createDate",
    "updatedTime",
}
LONG_AGO, SECONDS_AGO = ago(150), str((NOW - 150 * HOUR) // 1000)
NO_COIN: Row = dict.fromkeys(
    ("walletBalance", "locked", "borrowAmount", "accruedInterest", "equity", "spotBorrow", "spotHedgingQty", "bonus"),
    "0",
) | dict.fromkeys(("totalOrderIM", "totalPositionIM", "unrealisedPnl"), "0")
CONTRACT: Books = {TYPES: [{"accountType": "CONTRACT"}]}


def held(path: str, rows: Sequence[Row] = (), **more: Any) -> Sample:
    """These rows, or the messy account's."""
    return Sample(path, rows or MESSY.rows(path), **more)


def under_way(path: str, number: str, field: str, over: object, rows: Sequence[Row] = (), **finished: Any) -> Sample:
    """A row of a history that is not over. ``number``: the field that tells its rows apart; ``field``, ``over``: which
    field says that a row is over, and how; ``finished``: what else a row has that is over.
    """
    row = next(row for row in rows or MESSY.rows(path) if row[field] != over)
    one = {name: LONG_AGO if name in MILLISECONDS else value for name, value in row.items()}
    told = {name: TIME if name in MILLISECONDS else value for name, value in row.items()}
    return Sample(path, [one], finished={**told, field: over, **finished, number: NUMBER})


def advanced(category: str) -> Sample:
    return Sample(ADVANCED, rows_with(ADVANCED, category=category)[:1])


def advanced_order(category: str) -> Sample:
    return under_way(
        ADVANCED_ORDERS, "orderId", "status", "Success", rows_with(ADVANCED_ORDERS, category=category), refundStatus=""
    )


def ordered(category: str, coin: str = "") -> Sample:
    selected = {"_category": category, **({"_settleCoin": coin} if coin else {})}
    return Sample(ORDERS, rows_with(ORDERS, **selected))


def positioned(category: str, coin: str = "") -> Sample:
    selected = {"_category": category, **({"_settleCoin": coin} if coin else {})}
    return Sample(POSITIONS, rows_with(POSITIONS, **selected))


P2P_ORDER = {"id": "1900004704665923584", "side": 1, "tokenId": "USDT", "amount": "46.000", "currencyId": "EUR"}
P2P_AD = {
    "id": "1898988222063644672",
    "tokenId": "USDT",
    "currencyId": "EUR",
    "lastQuantity": "51",
    "frozenQuantity": "0",
}
FIAT = {"tradeNo": "trade-1", "fromCoin": "GEL", "toCoin": "USDT", "fromAmount": "100", "toAmount": "37"}
INTERNAL = {**MESSY.rows("/v5/asset/deposit/query-internal-record")[0], "createdTime": SECONDS_AGO}
RWA_ORDER = MESSY.rows("/v5/earn/rwa/order")[0]
RWA_STAKE = {"orderId": "demo-rwa-2", "orderType": "Stake", "stakeAmount": "100", "redeemShares": ""}
SMALL = MESSY.rows("/v5/asset/covert/small-balance-history")
STRATEGY = MESSY.rows("/v5/strategy/list")[0]

SAMPLES: dict[str, Sample] = {
    "unified": held(UNIFIED, [{**NO_COIN, "coin": "LTC", "walletBalance": "0.00000007"}]),
    "funding": held(
        COINS, [{"coin": "LTC", "walletBalance": "0.00000001", "transferBalance": "0.00000001", "bonus": ""}]
    ),
    "other-wallets": Sample(COINS, rows_with(COINS, _accountType="CONTRACT"), beside=CONTRACT),
    "fiat": held(
        "/v5/fiat/balance-query",
        [{"currency": "GEL", "totalBalance": "100.5", "balance": "100.5", "frozenBalance": "0"}],
    ),
    "overview": Sample(
        OVERVIEW,
        [row for row in MESSY.rows(OVERVIEW) if "_memberId" not in row and row["accountType"] != "CopyTrading"],
    ),
    "alpha-tokens": held("/v5/alpha/trade/asset-list"),
    "alpha-pools": under_way(
        "/v5/alpha/lp/position-list", "positionId", "status", 2, token0Amount="0", token1Amount="0"
    ),
    "predictions": held("/v5/alpha/prediction/position-list"),
    "alpha-orders": under_way("/v5/alpha/trade/order-list", "orderNo", "orderStatus", 2),
    "alpha-pool-orders": under_way("/v5/alpha/lp/order-list", "orderNo", "orderStatus", 3),
    "prediction-orders": under_way("/v5/alpha/prediction/order-list", "orderNo", "status", 4),
    "flexible-earn": Sample(EARN, rows_with(EARN, _category="FlexibleSaving", coin="ETH")),
    "on-chain-earn": Sample(EARN, rows_with(EARN, _category="OnChain")),
    "flexible-earn-orders": under_way(EARN_ORDERS, "orderId", "status", "Success"),
    "fixed-earn": held("/v5/earn/fixed-term/position"),
    "fixed-earn-orders": under_way(
        "/v5/earn/fixed-term/order",
        "orderId",
        "status",
        "Complete",
        yieldInfoList=[{"coin": "USDT", "amount": "0.01", "status": "Distributed"}],
    ),
    "dual-assets": advanced("DualAssets"),
    "discount-buy": advanced("DiscountBuy"),
    "smart-leverage": under_way(
        ADVANCED, "positionId", "status", "Settled", rows_with(ADVANCED, category="SmartLeverage")
    ),
    "double-win": advanced("DoubleWin"),
    "dual-asset-orders": advanced_order("DualAssets"),
    "discount-buy-orders": advanced_order("DiscountBuy"),
    "smart-leverage-orders": advanced_order("SmartLeverage"),
    "double-win-orders": advanced_order("DoubleWin"),
    "liquidity-mining": held("/v5/earn/liquidity-mining/position"),
    "liquidity-mining-orders": Sample(
        "/v5/earn/liquidity-mining/order", rows_with("/v5/earn/liquidity-mining/order", status="Processing")
    ),
    "byusdt": held("/v5/earn/token/position"),
    "byusdt-orders": under_way("/v5/earn/token/order", "orderId", "status", "Success"),
    "rwa": held("/v5/earn/rwa/position"),
    "rwa-orders": Sample(
        "/v5/earn/rwa/order",
        [{**RWA_ORDER, "createdTime": SECONDS_AGO}, {**RWA_ORDER, **RWA_STAKE, "createdTime": SECONDS_AGO}],
        finished={
            **RWA_ORDER,
            "createdTime": str((NOW - HOUR) // 1000),
            "status": "Success",
            "orderId": NUMBER,
        },
    ),
    "wealth-plans": under_way(
        "/v5/earn/pwm/investment-plan/all", "planId", "status", "Closed", currentAssetUsd="0", investmentDistribution=[]
    ),
    "wealth-orders": held("/v5/earn/pwm/investment-plan/order"),
    "supplies": under_way(f"{FIXED}/supply-contract-info", "supplyId", "status", 2),
    "borrowing": held(
        "/v5/account/collateral-info", [{"currency": "LTC", "borrowAmount": "0", "otherBorrowAmount": "1.5"}]
    ),
    "fixed-borrowings": under_way(
        f"{BORROWED}-contract-info", "loanId", "status", 2, residualPrincipal="0", residualPenaltyInterest="0"
    ),
    "fixed-borrow-orders": held(f"{BORROWED}-order-info"),
    "institutional-loans": under_way(
        "/v5/ins-loan/loan-order", "orderId", "status", "2", unpaidAmount="0", unpaidInterest="0"
    ),
    "institutional-ltv": held("/v5/ins-loan/ltv-convert"),
    "crypto-loans": held("/v5/crypto-loan-common/position"),
    "flexible-loans": held("/v5/crypto-loan-flexible/ongoing-coin"),
    "flexible-borrowings": under_way("/v5/crypto-loan-flexible/borrow-history", "orderId", "status", 1),
    "flexible-repayments": under_way("/v5/crypto-loan-flexible/repayment-history", "repayId", "repayStatus", 1),
    "collateral-adjustments": under_way("/v5/crypto-loan-common/adjustment-history", "adjustId", "status", 1),
    "fixed-loans": under_way(
        f"{FIXED}/borrow-contract-info", "loanId", "status", 2, residualPrincipal="0", residualPenaltyInterest="0"
    ),
    "fixed-repayments": under_way(f"{FIXED}/repayment-history", "repayId", "repayStatus", 1),
    "fixed-loan-orders": held(f"{FIXED}/borrow-order-info"),
    "supply-orders": held(f"{FIXED}/supply-order-info"),
    "old-loans": held("/v5/crypto-loan/ongoing-orders"),
    "orders-spot": ordered("spot"),
    "orders-usdt": ordered("linear", "USDT"),
    "orders-usdc": ordered("linear", "USDC"),
    "orders-inverse": ordered("inverse"),
    "orders-options": ordered("option"),
    "orders-other": ordered("linear", "USDE"),
    "strategies": under_way("/v5/strategy/list", "strategyId", "status", 3),
    "spread-orders": held("/v5/spread/order/realtime"),
    "rfqs": held("/v5/rfq/rfq-realtime"),
    "quotes": held("/v5/rfq/quote-realtime"),
    "positions-usdt": positioned("linear", "USDT"),
    "positions-usdc": positioned("linear", "USDC"),
    "positions-inverse": positioned("inverse"),
    "positions-options": positioned("option"),
    "positions-other": positioned("linear", "USDE"),
    "deposits": under_way("/v5/asset/deposit/query-record", "id", "status", 3),
    "internal-deposits": Sample(
        "/v5/asset/deposit/query-internal-record", [INTERNAL], finished={**INTERNAL, "status": 2, "id": NUMBER}
    ),
    "withdrawals": under_way("/v5/asset/withdraw/query-record", "withdrawId", "status", "success"),
    "transfers": under_way("/v5/asset/transfer/query-inter-transfer-list", "transferId", "status", "SUCCESS"),
    "universal-transfers": under_way(
        "/v5/asset/transfer/query-universal-transfer-list", "transferId", "status", "SUCCESS"
    ),
    "conversions": under_way("/v5/asset/exchange/query-convert-history", "exchangeTxId", "exchangeStatus", "success"),
    "small-conversions": under_way(
        "/v5/asset/covert/small-balance-history",
        "exchangeTxId",
        "status",
        "partial_fulfillment",
        SMALL,
        subRecords=SMALL[1]["subRecords"],
    ),
    "fiat-conversions": under_way(
        "/v5/fiat/query-trade-history",
        "tradeNo",
        "status",
        "success",
        [{**FIAT, "status": "processing", "createdAt": LONG_AGO}],
    ),
    "leveraged-tokens": under_way("/v5/spot-lever-token/order-record", "orderId", "ltOrderStatus", "1"),
    "p2p-orders": held(
        "/v5/p2p/order/pending/simplifyList",
        [{**P2P_ORDER, "notifyTokenQuantity": "50.0000", "status": 20, "createDate": LONG_AGO}],
    ),
    "p2p-ads": under_way(
        "/v5/p2p/item/personal/list", "id", "status", 30, [{**P2P_AD, "status": 20, "createDate": LONG_AGO}]
    ),
    "subaccounts": held("/v5/user/submembers", [{**SUB, "status": 4}]),
    "custodial-subaccounts": held("/v5/user/escrow_sub_members", [{**SUB, "memberType": 12, "status": 2}]),
    "members": held(MEMBERS, [row for row in MESSY.rows(MEMBERS) if row["type"] == 3]),
    "subaccount-funding": Sample(COINS, rows_with(COINS, _memberId="71000002"), beside=KEPT, companions=KIDS),
    "subaccount-overview": Sample(OVERVIEW, rows_with(OVERVIEW, _memberId="71000002"), beside=KEPT, companions=KIDS),
    "subaccount-deposits": under_way(SUB_DEPOSITS, "id", "status", 3),
}
SAMPLES["subaccount-deposits"] = Sample(
    SUB_DEPOSITS,
    SAMPLES["subaccount-deposits"].rows,
    beside=KEPT,
    finished=SAMPLES["subaccount-deposits"].finished,
    companions=KIDS,
)

MARKET_FACTS = "facts about markets, asked only when something is left"
LEFT: Books = {UNIFIED: [{**NO_COIN, "coin": "BTC", "walletBalance": "0.00000712", "equity": "0.00000712"}]}
SMALL_LIST: Books = {
    **LEFT,
    "/v5/asset/covert/small-balance-list": MESSY.rows("/v5/asset/covert/small-balance-list"),
}
ADVANCED_NAMES = ("dual-asset", "discount-buy", "smart-leverage", "double-win")
HOLDS_NOTHING = {
    "wallet-types": Nothing("which wallets there are; each is read by itself"),
    "linear-contracts": Nothing("facts about markets: in which coins contracts are settled"),
    "lead-trader": Nothing("a role, which is a warning", {"/v5/account/info": [{"isMasterTrader": True}]}),
    "subaccount-keys": Nothing(
        "keys are no assets; they are deleted last",
        {**KEPT, "/v5/user/sub-apikeys": MESSY.rows("/v5/user/sub-apikeys")},
        KIDS,
    ),
    "markets": Nothing(MARKET_FACTS, LEFT, left=True),
    "prices": Nothing(MARKET_FACTS, LEFT, left=True),
    "networks": Nothing(MARKET_FACTS, LEFT, left=True),
    "convertible-unified": Nothing(MARKET_FACTS, SMALL_LIST, left=True),
}
EXACT: dict[str, Books] = {
    "unified": {UNIFIED: [{**NO_COIN, "coin": "LTC", "walletBalance": GAP}]},
    "funding": {COINS: [{"coin": "LTC", "walletBalance": GAP, "transferBalance": "0", "bonus": ""}]},
}
WORDS = {
    "unified": "Unified trading account holds 0.00000007 LTC",
    "funding": "Funding account holds 0.00000001 LTC",
    "other-wallets": "Wallet of the classic account holds 0.4 ETH",
    "fiat": "Fiat balance of brokers holds 100.5 GEL",
    "overview": "Trading bots Futures Grid Bot: about 4 USDT",
    "alpha-tokens": "5000 PEPE in Alpha",
    "alpha-pools": "10 USDT in Alpha liquidity pool",
    "predictions": "Position event_123: 15.4, YES, prediction",
    "alpha-orders": "On-chain trade of 6 USDT",
    "alpha-pool-orders": "Liquidity pool order of 2 USDT",
    "prediction-orders": "event_123: buy 3 (prediction), pending",
    "flexible-earn": "0.1 ETH in Easy Earn flexible",
    "on-chain-earn": "0.05 ETH in On-chain Earn",
    "flexible-earn-orders": "0.02 ETH in Easy Earn flexible, pending",
    "fixed-earn": "201 USDT in Fixed-term Earn",
    "fixed-earn-orders": "15 USDT in Fixed-term Earn, being processed",
    "dual-assets": "20 USDT in Dual Asset",
    "discount-buy": "21 USDT in Discount Buy, being redeemed",
    "smart-leverage": "22 USDT in Smart Leverage",
    "double-win": "23 USDT in Double-Win, being redeemed",
    "dual-asset-orders": "30 USDT in Dual Asset, pending",
    "discount-buy-orders": "31 USDT in Discount Buy, failed, being refunded",
    "smart-leverage-orders": "32 USDT in Smart Leverage, failed, being refunded",
    "double-win-orders": "33 USDT in Double-Win, pending",
    "liquidity-mining": "0.008 ETH in Liquidity mining",
    "liquidity-mining-orders": "Liquidity mining, being processed",
    "byusdt": "69 BYUSDT",
    "byusdt-orders": "10 BYUSDT, being processed",
    "rwa": "10.2 USDC in Tokenised assets (RWA)",
    "rwa-orders": "Tokenised assets (RWA) (being redeemed 2)",
    "wealth-plans": "200 USDT in Private wealth management",
    "wealth-orders": "40 USDT in Private wealth management, pending",
    "supplies": "80 USDT in Lent at a fixed term",
    "borrowing": "You owe 1.5 LTC: borrowed by other accounts of yours",
    "fixed-borrowings": "You owe 17 USDT: borrowed at a fixed rate",
    "fixed-borrow-orders": "Order to borrow of 1 ETH",
    "institutional-loans": "You owe 52.07 USDT: institutional loan",
    "institutional-ltv": "You owe 52.07 USDT: institutional loan",
    "crypto-loans": "0.2 ETH is locked as collateral: crypto loan",
    "flexible-loans": "You owe 0.002 BTC: flexible crypto loan",
    "flexible-borrowings": "Borrowing of 0.001 BTC",
    "flexible-repayments": "Repayment of 0.0007 BTC",
    "collateral-adjustments": "Change of collateral of 0.01 ETH",
    "fixed-loans": "You owe 0.14 ETH: fixed-term crypto loan",
    "fixed-repayments": "Repayment of 0.01 ETH",
    "fixed-loan-orders": "Order to borrow of 2000 MNT",
    "supply-orders": "Order to lend of 102 USDT",
    "old-loans": "You owe 188 USDT: crypto loan (old kind)",
    "orders-spot": "BTCUSDT: buy 0.001 at 40000 (limit)",
    "orders-usdt": "BTCUSDT: buy 0.001 at 40000 (conditional), waiting for its trigger",
    "orders-usdc": "BTCPERP: buy 0.001 at 40000 (limit)",
    "orders-inverse": "ETHUSD: buy 10 at 2000 (limit)",
    "orders-options": "BTC-27MAR27-70000-P-USDT: buy 0.1 at 50 (limit)",
    "orders-other": "BTCUSDE: buy 0.001 at 40000 (limit)",
    "strategies": "BTCUSDT: buy 0.05 (TWAP), running",
    "spread-orders": "SOLUSDT_SOL/USDT: buy 0.1 at -4 (spread order)",
    "rfqs": "request for quote",
    "quotes": "quote",
    "positions-usdt": "Position BTCUSDT: 0.002, long",
    "positions-usdc": "Position BTCPERP: 0.002, short",
    "positions-inverse": "Position BTCUSD: 300, long, inverse contract",
    "positions-options": "Position BTC-27MAR27-70000-P-USDT: 0.1, long, option",
    "positions-other": "Position BTCUSDE: 0.002, long",
    "deposits": "Deposit of 0.04 BTC",
    "internal-deposits": "Deposit of 0.1 ETH",
    "withdrawals": "Withdrawal of 77 USDT",
    "transfers": "Transfer of 50 USDT",
    "universal-transfers": "Transfer of 100 USDC",
    "conversions": "Conversion of 0.1 ETH",
    "small-conversions": "Conversion of 0.003 MNT",
    "fiat-conversions": "Conversion of 100 GEL",
    "leveraged-tokens": "Leveraged token order of 22.9 EOS3L",
    "p2p-orders": "P2P order of 50.0000 USDT",
    "p2p-ads": "P2P advertisement of 51 USDT",
    "subaccounts": "Sub-account cellar (71000002) is frozen",
    "custodial-subaccounts": "Sub-account cellar (71000002) is frozen",
    "members": "All accounts under this main account, by their worth of 71000005",
    "subaccount-funding": "Sub-account: funding account of cellar (71000002) holds 7 DOGE",
    "subaccount-overview": "cellar (71000002) holds 2 MNT",
    "subaccount-deposits": "Sub-account: deposits of the last 400 days of cellar (71000002)",
}
EXCHANGE_SAMPLES = ExchangeSamples(
    bare=BARE,
    samples=SAMPLES,
    words=WORDS,
    holds_nothing=HOLDS_NOTHING,
    derived=frozenset({"overview"}),
    exact=EXACT,
    proof_only={f"{name}-orders": {"refundStatus": "blank but in one state"} for name in ADVANCED_NAMES},
)
