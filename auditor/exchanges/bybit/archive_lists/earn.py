"""Bybit: orders and yields of Earn."""

from datetime import timedelta

from auditor.exchanges.bybit.archive_lists.explaining import QUARTER, Listing, Shape, explaining
from auditor.exchanges.bybit.sources import LIST, PAGES_OF_50, PAGES_OF_100, documented, windows
from auditor.i18n import mark
from auditor.spec.endpoint import Limit, Query
from auditor.spec.history import SecondList
from auditor.spec.rows import rows_in

TEN = Limit(10, 1)
FLEXIBLE = {"category": "FlexibleSaving"}


def yield_rows(data: object) -> list[object]:
    """Return the yields of an answer: in `list`, as real answers have it, or in `yield`, as the page's example."""
    return (rows_in("yield") if isinstance(data, dict) and "yield" in data and "list" not in data else LIST)(data)


ORDERS = explaining(
    Listing(
        id="earn-orders",
        title=mark("Easy Earn: orders"),
        endpoint=documented(
            "v5/earn/order",
            "Earn, Get Stake/Redeem Order History",
            TEN,
            # How far back it goes is not stated.
            Query(params=FLEXIBLE, back=timedelta(days=730)),
            pages=PAGES_OF_100,
            windows=windows(7),
        ),
    ),
    Shape(
        number=("orderId",),
        time="createdAt",
        table="products",
        kind="easy earn",
        columns={"type": "orderType", "asset": "coin", "amount": "orderValue", "state": "status"},
    ),
)


def _yields(category: str) -> SecondList:
    return explaining(
        Listing(
            id=f"earn-yields-{category.lower()}",
            title=mark("Easy Earn: yields"),
            endpoint=documented(
                "v5/earn/yield",
                "Earn, Get Yield History",
                TEN,
                Query(params={"category": category}, back=timedelta(days=90)),
                rows=yield_rows,
                pages=PAGES_OF_100,
                windows=windows(7),
            ),
            reach=QUARTER,
        ),
        Shape(
            number=("id",),
            time="createdAt",
            table="products",
            kind="yield",
            columns={
                "type": "distributionMode",
                "asset": "coin",
                "earned": "amount",
                "amount": "effectiveStakingAmount",
                "state": "status",
            },
        ),
    )


FIXED = explaining(
    Listing(
        id="fixed-term-orders",
        title=mark("Fixed-term Earn: orders"),
        endpoint=documented("v5/earn/fixed-term/order", "Earn, Fixed Saving, Get Order List", TEN, pages=PAGES_OF_50),
    ),
    Shape(
        number=("orderId",),
        time="createdAt",
        table="products",
        kind="fixed term",
        columns={"type": "orderType", "asset": "coin", "amount": "amount", "state": "status"},
    ),
)

EARN_LISTS = (ORDERS, *map(_yields, ("FlexibleSaving", "OnChain")), FIXED)
