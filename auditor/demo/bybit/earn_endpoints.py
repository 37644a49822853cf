"""Bybit's endpoints about Earn, borrowing and loans."""

from __future__ import annotations

from auditor.demo.bybit.spec import Endpoint, Page, Span, one_of

_EARN, _SPOT = "Earn.Earn", "Spot.SpotTrade"
_TEN, _FIVE = (10, 1), (5, 1)
_ADVANCED = {"category": one_of("DualAssets DiscountBuy SmartLeverage DoubleWin")}
_HUNDRED = Page(default=10, most=100)
EARN = {
    ("GET", "/v5/earn/position"): Endpoint(
        "list",
        _TEN,
        _EARN,
        required=("category",),
        choices={"category": one_of("FlexibleSaving OnChain")},
        selects=("category",),
    ),
    ("GET", "/v5/earn/order"): Endpoint(
        "list",
        _TEN,
        _EARN,
        required=("category",),
        choices={"category": one_of("FlexibleSaving OnChain")},
        selects=("category",),
        page=Page(default=50, most=100),
        span=Span("createdAt", 7, 7),
    ),
    ("GET", "/v5/earn/fixed-term/position"): Endpoint("list", _TEN, _EARN),
    ("GET", "/v5/earn/fixed-term/order"): Endpoint("list", _TEN, _EARN, page=Page(), span=Span("createdAt")),
    ("GET", "/v5/earn/advance/position"): Endpoint(
        "list", _TEN, _EARN, ("category",), _ADVANCED, {"category": "category"}, page=Page(most=20)
    ),
    ("GET", "/v5/earn/advance/order"): Endpoint(
        "list", _TEN, _EARN, ("category",), _ADVANCED, {"category": "category"}, page=Page(most=20)
    ),
    ("GET", "/v5/earn/liquidity-mining/position"): Endpoint("positions", _TEN, _EARN),
    ("GET", "/v5/earn/liquidity-mining/order"): Endpoint(
        "orders",
        _TEN,
        _EARN,
        choices={"status": one_of("Success Processing")},
        filters={"status": "status"},
        page=Page(),
        hidden=frozenset({"Processing"}),
    ),
    ("GET", "/v5/earn/token/order"): Endpoint(
        "list",
        _TEN,
        _EARN,
        required=("coin",),
        choices={"coin": one_of("BYUSDT")},
        page=Page(most=100),
        span=Span("createdTime", None, 365, 1000, 1000),
    ),
    ("GET", "/v5/earn/rwa/position"): Endpoint("list", _TEN, _EARN),
    ("GET", "/v5/earn/rwa/order"): Endpoint(
        "list", _TEN, _EARN, page=Page(), span=Span("createdTime", 180, 7, 1000, 1000)
    ),
    ("GET", "/v5/earn/pwm/investment-plan/all"): Endpoint(
        "list", _TEN, _EARN, filters={"status": "status"}, page=Page()
    ),
    ("GET", "/v5/earn/pwm/investment-plan/order"): Endpoint(
        "list", _TEN, _EARN, filters={"status": "status"}, page=Page(), span=Span("orderTime")
    ),
}
LOANS = {
    ("GET", "/v5/account/collateral-info"): Endpoint(limit=(50, 1)),
    ("GET", "/v5/spot-margin-trade/fixedborrow-contract-info"): Endpoint("list", _FIVE, _SPOT, page=_HUNDRED),
    ("GET", "/v5/spot-margin-trade/fixedborrow-order-info"): Endpoint(
        "list", _FIVE, _SPOT, filters={"state": "state"}, page=_HUNDRED
    ),
    ("GET", "/v5/crypto-loan-common/adjustment-history"): Endpoint("list", _FIVE, _SPOT, page=_HUNDRED),
    ("GET", "/v5/crypto-loan-flexible/ongoing-coin"): Endpoint("list", _FIVE, _SPOT),
    ("GET", "/v5/crypto-loan-flexible/borrow-history"): Endpoint("list", _FIVE, _SPOT, page=_HUNDRED),
    ("GET", "/v5/crypto-loan-flexible/repayment-history"): Endpoint("list", _FIVE, _SPOT, page=_HUNDRED),
    ("GET", "/v5/crypto-loan-fixed/borrow-contract-info"): Endpoint("list", _FIVE, _SPOT, page=_HUNDRED),
    ("GET", "/v5/crypto-loan-fixed/repayment-history"): Endpoint("list", _FIVE, _SPOT, page=_HUNDRED),
    ("GET", "/v5/crypto-loan-fixed/borrow-order-info"): Endpoint(
        "list", _FIVE, _SPOT, filters={"state": "state"}, page=_HUNDRED
    ),
    ("GET", "/v5/crypto-loan-fixed/supply-contract-info"): Endpoint("list", _FIVE, _SPOT, page=_HUNDRED),
    ("GET", "/v5/crypto-loan-fixed/supply-order-info"): Endpoint(
        "list", _FIVE, _SPOT, filters={"state": "state"}, page=_HUNDRED
    ),
    ("GET", "/v5/crypto-loan/ongoing-orders"): Endpoint("list", _FIVE, _SPOT, page=_HUNDRED),
    ("GET", "/v5/ins-loan/loan-order"): Endpoint("loanInfo", (20, 1), span=Span("loanTime")),
    ("GET", "/v5/ins-loan/ltv-convert"): Endpoint("ltvInfo", (20, 1)),
}
