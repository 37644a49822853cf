"""OKX's file of one quarter of the Trading ledger, which the user applies for (account/bills-history-archive).

A CSV in a zip, newest first. Source: OKX API v5 documentation, June 2026, Get bills details (since 2021). Rows have no
type: it follows from the subtype. ``ts`` is Unix milliseconds, and says of which quarter a file is; its name does not,
since the documentation in English and in Chinese number them differently.
"""

from auditor.archive.imports.formats import Cells, ImportFormat
from auditor.archive.imports.heading import Heading
from auditor.archive.imports.okx_subtypes import TYPE_OF_SUBTYPE
from auditor.exchanges.okx.history import OTHER, TRADING
from auditor.exchanges.okx.history_kinds import TRADING_KINDS
from auditor.i18n import _
from auditor.spec.fields import MalformedError
from auditor.spec.ledger import LedgerEntry
from auditor.spec.parsed_row import LATEST_SECOND


def quarter_row(cells: Cells, _heading: Heading) -> LedgerEntry:
    """Read a row of a quarter."""
    subtype, time = cells.text("subtype"), cells.number("ts")
    if not 0 < time < LATEST_SECOND * 1000:
        raise MalformedError(_("{name} is not a time").format(name="ts"))
    kind = TYPE_OF_SUBTYPE.get(subtype, "")
    return LedgerEntry(
        number=cells.number("billid"),
        time=time,
        asset=cells.text("ccy"),
        change=cells.amount("balchg"),
        balance=cells.amount("bal"),
        digits=(cells.text("balchg"), cells.text("bal")),
        kind=TRADING_KINDS.get(kind, OTHER),
        type=kind,
        subtype=subtype,
        fee=cells.hint("fee"),
        instrument=cells.hint("instid"),
        order_id=cells.hint("ordid"),
        trade_id=cells.hint("tradeid"),
        ref=cells.hint("clordid"),
    )


FORMAT = ImportFormat(
    id="okx-quarter",
    ledger=TRADING.id,
    columns=frozenset({"billid", "subtype", "ts", "balchg", "bal", "ccy"}),
    read=quarter_row,
    is_quarter=True,
)
