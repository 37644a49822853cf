"""KuCoin: one thing for each place of its table: the rows by which an account holds it, and nothing else.

Most rows are those of the demo's messy account, at the place's own path.
"""

from collections.abc import Sequence
from typing import Any

from tests.exchanges.kucoin.bare import BARE, KID, MESSY, WIDER
from tests.exchanges.samples import GAP, NUMBER, TIME, Books, ExchangeSamples, Nothing, Row, Sample, ago

ACCOUNTS, SUB_USERS = "/api/v1/accounts", "/api/v2/sub/user"
CROSS, ISOLATED = "/api/v3/margin/accounts", "/api/v3/isolated/accounts"
FUTURES, ALL_FUTURES = "/api/v1/account-overview", "/api/v1/account-overview-all"
UNIFIED_ORDERS, ORDERS = "/api/ua/v1/unified/order/open-list", "/api/v1/orders"
DEPOSITS, WITHDRAWALS = "/api/v1/deposits", "/api/v1/withdrawals"
UNIFIED_DEPOSITS = "/api/ua/v2/asset/deposit/history"
UNIFIED_WITHDRAWALS = "/api/ua/v2/asset/withdrawal/history"
BY_ID = "/api/v1/withdrawals/{withdrawalId}"
LONG_AGO = ago(150)
NO_LOAN = {"liability": "0", "liabilityPrincipal": "0", "liabilityInterest": "0"}
EMPTY = {"total": "0", "available": "0", "hold": "0", **NO_LOAN}
OWED = {"liability": "0.5", "liabilityPrincipal": "0.4", "liabilityInterest": "0.1"}


def held(path: str, rows: Sequence[Row] = (), **more: Any) -> Sample:
    """These rows, or the messy account's."""
    return Sample(path, rows or MESSY.rows(path), **more)


def with_value(path: str, field: str, value: object) -> list[Row]:
    """The messy account's rows of a path that several places share."""
    return [row for row in MESSY.rows(path) if row.get(field) == value]


def under_way(path: str, number: str, field: str, over: str, rows: Sequence[Row], **more: Any) -> Sample:
    """A row of a history that is not over. ``number``: the field that tells its rows apart."""
    times = {"createdAt", "updatedAt", "applyTime", "orderTime", "expirationTime"}
    one = {name: LONG_AGO if name in times else value for name, value in rows[0].items()}
    told = {name: TIME if name in times else value for name, value in rows[0].items()}
    return Sample(path, [one], finished={**told, field: over, number: NUMBER}, **more)


def kid(status: int = 2, kind: int = 0) -> Row:
    """A sub-account in this state, of this type."""
    return {**MESSY.rows(SUB_USERS)[0], "uid": int(KID.uid), "subName": "kid1", "status": status, "type": kind}


KEPT: Books = {SUB_USERS: [kid()]}
KIDS = (KID,)


def account_of(kind: str, currency: str, amount: str, holds: str = "0") -> Row:
    """A row of the list of accounts."""
    return {"currency": currency, "type": kind, "balance": amount, "available": amount, "holds": holds}


def futures(name: str, currency: str, equity: str) -> Row:
    """A row of a futures account in one coin."""
    zero = dict.fromkeys(("unrealisedPNL", "marginBalance", "positionMargin", "orderMargin", "frozenFunds"), 0)
    named = {"accountName": name} if name else {}
    return {**zero, **named, "currency": currency, "accountEquity": equity, "availableBalance": 0}


def isolated(**base: str) -> Row:
    """A row of the isolated margin accounts."""
    quote = {"currency": "USDT", **EMPTY}
    return {"symbol": "LTC-USDT", "status": "", "baseAsset": {"currency": "LTC", **EMPTY, **base}, "quoteAsset": quote}


