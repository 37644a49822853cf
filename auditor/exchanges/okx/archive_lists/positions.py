"""OKX: closed positions, those of copy trading, and positions that were moved to another account."""

from auditor.exchanges.okx.archive_lists.explaining import DAYS_3, QUARTER, TRADING, Listing, Shape, explaining
from auditor.i18n import mark
from auditor.spec.endpoint import Limit

CLOSED = explaining(
    Listing(
        id="positions",
        title=mark("Closed positions"),
        path="account/positions-history",
        limit=Limit(10, 2),
        page="Trading account, Get positions history",
        key="uTime",
        span=QUARTER,
        ties=True,
        # Funding fees, settlements, liquidations: none of them happens without a position.
        used_by={TRADING: frozenset({"3", "5", "8", "9", "10", "34"})},
    ),
    Shape(
        number=("posId", "uTime"),
        time="uTime",
        table="positions",
        kind="position",
        columns={
            "instrument": "instId",
            "side": "direction",
            "amount": "closeTotalPos",
            "open_price": "openAvgPx",
            "close_price": "closeAvgPx",
            "pnl": "pnl",
            "realized": "realizedPnl",
            "fee": "fee",
            "funding_fee": "fundingFee",
            "asset": "ccy",
            "type": "type",
            "opened": "cTime",
        },
    ),
)
COPIED = explaining(
    Listing(
        id="copy-positions",
        title=mark("Copy trading: closed positions"),
        path="copytrading/subpositions-history",
        limit=Limit(20, 2),
        page="Copy trading, Get lead position history",
        key="subPosId",
        span=QUARTER,
        used_by={TRADING: frozenset({"250", "251"})},
    ),
    Shape(
        number=("subPosId",),
        time="openTime",
        table="positions",
        kind="copy position",
        columns={
            "instrument": "instId",
            "side": "posSide",
            "amount": "subPos",
            "open_price": "openAvgPx",
            "close_price": "closeAvgPx",
            "pnl": "pnl",
            "asset": "ccy",
            "type": "type",
            "opened": "openTime",
        },
    ),
)
MOVED = explaining(
    Listing(
        id="moved-positions",
        title=mark("Moved positions"),
        path="account/move-positions-history",
        limit=Limit(2, 2),
        page="Trading account, Get move positions history",
        key="ts",
        cursor="",
        span=DAYS_3,
        ties=True,
        ordered=False,
        main_only=True,
    ),
    Shape(
        number=("blockTdId",),
        time="ts",
        table="positions",
        kind="moved position",
        columns={"type": "state", "parent_id": "clientId"},
    ),
)

POSITION_LISTS = (CLOSED, COPIED, MOVED)
