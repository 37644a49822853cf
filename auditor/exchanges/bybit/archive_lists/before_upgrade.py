"""Bybit: trades and orders of before the account became a Unified one, which no other list has.

Those of USDC contracts and options go back 6 months (Bybit V5 API documentation, July 2026), of the others no page says
how far. Orders are asked for where there were trades.
"""

from collections.abc import Iterator

from auditor.exchanges.bybit.archive_lists.explaining import NOT_STATED, explaining
from auditor.exchanges.bybit.sources import PAGES_OF_50, PAGES_OF_100, asking, documented, windows
from auditor.i18n import mark
from auditor.spec.endpoint import Endpoint, Limit, Query, Token
from auditor.spec.paged_list import Partition, RowsOf
from auditor.spec.second_list import SecondList
from auditor.spec.table_rows import in_table

# No page states a limit: ccxt 4.5.90 asks no more often.
TEN = Limit(10, 1)
CATEGORIES = ("spot", "linear", "inverse")
FILLS_ID = "fills-before-upgrade"


def _endpoint(path: str, page: str, query: Query, pages: Token) -> Endpoint:
    return documented(f"v5/pre-upgrade/{path}", f"Pre-upgrade, {page}", TEN, query, pages=pages, windows=windows(7))


def _fills(category: str) -> SecondList:
    return explaining(
        id=f"{FILLS_ID}-{category}",
        title=mark("Fills before the upgrade"),
        reach=NOT_STATED,
        endpoint=_endpoint("execution/list", "Get Pre-upgrade Trade History", asking(category=category), PAGES_OF_100),
        **in_table(
            "fills",
            "",
            number="execId",
            time="execTime",
            columns=(
                "instrument:symbol side price:execPrice amount:execQty fee:execFee order_id:orderId trade_id:execId"
            ),
        ),
    )


def traded(rows_of: RowsOf) -> Iterator[str]:
    """Yield the categories of which there are fills."""
    for category in CATEGORIES:
        if any(True for _row in rows_of(f"{FILLS_ID}-{category}")):
            yield category


ORDERS = explaining(
    id="orders-before-upgrade",
    title=mark("Orders before the upgrade"),
    reach=NOT_STATED,
    endpoint=_endpoint("order/history", "Get Pre-upgrade Order History", asking(), PAGES_OF_50),
    partition=Partition(
        parameter="category",
        of=tuple(f"{FILLS_ID}-{category}" for category in CATEGORIES),
        find=traded,
        field="category",
    ),
    **in_table(
        "orders",
        "",
        number="orderId",
        time="createdTime",
        columns=(
            "kind:category instrument:symbol side type:orderType price amount:qty filled:cumExecQty "
            "average_price:avgPrice fee:cumExecFee state:orderStatus client_id:orderLinkId updated:updatedTime"
        ),
    ),
)
BEFORE_UPGRADE_LISTS = (*map(_fills, CATEGORIES), ORDERS)
