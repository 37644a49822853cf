"""OKX: deposits, withdrawals and conversions that are not final."""

from auditor.exchanges.okx.readers import flows
from auditor.exchanges.okx.sources import DOC, DOC25
from auditor.exchanges.okx.table.shared import BACK, TIME, TRADING, UNDOCUMENTED, filtered
from auditor.i18n import mark
from auditor.model.records import Area
from auditor.spec.fields import amount, text, time
from auditor.spec.surface import Limit, Paging, Query, Surface

FLOW_FIELDS = (text("state"), text("ccy"), amount("amt"))
FIAT_FINAL = frozenset({"completed", "failed", "canceled"})
FLOWS = (
    Surface(
        id="deposits",
        area=Area.FLOWS,
        title="Deposits under way",
        path="asset/deposit-history",
        limit=Limit(6, 1),
        queries=filtered("state", flows.DEPOSIT_STATES, rest=Query(back=BACK)),
        paging=TIME,
        proves=(*FLOW_FIELDS, time("ts")),
        read=flows.flow(mark("deposit"), "depId", frozenset({"2"}), flows.DEPOSIT_STATES, flows.STUCK_DEPOSITS),
        source=f"{DOC}, Funding account, Get deposit history",
    ),
    Surface(
        id="withdrawals",
        area=Area.FLOWS,
        title="Withdrawals under way",
        path="asset/withdrawal-history",
        limit=Limit(6, 1),
        queries=filtered("state", flows.WITHDRAWAL_STATES, rest=Query(back=BACK)),
        paging=TIME,
        proves=(*FLOW_FIELDS, time("ts")),
        read=flows.flow(
            mark("withdrawal"), "wdId", frozenset({"-2", "-1", "2"}), flows.WITHDRAWAL_STATES, flows.STUCK_WITHDRAWALS
        ),
        source=f"{DOC}, Funding account, Get withdrawal history",
    ),
    *(
        Surface(
            id=f"fiat-{direction}s",
            area=Area.FLOWS,
            title=f"Fiat {direction}s under way",
            path=f"fiat/{direction}-order-history",
            limit=Limit(3, 1),
            queries=filtered("state", flows.FIAT_STATES, rest=Query(back=BACK)),
            # Here "before" is the end of the time asked for, unlike anywhere else in v5.
            paging=Paging(cursor="before", key="uTime"),
            proves=(text("ordId"), *FLOW_FIELDS),
            read=flows.flow(f"fiat {direction}", "ordId", FIAT_FINAL, flows.FIAT_STATES),
            source=f"{DOC25}, Funding account, Get {direction} order history",
        )
        for direction in ("deposit", "withdrawal")
    ),
    Surface(
        id="fiat-trades",
        area=Area.FLOWS,
        title="Purchases and sales against fiat (institutional)",
        path="fiat/buy-sell/history",
        limit=Limit(6, 1),
        queries=filtered("state", ("processing",), rest=Query(back=BACK)),
        paging=Paging(cursor="end", key="cTime"),
        proves=(text("ordId"), text("state"), time("cTime")),
        read=flows.fiat_trade,
        # Documented for institutional accounts of one region only, so its refusal says nothing about others.
        standing=UNDOCUMENTED,
        source=f"{DOC}, Funding account, Get buy/sell trade history",
    ),
    Surface(
        id="conversions",
        area=Area.FLOWS,
        title="Easy convert running",
        path="trade/easy-convert-history",
        limit=Limit(1, 2),
        paging=Paging(cursor="after", key="uTime"),
        proves=(text("status"), text("fromCcy")),
        read=flows.conversion,
        services=TRADING,
        source=f"{DOC}, Trade, Get easy convert history",
    ),
)
