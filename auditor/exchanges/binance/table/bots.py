"""Binance: what is known of trading bots, copy trading, recurring plans and mining."""

from typing import Any

from auditor.exchanges.binance.readers import earn, mining, subaccounts, wallets
from auditor.exchanges.binance.sources import CCXT, DOC, SAPI, sapi
from auditor.exchanges.binance.table.shared import READERS_REFUSED, UNDOCUMENTED, surface
from auditor.i18n import mark
from auditor.model.records import Area
from auditor.spec.fields import Field, flag, inner, text
from auditor.spec.surface import Numbered, Query, Surface, listed, whole

BOTS = (
    surface(
        "wallets-without-request",
        "Wallets that no request of their own reads (trading bots, copy trading)",
        SAPI,
        "asset/wallet/balance",
        sapi(60),
        *wallets.TOTALS,
        area=Area.BOTS,
        queries=(Query(params={"quoteAsset": "BTC", "needBalanceDetail": "true"}),),
        rows=wallets.totals,
        read=wallets.without_request,
    ),
    surface(
        "lead-trader",
        "Copy trading: lead trader",
        SAPI,
        "copyTrading/futures/userStatus",
        sapi(1),
        inner("data", flag("isLeadTrader")),
        area=Area.BOTS,
        rows=whole,
        read=subaccounts.lead_trader,
        by_eye=READERS_REFUSED,
        value=False,
        source=f"{DOC}, Copy trading, Get Futures Lead Trader Status, which asks for a key that may trade",
    ),
    surface(
        "auto-invest",
        "Auto-Invest plans",
        SAPI,
        "lending/auto-invest/plan/list",
        sapi(1),
        *(text("planId"), text("status")),
        area=Area.BOTS,
        queries=tuple(Query(params={"planType": kind}) for kind in ("SINGLE", "PORTFOLIO", "INDEX")),
        rows=listed("plans"),
        read=earn.recurring,
        standing=UNDOCUMENTED,
        source=CCXT,
    ),
)


def _mined(name: str, title: str, path: str, *proves: Field, **more: Any) -> Surface:
    """A place of a mining account. Whether there is one, only a refusal tells, which says nothing of other places."""
    return surface(
        name,
        title,
        SAPI,
        f"mining/{path}",
        sapi(1),
        *proves,
        area=Area.BOTS,
        some=True,
        **{
            "after": ("mining",),
            "plan": mining.each_account,
            "nothing": "No mining account was named.",
            **more,
        },
    )


DAYS = Numbered(number="pageIndex", limit="pageSize", size=200, total="data.totalNum")
MINING = (
    _mined(
        "mining",
        "Mining pool, by the names of its users",
        "pub/algoList",
        text("algoName"),
        rows=listed("data"),
        read=mining.algorithm,
        named="mining",
        plan=None,
        after=(),
        value=False,
    ),
    _mined(
        "mining-today",
        "Mining: miners at work, and today's earnings",
        "statistics/user/status",
        *mining.TODAY,
        rows=mining.statistics,
        read=mining.today,
    ),
    *(
        _mined(
            f"mining-{name}",
            f"Mining: {title} not paid",
            f"payment/{path}",
            *mining.PROFIT,
            rows=mining.within(key),
            paging=DAYS,
            read=mining.profit(direction),
        )
        for name, title, path, key, direction in (
            ("earnings", "earnings", "list", "accountProfits", mark("mining earning")),
            ("bonuses", "bonuses", "other", "otherProfits", mark("mining bonus")),
        )
    ),
    _mined(
        "mining-resales",
        "Mining: hash rate resold",
        "hash-transfer/config/details/list",
        *mining.RESALE,
        rows=mining.within("configDetails"),
        paging=DAYS,
        read=mining.resale,
        plan=mining.once,
    ),
)
