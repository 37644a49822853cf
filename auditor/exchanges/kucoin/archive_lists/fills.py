"""KuCoin: fills of spot, a list for each pair of the last 7 days, and of futures. They only explain the ledgers."""

from collections.abc import Iterator
from functools import partial

from auditor.exchanges.kucoin.archive_lists.listing import (
    DAILY,
    FUTURES,
    QUARTER,
    TRADE,
    WEEK,
    context_of,
    reach,
    windowed,
)
from auditor.exchanges.kucoin.archive_lists.trading_ledger import TRADING_ID
from auditor.exchanges.kucoin.lists import ITEMS, pages
from auditor.exchanges.kucoin.sites import FUTURES as FUTURES_SITE
from auditor.exchanges.kucoin.sites import V1, futures, spot
from auditor.exchanges.kucoin.sources import documented
from auditor.i18n import mark
from auditor.spec.endpoint import Cursor
from auditor.spec.fields import amount, optional_amount, text, time
from auditor.spec.history_tables import IN_COIN, IN_CONTRACTS
from auditor.spec.paged_list import Partition, RowsOf
from auditor.spec.parsed_row import Row
from auditor.spec.rows import rows_in
from auditor.spec.second_list import ListedRow, SecondList

ABOUT = 20
"""Pairs that an account trades in a week, for an estimate of the time that all take."""


def traded_pairs(rows_of: RowsOf) -> Iterator[str]:
    """Yield the pairs that rows of the trading account's ledger are of."""
    for raw in rows_of(TRADING_ID):
        pair = context_of(Row(raw, ())).get("symbol")
        if pair:
            yield pair


def fill(unit: str, row: Row) -> ListedRow:
    """Read a fill. ``unit``: what its size counts."""
    return ListedRow(
        id=row.hint("id") or row.text("tradeId"),
        time=int(row.hint("createdAt")),
        cells=(
            *(row.text("symbol"), row.text("side"), *row.hints("price", "size"), unit),
            *row.hints("fee", "feeCurrency", "liquidity"),
            *(*row.hints("orderId", "tradeId"), ""),
        ),
    )


FIELDS = (
    *(text(name) for name in ("symbol", "side", "orderId", "tradeId")),
    *(amount("price"), amount("size"), optional_amount("fee"), time("createdAt")),
)
SPOT_FILLS = SecondList(
    id="fills",
    title=mark("Spot trades"),
    wallet=TRADE,
    endpoint=windowed(
        documented(V1, "hf/fills", spot(2), pagination=Cursor(cursor="lastId", key="id"), rows=rows_in("items")),
        WEEK,
        WEEK,
    ),
    # A third party's notes (2026); no page of KuCoin's states it.
    reach=reach(mark("the last 7 days"), "tigusigalpa/kucoin-go (August 2026)", WEEK),
    key="id",
    time="createdAt",
    ordered=False,
    partition=Partition(parameter="symbol", of=(TRADING_ID,), find=traded_pairs, field="symbol", about=ABOUT),
    fields=FIELDS,
    read=partial(fill, IN_COIN),
    table="fills",
    joined_by={name: name for name in ("instrument", "order_id", "trade_id")},
    explains=True,
)
FUTURES_FILLS = SecondList(
    id="futures-fills",
    title=mark("Futures trades"),
    wallet=FUTURES,
    endpoint=windowed(
        documented(FUTURES_SITE, "fills", futures(5), pagination=pages(1000), rows=ITEMS),
        DAILY,
        QUARTER,
    ),
    reach=reach(mark("the last 3 months"), "kucoin-skills-hub (March 2026), Get Futures fills", QUARTER),
    # One trade of two own orders has one number.
    key="",
    time="createdAt",
    ties=True,
    ordered=False,
    fields=FIELDS,
    read=partial(fill, IN_CONTRACTS),
    table="fills",
    explains=True,
)
FILLS = (SPOT_FILLS, FUTURES_FILLS)
