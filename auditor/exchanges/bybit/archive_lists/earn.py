"""Bybit: orders and yields of Earn."""

from datetime import timedelta

from auditor.exchanges.bybit.archive_lists.explaining import DAYS_730, QUARTER, explaining
from auditor.exchanges.bybit.sources import LIST, PAGES_OF_50, PAGES_OF_100, asking, documented, windows
from auditor.i18n import mark
from auditor.spec.endpoint import Limit
from auditor.spec.rows import rows_in
from auditor.spec.second_list import SecondList
from auditor.spec.table_rows import in_table

TEN = Limit(10, 1)


def yield_rows(data: object) -> list[object]:
    """Return the yields of an answer: in `list`, as real answers have it, or in `yield`, as the page's example."""
    return (rows_in("yield") if isinstance(data, dict) and "yield" in data and "list" not in data else LIST)(data)


ORDERS = explaining(
    id="earn-orders",
    title=mark("Easy Earn: orders"),
    endpoint=documented(
        "v5/earn/order",
        "Earn, Get Stake/Redeem Order History",
        TEN,
        # How far back it goes is not stated.
        asking(DAYS_730, category="FlexibleSaving"),
        pages=PAGES_OF_100,
        windows=windows(7),
    ),
    **in_table(
        "products",
        "easy earn",
        number="orderId",
        time="createdAt",
        columns="type:orderType asset:coin amount:orderValue state:status",
    ),
)


def _yields(category: str) -> SecondList:
    return explaining(
        id=f"earn-yields-{category.lower()}",
        title=mark("Easy Earn: yields"),
        endpoint=documented(
            "v5/earn/yield",
            "Earn, Get Yield History",
            TEN,
            asking(timedelta(days=90), category=category),
            rows=yield_rows,
            pages=PAGES_OF_100,
            windows=windows(7),
        ),
        reach=QUARTER,
        **in_table(
            "products",
            "yield",
            number="id",
            time="createdAt",
            columns="type:distributionMode asset:coin earned:amount amount:effectiveStakingAmount state:status",
        ),
    )


FIXED = explaining(
    id="fixed-term-orders",
    title=mark("Fixed-term Earn: orders"),
    endpoint=documented("v5/earn/fixed-term/order", "Earn, Fixed Saving, Get Order List", TEN, pages=PAGES_OF_50),
    **in_table(
        "products",
        "fixed term",
        number="orderId",
        time="createdAt",
        columns="type:orderType asset:coin amount state:status",
    ),
)

EARN_LISTS = (ORDERS, *map(_yields, ("FlexibleSaving", "OnChain")), FIXED)
