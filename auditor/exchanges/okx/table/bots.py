"""OKX: trading bots, recurring buys and copy trading."""

from typing import Any

from auditor.exchanges.okx.readers import bots
from auditor.exchanges.okx.sources import DOC
from auditor.exchanges.okx.table.shared import ALGO_ID, TRADING
from auditor.i18n import mark
from auditor.model.records import Area
from auditor.spec.fields import Field, amount, text
from auditor.spec.surface import Limit, Paging, Query, Reader, Surface, within

RUNNING, COPY = frozenset({"7"}) | TRADING, frozenset({"11"})
NEITHER = {"59285": "This account has never led or copied a trade."}
# Who leads no trades may copy them, and the other way round: such a code answers only for what it is about.
NO_LEADING = {
    **NEITHER,
    "59260": "This account has never been a spot lead trader.",
    "59262": "This account has never been a contract lead trader.",
}
NO_COPYING = {**NEITHER, "59273": "This account has never been a contract copy trader."}


def _bot(name: str, title: str, path: str, read: Reader, **params: str) -> Surface:
    return Surface(
        id=name,
        area=Area.BOTS,
        title=title,
        path=f"tradingBot/{path}",
        limit=Limit(20, 2),
        queries=(Query(params=params),),
        paging=ALGO_ID,
        proves=(text("algoId"), text("state")),
        read=read,
        services=RUNNING,
        source=f"{DOC}, Trading bot, {title}",
    )


def _copying(name: str, title: str, path: str, limit: Limit, *proves: Field, read: Reader, **more: Any) -> Surface:
    return Surface(
        id=name,
        area=Area.BOTS,
        title=title,
        path=f"copytrading/{path}",
        limit=limit,
        proves=proves,
        read=read,
        services=COPY,
        source=f"{DOC}, Copy trading, {title}",
        **more,
    )


GRID, DCA = "grid/orders-algo-pending", "dca/ongoing-list"
BOTS = (
    _bot("grid", "Spot grid bots", GRID, bots.bot(mark("spot grid bot"), "investment"), algoOrdType="grid"),
    _bot(
        "contract-grid",
        "Futures grid bots",
        GRID,
        bots.bot(mark("futures grid"), "investment"),
        algoOrdType="contract_grid",
    ),
    _bot("spot-dca", "Spot DCA bots", DCA, bots.bot(mark("spot DCA bot"), "investmentAmt"), algoOrdType="spot_dca"),
    _bot(
        "contract-dca",
        "Futures DCA bots",
        DCA,
        bots.bot(mark("futures DCA"), "investmentAmt"),
        algoOrdType="contract_dca",
    ),
    _bot("recurring-buy", "Recurring buys", "recurring/orders-algo-pending", bots.recurring),
    _bot("signal", "Signal bots", "signal/orders-algo-pending", bots.signal, algoOrdType="contract"),
    _copying(
        "copy-positions",
        "Lead and copy positions",
        "current-subpositions",
        Limit(20, 2),
        text("subPosId"),
        read=bots.copied_position,
        absent=NO_LEADING,
        paging=Paging(cursor="after", key="subPosId", size=500),
    ),
    _copying(
        "copy-role",
        "Copy trading settings",
        "config",
        Limit(5, 2),
        text("instType"),
        text("roleType"),
        read=bots.copy_role,
        absent=NEITHER,
        rows=within("details"),
    ),
    _copying(
        "copied-traders",
        "Lead traders copied",
        "current-lead-traders",
        Limit(5, 2),
        text("uniqueCode"),
        read=bots.lead_trader,
        absent=NO_COPYING,
    ),
    _copying(
        "profit-share",
        "Unpaid profit share",
        "total-unrealized-profit-sharing",
        Limit(5, 2),
        amount("totalUnrealizedProfitSharingAmt"),
        read=bots.profit_share,
        absent=NO_LEADING,
    ),
)
