"""Binance: copy trading and recurring plans.

Trading bots have no request: only `wallet_totals` shows them.
"""

from collections.abc import Iterable

from auditor.exchanges.binance.errors import REFUSED_TO_READERS
from auditor.exchanges.binance.limits import SAPI, sapi
from auditor.exchanges.binance.sources import CCXT, DOC
from auditor.exchanges.binance.words import PLAN_STATES
from auditor.i18n import mark
from auditor.model.records import Area, Bot, Record
from auditor.model.snapshot import Standing
from auditor.spec.endpoint import Endpoint, Query
from auditor.spec.fields import flag, inner, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.rows import object_row, rows_in
from auditor.spec.surface import Surface
from auditor.spec.words import state_in_words


@reads(inner("data", flag("isLeadTrader")))
def lead_trader(row: Row, _context: Context) -> Iterable[Record]:
    """Read whether the account is a lead trader."""
    if row.inner("data").flag("isLeadTrader"):
        yield Bot(
            subject="lead-trader",
            row=row.raw,
            kind=mark("lead trader"),
            state="",
            market=None,
            assets=(),
            amount=None,
            asset=None,
            copies=True,
            acts=False,
        )


LEAD_TRADER = Surface(
    id="lead-trader",
    area=Area.BOTS,
    title="Copy trading: lead trader",
    endpoint=Endpoint(
        path="copyTrading/futures/userStatus",
        site=SAPI,
        limit=sapi(1),
        rows=object_row,
        source=f"{DOC}, Copy trading, Get Futures Lead Trader Status, which asks for a key that may trade",
    ),
    reader=lead_trader,
    manual_check=REFUSED_TO_READERS,
    value=False,
)


@reads(text("planId"), text("status"))
def recurring_buy(row: Row, _context: Context) -> Iterable[Record]:
    """Read an auto-invest plan that was not removed: it buys again once the account is empty."""
    state = row.text("status")
    if state != "REMOVED":
        target = row.hint("targetAsset")
        yield Bot(
            subject=row.text("planId"),
            row=row.raw,
            kind=mark("recurring buy"),
            state=state_in_words(state, PLAN_STATES),
            market=None,
            assets=(target,) if target else (),
            amount=None,
            asset=None,
            repeats=True,
        )


AUTO_INVEST = Surface(
    id="auto-invest",
    area=Area.BOTS,
    title="Auto-Invest plans",
    endpoint=Endpoint(
        path="lending/auto-invest/plan/list",
        site=SAPI,
        limit=sapi(1),
        queries=(
            Query(params={"planType": "SINGLE"}),
            Query(params={"planType": "PORTFOLIO"}),
            Query(params={"planType": "INDEX"}),
        ),
        rows=rows_in("plans"),
        source=CCXT,
    ),
    reader=recurring_buy,
    standing=Standing.UNDOCUMENTED,
)

BOTS = (LEAD_TRADER, AUTO_INVEST)
