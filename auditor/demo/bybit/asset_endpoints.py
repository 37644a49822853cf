"""Bybit's endpoints about what is under way, and about sub-accounts."""

from __future__ import annotations

from auditor.demo.bybit.spec import Endpoint, Numbers, Page, Span

_WALLET, _CONVERT = "Wallet.AccountTransfer", "Exchange.ExchangeHistory"
ASSET = {
    ("GET", "/v5/asset/deposit/query-record"): Endpoint(
        "rows", (100, 60), page=Page(default=50), span=Span("successAt", 30, 30)
    ),
    ("GET", "/v5/asset/deposit/query-internal-record"): Endpoint(
        "rows", (300, 1), page=Page(default=50), span=Span("createdTime", 30, 30, unit=1000)
    ),
    ("GET", "/v5/asset/withdraw/query-record"): Endpoint(
        "rows", (300, 60), page=Page(default=50), span=Span("createTime", 30, 30), main_only=True
    ),
    ("GET", "/v5/asset/transfer/query-inter-transfer-list"): Endpoint(
        "list", (60, 60), _WALLET, filters={"status": "status"}, page=Page(), span=Span("timestamp", 7, 7)
    ),
    ("GET", "/v5/asset/transfer/query-universal-transfer-list"): Endpoint(
        "list",
        (5, 1),
        "Wallet.SubMemberTransfer",
        filters={"status": "status"},
        page=Page(),
        span=Span("timestamp", 7, 7),
    ),
    ("GET", "/v5/asset/exchange/query-convert-history"): Endpoint(
        "list", (50, 1), _CONVERT, filters={"accountType": "accountType"}, page=Numbers("index", "limit")
    ),
    ("GET", "/v5/asset/covert/small-balance-history"): Endpoint(
        "records", (5, 1), _CONVERT, page=Numbers("cursor", "size", 50, 100, "totalCount"), span=Span("createdAt")
    ),
    ("GET", "/v5/asset/covert/small-balance-list"): Endpoint(
        "smallAssetCoins", (10, 1), _CONVERT, required=("accountType",)
    ),
    ("GET", "/v5/fiat/query-trade-history"): Endpoint(
        "", (1000, 1), "FiatConvertBroker.FiatConvertBrokerOrder", page=Numbers("index", "limit")
    ),
    ("GET", "/v5/fiat/balance-query"): Endpoint("", (1000, 1), "FiatConvertBroker.FiatConvertBrokerOrder"),
    ("GET", "/v5/spot-lever-token/order-record"): Endpoint(),
    ("GET", "/v5/account/transaction-log"): Endpoint(
        limit=(25, 1), page=Page(trails=True), span=Span("transactionTime", 7, 1, inclusive=True, kept=730)
    ),
    ("GET", "/v5/asset/fundinghistory"): Endpoint(
        limit=(30, 1),
        page=Page(default=10, most=100, trails=True),
        span=Span("createTime", 7, None, 1000, 1000, "createTimeFrom", "createTimeTo", inclusive=True),
    ),
}
_MEMBERS = Page("nextCursor", "pageSize", "nextCursor", 100, 100, "0")
SUB_ACCOUNTS = {
    ("GET", "/v5/user/submembers"): Endpoint("subMembers", (5, 1), _WALLET, page=_MEMBERS, main_only=True),
    ("GET", "/v5/user/escrow_sub_members"): Endpoint("subMembers", (5, 1), _WALLET, page=_MEMBERS, main_only=True),
    ("GET", "/v5/user/sub-apikeys"): Endpoint(
        "result", required=("subMemberId",), selects=("subMemberId",), page=Page(most=20), main_only=True
    ),
    ("GET", "/v5/asset/deposit/query-sub-member-record"): Endpoint(
        "rows",
        (300, 60),
        required=("subMemberId",),
        selects=("subMemberId",),
        page=Page(default=50),
        span=Span("successAt", 30, 30),
        main_only=True,
    ),
}
