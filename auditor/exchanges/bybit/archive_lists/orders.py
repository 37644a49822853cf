"""Bybit: past orders, interest on what is borrowed, P2P orders."""

from datetime import timedelta

from auditor.exchanges.bybit.archive_lists.explaining import (
    NINETY_DAYS,
    TWO_YEARS,
    Listing,
    Shape,
    explaining,
)
from auditor.exchanges.bybit.history_kinds import UNIFIED
from auditor.exchanges.bybit.sources import PAGES_OF_50, documented, windows
from auditor.i18n import mark
from auditor.spec.endpoint import Limit, Numbered, Query
from auditor.spec.history import SecondList
from auditor.spec.rows import rows_in

FIFTY = Limit(50, 1)
CATEGORIES = ("spot", "linear", "inverse", "option")
TRADED, INTEREST = frozenset({"TRADE"}), frozenset({"INTEREST"})


def _orders(category: str) -> SecondList:
    query = Query(params={"category": category}, back=timedelta(days=730))
    return explaining(
        Listing(
            id=f"orders-{category}",
            title=mark("Orders"),
            endpoint=documented(
                "v5/order/history",
                "Trade, Get Order History (2 years)",
                FIFTY,
                query,
                pages=PAGES_OF_50,
                windows=windows(7),
            ),
            reach=TWO_YEARS,
            used_by={UNIFIED: TRADED},
        ),
        Shape(
            number=("orderId",),
            time="createdTime",
            table="orders",
            kind=category,
            columns={
                "instrument": "symbol",
                "side": "side",
                "type": "orderType",
                "price": "price",
                "amount": "qty",
                "filled": "cumExecQty",
                "average_price": "avgPrice",
                "fee": "cumExecFee",
                "state": "orderStatus",
                "client_id": "orderLinkId",
                "updated": "updatedTime",
            },
        ),
    )


BORROWED = explaining(
    Listing(
        id="borrowing-interest",
        title=mark("Interest on what was borrowed"),
        endpoint=documented(
            "v5/account/borrow-history",
            "Account, Get Borrow History (2 years)",
            FIFTY,
            Query(back=timedelta(days=730)),
            pages=PAGES_OF_50,
            windows=windows(30),
        ),
        reach=TWO_YEARS,
        used_by={UNIFIED: INTEREST},
    ),
    Shape(
        number=("currency", "createdTime"),
        time="createdTime",
        table="products",
        kind="interest",
        columns={
            "asset": "currency",
            "amount": "borrowCost",
            "rate": "hourlyBorrowRate",
            "other_amount": "borrowAmount",
        },
    ),
)
P2P_ORDERS = explaining(
    Listing(
        id="p2p-orders",
        title=mark("P2P orders"),
        endpoint=documented(
            "v5/p2p/order/simplifyList",
            "P2P, Order, Get All Orders",
            Limit(10, 1),
            method="POST",
            rows=rows_in("items"),
            pages=Numbered(number="page", limit="size", size=30, total="count"),
            numbers=frozenset({"page", "size"}),
        ),
        reach=NINETY_DAYS,
        main_only=True,
    ),
    Shape(
        number=("id",),
        time="createDate",
        table="movements",
        kind="p2p",
        columns={
            "asset": "tokenId",
            "amount": "notifyTokenQuantity",
            "fee": "fee",
            "fee_asset": "tokenId",
            "network": "currencyId",
            "state": "status",
        },
    ),
)

ORDER_LISTS = (
    *map(_orders, CATEGORIES),
    BORROWED,
    P2P_ORDERS,
)
