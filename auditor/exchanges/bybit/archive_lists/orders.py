"""Bybit: past orders, interest on what is borrowed, P2P orders."""

from auditor.exchanges.bybit.archive_lists.explaining import DAYS_730, NINETY_DAYS, TWO_YEARS, explaining
from auditor.exchanges.bybit.history_kinds import UNIFIED
from auditor.exchanges.bybit.sources import PAGES_OF_50, asking, documented, windows
from auditor.i18n import mark
from auditor.spec.endpoint import Limit, Numbered
from auditor.spec.rows import rows_in
from auditor.spec.second_list import SecondList
from auditor.spec.table_rows import in_table

FIFTY = Limit(50, 1)
CATEGORIES = ("spot", "linear", "inverse", "option")
TRADED, INTEREST = frozenset({"TRADE"}), frozenset({"INTEREST"})


def _orders(category: str) -> SecondList:
    return explaining(
        id=f"orders-{category}",
        title=mark("Orders"),
        endpoint=documented(
            "v5/order/history",
            "Trade, Get Order History (2 years)",
            FIFTY,
            asking(DAYS_730, category=category),
            pages=PAGES_OF_50,
            windows=windows(7),
        ),
        reach=TWO_YEARS,
        **in_table(
            "orders",
            category,
            number="orderId",
            time="createdTime",
            columns=(
                "instrument:symbol side type:orderType price amount:qty filled:cumExecQty average_price:avgPrice "
                "fee:cumExecFee state:orderStatus client_id:orderLinkId updated:updatedTime"
            ),
        ),
        used_by={UNIFIED: TRADED},
    )


BORROWED = explaining(
    id="borrowing-interest",
    title=mark("Interest on what was borrowed"),
    endpoint=documented(
        "v5/account/borrow-history",
        "Account, Get Borrow History (2 years)",
        FIFTY,
        asking(DAYS_730),
        pages=PAGES_OF_50,
        windows=windows(30),
    ),
    reach=TWO_YEARS,
    **in_table(
        "products",
        "interest",
        number="currency createdTime",
        time="createdTime",
        columns="asset:currency amount:borrowCost rate:hourlyBorrowRate other_amount:borrowAmount",
    ),
    used_by={UNIFIED: INTEREST},
)
P2P_ORDERS = explaining(
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
    **in_table(
        "movements",
        "p2p",
        number="id",
        time="createDate",
        columns="asset:tokenId amount:notifyTokenQuantity fee fee_asset:tokenId network:currencyId state:status",
    ),
    main_only=True,
)

EXCHANGED = explaining(
    id="coin-exchanges",
    title=mark("Exchanges of coins"),
    endpoint=documented(
        "v5/asset/exchange/order-record",
        "Asset, Get Coin Exchange Records",
        Limit(10, 1),
        rows=rows_in("orderBody"),
        pages=PAGES_OF_50,
    ),
    **in_table(
        "conversions",
        "exchange",
        number="exchangeTxId",
        time="createdTime",
        unit="s",
        columns="side:=sell asset:fromCoin amount:fromAmount other_asset:toCoin other_amount:toAmount",
    ),
)
"""Those that the list of conversions has not, which begins in September 2025."""
ORDER_LISTS = (*map(_orders, CATEGORIES), BORROWED, P2P_ORDERS, EXCHANGED)
