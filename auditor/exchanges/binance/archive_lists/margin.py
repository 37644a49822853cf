"""Binance: cross and isolated margin. No proof rests on these lists.

What changed the account is given for 90 days, and the documentation does not say which amounts are below zero: an
example has a repayment without a sign.
"""

from dataclasses import replace
from datetime import UTC, datetime

from auditor.exchanges.binance.archive_lists.fills import SYMBOLS
from auditor.exchanges.binance.archive_lists.listing import (
    FOR_EVER,
    MONTHLY,
    QUARTER_YEAR,
    WEEK,
    WEEKLY,
    counted_rows,
    explaining,
    in_table,
    named_rows,
    the_last,
    within,
)
from auditor.exchanges.binance.archive_lists.margin_rows import FILL_FIELDS, fill_of, names_of, pairs_between
from auditor.exchanges.binance.archive_lists.orders import BY_ORDER, ORDER_COLUMNS
from auditor.exchanges.binance.limits import SAPI, sapi
from auditor.exchanges.binance.sources import documented
from auditor.i18n import mark
from auditor.spec.endpoint import Numbered, Query, Windows
from auditor.spec.fields import text
from auditor.spec.paged_list import Ascending, Partition, Single
from auditor.spec.rows import rows_in
from auditor.spec.second_list import ListedRow, SecondList

CROSS, ISOLATED = "cross margin", "isolated margin"
_WALLETS = {CROSS: "MARGIN", ISOLATED: "isolated-margin"}
NO_MARGIN = frozenset({"-3003", "-11001"})
"""There is no cross margin account; no isolated one."""
MOST_FLOWS = 1000
BEGAN = datetime(2019, 4, 1, tzinfo=UTC)
"""Before Binance had margin trading, in July 2019."""
REACH = the_last(mark("the last 90 days"), QUARTER_YEAR)
ROWS = counted_rows("rows")
SINCE_BEGAN, MONTHS = Windows(span=WEEK, first=BEGAN), Windows(span=MONTHLY.span, first=BEGAN)
FLOW_COLUMNS = "type asset amount other_asset:symbol"
INTEREST_COLUMNS = "type asset amount:interest other_asset:isolatedSymbol other_amount:principal rate:interestRate"
BORROWING_COLUMNS = "asset amount fee:interest other_asset:isolatedSymbol state:status"
TRANSFER_COLUMNS = "type asset amount state:status"


MARGIN_ASSETS = explaining(
    id="margin-assets",
    title=mark("Cross margin account"),
    endpoint=documented(SAPI, "margin/account", sapi(10), rows=named_rows(rows_in("userAssets"), "asset")),
    timed=True,
    key="asset",
    time="time",
    fields=(text("asset"),),
    read=lambda row: ListedRow(id=row.text("asset"), time=0, cells=()),
    not_had=NO_MARGIN,
)
ISOLATED_PAIRS = explaining(
    id="isolated-pairs",
    title=mark("Isolated margin accounts"),
    endpoint=documented(SAPI, "margin/isolated/account", sapi(10), rows=named_rows(rows_in("assets"), "symbol")),
    timed=True,
    key="symbol",
    time="time",
    fields=(text("symbol"),),
    read=lambda row: ListedRow(id=row.text("symbol"), time=0, cells=()),
    not_had=NO_MARGIN,
)
_OF_CROSS, _OF_PAIRS = (MARGIN_ASSETS.id,), (ISOLATED_PAIRS.id,)


def _of_pair(parameter: str) -> Partition:
    """Return that a list is asked for each isolated account."""
    return Partition(
        parameter=parameter, of=_OF_PAIRS, find=names_of(ISOLATED_PAIRS.id, name="symbol"), field=parameter
    )


def _flow(list_id: str, title: str, kind: str, partition: Partition | None) -> SecondList:
    return explaining(
        id=list_id,
        title=title,
        endpoint=documented(SAPI, "margin/capital-flow", sapi(100), queries=within(QUARTER_YEAR), windows=WEEKLY),
        reach=REACH,
        paging=Single(size=MOST_FLOWS),
        key="id",
        partition=partition,
        not_had=NO_MARGIN,
        shows_use_of=_WALLETS[kind],
        **in_table("products", f"{kind} flow", number="id", time="timestamp", columns=FLOW_COLUMNS),
    )


def _interest(list_id: str, title: str, kind: str, partition: Partition | None) -> SecondList:
    return explaining(
        id=list_id,
        title=title,
        endpoint=documented(
            SAPI,
            "margin/interestHistory",
            sapi(1),
            queries=within(QUARTER_YEAR),
            windows=MONTHLY,
            pagination=Numbered(),
            rows=ROWS,
        ),
        reach=REACH,
        key="",
        partition=partition,
        not_had=NO_MARGIN,
        shows_use_of=_WALLETS[kind],
        **in_table(
            "products",
            f"{kind} interest",
            number="txId asset type interestAccuredTime",
            time="interestAccuredTime",
            columns=INTEREST_COLUMNS,
        ),
    )


