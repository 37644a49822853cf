"""Bybit: leading in copy trading.

No list shows trading bots, what copies a leader, or recurring buys: the overview shows what bots and copy trading are
worth (`auditor.exchanges.bybit.overview`).
"""

from collections.abc import Iterable

from auditor.exchanges.bybit.identity import ACCOUNT_INFO
from auditor.i18n import mark
from auditor.model.records import Area, Bot, Record
from auditor.spec.fields import flag
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.surface import Surface


@reads(flag("isMasterTrader"))
def lead_trader(row: Row, _context: Context) -> Iterable[Record]:
    """Read whether the account leads others in copy trading: a role, which holds nothing by itself."""
    if row.flag("isMasterTrader"):
        yield Bot(
            subject="lead-trader",
            row={"isMasterTrader": True},
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
    title="Whether the account leads in copy trading",
    endpoint=ACCOUNT_INFO,
    reader=lead_trader,
    value=False,
)
BOTS = (LEAD_TRADER,)
