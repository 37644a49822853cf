"""KuCoin's endpoints (kucoin.com/docs-new) that an audit reads, of the spot, margin and futures hosts.

``right``: what the documentation asks for in place of General. ``unified``: answered to unified accounts only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditor.demo.kucoin import history_lists, orders, wallets
from auditor.demo.kucoin.lists import constant, items, listed, rows
from auditor.demo.kucoin.protocol import data
from auditor.demo.venue import Handler, Query

BY_ID = "/api/v1/withdrawals/{withdrawalId}"


@dataclass(frozen=True)
class Endpoint:
    """A read with its handler, its pool and weight, and who is answered."""

    handler: Handler
    pool: str
    weight: int
    right: str = "General"
    unified: bool = False
    main: bool = False


def _key(query: Query) -> Any:
    return data({"apiKey": query.account.apikey, **query.account.key})


def _reference(query: Query) -> Any:
    return data(query.listed[query.path])


def _public(weight: int, handler: Handler = _reference) -> Endpoint:
    return Endpoint(handler, "public", weight)


def _of_unified(handler: Handler, weight: int = 5) -> Endpoint:
    return Endpoint(handler, "unified", weight, unified=True)


def _of_main(handler: Handler, weight: int = 20) -> Endpoint:
    return Endpoint(handler, "management", weight, main=True)


PUBLIC: Mapping[str, Endpoint] = {
    "/api/v1/timestamp": _public(3, constant({})),
    "/api/v1/status": _public(3, constant({"status": "open", "msg": ""})),
    "/api/v3/currencies": _public(3),
    "/api/v2/symbols": _public(4),
    "/api/v1/market/allTickers": _public(15),
    "/api/v1/contracts/active": _public(3),
}
_ACCOUNTS: Mapping[str, Endpoint] = {
    # Every key may ask about itself.
    "/api/v1/user/api-key": Endpoint(_key, "management", 20, right=""),
    wallets.MODE: Endpoint(wallets.mode, "management", 30),
    "/api/v1/accounts": Endpoint(rows("type"), "management", 5),
    "/api/v1/accounts/ledgers": Endpoint(history_lists.ledger(), "management", 2),
    "/api/v1/hf/accounts/ledgers": Endpoint(history_lists.by_last_id(7, 1, 200), "spot", 2),
    "/api/v3/margin/accounts": Endpoint(wallets.cross, "spot", 15),
    "/api/v3/isolated/accounts": Endpoint(wallets.isolated, "spot", 15),
    # KuCoin's pages differ on the right: General until 2025, Futures in the OpenAPI description.
    wallets.OWN: Endpoint(wallets.overview, "futures", 5, right="Futures"),
    wallets.ALL: Endpoint(wallets.overview_all, "futures", 6, main=True),
    "/api/ua/v1/unified/account/balance": _of_unified(wallets.unified_balance),
    "/api/ua/v1/unified/account/overview": _of_unified(wallets.unified_overview),
    "/api/ua/v1/account/balance": _of_unified(wallets.funding_balance),
}
_EARN: Mapping[str, Endpoint] = {
    "/api/v1/earn/hold-assets": Endpoint(listed(), "earn", 5),
    "/api/v1/struct-earn/orders": Endpoint(orders.structured, "earn", 5),
    "/api/v3/purchase/orders": Endpoint(orders.lending, "spot", 10),
    "/api/v3/redeem/orders": Endpoint(orders.lending, "spot", 10),
    "/api/v1/otc-loan/loan": Endpoint(constant({"orders": [], "margins": []}), "management", 5, right="Spot"),
    "/api/v1/otc-loan/accounts": Endpoint(rows(), "management", 20, right="Spot"),
}
_ORDERS: Mapping[str, Endpoint] = {
    "/api/v1/orders": Endpoint(orders.orders, "spot", 2),
    "/api/v1/hf/orders/active/symbols": Endpoint(orders.symbols(orders.ACTIVE), "spot", 2, right="Spot"),
    orders.ACTIVE: Endpoint(listed("symbol", required=("symbol",), most=50), "spot", 2),
    "/api/v1/stop-order": Endpoint(orders.stop_orders, "spot", 8),
    "/api/v3/oco/orders": Endpoint(listed("symbol"), "spot", 2),
    "/api/v3/hf/margin/order/active/symbols": Endpoint(orders.symbols(orders.MARGIN), "spot", 4, right="Margin"),
    orders.MARGIN: Endpoint(rows("symbol", "tradeType", required=("symbol", "tradeType")), "spot", 4),
    "/api/v3/hf/margin/stop-orders": Endpoint(orders.with_type, "spot", 8),
    "/api/v3/hf/margin/oco-orders": Endpoint(orders.with_type, "spot", 2),
    "/api/v1/convert/limit/orders": Endpoint(listed("status", most=100), "spot", 5),
    "/api/v1/stopOrders": Endpoint(listed("symbol", most=1000), "futures", 6),
    "/api/v1/positions": Endpoint(rows("currency"), "futures", 2),
    "/api/ua/v1/unified/order/open-list": _of_unified(orders.unified_orders, 4),
    "/api/ua/v1/unified/position/open-list": _of_unified(rows(), 4),
}
_FLOWS: Mapping[str, Endpoint] = {
    "/api/v1/deposits": Endpoint(listed("currency", "status"), "management", 5),
    "/api/v1/withdrawals": Endpoint(listed("currency", "status"), "management", 20),
    BY_ID: Endpoint(orders.withdrawal, "management", 20),
    "/api/v1/convert/order/history": Endpoint(listed("status", most=100), "spot", 5),
    "/api/ua/v2/asset/deposit/history": _of_unified(listed("currency", "status")),
    "/api/ua/v2/asset/withdrawal/history": _of_unified(listed("currency", "status")),
}
_HISTORY: Mapping[str, Endpoint] = {
    "/api/v3/hf/margin/account/ledgers": Endpoint(history_lists.by_last_id(7, 1, 200), "spot", 2),
    "/api/ua/v1/account/ledger": _of_unified(history_lists.unified_ledger, 2),
    "/api/v1/transaction-history": Endpoint(history_lists.futures_ledger, "futures", 2),
    "/api/v1/hf/fills": Endpoint(history_lists.by_last_id(7, 7, 100, "symbol", wrapped=True), "spot", 2),
    # Of the futures host; the list of this path at the other host is abandoned.
    "/api/v1/fills": Endpoint(history_lists.paged(90, 7, 1000), "futures", 5),
    "/api/v1/history-positions": Endpoint(history_lists.positions, "futures", 2),
    "/api/v1/funding-history": Endpoint(history_lists.funding, "futures", 5),
    "/api/v1/hf/orders/done": Endpoint(history_lists.done(7, 7, 100, "symbol"), "spot", 2),
    "/api/v3/hf/margin/orders/done": Endpoint(history_lists.done(7, 7, 100, "symbol", "tradeType"), "spot", 10),
    "/api/v3/hf/margin/fills": Endpoint(
        history_lists.by_last_id(7, 7, 100, "symbol", "tradeType", wrapped=True), "spot", 5
    ),
    # KuCoin's description asks for the right Margin here; a third party's notes of 2026 say General.
    "/api/v3/margin/borrow": Endpoint(history_lists.debts, "spot", 15),
    "/api/v3/margin/repay": Endpoint(history_lists.debts, "spot", 15),
    "/api/v3/margin/interest": Endpoint(history_lists.interest, "spot", 20),
    "/api/v1/hist-deposits": Endpoint(history_lists.old, "management", 5),
    "/api/v1/hist-withdrawals": Endpoint(history_lists.old, "management", 20),
    "/api/v1/hist-orders": Endpoint(history_lists.old, "spot", 20),
}
_SUB_ACCOUNTS: Mapping[str, Endpoint] = {
    "/api/v2/sub/user": _of_main(listed(most=100)),
    "/api/v2/sub-accounts": _of_main(lambda query: items(query, wallets.sub_accounts(query), 100)),
    "/api/v1/sub/api-key": _of_main(rows("subName", required=("subName",))),
    "/api/ua/v1/sub-account/balance": _of_main(wallets.sub_account_balance, 5),
}
ENDPOINTS: Mapping[str, Endpoint] = {
    **PUBLIC,
    **_ACCOUNTS,
    **_EARN,
    **_ORDERS,
    **_FLOWS,
    **_HISTORY,
    **_SUB_ACCOUNTS,
}
READS: Mapping[tuple[str, str], Handler] = {("GET", path): one.handler for path, one in ENDPOINTS.items()}