NOTHING = dict.fromkeys(("balance", "available", "equity"), "0")
SPOT_ORDER, STOP = "/api/v1/hf/orders/active/page", "/api/v1/stop-order"
MARGIN_ORDER, MARGIN_STOP = "/api/v3/hf/margin/orders/active", "/api/v3/hf/margin/stop-orders"
OCO, MARGIN_OCO = "/api/v3/oco/orders", "/api/v3/hf/margin/oco-orders"
CONVERT, CONVERSIONS = "/api/v1/convert/limit/orders", "/api/v1/convert/order/history"
LOAN, COLLATERAL = "/api/v1/otc-loan/loan", "/api/v1/otc-loan/accounts"
PURCHASES, REDEMPTIONS = "/api/v3/purchase/orders", "/api/v3/redeem/orders"
SUB_WALLETS, WHOLE = "/api/v2/sub-accounts", "/api/ua/v1/sub-account/balance"
SYMBOLS, MARGIN_SYMBOLS = "/api/v1/hf/orders/active/symbols", "/api/v3/hf/margin/order/active/symbols"
ISOLATED_SYMBOLS = {"symbols": ["ETH-USDT"], "tradeType": "MARGIN_ISOLATED_TRADE"}
FAILED = {**MESSY.rows(WITHDRAWALS)[1]}
ASSET = {"currency": "LTC", "balance": "0.7", "available": "0.7", "holds": "0"}
WALLETS_OF_KID = ("mainAccounts", "tradeAccounts", "marginAccounts", "tradeHFAccounts")
IN_WALLETS = {"subName": "kid1", **{name: [ASSET] for name in WALLETS_OF_KID}}
# Version 1 says hold, version 2 locked.
ON_HOLD = {"hold": "0", "locked": "0", "equity": "0.7", "liability": "0"}
IN_UNIFIED = {"currency": "LTC", "balance": "0.7", "available": "0.7", **ON_HOLD}
LOAN_PARTS = dict.fromkeys(("liabilityPrinciple", "liabilityPrincipal", "liabilityInterest"), "0")
IN_WHOLE = {**IN_UNIFIED, **LOAN_PARTS}
SUB_KEYS = "/api/v1/sub/api-key"
KEY_OF_KID = {**MESSY.rows(SUB_KEYS)[0], "subName": "kid1"}

