"""Answers of real accounts as users have reported them, in values of our own: what a recording is made of."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from auditor import demo
from auditor.demo.kucoin.venue import VENUE as KUCOIN


@dataclass(frozen=True)
class Source:
    """A demo account, with the bodies that it answers at some paths: texts as they are, anything else as JSON.

    A path may end in ``?currency=`` and a coin, or ``?account_id=`` and a wallet.
    """

    account: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    status: Mapping[str, int] = field(default_factory=dict)

    def fault(self, call: demo.Call) -> demo.Reply | None:
        own = (f"{call.path}?{name}={call.query.get(name)}" for name in ("currency", "account_id"))
        key = next((key for key in (*own, call.path) if key in self.answers), None)
        if key is None:
            return None
        body = self.answers[key]
        raw = body if isinstance(body, str) else json.dumps(body)
        return demo.Reply(body=raw.encode(), status=self.status.get(key, self.status.get(call.path, 200)))


# The trading account of an OKX account in spot mode that cannot borrow, as such accounts answer: debts are blank.
SPOT_MODE = {
    "code": "0",
    "msg": "",
    "data": [
        {
            "adjEq": "",
            "imr": "",
            "isoEq": "0",
            "mmr": "",
            "totalEq": "3861.42",
            "uTime": "1782820000123",
            "details": [
                {
                    "ccy": "USDT",
                    "cashBal": "3861.416072",
                    "eq": "3861.416072",
                    "availBal": "3861.416072",
                    "availEq": "",
                    "frozenBal": "0",
                    "ordFrozen": "0",
                    "stgyEq": "0",
                    "isoEq": "0",
                    "fixedBal": "0",
                    "rewardBal": "",
                    "spotIsoBal": "0",
                    "liab": "",
                    "crossLiab": "",
                    "isoLiab": "",
                    "interest": "",
                    "borrowFroz": "",
                    "upl": "",
                    "uplLiab": "",
                    "smtSyncEq": "0",
                    "spotCopyTradingEq": "0",
                    "autoLendMtAmt": "0",
                }
            ],
        }
    ],
}


def okx(*rows: Any) -> dict[str, Any]:
    return {"code": "0", "msg": "", "data": list(rows)}


def kraken(result: Any = None) -> dict[str, Any]:
    return {"error": []} if result is None else {"error": [], "result": result}


def bybit(result: Any) -> dict[str, Any]:
    return {"retCode": 0, "retMsg": "OK", "result": result, "retExtInfo": {}, "time": 1782820000123}


_DETAIL = SPOT_MODE["data"][0]["details"][0]  # type: ignore[index]
_ORDER = {
    "refid": None,
    "userref": 0,
    "status": "open",
    "opentm": 1782810000.1,
    "starttm": 0,
    "expiretm": 0,
    "descr": {"pair": "XBTUSD", "type": "buy", "ordertype": "limit", "price": "21000.0", "price2": "0"},
    "vol": "0.02000000",
    "vol_exec": "0.00000000",
    "cost": "0.00000",
    "fee": "0.00000",
    "price": "0.00000",
    "stopprice": "0.00000",
    "limitprice": "0.00000",
    "misc": "",
    "oflags": "fciq",
}
_COIN = {"equity": "412.6071309", "walletBalance": "412.6071309", "locked": "0", "borrowAmount": "0"}
_COIN |= {"accruedInterest": "0", "unrealisedPnl": "0", "totalOrderIM": "0", "totalPositionIM": "0", "spotBorrow": "0"}
_NOT_OPENED = {"label": "USER_NOT_FOUND", "message": "please transfer funds first to create futures account"}
_GATE_FUTURES = ("/api/v4/futures/usdt/accounts", "/api/v4/futures/btc/accounts", "/api/v4/delivery/usdt/accounts")
_LOAN = {
    "requestId": "7711",
    "requestTime": "1782000000000",
    "loanCoin": "USDT",
    "loanAmount": "73000",
    "loanTerm": "30",
}
_SHARE = {"asset": "LDUSDT", "free": "27.93", "locked": "0", "freeze": "0", "withdrawing": "0", "ipoable": "0"}

_NO_CURRENCY = {"errors": [{"id": "validation_error", "message": "Unknown currency"}]}
_KEY: dict[str, Any] = {
    "permissions": ["query-funds", "query-open-trades", "query-closed-trades", "query-ledger"],
    "ipAllowlist": [""],
}
_KEY |= {"queryFrom": "0", "queryTo": "0", "validUntil": "0", "iban": "AA00 N00G 0000 0000"}
_DOT_CONTRACT: dict[str, Any] = {
    "symbol": "DOTUSDM",
    "rootSymbol": "DOT",
    "type": "FFWCSX",
    "baseCurrency": "DOT",
    "status": "Open",
}
_DOT_CONTRACT |= {"quoteCurrency": "USD", "settleCurrency": "DOT", "isInverse": True, "multiplier": -1, "lotSize": 1}
_DOT_CONTRACT |= {
    "nextFundingRateTime": 7045000,
    "tickSize": 0.001,
    "maxOrderQty": 1000000,
    "takerFeeRate": 0.0006,
    "makerFeeRate": 0.0002,
}
_COINS: list[dict[str, Any]] = list(KUCOIN.listed["/api/v3/currencies"])
_COINS.append({**_COINS[0], "currency": "DOT", "name": "DOT", "fullName": "Polkadot"})
_STAKED = {"asset": "ADA", "account_uuid": "demo-staked", "account_type": "ACCOUNT_TYPE_STAKED_FUNDS"}


def _overview(currency: str, equity: str) -> dict[str, Any]:
    names = ("positionMargin", "orderMargin", "frozenFunds", "unrealisedPNL")
    figures = {"accountEquity": equity, "availableBalance": equity, **dict.fromkeys(names, "0")}
    return {"code": "200000", "data": {**figures, "currency": currency}}


def _dollars(value: str) -> dict[str, str]:
    return {"value": value, "currency": "USD"}


REPORTED: Mapping[str, Source] = {
    "okx-spot-mode": Source("spot", {"account/balance": SPOT_MODE}),
    "okx-odd-balance": Source(
        "spot", {"account/balance": okx({"totalEq": "", "details": [{"ccy": "ETH", "cashBal": None}, _DETAIL]})}
    ),
    "okx-total-without-rows": Source("spot", {"account/balance": okx({"totalEq": "0.0000000419", "details": []})}),
    "bybit-null-coin": Source(
        "bybit-empty",
        {
            "/v5/account/wallet-balance": bybit(
                {
                    "list": [
                        {
                            "accountType": "UNIFIED",
                            "totalEquity": "412.6",
                            "totalWalletBalance": "412.6",
                            "coin": [
                                {"coin": "USDT", **_COIN},
                                {"coin": "POPCAT", "walletBalance": None, "equity": None},
                            ],
                        }
                    ]
                }
            )
        },
    ),
    "gate-futures-never-opened": Source(
        "gate-empty", dict.fromkeys(_GATE_FUTURES, _NOT_OPENED), dict.fromkeys(_GATE_FUTURES, 400)
    ),
    "kraken-never-funded": Source("kraken-empty", {"/0/private/BalanceEx": kraken()}),
    "kraken-bitcoin-that-earns": Source(
        "kraken-empty",
        {
            "/0/private/BalanceEx": kraken(
                {
                    "XBT.F": {"balance": "0.0137000000", "hold_trade": "0.0000000000"},
                    "KFEE": {"balance": "318.20", "hold_trade": "0.00"},
                }
            )
        },
    ),
    "kraken-three-alike": Source(
        "kraken-empty",
        {"/0/private/OpenOrders": kraken({"open": {f"OA{n}BCD-EFGH{n}-IJKLM{n}": _ORDER for n in range(3)}})},
    ),
    "binance-loan-rejected": Source(
        "binance-empty",
        {"sapi/v1/loan/vip/request/data": {"rows": [{**_LOAN, "status": "Rejected"}], "total": 1}},
    ),
    "binance-share-of-an-earn-product": Source("binance-empty", {"sapi/v3/asset/getUserAsset": [_SHARE]}),
    "binance-restricted-location": Source(
        "binance-empty",
        {
            "sapi/v1/simple-earn/flexible/position": {
                "code": 0,
                "msg": "Service unavailable from a restricted location according to the terms.",
            }
        },
        {"sapi/v1/simple-earn/flexible/position": 451},
    ),
    "binance-page-of-a-gateway": Source(
        "binance-empty",
        {"sapi/v1/simple-earn/flexible/position": "<html><head><title>Attention Required!</title></head></html>"},
        {"sapi/v1/simple-earn/flexible/position": 403},
    ),
    "binance-margin-never-opened": Source(
        "binance-messy",
        {"sapi/v1/margin/account": {"code": -3003, "msg": "Margin account does not exist."}},
        {"sapi/v1/margin/account": 400},
    ),
    "coinbase-wallet-refused": Source(
        "coinbase-messy",
        {"/v2/accounts/{account_id}/transactions?account_id=demo-2": _NO_CURRENCY},
        {"/v2/accounts/{account_id}/transactions?account_id=demo-2": 400},
    ),
    "coinbase-view-only": Source(
        "coinbase-messy",
        {"/api/v3/brokerage/transaction_summary": {"error": "unauthorized"}},
        {"/api/v3/brokerage/transaction_summary": 401},
    ),
    "coinbase-staked-in-the-portfolio": Source(
        "coinbase-empty",
        {
            "/api/v3/brokerage/portfolios/{portfolio_uuid}": {
                "breakdown": {
                    "portfolio_balances": {"total_balance": _dollars("9.27"), "total_futures_balance": _dollars("0")},
                    "spot_positions": [{**_STAKED, "total_balance_crypto": 21.5036}],
                }
            }
        },
    ),
    "gate-total-without-rows": Source(
        "gate-empty",
        {
            "/api/v4/wallet/total_balance": {
                "details": {
                    "spot": {"amount": "0", "currency": "USDT"},
                    "finance": {"amount": "0.000000031", "currency": "USDT"},
                },
                "total": {"amount": "0.000000031", "currency": "USDT"},
            }
        },
    ),
    "kraken-markets-down": Source(
        "kraken-messy", {"/0/public/AssetPairs": {"error": ["EService:Unavailable"]}}, {"/0/public/AssetPairs": 503}
    ),
    "kraken-key-of-no-address": Source("kraken-messy", {"/0/private/GetApiKeyInfo": kraken(_KEY)}),
    "kucoin-futures-account-in-dot": Source(
        "kucoin-empty",
        {
            "/api/v3/currencies": {"code": "200000", "data": _COINS},
            "/api/v1/contracts/active": {"code": "200000", "data": [_DOT_CONTRACT]},
            "/api/v1/account-overview": _overview("USDT", "0"),
            "/api/v1/account-overview?currency=USDC": _overview("USDC", "0"),
            "/api/v1/account-overview?currency=XBT": _overview("XBT", "0"),
            "/api/v1/account-overview?currency=DOT": _overview("DOT", "2.87"),
        },
    ),
}
