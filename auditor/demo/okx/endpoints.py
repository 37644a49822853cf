"""Every endpoint that the demo exchange has, as OKX documents it.

Limits, parameters, states and pagination come from https://www.okx.com/docs-v5/en/ (June 2026). Where it is ambiguous
the demo does what is harder for a client: a list of sub-accounts has the frozen ones only if they are requested.
"""

from __future__ import annotations

from auditor.demo.okx.asset_endpoints import DEBTS, EARN, FLOWS, WALLETS
from auditor.demo.okx.history_endpoints import HISTORY
from auditor.demo.okx.spec import Endpoint, after_before, one_of
from auditor.demo.okx.trading_endpoints import BOTS_AND_POSITIONS, INST_TYPES, ORDERS

_STATUS = one_of("scheduled ongoing pre_open completed canceled")

_SUBACCOUNTS = (
    Endpoint(
        "users/subaccount/list",
        (20, 2),
        filters=("enable", "subAcct"),
        choices={"enable": one_of("true false")},
        defaults={"enable": "true"},
        bounds=after_before("ts"),
        order="ts",
        main_only=True,
    ),
    Endpoint("users/subaccount/apikey", (20, 2), ("subAcct",), ("apiKey",), selects=("subAcct",), main_only=True),
    Endpoint("account/subaccount/balances", (6, 2), ("subAcct",), selects=("subAcct",), main_only=True),
    Endpoint("asset/subaccount/balances", (6, 2), ("subAcct",), ("ccy",), selects=("subAcct",), main_only=True),
)

_STATE = (
    Endpoint("account/config", (5, 2)),
    Endpoint(
        "trade/easy-convert-currency-list",
        (1, 2),
        selects=("source",),
        choices={"source": one_of("1 2")},
        defaults={"source": "1"},
    ),
    Endpoint("asset/currencies", (6, 1), filters=("ccy",)),
    Endpoint(
        "account/instruments",
        (20, 2),
        ("instType",),
        filters=("instType", "instId", "instFamily", "uly"),
        choices={"instType": INST_TYPES},
        split_by="instType",
    ),
    Endpoint(
        "public/instruments",
        (20, 2),
        ("instType",),
        filters=("instType", "instId", "instFamily", "uly"),
        choices={"instType": INST_TYPES},
        public=True,
        split_by="instType",
    ),
    Endpoint(
        "market/tickers",
        (20, 2),
        ("instType",),
        filters=("instType", "instFamily", "uly"),
        choices={"instType": INST_TYPES},
        public=True,
    ),
    Endpoint("system/status", (1, 5), filters=("state",), choices={"state": _STATUS}, public=True),
    Endpoint("public/time", (10, 2), public=True),
)

ENDPOINTS: dict[str, Endpoint] = {
    endpoint.path: endpoint
    for endpoint in (*WALLETS, *EARN, *DEBTS, *FLOWS, *ORDERS, *BOTS_AND_POSITIONS, *_SUBACCOUNTS, *_STATE, *HISTORY)
}
"""Every endpoint that reads, by its path."""

WRITES: dict[str, str] = {
    "trade/order": "trade",
    "trade/cancel-order": "trade",
    "trade/close-position": "trade",
    "trade/easy-convert": "trade",
    "trade/one-click-repay": "trade",
    "account/set-leverage": "trade",
    "account/set-account-level": "trade",
    "asset/transfer": "trade",
    "asset/convert/trade": "trade",
    "asset/withdrawal": "withdraw",
    "asset/cancel-withdrawal": "withdraw",
    "finance/savings/purchase-redempt": "trade",
    "finance/staking-defi/purchase": "trade",
    "finance/staking-defi/redeem": "trade",
    "tradingBot/grid/stop-order-algo": "trade",
    "tradingBot/recurring/stop-order-algo": "trade",
    "users/subaccount/create": "trade",
    "users/subaccount/delete-apikey": "trade",
}
"""Well-known endpoints that change something, with the right that each takes. The demo never carries one out."""