SAMPLES: dict[str, Sample] = {
    "main": held(ACCOUNTS, [account_of("main", "LTC", "0.00000001")]),
    "trade": held(ACCOUNTS, [account_of("trade", "LTC", "0.7")]),
    "other-accounts": held(ACCOUNTS, [account_of("option", "LTC", "0.7")]),
    "cross-margin": held(CROSS, [{"currency": "USDT", **EMPTY, "total": "11", "hold": "11"}]),
    "isolated-margin": held(ISOLATED, [isolated(total="0.7", available="0.7")]),
    "futures": held(FUTURES, [futures("", "DOT", "1.64")], wider=True),
    "all-futures": held(ALL_FUTURES, [futures("main", "DOT", "1.64")]),
    "unified": held("/api/ua/v1/unified/account/balance", [IN_UNIFIED]),
    "unified-overview": held("/api/ua/v1/unified/account/overview", [{"equity": "12.5", "liability": "0"}]),
    "unified-funding": held("/api/ua/v1/account/balance", [IN_UNIFIED]),
    "earn": held("/api/v1/earn/hold-assets"),
    "dual-investment": under_way(
        "/api/v1/struct-earn/orders", "orderId", "status", "FINISHED", MESSY.rows("/api/v1/struct-earn/orders")
    ),
    "lending-redemptions": under_way(
        REDEMPTIONS, "redeemOrderNo", "status", "DONE", with_value(REDEMPTIONS, "status", "PENDING")
    ),
    "lending": held(PURCHASES, with_value(PURCHASES, "status", "PENDING")),
    "cross-margin-debts": held(CROSS, [{"currency": "USDT", **EMPTY, **OWED}]),
    "isolated-margin-debts": held(ISOLATED, [isolated(**OWED)]),
    "unified-debts": held("/api/ua/v1/unified/account/balance", [{**IN_UNIFIED, **NOTHING, "liability": "0.5"}]),
    "vip-loan": held(
        LOAN,
        [
            {
                "orders": [{"orderId": "loan1", "principal": "100", "interest": "0.5", "currency": "USDT"}],
                "margins": [{"marginCcy": "LTC", "marginQty": "9"}],
            }
        ],
        wider=True,
    ),
    "vip-loan-collateral": held(
        COLLATERAL, [{"uid": "1260004199", "marginCcy": "LTC", "marginQty": "9", "accountType": "TRADE"}], wider=True
    ),
    "old-orders": held(ORDERS, with_value(ORDERS, "tradeType", "TRADE")),
    "orders": held(SPOT_ORDER, beside={SYMBOLS: [{"symbols": ["BTC-USDT"]}]}),
    "stop-orders": held(STOP),
    "oco-orders": under_way(OCO, "orderId", "status", "TRIGGERED", MESSY.rows(OCO)),
    "convert-orders": held(CONVERT),
    "futures-orders": held(ORDERS, with_value(ORDERS, "symbol", "XBTUSDTM")),
    "futures-stop-orders": held("/api/v1/stopOrders"),
    "margin-orders": held(
        MARGIN_ORDER,
        with_value(MARGIN_ORDER, "symbol", "ETH-USDT"),
        beside={MARGIN_SYMBOLS: [ISOLATED_SYMBOLS]},
    ),
    "margin-stop-orders": held(MARGIN_STOP),
    "margin-oco-orders": under_way(MARGIN_OCO, "orderId", "status", "DONE", MESSY.rows(MARGIN_OCO)),
    "unified-orders": held(UNIFIED_ORDERS, with_value(UNIFIED_ORDERS, "orderFilter", "NORMAL")),
    "unified-conditional": held(UNIFIED_ORDERS, with_value(UNIFIED_ORDERS, "orderFilter", "ADVANCED")),
    "unified-condition": held(UNIFIED_ORDERS, with_value(UNIFIED_ORDERS, "orderFilter", "CONDITION")),
    "positions": held("/api/v1/positions"),
    "unified-positions": held("/api/ua/v1/unified/position/open-list"),
    "deposits": under_way(DEPOSITS, "walletTxId", "status", "SUCCESS", MESSY.rows(DEPOSITS)),
    "withdrawals": under_way(WITHDRAWALS, "id", "status", "SUCCESS", MESSY.rows(WITHDRAWALS)),
    "unified-deposits": under_way(UNIFIED_DEPOSITS, "id", "status", "SUCCESS", MESSY.rows(UNIFIED_DEPOSITS)),
    "unified-withdrawals": under_way(UNIFIED_WITHDRAWALS, "id", "status", "SUCCESS", MESSY.rows(UNIFIED_WITHDRAWALS)),
    "failed-withdrawals": Sample(
        BY_ID,
        [{**FAILED, "returnStatus": "PROCESSING"}],
        beside={WITHDRAWALS: [FAILED]},
        finished={**FAILED, "id": NUMBER, "returnStatus": "NOT_RETURN"},
    ),
    "conversions": held(CONVERSIONS),
    "trading-bots": held(SUB_USERS, [kid(kind=1)]),
    "subaccounts": held(SUB_USERS, [kid(status=3)], companions=KIDS),
    "subaccount-wallets": held(SUB_WALLETS, [IN_WALLETS], beside=KEPT, companions=KIDS),
    "subaccount-whole": held(
        WHOLE,
        [{"uid": int(KID.uid), "accountList": [{"accountType": "UNIFIED", "currencyList": [IN_WHOLE]}]}],
        beside=KEPT,
        companions=KIDS,
    ),
}
LEFT: Books = {ACCOUNTS: [account_of("main", "LTC", "0.05")]}
MARKET_FACTS = "of the exchange, not of the account; asked only when something is left"
MARKETS_OF_ORDERS = "names of markets, of which each is asked"
HOLDS_NOTHING = {
    "account-mode": Nothing("how the account is set up"),
    "futures-contracts": Nothing("names of coins, of which each is asked"),
    "order-markets": Nothing(MARKETS_OF_ORDERS, wider=True),
    "cross-order-markets": Nothing(MARKETS_OF_ORDERS, wider=True),
    "isolated-order-markets": Nothing(MARKETS_OF_ORDERS, wider=True),
    "subaccount-keys": Nothing("keys, which hold nothing by themselves", {**KEPT, SUB_KEYS: [KEY_OF_KID]}, KIDS),
    "markets": Nothing(MARKET_FACTS, LEFT, left=True),
    "prices": Nothing(MARKET_FACTS, LEFT, left=True),
    "networks": Nothing(MARKET_FACTS, LEFT, left=True),
}
EXACT: dict[str, Books] = {
    "main": {ACCOUNTS: [{"currency": "LTC", "type": "main", "balance": GAP, "available": "0", "holds": "0"}]},
}
WORDS = {
    "main": "funding account holds 0.00000001 LTC",
    "trade": "trading account holds 0.7 LTC",
    "other-accounts": "0.7 LTC",
    "cross-margin": "cross margin account holds 11 USDT",
    "isolated-margin": "isolated margin account holds 0.7 LTC",
    "futures": "1.64 DOT",
    "all-futures": "futures account holds 1.64 DOT",
    "unified": "unified account holds 0.7 LTC",
    "unified-overview": "unified wallet is worth 12.5 USD",
    "unified-funding": "0.7 LTC",
    "earn": "1.5 KCS in KCS Staking",
    "dual-investment": "0.05 ETH in Dual Investment, running",
    "lending-redemptions": "0.0002 BTC in Margin lending, being redeemed",
    "lending": "0.001 BTC in Margin lending",
    "cross-margin-debts": "You owe 0.5 USDT: margin loan",
    "isolated-margin-debts": "You owe 0.5 LTC: margin loan",
    "unified-debts": "You owe 0.5 LTC: unified account loan",
    "vip-loan": "You owe 100 USDT: VIP loan",
    "vip-loan-collateral": "9 LTC",
    "old-orders": "BTC-USDT: buy 0.0001 at 20000 (limit)",
    "orders": "BTC-USDT: sell 0.001 at 90000 (limit)",
    "stop-orders": "ETH-USDT: sell 0.0001 at 40000 (limit), waiting for its trigger",
    "oco-orders": "BTC-USDT: OCO",
    "convert-orders": "USDT/KCS: 3 (convert limit)",
    "futures-orders": "XBTUSDTM: buy 1 at 30000 (limit)",
    "futures-stop-orders": "XBTUSDTM: buy 1 at 30000 (limit), in: Futures stop orders",
    "margin-orders": "ETH-USDT: sell 0.02 at 9000 (limit)",
    "margin-stop-orders": "ETH-USDT: sell 0.0001 at 40000 (stop)",
    "margin-oco-orders": "ETH-USDT: OCO",
    "unified-orders": "XBTUSDTM: buy 10 at 30 (limit), in: Unified account: orders",
    "unified-conditional": "BTC-USDT: buy 10 at 30 (limit), waiting for its trigger",
    "unified-condition": "ETH-USDT: buy 10 at 30 (limit), waiting for its trigger",
    "positions": "Position ETHUSDM: -2, short",
    "unified-positions": "Position XBTUSDTM: 1, long",
    "deposits": "deposit of 0.01 BTC",
    "withdrawals": "withdrawal of 20 USDT",
    "unified-deposits": "deposit of 8 XRP",
    "unified-withdrawals": "withdrawal of 7 XRP",
    "failed-withdrawals": "failed, and the money is still to come back",
    "conversions": "conversion of 0.1 KCS",
    "trading-bots": "trading bot",
    "subaccounts": "sub-account kid1 is frozen",
    "subaccount-wallets": "of kid1 holds 0.7 LTC",
    "subaccount-whole": "of kid1 holds 0.7 LTC",
}
EXCHANGE_SAMPLES = ExchangeSamples(
    bare=BARE,
    samples=SAMPLES,
    words=WORDS,
    holds_nothing=HOLDS_NOTHING,
    totals=frozenset({"unified-overview"}),
    derived=frozenset(
        {"unified-funding", "all-futures", "subaccount-wallets", "failed-withdrawals"}
        | {"order-markets", "cross-order-markets", "isolated-order-markets"}
    ),
    wider={"key": WIDER},
    exact=EXACT,
    not_in_answers={
        "subaccount-whole": dict.fromkeys(("uid", "accountType"), "the table puts it into each currency's row"),
    },
)
