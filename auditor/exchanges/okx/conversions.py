"""OKX: trades against fiat and conversions that are not final."""

from collections.abc import Iterable

from auditor.exchanges.okx import services
from auditor.exchanges.okx.lists import RECENT, UNNAMED_STATE, lists_by_state
from auditor.exchanges.okx.sources import DOC
from auditor.i18n import mark
from auditor.model.records import Area, Flow, Record
from auditor.model.snapshot import Standing
from auditor.spec.endpoint import Cursor, Endpoint, Limit
from auditor.spec.fields import text, time
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.surface import Surface


@reads(text("ordId"), text("state"), time("cTime"))
def fiat_trade(row: Row, _context: Context) -> Iterable[Record]:
    """Read a purchase or sale against fiat that is not final (institutional accounts)."""
    state = row.text("state")
    if state in {"completed", "failed"}:
        return
    yield Flow(
        subject=row.text("ordId"),
        row=row.raw,
        direction=mark("fiat trade"),
        asset=row.hint("fromCcy"),
        amount=row.hint_amount("rfqAmt"),
        state=state,
        reason=mark("being processed") if state == "processing" else UNNAMED_STATE,
        stuck=False,
        known=state == "processing",
        started_at=row.hint_time("cTime"),
        ready_at=None,
    )


FIAT_TRADES = Surface(
    id="fiat-trades",
    area=Area.FLOWS,
    title="Purchases and sales against fiat (institutional)",
    endpoint=Endpoint(
        path="fiat/buy-sell/history",
        limit=Limit(6, 1),
        queries=lists_by_state("state", ("processing",), rest=RECENT),
        pagination=Cursor(cursor="end", key="cTime"),
        source=f"{DOC}, Funding account, Get buy/sell trade history",
    ),
    reader=fiat_trade,
    # Documented for institutional accounts of one region only, so a refusal proves nothing for others.
    standing=Standing.UNDOCUMENTED,
)


@reads(text("status"), text("fromCcy"))
def conversion(row: Row, _context: Context) -> Iterable[Record]:
    """Read an easy-convert conversion that is still running."""
    state = row.text("status")
    if state in {"filled", "failed"}:
        return
    yield Flow(
        subject=f"{row.text('fromCcy')}:{row.hint('uTime')}",
        row=row.raw,
        direction=mark("easy convert"),
        asset=row.text("fromCcy"),
        amount=row.hint_amount("fillFromSz"),
        state=state,
        reason=mark("running") if state == "running" else UNNAMED_STATE,
        stuck=False,
        known=state == "running",
        started_at=row.hint_time("uTime"),
        ready_at=None,
    )


EASY_CONVERT = Surface(
    id="conversions",
    area=Area.FLOWS,
    title="Easy convert running",
    endpoint=Endpoint(
        path="trade/easy-convert-history",
        limit=Limit(1, 2),
        pagination=Cursor(cursor="after", key="uTime"),
        source=f"{DOC}, Trade, Get easy convert history",
    ),
    reader=conversion,
    services=services.TRADING,
)

CONVERSIONS = (FIAT_TRADES, EASY_CONVERT)
