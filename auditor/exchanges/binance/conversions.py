"""Binance: conversions that are still running."""

from collections.abc import Iterable
from datetime import timedelta

from auditor.exchanges.binance.flow_reader import UNKNOWN_STATE
from auditor.exchanges.binance.limits import SAPI, uid
from auditor.exchanges.binance.pages import OPENED
from auditor.exchanges.binance.rows import complete_rows
from auditor.exchanges.binance.sources import documented
from auditor.i18n import mark
from auditor.model.records import Area, Flow, Record
from auditor.spec.endpoint import Query, Windows
from auditor.spec.fields import text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.surface import Surface

WEEK = timedelta(days=7)
FINAL, RUNNING = frozenset({"SUCCESS", "FAIL"}), frozenset({"PROCESS", "ACCEPT_SUCCESS"})


@reads(text("orderId"), text("orderStatus"), text("fromAsset"))
def conversion(row: Row, _context: Context) -> Iterable[Record]:
    """Read a conversion that is still running."""
    state = row.text("orderStatus")
    if state not in FINAL:
        known = state in RUNNING
        yield Flow(
            subject=row.text("orderId"),
            row=row.raw,
            direction=mark("conversion"),
            asset=row.text("fromAsset"),
            amount=row.hint_amount("fromAmount"),
            state=state,
            reason=mark("running") if known else UNKNOWN_STATE,
            stuck=False,
            known=known,
            started_at=row.hint_time("createTime"),
            ready_at=None,
        )


CONVERSIONS = Surface(
    id="conversions",
    area=Area.FLOWS,
    title="Conversions running",
    endpoint=documented(
        SAPI,
        "convert/tradeFlow",
        uid(3000),
        queries=(Query(params={"limit": "1000"}, back=WEEK),),
        windows=Windows(span=WEEK, first=OPENED),
        rows=complete_rows,
    ),
    reader=conversion,
)
