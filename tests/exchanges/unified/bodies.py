"""One row of each kind as ccxt 4.5.90 describes an exchange that the demo does not imitate: by exchange and path."""

from typing import Any

ORDER = {"symbol": "BTCUSDT", "price": "30000", "type": "LIMIT", "side": "BUY", "status": "NEW"}
CONTRACT = {"symbol": "BTC", "volume": 1, "direction": "buy", "lever_rate": 5, "position_margin": 0.0007}
BODIES: dict[str, dict[str, Any]] = {
    "bitfinex": {
        "/v2/auth/r/wallets": [
            ["exchange", "BTC", 0.5, 0, 0.5, None, None],
            ["margin", "BTC", 0.25, 0, 0.25, None, None],
            ["funding", "USDT", 7, 0.01, 7, None, None],
        ],
        "/v2/auth/r/orders": [
            [
                *(1001, None, 1, "tBTCUSDT", 1700000000000, 1700000000000, 0.1, 0.1, "EXCHANGE LIMIT", None),
                *(None, None, 0, "ACTIVE", None, None, 30000, 0, 0, 0, None, None, None, 0, 0, None, None, None),
                *("API>BFX", None, None, {}),
            ]
        ],
        "/v2/auth/r/positions": [
            [
                *("tBTCUSDT", "ACTIVE", 0.02, 8565, 0, 0, -0.3, -0.0003, 7045, 3, None, 14235, 1574002216000),
                *(1574002216000, None, 0, None, 0, 0, {"reason": "TRADE"}),
            ]
        ],
        "/v2/auth/r/movements/hist": [
            [
                *(1329, "BTC", "BITCOIN", None, None, 1574175052000, 1574181326000, None, None, "PENDING", None, None),
                *(-0.24, -0.001, None, None, "demo", None, None, None, "demo", None),
            ]
        ],
    },
    "cryptocom": {
        "/exchange/v1/private/user-balance": {
            "result": {"data": [{"position_balances": [{"quantity": "0.0002", "instrument_name": "BTC"}]}]}
        },
        "/exchange/v1/private/get-open-orders": {
            "result": {
                "data": [
                    {
                        "order_id": "6530",
                        "instrument_name": "BTC_USD",
                        "order_type": "LIMIT",
                        "side": "BUY",
                        "quantity": "0.0002",
                        "status": "ACTIVE",
                        "create_time": 1686806053992,
                    }
                ]
            }
        },
        "/exchange/v1/private/get-positions": {
            "result": {"data": [{"quantity": "0.0001", "cost": "3", "instrument_name": "BTCUSD-PERP"}]}
        },
        "/exchange/v1/private/get-deposit-history": {
            "result": {
                "deposit_list": [
                    {"id": "62", "currency": "BTC", "amount": 0.001, "status": "0", "create_time": 1688023659000}
                ]
            }
        },
        "/exchange/v1/private/get-withdrawal-history": {
            "result": {
                "withdrawal_list": [
                    {"id": "57", "currency": "BTC", "amount": 0.0005, "status": "1", "create_time": 1688613850000}
                ]
            }
        },
    },
    "deribit": {
        "/api/v2/private/get_account_summaries": {
            "result": {
                "summaries": [{"currency": "BTC", "equity": 0.0006, "balance": 0.0006, "available_funds": 0.0006}]
            }
        },
        "/api/v2/private/get_open_orders_by_currency": {
            "result": [
                {
                    "order_id": "ETH-349249",
                    "instrument_name": "BTC-PERPETUAL",
                    "order_type": "limit",
                    "order_state": "open",
                    "direction": "buy",
                    "amount": 40,
                    "price": 143.81,
                    "creation_timestamp": 1550657341322,
                }
            ]
        },
        "/api/v2/private/get_positions": {
            "result": [{"instrument_name": "BTC-PERPETUAL", "direction": "buy", "size": 10, "initial_margin": 0.0001}]
        },
    },
    "htx": {
        "/v1/account/accounts/100/balance": {
            "data": {"list": [{"currency": "btc", "type": kind, "balance": "0.5"} for kind in ("trade", "frozen")]}
        },
        "/v1/cross-margin/accounts/balance": {
            "data": {
                "list": [
                    {"currency": "btc", "type": "trade", "balance": "1"},
                    {"currency": "btc", "type": "frozen", "balance": "0"},
                    {"currency": "btc", "type": "loan", "balance": "-2"},
                    {"currency": "btc", "type": "loan-available", "balance": "8161"},
                ]
            }
        },
        "/v1/margin/accounts/balance": {
            "data": [
                {
                    "symbol": "btcusdt",
                    "list": [{"currency": "usdt", "type": kind, "balance": "3"} for kind in ("trade", "frozen")],
                }
            ]
        },
        "/v5/account/balance": {
            "data": {"details": [{"currency": "USDT", "equity": "174.2", "available_margin": "174.2"}]}
        },
        "/swap-api/v1/swap_account_info": {
            "data": [{"symbol": "BTC", "margin_balance": 0.4, "margin_frozen": 0, "margin_available": 0.4}]
        },
        "/api/v1/contract_account_info": {
            "data": [{"symbol": "ETH", "margin_balance": 0.3, "margin_frozen": 0, "margin_available": 0.3}]
        },
        "/v5/trade/position/opens": {"data": [{"contract_code": "BTC-USDT", "volume": "1", "position_side": "long"}]},
        "/swap-api/v1/swap_position_info": {"data": [{**CONTRACT, "contract_code": "BTC-USD"}]},
        "/api/v1/contract_position_info": {"data": [{**CONTRACT, "contract_code": "BTC220624"}]},
        "/v1/order/openOrders": {
            "data": [{"id": 13997, "symbol": "btcusdt", "amount": "0.045", "type": "sell-limit", "state": "submitted"}]
        },
        "/v1/query/deposit-withdraw": {
            "data": [{"id": "751", "type": "deposit", "currency": "usdt", "amount": "28", "state": "confirming"}]
        },
    },
    "mexc": {
        "/api/v3/account": {"balances": [{"asset": "BTC", "free": "1", "locked": "0"}]},
        "/api/v1/private/account/assets": {
            "data": [{"currency": "USDT", "equity": 3, "availableBalance": 3, "positionMargin": 0, "frozenBalance": 0}]
        },
        "/api/v3/openOrders": [{**ORDER, "orderId": "1337", "origQty": "0.0002", "time": "1647667102000"}],
        "/api/v1/private/order/list/open_orders": {
            "data": [{"orderId": "99", "symbol": "BTC_USDT", "vol": 1, "side": 1, "state": 2, "orderType": 1}]
        },
        "/api/v1/private/position/open_positions": {
            "data": [{"positionId": 13, "symbol": "BTC_USDT", "positionType": 1, "holdVol": 1, "im": 0.12}]
        },
        "/api/v3/capital/deposit/hisrec": [{"coin": "USDC-TRX", "amount": "10", "status": "4", "txId": "demo"}],
        "/api/v3/capital/withdraw/history": [
            {"id": "ad", "coin": "USDC-TRX", "amount": "2", "transactionFee": "1", "status": "2"}
        ],
    },
    "phemex": {
        "/spot/wallets": {"data": [{"currency": "BTC", "balanceEv": "1", "lockedTradingBalanceEv": "0"}]},
        "/spot/orders": {
            "data": {
                "rows": [
                    {"orderID": "d1d0", "symbol": "BTCUSDT", "side": "Buy", "ordType": "Limit", "ordStatus": "New"}
                ]
            }
        },
        "/exchange/wallets/depositList": {
            "data": [{"id": "29200", "currency": "USDT", "amountEv": "3000000000", "status": "Confirming"}]
        },
        "/exchange/wallets/withdrawList": {
            "data": [{"id": "10001", "currency": "USDT", "amountEv": "8800000000", "status": "Pending Review"}]
        },
    },
}
