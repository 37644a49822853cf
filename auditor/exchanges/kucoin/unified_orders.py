"""KuCoin: open orders and positions of a unified account.

The filter defaults to ordinary orders, which hides conditional ones. Most sources name their filter ADVANCED, one
CONDITION: both are asked, and a person must look (config/kucoin.toml). A .NET library's answers count their rows, the
official SDK's types (2026) have no count.
"""

from collections.abc import Iterable
from dataclasses import replace

from auditor.exchanges.kucoin.account_mode import WHEN_UNIFIED
from auditor.exchanges.kucoin.lists import ITEMS, pages
from auditor.exchanges.kucoin.order_readers import order
from auditor.exchanges.kucoin.sites import UNIFIED, unified
from auditor.exchanges.kucoin.sources import UNCERTAIN, UTA, documented, queries
from auditor.exchanges.kucoin.words import SIDES
from auditor.exchanges.shared.readers import figures
from auditor.i18n import mark
from auditor.model.records import Area, Part, Position, Record
from auditor.model.snapshot import Standing
from auditor.spec.endpoint import Numbered
from auditor.spec.fields import amount, optional_amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.surface import Surface
from auditor.spec.words import side_in_words

TRADE_TYPES = ("SPOT", "FUTURES", "MARGIN")


def _orders(name: str, title: str, order_filter: str, standing: Standing, source: str) -> Surface:
    return Surface(
        id=name,
        area=Area.ORDERS,
        title=title,
        endpoint=documented(
            UNIFIED,
            "unified/order/open-list",
            unified(4),
            queries=queries("tradeType", *TRADE_TYPES, orderFilter=order_filter),
            pagination=replace(pages(200, "pageNumber"), may_lack_total=True),
            rows=ITEMS,
            source=source,
        ),
        reader=order("orderId"),
        standing=standing,
        plan=WHEN_UNIFIED,
        value=False,
    )


# positionMargin: since June 2026 (change log).
@reads(text("id"), text("symbol"), amount("size"), optional_amount("initialMargin"), optional_amount("positionMargin"))
def unified_position(row: Row, _context: Context) -> Iterable[Record]:
    """Read a futures position of a unified account."""
    size = row.amount("size")
    yield Position(
        subject=row.text("id"),
        row=row.raw,
        market=row.text("symbol"),
        kind=mark("futures"),
        side=side_in_words("LONG" if size > 0 else "SHORT" if size < 0 else "", SIDES),
        amount=size,
        held=figures(row, {Part.MARGIN: "initialMargin", "position": "positionMargin"}),
    )


UNIFIED_ORDERS = (
    _orders("unified-orders", "Unified account: orders", "NORMAL", Standing.DOCUMENTED, UTA),
    _orders("unified-conditional", "Unified account: conditional orders", "ADVANCED", Standing.DOCUMENTED, UTA),
    _orders(
        "unified-condition",
        "Unified account: conditional orders by their other name",
        "CONDITION",
        Standing.UNDOCUMENTED,
        UNCERTAIN,
    ),
)
UNIFIED_POSITIONS = Surface(
    id="unified-positions",
    area=Area.POSITIONS,
    title="Unified account: positions",
    endpoint=documented(
        UNIFIED,
        "unified/position/open-list",
        unified(4),
        pagination=Numbered(number="pageNumber", limit="pageSize", size=50, total=None),
        source=UTA,
    ),
    reader=unified_position,
    plan=WHEN_UNIFIED,
)
