"""The endpoints about what is over: trades, orders, closed positions, deliveries, interest, yields, loans, P2P orders.

Sources: https://bybit-exchange.github.io/docs/v5 (July 2026), order/execution, order/order-list, position/close-pnl and
close-position, asset/delivery and settlement, account/borrow-history, finance/earn/easy-onchain, p2p/order.
"""

from __future__ import annotations

from auditor.demo.bybit.spec import Endpoint, Numbers, Page, Span, one_of

_FIFTY = (50, 1)
_TWO_YEARS, _HALF_A_YEAR, _QUARTER = 730, 182, 90
"""Days back to which a list goes."""


def _listed(categories: str, span: Span, page: Page | None = None, *selects: str) -> Endpoint:
    """Return a list by category."""
    return Endpoint(
        limit=_FIFTY,
        required=("category",),
        choices={"category": one_of(categories)},
        selects=("category", *selects),
        page=page or Page(),
        span=span,
    )


def _span(field: str, most: int, default: int, kept: int | None) -> Span:
    """Return windows of so many days; `field`: a row's time; `default`: the days of a request without times."""
    return Span(field, most, default, inclusive=True, kept=kept)


_HUNDRED = Page(default=50, most=100, trails=True)
_OLD_LOANS = Endpoint(limit=(5, 1), right="Spot.SpotTrade", page=Page(default=10, most=100))
HISTORY = {
    ("GET", "/v5/execution/list"): _listed(
        "spot linear inverse option", _span("execTime", 7, 7, _TWO_YEARS), _HUNDRED, "baseCoin"
    ),
    ("GET", "/v5/order/history"): _listed(
        "spot linear inverse option", _span("createdTime", 7, 7, _TWO_YEARS), Page(trails=True)
    ),
    ("GET", "/v5/position/closed-pnl"): _listed("linear inverse", _span("createdTime", 7, 7, _TWO_YEARS), _HUNDRED),
    ("GET", "/v5/position/get-closed-positions"): _listed("option", _span("closeTime", 7, 1, _HALF_A_YEAR), _HUNDRED),
    ("GET", "/v5/asset/delivery-record"): _listed("linear inverse option", _span("deliveryTime", 30, 30, _TWO_YEARS)),
    ("GET", "/v5/asset/settlement-record"): _listed("linear", _span("createdTime", 30, 30, _TWO_YEARS)),
    ("GET", "/v5/account/borrow-history"): Endpoint(
        limit=_FIFTY, page=Page(trails=True), span=_span("createdTime", 30, 30, _TWO_YEARS)
    ),
    ("GET", "/v5/pre-upgrade/execution/list"): _listed(
        "spot linear inverse option", _span("execTime", 7, 7, None), _HUNDRED
    ),
    ("GET", "/v5/pre-upgrade/order/history"): _listed("spot linear inverse option", _span("createdTime", 7, 7, None)),
    ("GET", "/v5/asset/exchange/order-record"): Endpoint("orderBody", page=Page(default=10)),
    ("GET", "/v5/earn/liquidity-mining/yield-records"): Endpoint("records", right="Earn.Earn", page=Page()),
    ("GET", "/v5/earn/liquidity-mining/liquidation-records"): Endpoint("records", right="Earn.Earn", page=Page()),
    **{("GET", f"/v5/crypto-loan/{name}-history"): _OLD_LOANS for name in ("borrow", "repayment", "adjustment")},
    ("GET", "/v5/earn/yield"): Endpoint(
        right="Earn.Earn",
        required=("category",),
        choices={"category": one_of("FlexibleSaving OnChain")},
        selects=("category",),
        page=Page(default=50, most=100),
        span=_span("createdAt", 7, 7, _QUARTER),
    ),
    ("POST", "/v5/p2p/order/simplifyList"): Endpoint(
        "items",
        right="FiatP2P.FiatP2POrder",
        page=Numbers("page", "size", most=30, total="count", required=True),
        main_only=True,
    ),
}
