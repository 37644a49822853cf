"""OKX's export of the Funding account from its site: id, Time, Type, Amount, Before Balance, After Balance, Symbol.

Times are to the second in the zone that the user chose; amounts have all their digits. What changed the balance is the
difference of both balances: a withdrawal's Amount may be without its fee.
"""

from auditor.archive.imports.formats import Cells, ImportFormat
from auditor.archive.imports.heading import Heading
from auditor.exchanges.okx.history import FUNDING, OTHER
from auditor.exchanges.okx.history_kinds import FUNDING_KINDS
from auditor.i18n import _
from auditor.model import amounts
from auditor.model.amounts import ZERO, plain, subtract
from auditor.spec.fields import MalformedError
from auditor.spec.ledger import LedgerEntry

CODES = {
    "deposit": "1",
    "withdrawal": "2",
    "from unified trading account": "130",
    "to unified trading account": "131",
    "savings subscription": "75",
    "savings redemption": "76",
}
"""The exchange's type of its words on the site, for those that are known."""


def funding_row(cells: Cells, heading: Heading) -> LedgerEntry:
    """Read a row of the site's export."""
    words, balance = cells.text("type"), cells.amount("after balance")
    kind = CODES.get(words.casefold(), words)
    change = subtract(balance, cells.amount("before balance"))
    written, fee = cells.amount("amount"), amounts.parse(cells.hint("fee")) or ZERO
    if abs(subtract(change, written)) not in {ZERO, abs(fee)}:
        raise MalformedError(_("amount and balances do not fit"))
    return LedgerEntry(
        number=cells.number("id"),
        time=cells.moment("time", heading.zone),
        asset=cells.text("symbol"),
        change=change,
        balance=balance,
        digits=(cells.text("amount") if change == written else plain(change), cells.text("after balance")),
        kind=FUNDING_KINDS.get(kind, OTHER),
        type=kind,
        description=words,
        fee=cells.hint("fee"),
    )


FORMAT = ImportFormat(
    id="okx-funding",
    ledger=FUNDING.id,
    columns=frozenset({"id", "time", "type", "amount", "before balance", "after balance", "symbol"}),
    read=funding_row,
    is_zoned=True,
)
