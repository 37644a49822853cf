"""Binance: what is on its way: deposits, withdrawals, fiat and P2P orders, conversions.

Deposits are read back to Binance's first day, and among them what the Travel Rule holds. Of the rest as much is read as
a user may ask in a minute. A question about withdrawals takes a tenth of that (18000 of 180000): five stretches, and a
second page of each, are 400 days, and all since 2017 would take four to eight minutes, twice before an account is
called clean. A withdrawal's coins show in their wallet ("withdrawing") however old it is. A question about fiat orders
takes a quarter (45000): two months, both ways. P2P orders Binance keeps for half a year.
"""

from datetime import timedelta
from typing import Any

from auditor.exchanges.binance.readers import flows
from auditor.exchanges.binance.readers.rows import all_at_once
from auditor.exchanges.binance.sources import SAPI, SAPI_2, sapi, uid
from auditor.exchanges.binance.table.shared import DUE, MONTH, OPENED, surface
from auditor.i18n import mark
from auditor.model.records import Area
from auditor.spec.fields import amount, text
from auditor.spec.surface import Limit, Numbered, Offset, Query, Surface, Windows, listed

WEEK = timedelta(days=7)
# In one minute at most; the rest is looked at by eye (config/binance.toml).
BACK, FIAT_BACK, HALF_YEAR = timedelta(days=400), timedelta(days=60), timedelta(days=180)


def _flow(name: str, title: str, path: str, limit: Limit, way: flows.Way, **more: Any) -> Surface:
    return surface(
        name,
        title,
        more.pop("site", SAPI),
        path,
        limit,
        *(text(way.state), text(way.asset), amount(way.amount)),
        area=Area.FLOWS,
        read=more.pop("read", way),
        **more,
    )


def _by_page(
    name: str, title: str, path: str, limit: Limit, way: flows.Way, *, kind: str, back: timedelta = HALF_YEAR
) -> Surface:
    """A history of fiat money. Binance states no longest stretch; its own default is 30 days."""
    return _flow(
        name,
        title,
        path,
        limit,
        way,
        queries=(Query(params={"transactionType": kind}, back=back),),
        windows=Windows(start="beginTime", end="endTime", span=MONTH, first=OPENED),
        paging=Numbered(number="page", limit="rows"),
        rows=listed("data"),
    )


LOCAL = {"site": SAPI_2, "windows": DUE, "paging": Offset(), "some": True}
FLOWS = (
    _flow(
        "deposits",
        "Deposits under way",
        "capital/deposit/hisrec",
        sapi(1),
        flows.DEPOSIT,
        windows=DUE,
        paging=Offset(),
        read=flows.DEPOSIT.held_by_question,
    ),
    _flow(
        "withdrawals",
        "Withdrawals under way",
        "capital/withdraw/history",
        uid(18000),
        flows.WITHDRAWAL,
        queries=(Query(back=BACK),),
        windows=DUE,
        paging=Offset(),
    ),
    # Documented for local entities only, so a refusal says nothing about others.
    _flow(
        "travel-rule-deposits",
        "Deposits held by the Travel Rule",
        "localentity/deposit/history",
        sapi(1),
        flows.HELD_DEPOSIT,
        read=flows.HELD_DEPOSIT.held_by_question,
        queries=(Query(back=BACK),),
        **LOCAL,
    ),
    _flow(
        "travel-rule-withdrawals",
        "Withdrawals held by the Travel Rule",
        "localentity/withdraw/history",
        sapi(1),
        flows.HELD_WITHDRAWAL,
        read=flows.HELD_WITHDRAWAL.held_by_question,
        queries=(Query(back=BACK),),
        **LOCAL,
    ),
    *(
        _by_page(name, title, "fiat/orders", uid(45000), flows.fiat(direction), kind=kind, back=FIAT_BACK)
        for name, title, direction, kind in (
            ("fiat-deposits", "Fiat deposits", mark("fiat deposit"), "0"),
            ("fiat-withdrawals", "Fiat withdrawals", mark("fiat withdrawal"), "1"),
        )
    ),
    _by_page(
        "fiat-purchases",
        "Purchases by card or bank",
        "fiat/payments",
        sapi(1),
        flows.card(mark("purchase with fiat"), "fiatCurrency", "sourceAmount"),
        kind="0",
    ),
    _by_page(
        "fiat-sales",
        "Sales to card or bank",
        "fiat/payments",
        sapi(1),
        flows.card(mark("sale for fiat"), "cryptoCurrency", "sourceAmount"),
        kind="1",
    ),
    _flow(
        "p2p",
        "P2P orders under way",
        "c2c/orderMatch/listUserOrderHistory",
        sapi(1),
        flows.P2P,
        queries=tuple(Query(params={"tradeType": side}, back=HALF_YEAR) for side in ("BUY", "SELL")),
        windows=Windows(start="startTimestamp", end="endTimestamp", span=MONTH, first=OPENED),
        paging=Numbered(number="page", limit="rows"),
        rows=listed("data"),
    ),
    surface(
        "conversions",
        "Conversions running",
        SAPI,
        "convert/tradeFlow",
        uid(3000),
        *(text("orderId"), text("orderStatus"), text("fromAsset")),
        area=Area.FLOWS,
        queries=(Query(params={"limit": "1000"}, back=WEEK),),
        windows=Windows(span=WEEK, first=OPENED),
        rows=all_at_once,
        read=flows.conversion,
    ),
)
