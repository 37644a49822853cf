"""OKX's export of the Trading account from its site (Order Center, Trading history).

A line with uid and zone, then id, Order id, Time, Trade Type, Symbol, Action, ..., Balance Change, Balance, Balance
Unit; older ones have Instrument, Type and Unit, newer ones more columns in a currency. Times are to the second in the
zone that the user chose. Amounts are rounded to eight digits (seen in fixtures of other programs, 2023 to 2026: a fee
of 0.25 % of 0.06436375 is written 0.00016091), so that a chain through them shows each row, and not each digit.
"""

from decimal import Decimal

from auditor.archive.imports.formats import Cells, ImportFormat
from auditor.archive.imports.heading import Heading
from auditor.exchanges.okx.history import OTHER, TRADING
from auditor.exchanges.okx.history_kinds import TRADING_KINDS
from auditor.spec.ledger import LedgerEntry

CODES = {
    ("transfer", "transfer in"): ("1", "11"),
    ("transfer", "transfer out"): ("1", "12"),
    ("spot", "buy"): ("2", "1"),
    ("spot", "sell"): ("2", "2"),
}
"""The exchange's type and subtype of its words on the site, for those that are known."""
LAST_DIGIT = Decimal("1E-8")
"""An amount may be rounded or cut off there."""


def trading_row(cells: Cells, heading: Heading) -> LedgerEntry:
    """Read a row of the site's export."""
    words = (cells.text("trade type"), cells.text("action", "type"))
    kind, subtype = CODES.get((words[0].casefold(), words[1].casefold()), words)
    return LedgerEntry(
        number=cells.number("id"),
        time=cells.moment("time", heading.zone),
        asset=cells.text("balance unit", "unit"),
        change=cells.amount("balance change"),
        balance=cells.amount("balance"),
        digits=(cells.text("balance change"), cells.text("balance")),
        kind=TRADING_KINDS.get(kind, OTHER),
        type=kind,
        subtype=subtype,
        description=" ".join(words),
        fee=cells.hint("fee"),
        instrument=cells.hint("symbol", "instrument"),
        order_id=cells.hint("order id"),
        slack=LAST_DIGIT,
    )


FORMAT = ImportFormat(
    id="okx-trading",
    ledger=TRADING.id,
    columns=frozenset({"id", "time", "trade type", "balance change", "balance"}),
    read=trading_row,
    is_zoned=True,
    is_rounded=True,
)
