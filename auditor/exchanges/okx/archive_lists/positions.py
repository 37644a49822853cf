"""OKX: closed positions, those of copy trading, and positions that were moved to another account."""

from auditor.exchanges.okx.archive_lists.explaining import DAYS_3, QUARTER, TRADING, asked, explaining, in_table
from auditor.i18n import mark
from auditor.spec.endpoint import Limit

CLOSED = explaining(
    id="positions",
    title=mark("Closed positions"),
    **asked("account/positions-history", "Trading account, Get positions history", Limit(10, 2), by="uTime"),
    reach=QUARTER,
    **in_table(
        "positions",
        "position",
        number="posId uTime",
        time="uTime",
        columns=(
            "instrument:instId side:direction amount:closeTotalPos open_price:openAvgPx close_price:closeAvgPx pnl "
            "realized:realizedPnl fee funding_fee:fundingFee asset:ccy type opened:cTime"
        ),
    ),
    ties=True,
    # Funding fees, settlements, liquidations: none of them happens without a position.
    used_by={TRADING: frozenset({"3", "5", "8", "9", "10", "34"})},
)
COPIED = explaining(
    id="copy-positions",
    title=mark("Copy trading: closed positions"),
    **asked("copytrading/subpositions-history", "Copy trading, Get lead position history", Limit(20, 2), by="subPosId"),
    reach=QUARTER,
    **in_table(
        "positions",
        "copy position",
        number="subPosId",
        time="openTime",
        columns=(
            "instrument:instId side:posSide amount:subPos open_price:openAvgPx close_price:closeAvgPx pnl asset:ccy "
            "type opened:openTime"
        ),
    ),
    used_by={TRADING: frozenset({"250", "251"})},
)
MOVED = explaining(
    id="moved-positions",
    title=mark("Moved positions"),
    **asked(
        "account/move-positions-history",
        "Trading account, Get move positions history",
        Limit(2, 2),
        by="ts",
        cursor="endTs",
    ),
    reach=DAYS_3,
    **in_table("positions", "moved position", number="blockTdId", time="ts", columns="type:state parent_id:clientId"),
    ties=True,
    ordered=False,
    main_only=True,
)

POSITION_LISTS = (CLOSED, COPIED, MOVED)
