"""Binance: pending fiat and P2P orders.

A request for fiat orders uses a quarter of a user's limit a minute (45000 of 180000), so two months are read, in both
directions. A person checks the rest (config/binance.toml). Binance keeps P2P orders for half a year.
"""

from datetime import timedelta

from auditor.exchanges.binance.flow_reader import FlowReader
from auditor.exchanges.binance.limits import SAPI, sapi, uid
from auditor.exchanges.binance.pages import MONTH, OPENED
from auditor.exchanges.binance.sources import documented
from auditor.i18n import mark
from auditor.model.records import Area
from auditor.spec.endpoint import Endpoint, Limit, Numbered, Query, Windows
from auditor.spec.reader import Reader
from auditor.spec.rows import rows_in
from auditor.spec.surface import Surface

TWO_MONTHS, HALF_YEAR = timedelta(days=60), timedelta(days=180)
FIAT_PAGES = Numbered(number="page", limit="rows")


def _fiat_history(path: str, limit: Limit, *, kind: str, back: timedelta) -> Endpoint:
    """Return a history of fiat money.

    Binance documents no maximum window; its default is 30 days.
    """
    return documented(
        SAPI,
        path,
        limit,
        queries=(Query(params={"transactionType": kind}, back=back),),
        windows=Windows(start="beginTime", end="endTime", span=MONTH, first=OPENED),
        pagination=FIAT_PAGES,
        rows=rows_in("data"),
    )


def fiat_order(direction: str, *, asset: str = "fiatCurrency", amount: str = "amount") -> Reader:
    """Read a deposit or withdrawal of fiat money, or a purchase or sale by card or bank."""
    return FlowReader(
        direction=direction,
        numbers=("orderNo", "createTime"),
        final=frozenset({"Failed", "Successful", "Finished", "Completed", "Refunded", "Expired"}),
        states={
            "Processing": mark("being processed"),
            "Refunding": mark("being refunded"),
            "Refund Failed": mark("the refund failed"),
            "Order Partial credit Stopped": mark("credited in part, and stopped"),
        },
        stuck=frozenset({"Refund Failed", "Order Partial credit Stopped"}),
        asset=asset,
        amount=amount,
    ).reader()


FIAT_DEPOSITS = Surface(
    id="fiat-deposits",
    area=Area.FLOWS,
    title="Fiat deposits",
    endpoint=_fiat_history("fiat/orders", uid(45000), kind="0", back=TWO_MONTHS),
    reader=fiat_order(mark("fiat deposit")),
)
FIAT_WITHDRAWALS = Surface(
    id="fiat-withdrawals",
    area=Area.FLOWS,
    title="Fiat withdrawals",
    endpoint=_fiat_history("fiat/orders", uid(45000), kind="1", back=TWO_MONTHS),
    reader=fiat_order(mark("fiat withdrawal")),
)
FIAT_PURCHASES = Surface(
    id="fiat-purchases",
    area=Area.FLOWS,
    title="Purchases by card or bank",
    endpoint=_fiat_history("fiat/payments", sapi(1), kind="0", back=HALF_YEAR),
    reader=fiat_order(mark("purchase with fiat"), amount="sourceAmount"),
)
FIAT_SALES = Surface(
    id="fiat-sales",
    area=Area.FLOWS,
    title="Sales to card or bank",
    endpoint=_fiat_history("fiat/payments", sapi(1), kind="1", back=HALF_YEAR),
    reader=fiat_order(mark("sale for fiat"), asset="cryptoCurrency", amount="sourceAmount"),
)

P2P_ORDER = FlowReader(
    direction=mark("P2P order"),
    numbers=("orderNumber",),
    state="orderStatus",
    asset="asset",
    final=frozenset({"COMPLETED", "CANCELLED", "CANCELLED_BY_SYSTEM"}),
    states={
        "PENDING": mark("pending"),
        "TRADING": mark("waiting for the payment"),
        "BUYER_PAYED": mark("paid, waiting for the release"),
        "DISTRIBUTING": mark("being released"),
        "IN_APPEAL": mark("in appeal"),
    },
    stuck=frozenset({"IN_APPEAL"}),
)
P2P = Surface(
    id="p2p",
    area=Area.FLOWS,
    title="P2P orders under way",
    endpoint=documented(
        SAPI,
        "c2c/orderMatch/listUserOrderHistory",
        sapi(1),
        queries=(
            Query(params={"tradeType": "BUY"}, back=HALF_YEAR),
            Query(params={"tradeType": "SELL"}, back=HALF_YEAR),
        ),
        windows=Windows(start="startTimestamp", end="endTimestamp", span=MONTH, first=OPENED),
        pagination=FIAT_PAGES,
        rows=rows_in("data"),
    ),
    reader=P2P_ORDER.reader(),
)

FIAT_FLOWS = (FIAT_DEPOSITS, FIAT_WITHDRAWALS, FIAT_PURCHASES, FIAT_SALES, P2P)
