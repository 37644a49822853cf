"""Bybit: orders of Alpha that are not over: on-chain trades, liquidity pools and predictions.

What is paid for such an order has left its wallet, and stands in no list of what Alpha holds yet. Like those lists they
are read by POST (`auditor.exchanges.bybit.on_chain`).
"""

from collections.abc import Iterable

from auditor.exchanges.bybit.errors import BY_EYE
from auditor.exchanges.bybit.flows import FlowShape, unfinished
from auditor.exchanges.bybit.sources import UNSTATED, asking, documented
from auditor.i18n import mark
from auditor.model.records import Area, Order, Record
from auditor.spec.endpoint import Endpoint, Limit, Numbered, Query
from auditor.spec.fields import text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, reads
from auditor.spec.rows import rows_in
from auditor.spec.surface import Surface
from auditor.spec.words import side_in_words, state_in_words

BEING_PROCESSED = {"1": mark("being processed")}
OVER = frozenset({"2", "3"})
PAGES = Numbered(number="pageIndex", limit="limit", size=100, total="total")


def _endpoint(path: str, page: str, limit: Limit, query: Query, pages: Numbered = PAGES) -> Endpoint:
    return documented(
        path,
        f"Alpha, {page}",
        limit,
        query,
        method="POST",
        rows=rows_in("orders"),
        pages=pages,
        numbers=frozenset({"days", "pageIndex", "limit"}),
    )


def _place(surface: str, area: Area, title: str, endpoint: Endpoint, reader: Reader) -> Surface:
    return Surface(id=surface, area=area, title=title, endpoint=endpoint, reader=reader, manual_check=BY_EYE)


def _trades(direction: str, *, asset: str, amount: str) -> Reader:
    return unfinished(
        FlowShape(
            direction=direction,
            asset=asset,
            amount=amount,
            state="orderStatus",
            number=("orderNo",),
            started="createTime",
            over=OVER,
            states=BEING_PROCESSED,
        )
    )


PREDICTION_SIDES = {"1": mark("buy"), "2": mark("sell")}
PREDICTION_STATES = {"1": mark("pending"), "3": mark("partly filled")}
# Filled, cancelled and rejected ones.
PREDICTED = frozenset({"2", "4", "5"})


@reads(text("orderNo"), text("status"))
def prediction_order(row: Row, _context: Context) -> Iterable[Record]:
    """Read an order for the outcome of an event that is not over."""
    state = row.text("status")
    if state in PREDICTED:
        return
    yield Order(
        subject=row.text("orderNo"),
        row=row.raw,
        market=row.hint("eventId"),
        kind=mark("prediction"),
        side=side_in_words(row.hint("side"), PREDICTION_SIDES),
        amount=row.hint_amount("orderAmount"),
        state=state_in_words(state, PREDICTION_STATES),
        started_at=row.hint_time("createdAt"),
    )


ON_CHAIN_ORDERS = (
    _place(
        "alpha-orders",
        Area.FLOWS,
        "Alpha: on-chain trades under way",
        _endpoint("v5/alpha/trade/order-list", "Trade, Get Order List", UNSTATED, asking(days="90")),
        _trades(mark("on-chain trade"), asset="fromTokenSymbol", amount="fromTokenAmount"),
    ),
    _place(
        "alpha-pool-orders",
        Area.FLOWS,
        "Alpha: orders of liquidity pools under way",
        _endpoint("v5/alpha/lp/order-list", "Liquidity Pool, Get LP Order List", Limit(3, 1), asking(days="365")),
        _trades(mark("liquidity pool order"), asset="tokenSymbol", amount="amount"),
    ),
    _place(
        "prediction-orders",
        Area.ORDERS,
        "Alpha: prediction orders",
        _endpoint(
            "v5/alpha/prediction/order-list",
            "Prediction, Get Order List",
            UNSTATED,
            asking(days="90"),
            Numbered(number="pageIndex", limit="limit", size=20, total="total"),
        ),
        prediction_order,
    ),
)
