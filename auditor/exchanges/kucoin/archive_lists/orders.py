"""KuCoin: past orders of spot, a list for each pair of the last 7 days, and of futures; funding fees; conversions."""

from collections.abc import Iterator

from auditor.exchanges.kucoin.archive_lists.beside import (
    ALL,
    BY_LAST_ID,
    YEAR_ASKED,
    explaining,
    in_table,
)
from auditor.exchanges.kucoin.archive_lists.contracts import POSITIONS, futures_rows
from auditor.exchanges.kucoin.archive_lists.fills import ABOUT, FUTURES_FILLS, traded_pairs
from auditor.exchanges.kucoin.archive_lists.listing import (
    DAILY,
    FUTURES,
    MONTH,
    TRADE,
    WEEK,
    YEAR,
    asking,
    reach,
    windowed,
)
from auditor.exchanges.kucoin.archive_lists.trading_ledger import TRADING_ID
from auditor.exchanges.kucoin.lists import ITEMS, pages
from auditor.exchanges.kucoin.sites import FUTURES as FUTURES_SITE
from auditor.exchanges.kucoin.sites import V1, futures, spot
from auditor.exchanges.kucoin.sources import CONVERT, documented
from auditor.i18n import mark
from auditor.spec.paged_list import Partition, RowsOf, Single
from auditor.spec.rows import rows_in

ORDER_COLUMNS = (
    "instrument:symbol side type price amount:size filled:dealSize fee fee_asset:feeCurrency client_id:clientOid "
    "updated:lastUpdatedAt"
)
ABOUT_CONTRACTS = 5
"""Contracts that an account trades, for an estimate of the time that all take."""
MOST = 100
"""Rows of an answer about funding fees: a contract has some hundred a month."""


def traded_contracts(rows_of: RowsOf) -> Iterator[str]:
    """Yield the contracts of which fills and closed positions are known."""
    for list_id in (FUTURES_FILLS.id, POSITIONS.id):
        yield from (str(row["symbol"]) for row in rows_of(list_id) if row.get("symbol"))


SPOT_ORDERS = explaining(
    id="orders",
    title=mark("Spot orders"),
    wallet=TRADE,
    endpoint=windowed(
        documented(V1, "hf/orders/done", spot(2), pagination=BY_LAST_ID, rows=rows_in("items")),
        WEEK,
        WEEK,
    ),
    # Of fills it is 7 days (a third party's notes, 2026); no page of KuCoin's states either.
    reach=reach(mark("the last 7 days"), "tigusigalpa/kucoin-go (August 2026)", WEEK),
    partition=Partition(parameter="symbol", of=(TRADING_ID,), find=traded_pairs, field="symbol", about=ABOUT),
    **in_table("orders", "spot", number="id", time="createdAt", columns=ORDER_COLUMNS),
)
# A request for past orders spans a day at most (KuCoin Futures API documentation, 2023).
FUTURES_ORDERS = explaining(
    id="futures-orders",
    title=mark("Futures orders"),
    wallet=FUTURES,
    endpoint=windowed(
        documented(
            FUTURES_SITE, "orders", futures(2), queries=asking(status="done"), pagination=pages(1000), rows=ITEMS
        ),
        DAILY,
        YEAR,
    ),
    reach=YEAR_ASKED,
    **in_table(
        "orders",
        "futures",
        number="id",
        time="createdAt",
        columns=(
            "instrument:symbol side type price amount:size filled:filledSize average_price:avgDealPrice "
            "state:status client_id:clientOid updated:updatedAt"
        ),
    ),
)
FUNDING_FEES = explaining(
    id="funding-fees",
    title=mark("Funding fees"),
    wallet=FUTURES,
    endpoint=windowed(documented(FUTURES_SITE, "funding-history", futures(5), rows=futures_rows), MONTH, YEAR),
    reach=YEAR_ASKED,
    paging=Single(limit="maxCount", size=MOST),
    partition=Partition(
        parameter="symbol",
        of=(FUTURES_FILLS.id, POSITIONS.id),
        find=traded_contracts,
        field="symbol",
        about=ABOUT_CONTRACTS,
    ),
    **in_table(
        "products",
        "funding fee",
        number="id",
        time="timePoint",
        columns="type:symbol asset:settleCurrency amount:positionQty earned:funding rate:fundingRate",
    ),
)
CONVERSIONS = explaining(
    id="conversions",
    title=mark("Conversions"),
    endpoint=documented(
        V1, "convert/order/history", spot(5), pagination=pages(100, "page"), rows=ITEMS, source=CONVERT
    ),
    reach=ALL,
    **in_table(
        "conversions",
        "convert",
        number="orderId",
        time="orderTime",
        columns=(
            "side:=sell asset:fromCurrency amount:fromCurrencySize other_asset:toCurrency "
            "other_amount:toCurrencySize state:status"
        ),
    ),
)
ORDER_LISTS = (SPOT_ORDERS, FUTURES_ORDERS, FUNDING_FEES, CONVERSIONS)