def _borrowings(list_id: str, title: str, kind: str, partition: Partition, **params: str) -> SecondList:
    """Return the list of loans, or of repayments: which one is asked for, its rows do not say."""
    direction = f"={params['type']}" if params else "direction"
    read = in_table(
        "products",
        f"{kind} loan",
        number="txId asset timestamp",
        time="timestamp",
        columns=f"type:{direction} {BORROWING_COLUMNS}",
    )
    return explaining(
        id=list_id,
        title=title,
        endpoint=documented(
            SAPI,
            "margin/borrow-repay",
            sapi(10),
            queries=(Query(params=params),),
            windows=SINCE_BEGAN,
            pagination=Numbered(),
            rows=ROWS,
        ),
        key="",
        partition=partition,
        not_had=NO_MARGIN,
        shows_use_of=_WALLETS[kind],
        **read,
    )


def _transfers(list_id: str, title: str, kind: str, partition: Partition) -> SecondList:
    return explaining(
        id=list_id,
        title=title,
        endpoint=documented(SAPI, "margin/transfer", sapi(1), windows=MONTHS, pagination=Numbered(), rows=ROWS),
        key="",
        partition=partition,
        not_had=NO_MARGIN,
        shows_use_of=_WALLETS[kind],
        **in_table("products", f"{kind} transfer", number="txId type", time="timestamp", columns=TRANSFER_COLUMNS),
    )


def _fills(list_id: str, title: str, kind: str, partition: Partition, **params: str) -> SecondList:
    return explaining(
        id=list_id,
        title=title,
        endpoint=documented(SAPI, "margin/myTrades", sapi(10), queries=(Query(params=params),)),
        reach=FOR_EVER,
        paging=Ascending(cursor="fromId", key="id"),
        oldest_first=True,
        key="id",
        time="time",
        partition=partition,
        fields=FILL_FIELDS,
        read=fill_of(kind),
        table="fills",
        not_had=NO_MARGIN,
        shows_use_of=_WALLETS[kind],
    )


def _orders(list_id: str, title: str, kind: str, fills: str, **params: str) -> SecondList:
    """Return the orders of the symbols in which there are trades: each request has the weight of twenty."""
    return explaining(
        id=list_id,
        title=title,
        endpoint=documented(SAPI, "margin/allOrders", sapi(200), queries=(Query(params=params),)),
        paging=replace(BY_ORDER, size=500),
        oldest_first=True,
        key="orderId",
        partition=Partition(parameter="symbol", of=(fills,), find=names_of(fills, name="symbol"), field="symbol"),
        not_had=NO_MARGIN,
        shows_use_of=_WALLETS[kind],
        **in_table("orders", kind, number="orderId", time="time", columns=ORDER_COLUMNS),
    )


FLOW, BORROWINGS, MOVES = "margin-flow", "margin-borrowings", "margin-transfers"
_SYMBOLS = Partition(
    parameter="symbol",
    of=(SYMBOLS.id, FLOW, BORROWINGS, MOVES),
    find=pairs_between(FLOW, BORROWINGS, MOVES),
    field="symbol",
)
_DIRECTIONS = Partition(parameter="type", values=("BORROW", "REPAY"), of=_OF_CROSS, field="direction")
_SIDES = Partition(parameter="type", values=("ROLL_IN", "ROLL_OUT"), of=_OF_CROSS)
IS_ISOLATED = {"isIsolated": "TRUE"}
MARGIN_LISTS = (
    MARGIN_ASSETS,
    _flow(FLOW, mark("Cross margin: capital flow"), CROSS, None),
    _fills("margin-fills", mark("Cross margin: trades"), CROSS, _SYMBOLS),
    _orders("margin-orders", mark("Cross margin: orders"), CROSS, "margin-fills"),
    _interest("margin-interest", mark("Cross margin: interest"), CROSS, None),
    _borrowings(BORROWINGS, mark("Cross margin: loans and repayments"), CROSS, _DIRECTIONS),
    _transfers(
        MOVES,
        mark("Cross margin: transfers"),
        CROSS,
        _SIDES,
    ),
    ISOLATED_PAIRS,
    _flow("isolated-flow", mark("Isolated margin: capital flow"), ISOLATED, _of_pair("symbol")),
    _fills("isolated-fills", mark("Isolated margin: trades"), ISOLATED, _of_pair("symbol"), **IS_ISOLATED),
    _orders("isolated-orders", mark("Isolated margin: orders"), ISOLATED, "isolated-fills", **IS_ISOLATED),
    _interest("isolated-interest", mark("Isolated margin: interest"), ISOLATED, _of_pair("isolatedSymbol")),
    _borrowings("isolated-loans", mark("Isolated margin: loans"), ISOLATED, _of_pair("isolatedSymbol"), type="BORROW"),
    _borrowings(
        "isolated-repayments", mark("Isolated margin: repayments"), ISOLATED, _of_pair("isolatedSymbol"), type="REPAY"
    ),
    _transfers("isolated-transfers", mark("Isolated margin: transfers"), ISOLATED, _of_pair("isolatedSymbol")),
)
